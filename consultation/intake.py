"""Whether what somebody sends can still be kept, and whether it came when its question was taken no more."""

from __future__ import annotations

from datetime import datetime

from consultation.ballot import Ballot
from consultation.errors import NotOpen
from consultation.occasion import Consultation
from consultation.room import Room


def intake(
    consultation: Consultation, room: Room | None, strategic_question: str, at: datetime, begun: bool
) -> bool:
    """Whether answers under this question are late; raises `NotOpen`, and why, when none can be kept.

    `begun` says that the form was begun while its question was taken: then nothing written is lost, however
    the question was closed since, and it is late. `room` is `None` outside a workshop; a workshop without
    rounds asks every question as long as its consultation takes answers. A draft that is on no trial keeps
    nothing, since its opening would not erase it.
    """
    taken_here = room is None or not room.rounds or room.asks(strategic_question) is not None
    if consultation.taking(at) and taken_here:
        return False
    if begun and (consultation.stage != "draft" or consultation.on_trial):
        return True
    consultation.require_taking(at)
    stages = {state.stage for state in room.about(strategic_question)} if room else set()
    if stages == {"closed"}:
        raise NotOpen("This question is closed: it takes no more answers.")
    raise NotOpen("This question is not open now: wait for the facilitator.")


def require_voting(consultation: Consultation, room: Room, ballot: str) -> Ballot:
    """The ballot of this id, in which people may vote now; raises `NotOpen`, and why, when they may not.

    A workshop may vote after its consultation was closed: that takes no answers, but it can still decide.
    """
    if consultation.stage == "draft" and not consultation.on_trial:
        raise NotOpen("This consultation is in preparation: nobody can vote in it yet.")
    held = room.ballots.get(ballot)
    if held is None:
        raise NotOpen("This vote is there no more: wait for the facilitator.")
    if not held.open:
        raise NotOpen("This vote was closed before you sent it: it takes no more votes.")
    return held.ballot
