"""What a chart stands on, and the words it is shown with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import nan

import pandas as pd

from analysis.protocols import Language, Rules


@dataclass(frozen=True)
class Basis:
    """What a chart stands on.

    `n_groups` counts the groups that enter balanced estimates, which weigh as `group_weights` says.
    `need_line` and `feasibility_line` (0 to 100, NaN without ratings) are the quadrant lines of the priority
    map. `group` is the label of the only group looked at, "" when all are. `n_rated` are the participants who
    rated anything, 0 where that is not told. `notes` are sentences that every
    map must carry: rules changed after the opening, choices that are not the declared ones.
    """

    n_participants: int
    n_answers: int
    n_groups: int
    need_line: float = nan
    feasibility_line: float = nan
    group: str = ""
    invented: bool = False
    group_weights: str = "equal"
    n_rated: int = 0
    notes: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        participation: pd.DataFrame,
        n_answers: int,
        *,
        need_line: float = nan,
        feasibility_line: float = nan,
        group: str = "",
        invented: bool = False,
        group_weights: str = "equal",
        n_rated: int = 0,
        notes: Sequence[str] = (),
    ) -> Basis:
        """The basis of results made from the contributions counted in `participation`."""
        return cls(
            n_participants=int(participation["n_contributions"].sum()),
            n_answers=n_answers,
            n_groups=int(participation["balanced"].sum()),
            need_line=need_line,
            feasibility_line=feasibility_line,
            group=group,
            invented=invented,
            group_weights=group_weights,
            n_rated=n_rated,
            notes=tuple(notes),
        )

    @property
    def digits(self) -> int:
        """Decimals that this many participants can carry."""
        return 1 if self.n_participants >= DECIMALS_FROM else 0


DECIMALS_FROM = 200  # below this many participants a decimal is not information


@dataclass(frozen=True)
class Reading:
    """The words of one chart: the finding is its title, basis and caution stand under it."""

    finding: str
    basis: str
    caution: str
    says: str
    does_not_say: str


def participants(basis: Basis, language: Language) -> list[str]:
    """Who is counted, and how they weigh."""
    people = language.count("{n} participant", "{n} participants", basis.n_participants)
    rated = ""
    if 0 < basis.n_rated < basis.n_participants:
        rated = ", " + language.count("one of whom has rated", "{n} of whom have rated", basis.n_rated)
    if basis.group:
        return [language.say("only {group}", group=basis.group), people + rated]
    if basis.n_groups > 1:
        groups = language.count("in one group", "in {n} groups", basis.n_groups)
        return [f"{people} {groups}{rated}, {weighing(basis.group_weights, language)}"]
    return [people + rated]


def weighing(group_weights: str, language: Language) -> str:
    """How groups weigh, in words."""
    return {
        "equal": language.say("every group weighs the same"),
        "one_person_one_voice": language.say("every person weighs the same"),
        "custom": language.say("groups weigh as declared"),
    }[group_weights]


def alike(basis: Basis) -> Basis:
    """The basis of what words say: there every group weighs the same, and who has rated is of no matter."""
    return replace(basis, group_weights="equal", n_rated=0)


def caution(basis: Basis, language: Language) -> str:
    """Whom the figures speak for; that nobody said any of it, when it is invented; what else must be told."""
    sentences = [language.say("It speaks for those who took part, not for the whole city.")]
    if basis.invented:
        sentences.append(language.say("An example with invented data."))
    return " ".join([*sentences, *basis.notes])


def finding(text: str, basis: Basis, language: Language) -> str:
    """`text` as a title: of one group where only one is looked at, with a capital letter."""
    if basis.group:
        text = language.say("{group}: {finding}", group=basis.group, finding=text)
    return text[:1].upper() + text[1:]


def too_few(basis: Basis, rules: Rules, language: Language) -> str:
    """Why there is no chart when answers are few; "" when there are enough."""
    if basis.n_answers >= rules.enough_answers:
        return ""
    if basis.n_answers == 0:
        return language.say("There are no answers here yet.")
    return language.count(
        "There is only one answer: too few for a chart, so read it as it is.",
        "There are only {n} answers: too few for a chart, so read them as they are.",
        basis.n_answers,
    )


def without_chart(sentence: str, basis: Basis, language: Language) -> Reading:
    """The words of a page that has no chart: `sentence` says why."""
    people = language.count("{n} participant", "{n} participants", basis.n_participants)
    answers = language.count("{n} answer", "{n} answers", basis.n_answers)
    return Reading(
        finding=sentence,
        basis=" · ".join([*([basis.group] if basis.group else []), people, answers]),
        caution=caution(basis, language),
        says="",
        does_not_say="",
    )
