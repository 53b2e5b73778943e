"""What can still be kept: in time, late, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.errors import NotOpen
from consultation.intake import intake, require_voting
from consultation.occasion import Consultation
from consultation.room import Room
from consultation.steps import CloseBallot, CloseRound, OpenBallot, OpenRound, PauseRound, Step, UndoStep
from consultation.workshop import Round, Workshop
from tests.store_contract import NOON, consultation
from tests.test_steps import WHERE_TO_BEGIN, logs

OPEN = consultation()
LATER = NOON + timedelta(days=1)
WITHOUT_ROUNDS = Workshop("RIVA", "biblioteche", "Una sera a Riva")
WITH_ROUNDS = replace(
    WITHOUT_ROUNDS, rounds=(Round("lettori", ("desideri",)), Round("luoghi"), Round("lettori", ("aiuti",)))
)


def room(*actions: Any, workshop: Workshop = WITH_ROUNDS) -> Room:
    return Room.after(workshop, [Step(action, NOON) for action in actions])


def at_stage(stage: str, pilot: bool = False) -> Consultation:
    return replace(consultation(stage=stage), pilot=pilot)


# ── outside a workshop, and in one without rounds ─────────────────────────


@pytest.mark.parametrize("where", [None, room(workshop=WITHOUT_ROUNDS)])
def test_without_rounds_the_consultation_alone_decides(where: Room | None) -> None:
    for begun in (False, True):
        assert not intake(OPEN, where, "lettori", NOON, begun)
        assert not intake(at_stage("draft", pilot=True), where, "lettori", NOON, begun)
    for stage in ("paused", "closed"):
        assert intake(at_stage(stage), where, "lettori", NOON, begun=True)
        with pytest.raises(NotOpen, match="not taking answers now"):
            intake(at_stage(stage), where, "lettori", NOON, begun=False)


def test_closing_time_makes_late_what_was_begun_before_and_lets_nothing_begin() -> None:
    closing = OPEN.between(None, LATER)
    assert not intake(closing, None, "lettori", LATER - timedelta(seconds=1), begun=True)
    assert intake(closing, None, "lettori", LATER, begun=True)
    with pytest.raises(NotOpen):
        intake(closing, None, "lettori", LATER, begun=False)


def test_before_its_day_nothing_is_taken_and_the_day_is_told() -> None:
    with pytest.raises(NotOpen, match="opens on"):
        intake(OPEN.between(LATER, None), None, "lettori", NOON, begun=False)


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("where", [None, room(), room(OpenRound(1, 60))])
def test_a_draft_on_no_trial_keeps_nothing_since_nothing_would_erase_it(
    where: Room | None, begun: bool
) -> None:
    with pytest.raises(NotOpen):
        intake(at_stage("draft"), where, "lettori", NOON, begun)


# ── in a workshop with rounds ─────────────────────────────────────────────


def test_only_the_question_of_an_open_round_is_taken() -> None:
    opened = room(OpenRound(1, 60))
    assert not intake(OPEN, opened, "lettori", NOON, begun=False)
    with pytest.raises(NotOpen, match="wait for the facilitator"):
        intake(OPEN, opened, "luoghi", NOON, begun=False)


def test_a_round_whose_time_is_up_still_takes_answers_in_time() -> None:
    assert not intake(OPEN, room(OpenRound(1, 60)), "lettori", LATER, begun=False)


@pytest.mark.parametrize("ended", [PauseRound(1), CloseRound(1), UndoStep(1)])
def test_what_was_begun_before_a_round_ended_is_late_and_not_lost(ended: Any) -> None:
    after = room(OpenRound(1, 60), ended)
    assert intake(OPEN, after, "lettori", NOON, begun=True)
    assert intake(at_stage("draft", pilot=True), after, "lettori", NOON, begun=True)
    with pytest.raises(NotOpen):
        intake(OPEN, after, "lettori", NOON, begun=False)


def test_a_question_is_told_closed_only_when_no_round_will_ask_it_again() -> None:
    first_closed = (OpenRound(1, 60), CloseRound(1))
    with pytest.raises(NotOpen, match="wait for the facilitator"):
        intake(OPEN, room(*first_closed), "lettori", NOON, begun=False)
    with pytest.raises(NotOpen, match="takes no more answers"):
        intake(OPEN, room(*first_closed, OpenRound(3, 60), CloseRound(3)), "lettori", NOON, begun=False)


@pytest.mark.parametrize("stage", ["paused", "closed"])
def test_a_round_takes_nothing_in_time_when_its_consultation_does_not(stage: str) -> None:
    opened = room(OpenRound(1, 60))
    assert intake(at_stage(stage), opened, "lettori", NOON, begun=True)
    with pytest.raises(NotOpen, match="not taking answers now"):
        intake(at_stage(stage), opened, "lettori", NOON, begun=False)


@given(
    log=logs,
    stage=st.sampled_from(["draft", "open", "paused", "closed"]),
    pilot=st.booleans(),
    question=st.sampled_from(["lettori", "luoghi"]),
    workshop=st.sampled_from([WITH_ROUNDS, WITHOUT_ROUNDS]),
)
def test_what_may_be_begun_is_in_time_and_what_was_begun_is_kept(
    log: list[Step], stage: str, pilot: bool, question: str, workshop: Workshop
) -> None:
    """Whatever was done: nobody begins late, and only a draft on no trial loses what was begun."""
    where = at_stage(stage, pilot)
    after = Room.after(workshop, log)
    try:
        late_at_once = intake(where, after, question, NOON, begun=False)
    except NotOpen:
        if stage != "draft" or pilot:
            assert intake(where, after, question, NOON, begun=True)
    else:
        assert not late_at_once
        assert not intake(where, after, question, NOON, begun=True)


# ── votes ─────────────────────────────────────────────────────────────────


def test_people_vote_in_a_ballot_while_it_is_open() -> None:
    assert require_voting(OPEN, room(OpenBallot(WHERE_TO_BEGIN)), "b1") == WHERE_TO_BEGIN
    for actions, told in (
        ((OpenBallot(WHERE_TO_BEGIN), CloseBallot("b1")), "takes no more votes"),
        ((OpenBallot(WHERE_TO_BEGIN), UndoStep(1)), "there no more"),
    ):
        with pytest.raises(NotOpen, match=told):
            require_voting(OPEN, room(*actions), "b1")


def test_a_workshop_decides_after_its_consultation_closed_but_not_before_it_is_tried() -> None:
    voting = room(OpenBallot(WHERE_TO_BEGIN))
    for where in (at_stage("closed"), at_stage("paused"), at_stage("draft", pilot=True)):
        assert require_voting(where, voting, "b1") == WHERE_TO_BEGIN
    with pytest.raises(NotOpen, match="in preparation"):
        require_voting(at_stage("draft"), voting, "b1")
