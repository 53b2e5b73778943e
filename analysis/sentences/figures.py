"""Single figures and names, as they stand in a sentence, a table cell or a tooltip."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any

import pandas as pd

from analysis.protocols import Language, Rules


def each(table: pd.DataFrame) -> list[Any]:
    """The rows of `table` as named tuples."""
    return list(table.itertuples())


MOST_NAMES = 3  # as many as a title can hold


def in_words(n: int, language: Language) -> str:
    """Two to ten as a word, other numbers in figures; one is left to the singular sentence."""
    words = {
        2: language.say("two"),
        3: language.say("three"),
        4: language.say("four"),
        5: language.say("five"),
        6: language.say("six"),
        7: language.say("seven"),
        8: language.say("eight"),
        9: language.say("nine"),
        10: language.say("ten"),
    }
    return words.get(n) or language.number(n)


def joined(names: Sequence[str], language: Language) -> str:
    """A list as people say it: commas, and the last one after "and"."""
    if len(names) < 2:
        return "".join(names)
    return language.say("{some} and {last}", some=", ".join(names[:-1]), last=names[-1])


def named(objectives: pd.DataFrame) -> pd.Series:
    """Code and short name of each objective, by its id: `P2 Intercettare presto`."""
    return pd.Series(
        (objectives["code"] + " " + objectives["short"]).to_numpy(),
        index=objectives["objective"],
        dtype="str",
    )


def quoted(short: str, language: Language) -> str:
    """An objective's short name as it stands inside a sentence."""
    return language.say("“{name}”", name=short)


def quadrant_name(quadrant: str, language: Language) -> str:
    """A quadrant of the priority map in words."""
    names = {
        "act_now": language.say("Act now"),
        "prepare_and_invest": language.say("Prepare and invest"),
        "quick_opportunities": language.say("Quick opportunities"),
        "keep_watching": language.say("Keep watching"),
    }
    return names[quadrant]


def certain(row: Any, rules: Rules) -> bool:
    """Whether the objective of this priorities row stands surely in its quadrant."""
    return bool(row.quadrant_probability >= rules.quadrant_certain) or not row.quadrant_other


def standing(row: Any, rules: Rules, language: Language) -> str:
    """Where the objective of this priorities row (a named tuple or a Series) stands on the map."""
    if not row.quadrant:
        return language.say("Not rated")
    quadrant = quadrant_name(row.quadrant, language)
    if not row.ranked:
        return language.say("Rated by too few groups")
    if certain(row, rules):
        return quadrant
    return language.say(
        "On the border: {quadrant} or {other}",
        quadrant=quadrant,
        other=quadrant_name(row.quadrant_other, language),
    )


def interval(value: float, low: float, high: float, n: int, digits: int, language: Language) -> str:
    """A score of 0 to 100 with its stability interval; a score that never moved says so with its n."""
    if isnan(value):
        return language.say("Not rated")
    score = language.number(value, digits)
    if isnan(low) or isnan(high):
        return score
    if low == high:
        return language.count(
            "{score} (only one rating)", "{score} (no variation in {n} ratings)", n, score=score
        )
    return f"{score} ({spanned(low, high, digits, language)})"


def spanned(low: float, high: float, digits: int, language: Language) -> str:
    """Both ends of an interval of 0 to 100."""
    return f"{language.number(low, digits)}–{language.number(high, digits)}"


def places_told(low: int, high: int, language: Language) -> str:
    """The first and the last of some places, or the only one."""
    return language.number(low) if low == high else f"{language.number(low)}–{language.number(high)}"


def share(value: float, language: Language) -> str:
    """A share of 0 to 1 as a percentage; "–" when there is none."""
    if isnan(value):
        return "–"
    return language.say("{number}%", number=language.number(100 * value))


def basis_of_salience(bases: pd.Series, language: Language) -> str:
    """Who said which objective an answer speaks of; "" when the authors themselves did."""
    kinds = set(bases)
    if kinds & {"proposed", "learned"}:
        return language.say("as authors marked it, otherwise proposed by counting words and not reviewed")
    if "reviewed" in kinds:
        return language.say("reviewed by people")
    return language.say("as their authors marked it") if kinds else ""


def basis_of_coding(basis: str, language: Language) -> str:
    """Who said that one answer speaks of an objective; "" where nobody has."""
    return {
        "author": language.say("marked by its author"),
        "reviewed": language.say("reviewed by people"),
        "proposed": language.say("proposed by counting words, not reviewed"),
        "learned": language.say("proposed by what coded answers taught, not reviewed"),
    }.get(basis, "")
