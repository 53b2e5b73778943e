"""One plan put to people: the consultation, and the workshops that gather answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consultation.contribution import plain_text
from consultation.errors import BrokenPlan, BrokenWorkshop, NotOpen
from consultation.language import Language
from consultation.plan import Plan

Stage = Literal["draft", "open", "paused", "closed"]

LONGEST_TITLE = 120


@dataclass(frozen=True)
class Consultation:
    """One plan put to people under declared rules. `invented` marks an example: nobody said any of it."""

    id: str
    plan: Plan
    stage: Stage
    invented: bool = False

    def require_open(self) -> None:
        """Raises `NotOpen` unless answers are taken now."""
        if self.stage != "open":
            raise NotOpen("This consultation is not taking answers now: ask who invited you.")

    def stage_told(self, language: Language) -> str:
        """What its stage means to whoever looks."""
        say = language.say
        return {
            "draft": say("In preparation"),
            "open": say("Open: it takes answers"),
            "paused": say("Paused: it takes no answers for now"),
            "closed": say("Closed: it takes no more answers"),
        }[self.stage]

    def require_for_import(self, plan: Plan) -> None:
        """Raises `NotOpen` or `BrokenPlan` unless answers on `plan` may be brought here from a file."""
        if self.invented:
            raise NotOpen(
                "{id} is an invented example that everyone may read: name another consultation.", id=self.id
            )
        if self.stage == "closed":
            raise NotOpen("The consultation {id} is closed: name another one, or open it again.", id=self.id)
        if plan.source != self.plan.source:
            raise BrokenPlan(
                "The consultation {id} is on another plan than the file named with {option}.",
                id=self.id,
                option="--plan",
            )


@dataclass(frozen=True)
class Workshop:
    """One occasion of gathering answers; whoever has its `word` (the invitation) may take part."""

    word: str
    consultation: str
    title: str

    @classmethod
    def titled(cls, title: str, word: str, consultation: Consultation) -> Workshop:
        """A new workshop; raises `BrokenWorkshop` without a title, or with one too long."""
        title = plain_text(title)
        if not 0 < len(title) <= LONGEST_TITLE:
            raise BrokenWorkshop(
                "Give the workshop a title of at most {most} characters, so that you tell it from others.",
                most=LONGEST_TITLE,
            )
        return cls(word, consultation.id, title)
