"""Who has answered in a workshop, and where it is still silent."""

from __future__ import annotations

import pandas as pd

from analysis.attendance import attendance, expected_groups
from analysis.sentences import Basis
from analysis.silence import silent_cells
from consultation import tables
from pages.frame.rooms import Live


def attendance_of(seen: Live) -> pd.DataFrame:
    """The people of each group in this room, as `analysis.attendance` tells them."""
    voters = pd.DataFrame(
        [(vote.voter, vote.group) for vote in seen.votes], columns=["contribution_id", "group"], dtype="str"
    )
    return attendance(
        tables.answers(seen.came),
        tables.ratings(seen.came),
        voters,
        list(seen.consultation.plan.groups),
        invitations_of(seen),
        seen.room.present,
    )


def basis_of(seen: Live) -> Basis:
    """What counts of this room stand on: of the words that charts carry only the warnings are told."""
    answers = sum(len(one.replies) for one in seen.came)
    return Basis(len(seen.came), answers, 0, invented=seen.consultation.invented)


def invitations_of(seen: Live) -> pd.DataFrame:
    """How many of each group were invited to this workshop; else, to its consultation."""
    if not seen.workshop.invited:
        return tables.invitations(seen.consultation.plan)
    rows = list(seen.workshop.invited)
    return pd.DataFrame(rows, columns=["group", "invited"]).astype({"group": "str", "invited": "int64"})


def silence_of(seen: Live) -> pd.DataFrame:
    """Every question with every group, and whether it is silent where it was expected to speak."""
    plan = seen.consultation.plan
    return silent_cells(
        tables.answers(seen.came),
        list(plan.questions),
        list(plan.guides),
        list(plan.groups),
        expected_groups(attendance_of(seen)),
    )


def asked_so_far(seen: Live) -> frozenset[tuple[str, str]] | None:
    """The pairs of questions put to the room until now; `None` where it has no rounds: all of them."""
    if not seen.workshop.rounds:
        return None
    guides = tuple(seen.consultation.plan.guides)
    return frozenset(
        (state.round.strategic_question, guide)
        for state in seen.room.rounds
        if state.stage != "draft"
        for guide in (state.round.guiding_questions or guides)
    )
