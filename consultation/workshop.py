"""One occasion of gathering answers, as it is prepared: its rounds, its tables, and who was invited to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from consultation.codes import spelled
from consultation.contribution import plain_text
from consultation.errors import BrokenWorkshop

if TYPE_CHECKING:
    from consultation.occasion import Consultation
    from consultation.plan import Plan

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
        """The workshop with these rounds, in this order; guiding questions stand in the plan's.

        Raises `BrokenWorkshop` for too many, or a time that is none, and `ValueError` for a question that the
        plan does not ask. Once a round has begun, `Room.require_fit` tells whether others may change.
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
        in_order = (tuple(guide for guide in plan.guides if guide in r.guiding_questions) for r in rounds)
        return replace(
            self,
            rounds=tuple(replace(r, guiding_questions=g) for r, g in zip(rounds, in_order, strict=True)),
        )

    def within(self, plan: Plan) -> Workshop:
        """The workshop without what `plan` does not ask: neither rounds about it, nor guiding questions.

        A round none of whose guiding questions is asked any more goes too: naming none, it would ask all.
        """
        kept = (
            replace(asked, guiding_questions=guides)
            for asked in self.rounds
            for guides in [tuple(guide for guide in asked.guiding_questions if guide in plan.guides)]
            if asked.strategic_question in plan.questions and bool(guides) == bool(asked.guiding_questions)
        )
        return replace(self, rounds=tuple(kept))

    def with_tables(self, tables: Collection[Table]) -> Workshop:
        """The workshop with these tables, in this order.

        Raises `BrokenWorkshop` for too many, and for a name that is none, too long or another's, and
        `ValueError` for a word that is none, or leads elsewhere in this workshop.
        """
        _require_so_many(len(tables))
        named = tuple(replace(table, label=" ".join(plain_text(table.label).split())) for table in tables)
        taken: set[str] = set()
        for label in (table.label for table in named):
            if not 0 < len(label) <= LONGEST_TABLE:
                raise BrokenWorkshop(
                    "Give every table a name of at most {most} characters.", most=LONGEST_TABLE
                )
            if label.casefold() in taken:
                raise BrokenWorkshop("Two tables are called {label}: give each its own name.", label=label)
            taken.add(label.casefold())
        seated = replace(self, tables=named)
        words = [spelled(word) for word in seated.words()]
        if "" in words[1:] or len({*words}) < len(words):
            raise ValueError("every table has a word of its own")
        return seated

    def with_table_count(self, tables: int, name: str, words: Iterable[str]) -> Workshop:
        """The workshop with so many tables: those it has, from the first on, then new ones.

        A new one is called by `name` and the next free number, and has the next of `words` (without end) that
        is free in this workshop. So what was printed for a table that stays remains true. Raises
        `BrokenWorkshop` for too many, or when the name is too long.
        """
        _require_so_many(tables)
        kept = list(self.tables[:tables])
        labels = {table.label.casefold() for table in kept}
        free_labels = (
            label for label in (f"{name} {n}" for n in count(len(kept) + 1)) if label.casefold() not in labels
        )
        taken = {spelled(word) for word in self.words()}
        free_words = (word for word in words if spelled(word) not in taken)
        for _ in range(tables - len(kept)):
            table = Table(next(free_words), next(free_labels))
            taken.add(spelled(table.word))
            kept.append(table)
        return self.with_tables(kept)

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


def _require_so_many(tables: int) -> None:
    if tables < 0:
        raise ValueError(f"{tables} tables are no number of tables")
    if tables > MOST_TABLES:
        raise BrokenWorkshop("A workshop has at most {most} tables: take some away.", most=MOST_TABLES)


def _title(title: str) -> str:
    title = plain_text(title)
    if not 0 < len(title) <= LONGEST_TITLE:
        raise BrokenWorkshop(
            "Give the workshop a title of at most {most} characters, so that you tell it from others.",
            most=LONGEST_TITLE,
        )
    return title
