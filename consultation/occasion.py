"""One plan put to people: the consultation, and the workshops that gather answers for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from consultation.contribution import plain_text
from consultation.declaration import Declaration, LaterChange, changes, with_labels
from consultation.errors import BrokenPlan, BrokenWorkshop, NotOpen, UnchangedRules
from consultation.language import Language
from consultation.plan import Plan
from consultation.rules import Rules
from consultation.stage import Stage as Stage

LONGEST_TITLE = 120


@dataclass(frozen=True)
class Consultation:
    """One plan put to people under declared rules. `invented` marks an example: nobody said any of it.

    `declarations`, oldest first, are the rules declared since in place of the plan's.
    """

    id: str
    plan: Plan
    stage: Stage
    invented: bool = False
    declarations: tuple[Declaration, ...] = ()

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
        # other comments, or an order of rules, make no other plan
        if replace(plan, source="") != replace(self.plan, source=""):
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
