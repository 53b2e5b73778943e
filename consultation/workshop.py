"""One occasion of gathering answers, as it is prepared: its rounds, its tables, and who was invited to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from consultation.contribution import plain_text
from consultation.errors import BrokenWorkshop

if TYPE_CHECKING:
    from consultation.occasion import Consultation

LONGEST_TITLE = 120
LONGEST_TABLE = 40  # it stands on a card that is read across a table
MOST_ROUNDS = 20
MOST_TABLES = 60
MOST_MINUTES = 240
MOST_INVITED = 100_000


@dataclass(frozen=True)
class Round:
    """What is asked at once, for so many minutes; 0 minutes have no timer.

    It asks all objectives of `strategic_question` to be rated, if `rated`, and those of its guiding questions
    that `guiding_questions` names, all of them where it names none.
    """

    strategic_question: str
    guiding_questions: tuple[str, ...] = ()
    minutes: int = 20
    rated: bool = True


@dataclass(frozen=True)
class Table:
    """A table of the workshop: its own `word` lets in, and tells where one sits."""

    word: str
    label: str


@dataclass(frozen=True)
class Workshop:
    """One occasion of gathering answers; whoever has its `word` (the invitation) may take part.

    Without `rounds` all the questions of its consultation are asked at once. `invited` holds how many people
    of a stakeholder group were asked to come, for the groups of which that is known.
    """

    word: str
    consultation: str
    title: str
    rounds: tuple[Round, ...] = ()
    tables: tuple[Table, ...] = ()
    invited: tuple[tuple[str, int], ...] = ()

    @classmethod
    def titled(cls, title: str, word: str, consultation: Consultation) -> Workshop:
        """A new workshop; raises `BrokenWorkshop` without a title, or with one too long."""
        return cls(word, consultation.id, _title(title))

    def renamed(self, title: str) -> Workshop:
        """Raises `BrokenWorkshop` without a title, or with one too long."""
        return replace(self, title=_title(title))

    def with_rounds(self, rounds: Collection[Round], consultation: Consultation) -> Workshop:
        """The workshop with these rounds, in this order.

        Raises `BrokenWorkshop` for too many, or a time that is none, or a round in which nothing is asked,
        and `ValueError` for a question that the plan does not ask.
        """
        plan = consultation.plan
        if len(rounds) > MOST_ROUNDS:
            raise BrokenWorkshop("A workshop has at most {most} rounds: take some away.", most=MOST_ROUNDS)
        for number, asked in enumerate(rounds, 1):
            if asked.strategic_question not in plan.questions:
                raise ValueError(f"{asked.strategic_question!r} is not a strategic question of this plan")
            if unknown := set(asked.guiding_questions) - set(plan.guides):
                raise ValueError(f"{sorted(unknown)} are not guiding questions of this plan")
            if not 0 <= asked.minutes <= MOST_MINUTES:
                raise BrokenWorkshop(
                    "Round {number}: give it from 0 (no timer) to {most} minutes.",
                    number=number,
                    most=MOST_MINUTES,
                )
        return replace(self, rounds=tuple(rounds))

    def with_tables(self, tables: Collection[Table]) -> Workshop:
        """The workshop with these tables; raises `BrokenWorkshop` for too many, and for no or equal names."""
        if len(tables) > MOST_TABLES:
            raise BrokenWorkshop("A workshop has at most {most} tables: take some away.", most=MOST_TABLES)
        named = tuple(replace(table, label=" ".join(plain_text(table.label).split())) for table in tables)
        labels = [table.label for table in named]
        for label in labels:
            if not 0 < len(label) <= LONGEST_TABLE:
                raise BrokenWorkshop(
                    "Give every table a name of at most {most} characters.", most=LONGEST_TABLE
                )
            if labels.count(label) > 1:
                raise BrokenWorkshop("Two tables are called {label}: give each its own name.", label=label)
        return replace(self, tables=named)

    def inviting(self, invited: Mapping[str, int], consultation: Consultation) -> Workshop:
        """The workshop to which so many people of each group were invited; a group left out is not known.

        Raises `BrokenWorkshop` for a number that is none, and `ValueError` for a group not in the plan.
        """
        for group, people in invited.items():
            if group not in consultation.plan.groups:
                raise ValueError(f"{group!r} is not a stakeholder group of this plan")
            if not 0 <= people <= MOST_INVITED:
                raise BrokenWorkshop(
                    "Say how many were invited with a number from 0 to {most}.", most=MOST_INVITED
                )
        order = list(consultation.plan.groups)
        return replace(self, invited=tuple(sorted(invited.items(), key=lambda pair: order.index(pair[0]))))

    def words(self) -> list[str]:
        """Every word that leads here: the workshop's own, then those of its tables."""
        return [self.word, *(table.word for table in self.tables)]


@dataclass(frozen=True)
class Invitation:
    """Where a word leads: to a workshop, and to one of its tables if `table` names one."""

    workshop: Workshop
    table: str = ""


def _title(title: str) -> str:
    title = plain_text(title)
    if not 0 < len(title) <= LONGEST_TITLE:
        raise BrokenWorkshop(
            "Give the workshop a title of at most {most} characters, so that you tell it from others.",
            most=LONGEST_TITLE,
        )
    return title
