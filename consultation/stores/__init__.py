"""Where the conversation is kept: one contract, whatever keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from consultation.contribution import Contribution
from consultation.decisions import Decision
from consultation.declaration import Declaration
from consultation.occasion import Consultation
from consultation.workshop import Workshop


class Store(Protocol):
    """Keeps consultations and every version of every contribution.

    Each method that writes is durable before it returns. All may raise `BrokenStore`.
    """

    def add_consultation(self, consultation: Consultation) -> None:
        """Keep it, or replace the one of the same id; its contributions and declarations stay.

        A new one is kept with its declarations; later ones come through `declare` (`ValueError` otherwise).
        """

    def declare(self, consultation_id: str, declaration: Declaration, after: int) -> None:
        """Keep one more declaration, for a declarer who has seen `after` of them. Twice the same is one.

        Raises `RulesTaken` when another came between or the consultation is at another stage by now, and
        `UnknownConsultation`.
        """

    def consultations(self) -> Sequence[Consultation]:
        """All of them, the one last added to first; those never answered follow, by id."""

    def consultation(self, consultation_id: str) -> Consultation:
        """The one of this id; raises `UnknownConsultation`."""

    def remove_consultation(self, consultation_id: str) -> None:
        """Forget it and everything said in it; unknown ids are no error."""

    def add_workshop(self, workshop: Workshop) -> None:
        """Keep it, or replace the one of the same word."""

    def workshops(self, consultation_id: str) -> Sequence[Workshop]:
        """Those of one consultation, by word."""

    def workshop(self, word: str) -> Workshop | None:
        """The workshop that this invitation opens, however it is typed."""

    def add(self, *contributions: Contribution, return_code: str = "") -> None:
        """Keep new versions, all or none. The same version with the same content twice is one.

        `return_code` opens the contribution again later; only its HMAC is kept. Raises `VersionTaken`
        when that (id, version) is kept with other content (or in another consultation; when it was sent is
        no content), `ErasedContribution`, and `UnknownConsultation`.
        """

    def contributions(self, consultation_id: str) -> Sequence[Contribution]:
        """The latest version of each, by id; erased ones are absent."""

    def contribution(self, contribution_id: str) -> Contribution | None:
        """Its latest version, or `None` if there is none, or it was erased."""

    def versions(self, contribution_id: str) -> Sequence[Contribution]:
        """Every version, oldest first."""

    def returning(self, return_code: str) -> Contribution:
        """The latest version of the contribution this code opens; raises `UnknownReturnCode`."""

    def erase(self, contribution_id: str, at: datetime) -> None:
        """Forget what was said, in every version and decision; that it was erased, and when, is kept."""

    def erased(self, consultation_id: str) -> int:
        """How many contributions of this consultation were erased."""

    def decide(self, consultation_id: str, decision: Decision, after: int) -> None:
        """Keep one more decision, of somebody who has seen `after` of them. Twice the same is one.

        Raises `DecisionsTaken` when another came between, and `UnknownConsultation`.
        """

    def decisions(self, consultation_id: str) -> Sequence[Decision]:
        """All that was decided while reading its answers, oldest first; undone ones and their undoing too."""

    def revision(self, consultation_id: str) -> str:
        """A mark that changes with every change to what is kept of this consultation."""

    def said(self, consultation_id: str) -> str:
        """A mark that changes with its contributions, its plan and its rules; not with decisions."""

    def note(self, name: str) -> str:
        """What was noted under this name for the programs that use this store, or ""."""

    def keep_note(self, name: str, text: str) -> None:
        """Note it, in place of what was noted under this name."""

    def close(self) -> None:
        """Let go of files and connections."""
