"""What holds in a workshop that runs: its log of steps, read from its beginning.

Reading is pure and total. A step about something that is not there (two facilitators act at once) changes
nothing, and an undone one is as if it had never been made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from consultation.ballot import Ballot
from consultation.errors import BrokenWorkshop
from consultation.stage import Stage
from consultation.steps import (
    VIEWS,
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
from consultation.workshop import MOST_MINUTES, Round, Workshop

LONGEST_TIMER = MOST_MINUTES * 60
"""Seconds that a timer shows at most."""

_BALLOT = re.compile(r"b([0-9]+)")


@dataclass(frozen=True)
class RoundState:
    """How far a round has come; `stage` is draft as long as it has not begun.

    A timer that runs `ends` at that time; of a paused round so many seconds are `left` on it, 0 when its
    time was up. `opened` is when it was opened first, `closed` when it was closed, unless it was opened
    again. A timer only tells: the round stays open until the facilitator closes it.
    """

    round: Round
    number: int
    stage: Stage = "draft"
    ends: datetime | None = None
    left: int | None = None
    opened: datetime | None = None
    closed: datetime | None = None

    def remaining(self, at: datetime) -> int | None:
        """Seconds on its timer, begun ones counted as whole; 0 or less: time is up; `None`: no timer."""
        if self.ends is None:
            return self.left
        return math.ceil((self.ends - at).total_seconds())


@dataclass(frozen=True)
class BallotState:
    """Whether people may vote in a ballot, and whether its tally may be seen.

    `opened` is when it was opened first, `closed` when it was closed, unless it is open again.
    """

    ballot: Ballot
    open: bool
    revealed: bool
    opened: datetime
    closed: datetime | None = None


@dataclass(frozen=True)
class Done:
    """A step in the log: its number from 1, and whether it was undone since."""

    number: int
    step: Step
    undone: bool


@dataclass(frozen=True)
class Room:
    """What holds in one workshop after all that was done in it.

    `rounds` are all of the workshop's, in its order; `ballots` by id, in the order of their opening; `notes`
    with the step that wrote each, oldest first. `present` is how many people of each group were counted
    last, `None` when nobody has counted.
    """

    workshop: Workshop
    rounds: tuple[RoundState, ...]
    projected: Project
    ballots: Mapping[str, BallotState]
    notes: tuple[tuple[Step, Note], ...]
    present: Mapping[str, int] | None
    history: tuple[Done, ...]

    @classmethod
    def after(cls, workshop: Workshop, steps: Iterable[Step]) -> Room:
        """The room after these steps, oldest first and from the first on."""
        log = list(steps)
        undone = set(_undone(log))
        reading = _Reading(workshop)
        for number, step in enumerate(log, 1):
            if number not in undone:
                reading.take(step)
        return cls(
            workshop,
            tuple(reading.rounds.values()),
            reading.projected,
            reading.ballots,
            tuple(reading.notes),
            reading.present,
            tuple(Done(number, step, number in undone) for number, step in enumerate(log, 1)),
        )

    @property
    def number(self) -> int:
        """How many steps were read: what the next one comes `after` in `Store.act`."""
        return len(self.history)

    @property
    def last(self) -> Done | None:
        """The step that undoing would take back: the last that stands and is no undoing itself."""
        standing = (
            d for d in reversed(self.history) if not (d.undone or isinstance(d.step.action, UndoStep))
        )
        return next(standing, None)

    @property
    def next_ballot(self) -> str:
        """The id of the ballot to be opened next; no id comes twice, not even that of an undone ballot."""
        named = (
            _BALLOT.fullmatch(done.step.action.ballot.id)
            for done in self.history
            if isinstance(done.step.action, OpenBallot)
        )
        return f"b{max((int(match[1]) for match in named if match), default=0) + 1}"

    def open_rounds(self) -> tuple[RoundState, ...]:
        """The rounds that take answers, in the workshop's order."""
        return tuple(state for state in self.rounds if state.stage == "open")

    def about(self, strategic_question: str) -> tuple[RoundState, ...]:
        """The rounds that ask about it, in the workshop's order, however far they have come."""
        return tuple(state for state in self.rounds if state.round.strategic_question == strategic_question)

    def asks(self, strategic_question: str) -> RoundState | None:
        """The open round that asks about it; of several, the last in the workshop's order."""
        asking = [state for state in self.about(strategic_question) if state.stage == "open"]
        return asking[-1] if asking else None

    def was_revealed(self, ballot: str) -> bool:
        """Whether people have seen the tally of this ballot, even if that was undone."""
        return any(done.step.action == RevealBallot(ballot) for done in self.history)

    def require_fit(self, changed: Workshop) -> None:
        """Raises `BrokenWorkshop` when `changed` has another round in the place of one that has begun.

        The log knows rounds by their number: what was done in one would hold of another.
        """
        for state in self.rounds:
            kept = changed.rounds[state.number - 1 : state.number] == (state.round,)
            if state.stage != "draft" and not kept:
                raise BrokenWorkshop(
                    "Round {number} has begun: leave it as it is and in its place; add others after it.",
                    number=state.number,
                )


