"""Steps that fit a room: checked against what holds in it and against the plan, before they are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from consultation.ballot import BallotKind, ballot
from consultation.contribution import plain_text
from consultation.declaration import LONGEST_NAME
from consultation.errors import BrokenStep
from consultation.plan import UNSTATED_GROUP, Plan
from consultation.room import LONGEST_TIMER, BallotState, Room, RoundState
from consultation.steps import (
    SECTIONS,
    VIEWS,
    Action,
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
    Section,
    Step,
    UndoStep,
    View,
)
from consultation.workshop import MOST_MINUTES

LONGEST_NOTE = 500
MOST_PRESENT = 10_000  # of one group in one room: more is a slip of the finger
ONE_MINUTE = 60


@dataclass(frozen=True)
class Conducting:
    """What `by` ("" if not said) does at `at` (with a time zone), who sees this `room`.

    Each method returns the step to give to `Store.act`, or raises a `Problem` that says what to do instead:
    `BrokenStep`, or `BrokenBallot` for a vote that cannot be held. What no form sends (a round, a table or
    a vote that is not there) is a `ValueError`.
    """

    room: Room
    plan: Plan
    at: datetime
    by: str = ""

    # Rounds

    def open_round(self, number: int) -> Step:
        """Its answers are taken from now on; rounds that are open stay open, since tables work side by side.

        A paused one goes on with the time that was left, or with a minute if its time was up; a closed one
        has its full time again.
        """
        state = self._round(number)
        if state.stage == "open":
            raise BrokenStep("Round {number} is open already.", number=number)
        seconds = state.round.minutes * ONE_MINUTE
        if state.stage == "paused":
            seconds = 0 if state.left is None else state.left or ONE_MINUTE
        return self._done(OpenRound(number, seconds))

    def pause_round(self, number: int) -> Step:
        """It takes no answers for now; its timer stands."""
        if self._round(number).stage != "open":
            raise BrokenStep("Round {number} is not open: there is nothing to pause.", number=number)
        return self._done(PauseRound(number))

    def close_round(self, number: int) -> Step:
        """It takes no more answers."""
        if self._round(number).stage not in ("open", "paused"):
            raise BrokenStep("Round {number} is not open: there is nothing to close.", number=number)
        return self._done(CloseRound(number))

    def add_time(self, number: int, seconds: int = ONE_MINUTE) -> Step:
        """So many seconds more for an open or paused round; if its time is up, they run from now on."""
        state = self._round(number)
        if seconds <= 0:
            raise ValueError(f"{seconds} seconds add no time")
        if state.stage not in ("open", "paused"):
            raise BrokenStep("Round {number} is not open: open it to give it time.", number=number)
        remaining = state.remaining(self.at)
        if remaining is None:
            raise BrokenStep("Round {number} has no timer: close it when it is done.", number=number)
        if max(remaining, 0) + seconds > LONGEST_TIMER:
            raise BrokenStep("A timer shows at most {most} minutes.", most=MOST_MINUTES)
        return self._done(AddTime(number, seconds))

    # The wall

    def project(self, view: View, ballot: str = "") -> Step:
        """The wall shows this from now on; a vote only while it is open, without its tally, or revealed."""
        if view not in VIEWS:
            raise ValueError(f"{view!r} is nothing that a wall shows")
        if view == "vote":
            held = self._ballot(ballot)
            if not (held.open or held.revealed):
                raise BrokenStep("This vote is closed and its tally hidden: reveal it, then show it.")
        elif ballot:
            raise ValueError(f"the view {view} shows no vote")
        return self._done(Project(view, ballot))

    # Votes

    def open_ballot(
        self, kind: BallotKind, title: str, items: Collection[str], budget: int = 0, cap: int = 0
    ) -> Step:
        """People may vote from now on; raises `BrokenBallot` with what to mend (`consultation.ballot`)."""
        return self._done(
            OpenBallot(ballot(self.plan, self.room.next_ballot, kind, title, items, budget, cap))
        )

    def reopen_ballot(self, ballot: str) -> Step:
        """A vote closed by mistake goes on, as long as nobody has seen its tally."""
        held = self._ballot(ballot)
        if held.open:
            raise BrokenStep("This vote is open already.")
        self._require_unseen(ballot)
        return self._done(OpenBallot(held.ballot))

    def close_ballot(self, ballot: str) -> Step:
        """No vote is taken from now on; the tally stays hidden."""
        if not self._ballot(ballot).open:
            raise BrokenStep("This vote is closed already.")
        return self._done(CloseBallot(ballot))

    def reveal_ballot(self, ballot: str) -> Step:
        """Everyone may see the tally."""
        held = self._ballot(ballot)
        if held.open:
            raise BrokenStep("This vote is still open: close it first, then reveal its tally.")
        if held.revealed:
            raise BrokenStep("The tally of this vote is revealed already.")
        return self._done(RevealBallot(ballot))

    # The minutes

    def note(self, section: Section, text: str, table: str = "") -> Step:
        """A sentence for the minutes; `table` is the label of the table where it was said, "" in plenary."""
        if section not in SECTIONS:
            raise ValueError(f"{section!r} is no section of the minutes")
        if table and table not in [known.label for known in self.room.workshop.tables]:
            raise ValueError(f"{table!r} is no table of this workshop")
        text = plain_text(text)
        if not text:
            raise BrokenStep("Nothing to note yet: write a sentence.")
        if len(text) > LONGEST_NOTE:
            raise BrokenStep(
                "The note has {length} characters: shorten it to {most}, or make two of it.",
                length=len(text),
                most=LONGEST_NOTE,
            )
        return self._done(Note(section, text, table))

    def attend(self, present: Mapping[str, int]) -> Step:
        """So many people of each group are here; groups left out were not counted."""
        groups = [*self.plan.groups, UNSTATED_GROUP]
        for group, people in present.items():
            if group not in groups:
                raise BrokenStep(
                    "{group} is no stakeholder group of this plan: choose one of {known}.",
                    group=group,
                    known=", ".join(groups),
                )
            if not 0 <= people <= MOST_PRESENT:
                raise BrokenStep(
                    "Say how many people are here with a number from 0 to {most}.", most=MOST_PRESENT
                )
        if not present:
            raise BrokenStep("Nobody is counted yet: say how many people of one group are here.")
        return self._done(Attend(tuple(sorted(present.items(), key=lambda pair: groups.index(pair[0])))))

    # Mistakes

    def undo(self) -> Step:
        """The last step that stands is as if never made; raises `BrokenStep` when none stands.

        It cannot be undone: whoever wants the old one back makes it again. Nor can a vote go on in this way
        after people have seen its tally.
        """
        last = self.room.last
        if last is None:
            raise BrokenStep("Nothing is left to undo in this workshop.")
        if isinstance(last.step.action, CloseBallot):
            self._require_unseen(last.step.action.ballot)
        return self._done(UndoStep(last.number))

    def _done(self, action: Action) -> Step:
        by = " ".join(plain_text(self.by).split())
        if len(by) > LONGEST_NAME:
            raise BrokenStep("Say who does this in at most {most} characters.", most=LONGEST_NAME)
        return Step(action, self.at, by)

    def _round(self, number: int) -> RoundState:
        if not 1 <= number <= len(self.room.rounds):
            raise ValueError(f"this workshop has no round {number}")
        return self.room.rounds[number - 1]

    def _ballot(self, ballot: str) -> BallotState:
        held = self.room.ballots.get(ballot)
        if held is None:
            raise ValueError(f"this workshop has no vote {ballot!r}")
        return held

    def _require_unseen(self, ballot: str) -> None:
        if self.room.was_revealed(ballot):
            raise BrokenStep("People have seen the tally of this vote: hold a new vote instead.")
