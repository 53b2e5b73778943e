"""One plan put to people: the consultation, and the workshops that gather answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consultation.errors import NotOpen
from consultation.plan import Plan

Stage = Literal["draft", "open", "paused", "closed"]


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


@dataclass(frozen=True)
class Workshop:
    """One occasion of gathering answers; whoever has its `word` (the invitation) may take part."""

    word: str
    consultation: str
    title: str