def _undone(log: list[Step]) -> Iterator[int]:
    """The numbers of the steps that a later one undid; an undoing is never undone."""
    for number, step in enumerate(log, 1):
        if isinstance(step.action, UndoStep):
            undone = step.action.number
            if 0 < undone < number and not isinstance(log[undone - 1].action, UndoStep):
                yield undone


class _Reading:
    """What holds after the steps taken so far; rounds by their number."""

    def __init__(self, workshop: Workshop) -> None:
        self.rounds = {number: RoundState(asked, number) for number, asked in enumerate(workshop.rounds, 1)}
        self.projected = Project("join")
        self.ballots: dict[str, BallotState] = {}
        self.notes: list[tuple[Step, Note]] = []
        self.present: dict[str, int] | None = None

    def take(self, step: Step) -> None:
        """The next step, which was not undone."""
        match step.action:
            case OpenRound(number) | PauseRound(number) | CloseRound(number) | AddTime(number):
                if number in self.rounds:
                    self.rounds[number] = _round_after(self.rounds[number], step)
            case Project(view, ballot) as project if view in VIEWS and (
                ballot in self.ballots if view == "vote" else not ballot
            ):
                self.projected = project
            case OpenBallot(ballot):
                self._open(ballot, step.at)
            case CloseBallot(ballot) if ballot in self.ballots and self.ballots[ballot].open:
                self.ballots[ballot] = replace(self.ballots[ballot], open=False, closed=step.at)
            case RevealBallot(ballot) if ballot in self.ballots and not self.ballots[ballot].open:
                self.ballots[ballot] = replace(self.ballots[ballot], revealed=True)
            case Note() as note:
                self.notes.append((step, note))
            case Attend(present):
                self.present = dict(present)

    def _open(self, ballot: Ballot, at: datetime) -> None:
        """A ballot that was closed is opened again as it was, unless its tally was seen."""
        held = self.ballots.get(ballot.id)
        if held is None:
            self.ballots[ballot.id] = BallotState(ballot, open=True, revealed=False, opened=at)
        elif not (held.open or held.revealed):
            self.ballots[ballot.id] = replace(held, open=True, closed=None)


def _round_after(state: RoundState, step: Step) -> RoundState:
    """The round after a step about it; as it was, when the step does not fit it."""
    match step.action:
        case OpenRound(_, seconds) if state.stage != "open":
            return replace(
                state,
                stage="open",
                ends=_later(step.at, seconds) if seconds > 0 else None,
                left=None,
                opened=state.opened or step.at,
                closed=None,
            )
        case PauseRound() if state.stage == "open":
            remaining = state.remaining(step.at)
            left = None if remaining is None else max(remaining, 0)
            return replace(state, stage="paused", ends=None, left=left)
        case CloseRound() if state.stage in ("open", "paused"):
            return replace(state, stage="closed", ends=None, left=None, closed=step.at)
        case AddTime(_, seconds) if seconds > 0 and state.ends is not None:
            # one whose time is up goes on from now
            remaining = max(math.ceil((state.ends - step.at).total_seconds()), 0)
            return replace(state, ends=_later(step.at, remaining + seconds))
        case AddTime(_, seconds) if seconds > 0 and state.left is not None:
            return replace(state, left=min(state.left + seconds, LONGEST_TIMER))
    return state


def _later(at: datetime, seconds: int) -> datetime:
    return at + timedelta(seconds=min(seconds, LONGEST_TIMER))
