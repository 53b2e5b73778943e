"""Where the conversation is kept: one contract, whatever keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from consultation.ballot import Vote
from consultation.contribution import Contribution
from consultation.decisions import Decision
from consultation.declaration import Declaration
from consultation.moderation import Moderation
from consultation.occasion import Consultation, PlanVersion
from consultation.steps import Step
from consultation.workshop import Invitation, Workshop


class Store(Protocol):
    """Keeps consultations, what is done in their workshops, and every version of every contribution.

    Each method that writes is durable before it returns. All may raise `BrokenStore`. A `word` is a
    workshop's own, however it is typed.
    """

    def add_consultation(self, consultation: Consultation) -> None:
        """Keep it, or replace the one of the same id; its contributions and declarations stay.

        A new one is kept with its declarations; later ones come through `declare` (`ValueError` otherwise).
        Another plan in place of one that was kept is its next wording.
        """

    def change(self, seen: Consultation, changed: Consultation, at: datetime, by: str = "") -> None:
        """Put `changed` in the place of `seen`: its plan, stage, dates or trial. Twice the same is one.

        A changed plan becomes the wording after the one that was seen, of `at` (with a time zone) and by
        whom, whatever number `changed` has. Leaving the draft erases what was said, voted, moderated and done
        in a trial, in the same moment; so does a draft's asking less than before, which also takes away the
        rounds of its workshops that asked the rest. `erased_trials` is one more then, whatever `changed`
        has, so that what is still under way is not kept. Raises `ConsultationTaken` when somebody else has
        changed it meanwhile, `UnknownConsultation`, and `ValueError` for another id, other declarations, or a
        way back to the draft.
        """

    def wordings(self, consultation_id: str) -> Sequence[PlanVersion]:
        """Every version of its plan, oldest first, the one that holds now last."""

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
        """Keep a new one. Twice the same is one.

        Raises `UnknownConsultation`, and `ValueError` when a word of it or of its tables cannot be typed, or
        leads to another workshop or table already.
        """

    def change_workshop(self, seen: Workshop, changed: Workshop) -> None:
        """Put `changed` in the place of `seen`. Twice the same is one.

        Raises `WorkshopTaken` when somebody else has changed it meanwhile, `BrokenWorkshop` when a round that
        has begun would not stay in its place, `UnknownInvitation` when there is none, and `ValueError` for
        another word or consultation, or a table's word that leads elsewhere.
        """

    def workshops(self, consultation_id: str) -> Sequence[Workshop]:
        """Those of one consultation, by word."""

    def workshop(self, word: str) -> Workshop | None:
        """The workshop of this word; a table's word opens none here."""

    def invited(self, word: str) -> Invitation | None:
        """Where this word leads, a workshop's or a table's, however it is typed."""

    def act(self, word: str, step: Step, after: int) -> None:
        """Keep one more step, of somebody who has seen `after` of them. Twice the same is one.

        Raises `StepsTaken` when another came between, and `UnknownInvitation`.
        """

    def steps(self, word: str) -> Sequence[Step]:
        """All that was done in this workshop, oldest first; undone steps and their undoing too."""

    def vote(self, vote: Vote, erased_trials: int | None = None) -> None:
        """Keep it in place of what this voter gave in this ballot. Twice the same is one.

        Raises `NotOpen` when nobody may vote in this ballot at the moment of keeping, `ErasedContribution`
        for a voter whose contribution was erased, or when a trial was since `erased_trials` of them had been
        (`None`: this is not asked), and `UnknownInvitation`.
        """

    def votes(self, word: str) -> Sequence[Vote]:
        """Those of every ballot of this workshop: by ballot as these were made, then by voter."""

    def came(self, word: str) -> Sequence[Contribution]:
        """The latest versions that were sent in this workshop, by id.

        One whose later version was sent elsewhere is not among them.
        """

    def pulse(self, word: str) -> str:
        """A mark that changes with all that whoever runs or watches this workshop must see.

        These are its steps, votes and contributions, the workshop itself, its consultation's plan, stage,
        dates and rules, moderations and erasures.
        """

    def add(
        self, *contributions: Contribution, return_code: str = "", erased_trials: int | None = None
    ) -> None:
        """Keep new versions, all or none. The same version with the same content twice is one.

        `return_code` opens the contribution again later; only its HMAC is kept. `erased_trials` is how many
        trials of the consultation had been erased when they were begun (`None`: they were begun elsewhere).
        Raises `VersionTaken` when that (id, version) is kept with other content (or in another consultation;
        when it was sent is no content), `ErasedContribution` when it was erased or another trial was since,
        and `UnknownConsultation`.
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
        """Forget what was said and voted, in every version, decision and moderation.

        That it was erased, and when, is kept; of a moderation, that an answer was shown or why it was hidden.
        """

    def erased(self, consultation_id: str) -> int:
        """How many contributions of this consultation were erased."""

    def moderate(self, consultation_id: str, moderation: Moderation, after: int) -> None:
        """Keep one more, of somebody who has seen `after` moderations of that answer. Twice the same is one.

        Raises `ModerationTaken` when another came between, `ErasedContribution` when nothing is kept of
        whoever gave the answer, and `UnknownConsultation`.
        """

    def moderations(self, consultation_id: str) -> Sequence[Moderation]:
        """All of them, oldest first, those that hold no more too; of an erased answer without its id."""

    def decide(self, consultation_id: str, decision: Decision, after: int) -> None:
        """Keep one more decision, of somebody who has seen `after` of them. Twice the same is one.

        Raises `DecisionsTaken` when another came between, and `UnknownConsultation`.
        """

    def decisions(self, consultation_id: str) -> Sequence[Decision]:
        """All that was decided while reading its answers, oldest first; undone ones and their undoing too."""

    def revision(self, consultation_id: str) -> str:
        """A mark that changes with every change to what is kept of this consultation, but steps and votes.

        What is done and voted in its workshops changes their `pulse`.
        """

    def said(self, consultation_id: str) -> str:
        """A mark that changes with its contributions and which may be shown, its plan and its rules.

        It does not change with decisions.
        """

    def note(self, name: str) -> str:
        """What was noted under this name for the programs that use this store, or ""."""

    def keep_note(self, name: str, text: str) -> None:
        """Note it, in place of what was noted under this name."""

    def close(self) -> None:
        """Let go of files and connections."""
