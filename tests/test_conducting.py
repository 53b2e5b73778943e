"""What a facilitator may do in a room, and what is refused with a sentence that says what to do instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from consultation.conducting import LONGEST_NOTE, MOST_PRESENT, Conducting
from consultation.declaration import LONGEST_NAME
from consultation.errors import BrokenBallot, BrokenStep
from consultation.plan import UNSTATED_GROUP
from consultation.room import LONGEST_TIMER, Room
from consultation.steps import (
    AddTime,
    Attend,
    CloseBallot,
    CloseRound,
    Note,
    OpenBallot,
    OpenRound,
    PauseRound,
    Project,
    RevealBallot,
    Step,
    UndoStep,
)
from consultation.workshop import Round, Table, Workshop
from tests.store_contract import LIBRARIES, NOON
from tests.test_steps import WHERE_TO_BEGIN

WORKSHOP = Workshop(
    "RIVA",
    "biblioteche",
    "Una sera a Riva",
    rounds=(Round("lettori", minutes=20), Round("luoghi", minutes=0)),
    tables=(Table("KMPQRS", "Tavolo 1"),),
)
BALLOT, CLOSED, REVEALED = OpenBallot(WHERE_TO_BEGIN), CloseBallot("b1"), RevealBallot("b1")

Doing = Callable[[Conducting], Step]


def at(seconds: int) -> datetime:
    return NOON + timedelta(seconds=seconds)


def after(*actions: Any, now: int = 0, by: str = "Anna") -> Conducting:
    """Whoever conducts `now` seconds after noon the room in which this was done at noon."""
    room = Room.after(WORKSHOP, [Step(action, NOON) for action in actions])
    return Conducting(room, LIBRARIES, at(now), by)


def test_a_step_says_when_it_was_done_and_by_whom() -> None:
    step = after(now=5, by="  Anna\n Riva ").open_round(1)
    assert step == Step(OpenRound(1, 1_200), at(5), "Anna Riva")
    with pytest.raises(BrokenStep, match="Say who does this"):
        after(by="a" * (LONGEST_NAME + 1)).open_round(1)


# ── rounds ────────────────────────────────────────────────────────────────


def test_a_round_opens_with_its_minutes_and_without_any_if_it_has_none() -> None:
    assert after().open_round(1).action == OpenRound(1, 1_200)
    assert after().open_round(2).action == OpenRound(2, 0)


def test_one_round_opens_beside_another_since_tables_work_in_parallel() -> None:
    step = after(OpenRound(1, 1_200)).open_round(2)
    room = Room.after(WORKSHOP, [Step(OpenRound(1, 1_200), NOON), step])
    assert [state.number for state in room.open_rounds()] == [1, 2]


def test_a_paused_round_goes_on_with_the_time_that_was_left() -> None:
    assert after(OpenRound(1, 300), PauseRound(1), now=900).open_round(1).action == OpenRound(1, 300)
    assert after(OpenRound(2, 0), PauseRound(2)).open_round(2).action == OpenRound(2, 0)


def test_a_round_paused_when_its_time_was_up_goes_on_for_a_minute() -> None:
    """0 seconds would be no timer at all."""
    room = Room.after(WORKSHOP, [Step(OpenRound(1, 60), NOON), Step(PauseRound(1), at(90))])
    assert Conducting(room, LIBRARIES, at(100)).open_round(1).action == OpenRound(1, 60)
    assert room.rounds[0].left == 0


def test_a_closed_round_opens_again_with_its_full_time() -> None:
    assert after(OpenRound(1, 60), CloseRound(1)).open_round(1).action == OpenRound(1, 1_200)


def test_time_is_given_to_open_and_paused_rounds_even_when_it_is_up() -> None:
    assert after(OpenRound(1, 60), now=30).add_time(1).action == AddTime(1, 60)
    assert after(OpenRound(1, 60), now=999).add_time(1, 300).action == AddTime(1, 300)
    assert after(OpenRound(1, 60), PauseRound(1)).add_time(1).action == AddTime(1, 60)


def test_a_timer_never_shows_more_than_it_may() -> None:
    most = after(OpenRound(1, LONGEST_TIMER - 60))
    assert most.add_time(1, 60).action == AddTime(1, 60)
    with pytest.raises(BrokenStep, match="at most 240 minutes"):
        most.add_time(1, 61)
    with pytest.raises(BrokenStep, match="at most 240 minutes"):
        after(OpenRound(1, 60), now=999).add_time(1, LONGEST_TIMER + 1)


@pytest.mark.parametrize(
    ("done", "doing", "told"),
    [
        ([OpenRound(1, 60)], lambda c: c.open_round(1), "open already"),
        ([], lambda c: c.pause_round(1), "nothing to pause"),
        ([OpenRound(1, 60), PauseRound(1)], lambda c: c.pause_round(1), "nothing to pause"),
        ([OpenRound(1, 60), CloseRound(1)], lambda c: c.pause_round(1), "nothing to pause"),
        ([], lambda c: c.close_round(1), "nothing to close"),
        ([OpenRound(1, 60), CloseRound(1)], lambda c: c.close_round(1), "nothing to close"),
        ([], lambda c: c.add_time(1), "open it to give it time"),
        ([OpenRound(1, 60), CloseRound(1)], lambda c: c.add_time(1), "open it to give it time"),
        ([OpenRound(2, 0)], lambda c: c.add_time(2), "has no timer"),
        ([OpenRound(2, 0), PauseRound(2)], lambda c: c.add_time(2), "has no timer"),
    ],
)
def test_a_round_refuses_what_it_is_not_ready_for(done: list[Any], doing: Doing, told: str) -> None:
    with pytest.raises(BrokenStep, match=told):
        doing(after(*done))


def test_a_paused_round_may_be_closed() -> None:
    assert after(OpenRound(1, 60), PauseRound(1)).close_round(1).action == CloseRound(1)


# ── the wall and votes ────────────────────────────────────────────────────


def test_a_vote_is_shown_while_it_is_open_or_once_it_is_revealed() -> None:
    """Open, it shows only how many have voted; between closing and revealing there is nothing to show."""
    assert after(BALLOT).project("vote", "b1").action == Project("vote", "b1")
    assert after(BALLOT, CLOSED, REVEALED).project("vote", "b1").action == Project("vote", "b1")
    with pytest.raises(BrokenStep, match="reveal it, then show it"):
        after(BALLOT, CLOSED).project("vote", "b1")


def test_a_ballot_gets_the_next_id_and_is_checked() -> None:
    conducting = after(BALLOT, UndoStep(1))
    step = conducting.open_ballot("dots", " Che  cosa prima? ", ["lettori-1", "lettori-2"], 2, 1)
    assert isinstance(step.action, OpenBallot)
    assert (step.action.ballot.id, step.action.ballot.title) == ("b2", "Che cosa prima?")
    with pytest.raises(BrokenBallot):
        conducting.open_ballot("dots", "Che cosa?", ["lettori-1", "lettori-2"], 5, 2)


def test_a_vote_goes_from_open_to_closed_to_revealed() -> None:
    assert after(BALLOT).close_ballot("b1").action == CLOSED
    assert after(BALLOT, CLOSED).reveal_ballot("b1").action == REVEALED


def test_a_vote_closed_by_mistake_is_opened_as_it_was() -> None:
    assert after(BALLOT, CLOSED).reopen_ballot("b1").action == BALLOT


@pytest.mark.parametrize(
    ("done", "doing", "told"),
    [
        ([BALLOT], lambda c: c.reveal_ballot("b1"), "close it first"),
        ([BALLOT, CLOSED, REVEALED], lambda c: c.reveal_ballot("b1"), "revealed already"),
        ([BALLOT, CLOSED], lambda c: c.close_ballot("b1"), "closed already"),
        ([BALLOT], lambda c: c.reopen_ballot("b1"), "open already"),
        ([BALLOT, CLOSED, REVEALED], lambda c: c.reopen_ballot("b1"), "have seen the tally"),
        ([BALLOT, CLOSED, REVEALED, UndoStep(3)], lambda c: c.reopen_ballot("b1"), "have seen the tally"),
        ([BALLOT, CLOSED, REVEALED, UndoStep(3)], lambda c: c.undo(), "have seen the tally"),
    ],
)
def test_a_vote_refuses_what_would_bend_it(done: list[Any], doing: Doing, told: str) -> None:
    with pytest.raises(BrokenStep, match=told):
        doing(after(*done))


# ── the minutes ───────────────────────────────────────────────────────────


def test_a_note_is_kept_as_plain_text_with_its_table() -> None:
    note = after().note("dissent", "  Non la domenica.\r\nMai.\x07 ", "Tavolo 1")
    assert note.action == Note("dissent", "Non la domenica.\nMai.", "Tavolo 1")
    assert after().note("decision", "x" * LONGEST_NOTE).action == Note("decision", "x" * LONGEST_NOTE)


@pytest.mark.parametrize(("text", "told"), [(" \n\x00", "Nothing to note"), ("x" * 501, "501 characters")])
def test_a_note_is_neither_empty_nor_a_report(text: str, told: str) -> None:
    with pytest.raises(BrokenStep, match=told):
        after().note("harvest", text)


def test_people_are_counted_by_group_in_the_order_of_the_plan() -> None:
    counted = after().attend({UNSTATED_GROUP: 2, "abitanti": MOST_PRESENT, "scuole": 0})
    assert counted.action == Attend((("scuole", 0), ("abitanti", MOST_PRESENT), (UNSTATED_GROUP, 2)))


@pytest.mark.parametrize(
    ("present", "told"),
    [
        ({"scuole": -1}, "from 0 to 10000"),
        ({"scuole": MOST_PRESENT + 1}, "from 0 to 10000"),
        ({"marziani": 3}, "no stakeholder group"),
        ({}, "Nobody is counted"),
    ],
)
def test_people_are_not_counted_wrongly(present: dict[str, int], told: str) -> None:
    with pytest.raises(BrokenStep, match=told):
        after().attend(present)


# ── mistakes ──────────────────────────────────────────────────────────────


def test_the_last_step_that_stands_is_undone_and_then_the_one_before() -> None:
    done = (OpenRound(1, 60), Project("words"))
    assert after(*done).undo().action == UndoStep(2)
    assert after(*done, UndoStep(2)).undo().action == UndoStep(1)
    with pytest.raises(BrokenStep, match="Nothing is left to undo"):
        after(*done, UndoStep(2), UndoStep(1)).undo()


def test_a_vote_closed_by_accident_is_open_again_after_an_undo() -> None:
    assert after(BALLOT, CLOSED).undo().action == UndoStep(2)
    assert after(BALLOT, CLOSED, REVEALED).undo().action == UndoStep(3)


@pytest.mark.parametrize(
    "doing",
    [
        lambda c: c.open_round(0),
        lambda c: c.open_round(3),
        lambda c: c.pause_round(-1),
        lambda c: c.close_round(3),
        lambda c: c.add_time(3),
        lambda c: c.add_time(1, 0),
        lambda c: c.add_time(1, -60),
        lambda c: c.project("tally"),
        lambda c: c.project("vote"),
        lambda c: c.project("vote", "b2"),
        lambda c: c.project("map", "b1"),
        lambda c: c.close_ballot("b2"),
        lambda c: c.reopen_ballot("b2"),
        lambda c: c.reveal_ballot("b2"),
        lambda c: c.note("gossip", "Si dice."),
        lambda c: c.note("harvest", "Aprire la sera.", "Tavolo 9"),
    ],
)
def test_what_no_form_sends_is_a_mistake_of_the_program(doing: Doing) -> None:
    with pytest.raises(ValueError, match=r"no |shows"):
        doing(after(BALLOT, OpenRound(1, 60)))
