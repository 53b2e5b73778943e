"""What holds in a workshop after all that was done in it: timers, votes, the wall, and what undoing gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from consultation.errors import BrokenWorkshop
from consultation.room import LONGEST_TIMER, Room, RoundState
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
from consultation.workshop import Round, Workshop
from tests.store_contract import NOON
from tests.test_steps import WHERE_TO_BEGIN, logs

WORKSHOP = Workshop(
    "RIVA",
    "biblioteche",
    "Una sera a Riva",
    rounds=(Round("lettori", minutes=20), Round("luoghi", minutes=0), Round("lettori", ("aiuti",), 5)),
)


def at(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def room(*steps: Any) -> Room:
    """The room after these actions, done at noon, or at so many seconds after noon: `(90, action)`."""
    timed = [step if isinstance(step, tuple) else (0, step) for step in steps]
    return Room.after(WORKSHOP, [Step(action, at(seconds)) for seconds, action in timed])


def first(*steps: Any) -> RoundState:
    return room(*steps).rounds[0]


def holding(room: Room) -> Room:
    """What holds in it, apart from how it came about."""
    return replace(room, history=())


# ── reading a log ─────────────────────────────────────────────────────────


def test_a_room_in_which_nothing_was_done_shows_how_to_join_and_takes_nothing() -> None:
    empty = room()
    assert [(state.number, state.stage) for state in empty.rounds] == [(n, "draft") for n in (1, 2, 3)]
    assert (empty.projected, empty.present, empty.number, empty.last) == (Project("join"), None, 0, None)
    assert (dict(empty.ballots), empty.notes, empty.open_rounds()) == ({}, (), ())


@given(log=logs)
def test_any_log_can_be_read(log: list[Step]) -> None:
    found = Room.after(WORKSHOP, log)
    assert found.number == len(log)
    for state in found.rounds:
        assert (state.opened is None) == (state.stage == "draft")
        assert (state.closed is not None) == (state.stage == "closed")
        assert state.ends is None or state.stage == "open"
        assert state.left is None or (state.stage == "paused" and 0 <= state.left <= LONGEST_TIMER)
    assert not any(held.open and held.revealed for held in found.ballots.values())
    assert found.next_ballot not in [
        done.step.action.ballot.id for done in found.history if isinstance(done.step.action, OpenBallot)
    ]


@given(log=logs)
def test_whoever_undoes_everything_has_an_empty_room(log: list[Step]) -> None:
    steps = list(log)
    while last := Room.after(WORKSHOP, steps).last:
        steps.append(Step(UndoStep(last.number), last.step.at))
    assert holding(Room.after(WORKSHOP, steps)) == room()


@given(log=logs)
def test_an_undone_step_is_as_if_never_made(log: list[Step]) -> None:
    if last := Room.after(WORKSHOP, log).last:
        never = [*log[: last.number - 1], Step(UndoStep(0), NOON), *log[last.number :]]
        undone = Room.after(WORKSHOP, [*log, Step(UndoStep(last.number), NOON)])
        assert holding(undone) == holding(Room.after(WORKSHOP, never))
        assert undone.history[last.number - 1].undone


def test_an_undoing_is_not_undone_and_undoes_what_came_before_only() -> None:
    steps = (OpenRound(1, 60), UndoStep(1), UndoStep(2), UndoStep(9), UndoStep(0))
    assert first(*steps).stage == "draft"
    assert [done.undone for done in room(*steps).history] == [True, False, False, False, False]
    assert room(*steps).last is None


@pytest.mark.parametrize(
    "step",
    [
        OpenRound(4, 60),
        OpenRound(0, 60),
        PauseRound(1),
        CloseRound(1),
        AddTime(1, 60),
        Project("vote", "b1"),
        CloseBallot("b1"),
        RevealBallot("b1"),
        UndoStep(1),
    ],
)
def test_a_step_about_what_is_not_there_changes_nothing(step: Any) -> None:
    assert holding(room(step)) == room()


# ── rounds and timers ─────────────────────────────────────────────────────


def test_a_timer_counts_down_to_the_second_and_on_below_nothing() -> None:
    opened = first(OpenRound(1, 1_200))
    assert [opened.remaining(at(s)) for s in (0, 0.5, 1, 1_199.9, 1_200, 1_260)] == [
        1200,
        1200,
        1199,
        1,
        0,
        -60,
    ]


def test_the_timer_closes_nothing() -> None:
    """Only the facilitator does: a table that is writing its last sentence goes on."""
    steps = [OpenRound(1, 60), (9_000, Note("harvest", "Ancora qui.", ""))]
    assert first(*steps).stage == "open"


def test_a_round_without_a_timer_has_no_time_and_no_end() -> None:
    opened = room(OpenRound(2, 0), (30, AddTime(2, 60))).rounds[1]
    assert (opened.stage, opened.ends, opened.remaining(at(60))) == ("open", None, None)
    paused = room(OpenRound(2, 0), PauseRound(2), AddTime(2, 60)).rounds[1]
    assert (paused.stage, paused.left) == ("paused", None)


def test_a_pause_stops_the_timer() -> None:
    paused = first(OpenRound(1, 1_200), (300, PauseRound(1)))
    assert (paused.stage, paused.left) == ("paused", 900)
    assert paused.remaining(at(99_999)) == 900
    again = first(OpenRound(1, 1_200), (300, PauseRound(1)), (1_000, OpenRound(1, 900)))
    assert (again.stage, again.remaining(at(1_000)), again.left) == ("open", 900, None)


def test_a_pause_after_the_end_leaves_no_debt() -> None:
    assert first(OpenRound(1, 60), (100, PauseRound(1))).left == 0


def test_a_minute_more_runs_from_the_end_and_once_time_is_up_from_now_on() -> None:
    early = first(OpenRound(1, 60), (30, AddTime(1, 60)))
    assert early.ends == at(120)
    up = first(OpenRound(1, 60), (100, AddTime(1, 60)))
    assert up.ends == at(160)
    paused = first(OpenRound(1, 60), (100, PauseRound(1)), (200, AddTime(1, 60)))
    assert (paused.stage, paused.left) == ("paused", 60)


def test_a_timer_is_never_wound_back_nor_beyond_what_it_may_show() -> None:
    assert first(OpenRound(1, -60)).ends is None
    assert first(OpenRound(1, 10**12)).remaining(NOON) == LONGEST_TIMER
    for seconds, left in ((-30, 60), (0, 60), (10**12, LONGEST_TIMER)):
        assert first(OpenRound(1, 60), AddTime(1, seconds)).remaining(NOON) == left
        assert first(OpenRound(1, 60), PauseRound(1), AddTime(1, seconds)).left == left


def test_a_round_knows_when_it_was_opened_first_and_closed_last() -> None:
    steps = [OpenRound(1, 60), (50, CloseRound(1)), (70, OpenRound(1, 60)), (90, CloseRound(1))]
    assert (first(*steps).opened, first(*steps).closed) == (NOON, at(90))
    assert (first(*steps[:3]).opened, first(*steps[:3]).closed) == (NOON, None)


def test_what_a_round_is_already_it_does_not_become_again() -> None:
    assert first(OpenRound(1, 60), (30, OpenRound(1, 60))).ends == at(60)
    assert first(OpenRound(1, 60), (30, CloseRound(1)), (40, CloseRound(1))).closed == at(30)
    assert first(OpenRound(1, 60), (30, PauseRound(1)), (40, PauseRound(1))).left == 30


def test_undoing_gives_back_the_timer_as_it_was() -> None:
    """An accidental closing, and an accidental pause: the end stays where the room was told."""
    before = first(OpenRound(1, 1_200))
    assert first(OpenRound(1, 1_200), (300, CloseRound(1)), (310, UndoStep(2))) == before
    assert first(OpenRound(1, 1_200), (300, PauseRound(1)), (310, UndoStep(2))) == before
    assert first(OpenRound(1, 1_200), UndoStep(1)).stage == "draft"


def test_rounds_are_open_side_by_side_and_the_last_one_asks() -> None:
    both = room(OpenRound(3, 300), OpenRound(1, 1_200), OpenRound(2, 0))
    assert [state.number for state in both.open_rounds()] == [1, 2, 3]
    assert [state.number for state in both.about("lettori")] == [1, 3]
    assert both.asks("lettori") == both.rounds[2]
    one_left = room(OpenRound(3, 300), OpenRound(1, 9), CloseRound(3))
    assert one_left.asks("lettori") == one_left.rounds[0]
    assert room(OpenRound(1, 60), PauseRound(1)).asks("lettori") is None


def test_rounds_that_have_begun_stay_what_and_where_they_are() -> None:
    """The log knows them by number: what was said in one would become an answer to another."""
    one, two, three = WORKSHOP.rounds
    begun = room(OpenRound(2, 0))
    for fitting in ((one, two, three), (one, two), (three, two), (one, two, three, one)):
        begun.require_fit(replace(WORKSHOP, rounds=fitting))
    for moved in ((two, one), (one,), (), (one, replace(two, minutes=5), three)):
        with pytest.raises(BrokenWorkshop, match="Round 2 has begun"):
            begun.require_fit(replace(WORKSHOP, rounds=moved))
    room(OpenRound(2, 0), UndoStep(1)).require_fit(replace(WORKSHOP, rounds=()))


# ── the wall, votes, notes, attendance ────────────────────────────────────


def test_the_wall_shows_what_was_projected_last_and_undoing_shows_what_it_hid() -> None:
    hidden = (Project("words"), Project("nothing"))
    assert room(*hidden).projected == Project("nothing")
    assert room(*hidden, UndoStep(2)).projected == Project("words")


def test_no_vote_is_projected_that_is_not_there_and_none_in_another_view() -> None:
    held = (OpenBallot(WHERE_TO_BEGIN), Project("vote", "b1"))
    assert room(*held).projected == Project("vote", "b1")
    assert room(*held, Project("vote", "b2"), Project("vote"), Project("map", "b1")).projected == Project(
        "vote", "b1"
    )


def test_a_tally_is_hidden_until_the_vote_is_closed_and_revealed() -> None:
    opened = OpenBallot(WHERE_TO_BEGIN)
    early = room(opened, RevealBallot("b1")).ballots["b1"]
    assert (early.open, early.revealed) == (True, False)
    closed = room(opened, (60, CloseBallot("b1"))).ballots["b1"]
    assert (closed.open, closed.revealed, closed.opened, closed.closed) == (False, False, NOON, at(60))
    told = room(opened, (60, CloseBallot("b1")), (70, RevealBallot("b1"))).ballots["b1"]
    assert (told.open, told.revealed, told.closed) == (False, True, at(60))
    twice = room(opened, (60, CloseBallot("b1")), (90, CloseBallot("b1"))).ballots["b1"]
    assert twice.closed == at(60)


def test_a_vote_is_opened_again_as_it_was_but_never_after_its_tally_was_seen() -> None:
    steps = [OpenBallot(WHERE_TO_BEGIN), (60, CloseBallot("b1"))]
    other = OpenBallot(replace(WHERE_TO_BEGIN, title="Altro"))
    again = room(*steps, (70, other)).ballots["b1"]
    assert (again.ballot, again.open, again.opened, again.closed) == (WHERE_TO_BEGIN, True, NOON, None)
    assert not room(*steps, RevealBallot("b1"), other).ballots["b1"].open


def test_a_tally_that_was_seen_stays_seen_when_its_revealing_is_undone() -> None:
    steps = (OpenBallot(WHERE_TO_BEGIN), CloseBallot("b1"), RevealBallot("b1"), UndoStep(3))
    assert not room(*steps).ballots["b1"].revealed
    assert room(*steps).was_revealed("b1")
    assert not room(*steps[:2]).was_revealed("b1")


def test_no_id_of_a_ballot_comes_twice() -> None:
    """Votes of an undone ballot may still be kept under its id."""
    assert room().next_ballot == "b1"
    assert room(OpenBallot(WHERE_TO_BEGIN), UndoStep(1)).next_ballot == "b2"
    assert (
        room(OpenBallot(replace(WHERE_TO_BEGIN, id="b10")), OpenBallot(WHERE_TO_BEGIN)).next_ballot == "b11"
    )


def test_ballots_stand_in_the_order_of_their_opening() -> None:
    other = replace(WHERE_TO_BEGIN, id="b2")
    steps = (OpenBallot(other), OpenBallot(WHERE_TO_BEGIN), CloseBallot("b2"), OpenBallot(other))
    assert list(room(*steps).ballots) == ["b2", "b1"]


def test_notes_are_kept_in_their_order_with_who_wrote_them_and_when() -> None:
    notes = [Note("harvest", "Aprire la sera.", "Tavolo 1"), Note("dissent", "Non la domenica.", "")]
    found = room(*[(n, note) for n, note in enumerate(notes)], UndoStep(1)).notes
    assert [(step.at, note) for step, note in found] == [(at(1), notes[1])]


def test_the_last_count_of_people_holds_and_nobody_counted_is_not_nobody_there() -> None:
    counts = (Attend((("scuole", 12), ("abitanti", 3))), Attend((("scuole", 0),)))
    assert room(*counts).present == {"scuole": 0}
    assert room(*counts, UndoStep(2)).present == {"scuole": 12, "abitanti": 3}
    assert room(*counts, UndoStep(2), UndoStep(1)).present is None
