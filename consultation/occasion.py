"""One plan put to people between two dates: the consultation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from consultation.declaration import Declaration, LaterChange, changes, with_labels
from consultation.edition import same_questions
from consultation.errors import (
    BrokenDates,
    BrokenEdition,
    BrokenPlan,
    ErasedContribution,
    NotOpen,
    UnchangedRules,
)
from consultation.language import Language
from consultation.plan import Plan
from consultation.rules import Rules
from consultation.stage import Stage as Stage


@dataclass(frozen=True)
class PlanVersion:
    """A consultation's plan as it stood from `at` (with a time zone) on; `number` counts its versions from 1.

    `at` is `None` where it was not noted: for what an older store began with. `by` whom, "" if not said.
    """

    number: int
    plan: Plan
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True)
class Consultation:
    """One plan put to people under declared rules. `invented` marks an example: nobody said any of it.

    `declarations`, oldest first, are the rules declared since in place of the plan's. `opens` and `closes`
    (with a time zone) bound when an open one takes answers. A draft with `pilot` takes answers for a trial,
    which the opening erases. `wording` numbers the versions of the plan's words from 1; answers keep the
    number of the one they reply to. `erased_trials` counts what was erased so: whatever was begun when it was
    less belongs to a trial that is over.
    """

    id: str
    plan: Plan
    stage: Stage
    invented: bool = False
    declarations: tuple[Declaration, ...] = ()
    opens: datetime | None = None
    closes: datetime | None = None
    pilot: bool = False
    wording: int = 1
    erased_trials: int = 0

    @property
    def rules(self) -> Rules:
        """The rules that hold now: those declared last, else the plan's."""
        return self.declarations[-1].rules if self.declarations else self.plan.rules

    def declared(self, rules: Rules, at: datetime, reason: str, by: str = "") -> Consultation:
        """The consultation under `rules` from `at` (with a time zone) on: one declaration more.

        Raises `UnchangedRules` when they hold already, `BrokenDeclaration` without a reason, and `BrokenPlan`
        when they are none, or do not fit this plan's groups.
        """
        rules = Rules.declared(rules.as_dict())
        rules.require_groups(list(self.plan.groups))
        if rules == self.rules:
            raise UnchangedRules("These rules hold already: change at least one of them, or leave them.")
        declaration = Declaration.reasoned(rules, at, self.stage, reason, by)
        return replace(self, declarations=(*self.declarations, declaration))

    def changed_after_opening(self, language: Language) -> tuple[LaterChange, ...]:
        """What every map must print: each change since it left its draft, oldest first.

        Those of the draft are not among them: nobody had answered under other rules.
        """
        labels = {group.id: language.pick(group.label) for group in self.plan.stakeholder_groups}
        told, before = [], self.plan.rules
        for declaration in self.declarations:
            differing = changes(before, declaration.rules)
            if differing and declaration.stage != "draft":
                local = declaration.at.astimezone()  # where this program runs
                told.append(
                    LaterChange(
                        tuple((n, with_labels(b, labels), with_labels(a, labels)) for n, b, a in differing),
                        f"{local:%d/%m/%Y}",
                        declaration.reason,
                    )
                )
            before = declaration.rules
        return tuple(told)

    def between(self, opens: datetime | None, closes: datetime | None) -> Consultation:
        """The consultation between these two times (with a time zone), `None` for no bound.

        Raises `BrokenDates` when it would close before it opens.
        """
        if opens is not None and closes is not None and closes <= opens:
            raise BrokenDates("It would close before it opens: choose a later closing day.")
        return replace(self, opens=opens, closes=closes)

    def reworded(self, plan: Plan) -> Consultation:
        """The consultation on `plan` in place of its own, one version later; as it is if they are the same.

        A draft may change what it asks. Later only words may change: raises `BrokenEdition` when the
        questions, objectives or groups differ, and `ValueError` for other rules, which are declared.
        """
        if plan == self.plan:
            return self
        if self.stage != "draft":
            if not same_questions(self.plan, plan):
                raise BrokenEdition(
                    "This consultation is no longer a draft: its words may change, what it asks may not."
                )
            if plan.rules != self.plan.rules:
                raise ValueError("rules are declared, not changed with the plan")
        return replace(self, plan=plan, wording=self.wording + 1)

    @property
    def on_trial(self) -> bool:
        """Whether it takes answers that its opening will erase."""
        return self.stage == "draft" and self.pilot

    def taking(self, at: datetime) -> bool:
        """Whether answers are taken at this time, for good or for a trial."""
        if self.on_trial:
            return True
        begun = self.opens is None or self.opens <= at
        return self.stage == "open" and begun and (self.closes is None or at < self.closes)

    def require_taking(self, at: datetime) -> None:
        """Raises `NotOpen` unless answers are taken at this time; says when they will be, if known."""
        if self.taking(at):
            return
        if self.stage == "open" and self.opens is not None and at < self.opens:
            local = self.opens.astimezone()  # where this program runs
            raise NotOpen(
                "This consultation opens on {day} at {time}: come back then.",
                day=f"{local:%d/%m/%Y}",
                time=f"{local:%H:%M}",
            )
        raise NotOpen("This consultation is not taking answers now: ask who invited you.")

    def require_same_trial(self, erased_trials: int) -> None:
        """Raises `ErasedContribution` for what was begun when so many trials had been erased, and not all."""
        if erased_trials != self.erased_trials:
            raise ErasedContribution("The trial is over: what you sent in it was erased. Begin again.")

    def stage_told(self, language: Language) -> str:
        """What its stage means to whoever looks."""
        say = language.say
        return {
            "draft": say("On trial: its opening will erase what is sent")
            if self.pilot
            else say("In preparation"),
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
        if self.stage == "draft":
            raise NotOpen(
                "The consultation {id} is a draft, and its opening would erase what the file brings: "
                "open it first.",
                id=self.id,
            )
        if not same_questions(plan, self.plan):  # other words, or other comments, make no other plan
            raise BrokenPlan(
                "The consultation {id} is on another plan than the file named with {option}.",
                id=self.id,
                option="--plan",
            )
