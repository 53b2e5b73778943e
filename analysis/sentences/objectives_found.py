"""The words of how each objective is recognised: what was checked, and what rests on counting alone."""

from __future__ import annotations

from math import isnan
from typing import Any

import pandas as pd

from analysis.protocols import Language
from analysis.sentences.basis import Basis, Reading, caution, finding
from analysis.sentences.figures import each, in_words, share, spanned
from analysis.text.checks import BASES, COUNTED


def of_objectives_found(checks: pd.DataFrame, basis: Basis, language: Language) -> Reading:
    """The words of a table of `analysis.text.checks`: who says that answers speak of each objective."""
    return Reading(
        finding=finding(_finding(checks, language), basis, language),
        basis=" · ".join(_basis(checks, basis, language)),
        caution=caution(basis, language),
        says=language.say(
            "Each bar shows how many answers speak of the objective, and who says so. The dot is how often "
            "its proposals were right, of those that people have read with its present words; the line is "
            "how far that may be trusted."
        ),
        does_not_say=language.say(
            "It does not say how many answers counting has missed. Whoever reads the surest first finds more "
            "of them right than there are among all."
        ),
    )


def _finding(checks: pd.DataFrame, language: Language) -> str:
    total, checked = len(checks), int(checks["checked"].sum())
    if not checked:
        return language.say(
            "nobody has checked any of the {total} objectives yet: what counting proposes is only proposed",
            total=language.number(total),
        )
    left = total - checked
    if not left:
        text = language.say("every objective is checked")
    else:
        text = language.count(
            "one objective of {total} is not checked yet",
            "{number} objectives of {total} are not checked yet",
            left,
            number=in_words(left, language),
            total=language.number(total),
        )
    return f"{text}; {_how_right(int(checks['n_right'].sum()), int(checks['n_judged'].sum()), language)}"


def _how_right(right: int, judged: int, language: Language) -> str:
    """How many of the proposals that people have read were right."""
    if judged == 1:
        if right:
            return language.say("the one proposal read so far was right")
        return language.say("the one proposal read so far was not right")
    if not right:
        return language.say(
            "of {judged} proposals read so far none was right", judged=language.number(judged)
        )
    return language.count(
        "of {judged} proposals read so far one was right",
        "of {judged} proposals read so far {n} were right",
        right,
        judged=language.number(judged),
    )


def _basis(checks: pd.DataFrame, basis: Basis, language: Language) -> list[str]:
    phrases = [
        language.count("{n} participant", "{n} participants", basis.n_participants),
        language.count("{n} answer", "{n} answers", basis.n_answers),
    ]
    by_people = int(checks[["n_author", "n_reviewed"]].to_numpy().sum())
    counted = int(checks[[f"n_{name}" for name in COUNTED]].to_numpy().sum())
    phrases += [
        language.count("{n} coding by people", "{n} codings by people", by_people),
        language.count("{n} by counting, to be read", "{n} by counting, to be read", counted),
    ]
    return phrases


def basis_name(basis: str, language: Language) -> str:
    """Who says that answers speak of an objective, as a legend has it."""
    return {
        "author": language.say("their authors"),
        "reviewed": language.say("whoever read them"),
        "learned": language.say("counting, taught by people"),
        "proposed": language.say("counting words"),
    }[basis]


def precision(row: Any, language: Language) -> str:
    """How often the proposals of one objective were right, or that nobody has checked; a row of `checks`."""
    if not row.checked:
        return language.say("not checked")
    return language.say(
        "{right} of {judged} right ({share}; {interval}%)",
        right=language.number(row.n_right),
        judged=language.number(row.n_judged),
        share=share(row.precision, language),
        interval=spanned(100 * row.low, 100 * row.high, 0, language),
    )


def of_unassigned(n_none: int, n_answers: int, language: Language) -> str:
    """The share of answers that speak of none of the objectives, as a heading."""
    if not n_none:
        return language.say("Every answer speaks of at least one objective")
    return language.count(
        "One answer of {total} speaks of none of these objectives ({share})",
        "{n} answers of {total} speak of none of these objectives ({share})",
        n_none,
        total=language.number(n_answers),
        share=share(n_none / n_answers, language),
    )


def of_thresholds(table: pd.DataFrame, declared: float, language: Language) -> str:
    """What the declared threshold gives, and its neighbours would; a table of `at_thresholds`."""
    own = next(row for row in each(table) if row.at_least == declared)
    sentence = language.count(
        "One answer has at least one objective by the declared threshold ({threshold})",
        "{n} answers have at least one objective by the declared threshold ({threshold})",
        own.n_assigned,
        threshold=threshold_told(declared, language),
    )
    sentence += ", " + language.count("one of them several", "{n} of them several", own.n_several) + "."
    lower = [row for row in each(table) if row.at_least < declared]
    higher = [row for row in each(table) if row.at_least > declared]
    for row in [*lower[-1:], *higher[:1]]:
        sentence += " " + language.count(
            "There would be one with {threshold}.",
            "There would be {n} with {threshold}.",
            row.n_assigned,
            threshold=threshold_told(row.at_least, language),
        )
    return sentence


def threshold_told(threshold: float, language: Language) -> str:
    """A threshold with as many decimals as it has, two at least."""
    return language.number(threshold, 2 if round(threshold, 2) == round(threshold, 4) else 3)


def bar_figures(row: Any, language: Language) -> str:
    """How many answers on whose word, in one line; a row of `checks`."""
    parts = [
        f"{basis_name(basis, language)}: {language.number(getattr(row, f'n_{basis}'))}"
        for basis in BASES
        if getattr(row, f"n_{basis}")
    ]
    return " · ".join(parts) or language.say("no answer yet")


def score_told(score: float, margin: float, language: Language) -> str:
    """How like an answer is to an objective, and how far before the next one; `margin` may be missing."""
    told = language.number(score, 2)
    if isnan(margin):
        return language.say("score {score}", score=told)
    if margin < 0:
        return language.say(
            "score {score} ({margin} below another objective)", score=told, margin=language.number(-margin, 2)
        )
    return language.say(
        "score {score} ({margin} above the next objective)", score=told, margin=language.number(margin, 2)
    )
