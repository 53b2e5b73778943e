"""The words of the ladder: which positions each objective could take, and how sure that is.

An objective is called first only where it is so in at least `FIRST_FROM` of the resamples and the ratings
leave it no other position: where scores are close, resamples alone are no proof of an order.
"""

from __future__ import annotations

from math import isnan

import pandas as pd

from analysis.protocols import Language, Rules
from analysis.ranks.ranking import top_places
from analysis.resampling import ROUNDING
from analysis.sentences.basis import Basis, Reading, caution, finding, participants
from analysis.sentences.figures import MOST_NAMES, each, in_words, joined, quoted, share

FIRST_FROM = 0.80  # share of resamples in first place from which an objective may be called first
NEARLY_ALWAYS = 0.90  # share of resamples from which people read "almost always"


def of_ladder(
    ranks: pd.DataFrame,
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
) -> Reading:
    """The words of the ladder and of its list; raises `ValueError` when there is no order to speak of."""
    ladder = in_order(priorities)
    n_top = top_places(len(ladder), rules.top_share)
    phrases = [
        *participants(basis, language),
        language.say(
            "cells: how often the objective takes each position, with other participants like these"
        ),
        language.say(
            "outline: compatible positions ({percent}%)", percent=language.number(100 * rules.interval)
        ),
        *_without_position(priorities, objectives, language),
    ]
    return Reading(
        finding=finding(_finding(ranks, ladder, objectives, n_top, language), basis, language),
        basis=" · ".join(phrases),
        caution=caution(basis, language),
        says=language.say(
            "Each row is an objective: the darker a cell, the more often it takes that position. The outline "
            "holds the positions that are compatible with the ratings."
        ),
        does_not_say=language.say(
            "It does not say what the whole city thinks, and it is no league table: where outlines share a "
            "position, the order is not sure."
        ),
    )


def why_no_ladder(priorities: pd.DataFrame, language: Language) -> str:
    """Why no ladder is drawn, to be shown in its place; "" when it is."""
    match int(priorities["ranked"].sum()):
        case 0:
            return language.say("No objective has been rated by enough groups to be put in order.")
        case 1:
            return language.say(
                "Only one objective has been rated by enough groups: there is none to put in order with it."
            )
    return ""


def in_order(priorities: pd.DataFrame) -> pd.DataFrame:
    """The ranked objectives from the first position down, level ones in the order given.

    Raises `ValueError` when there are fewer than two.
    """
    ranked = priorities[priorities["ranked"]]
    if len(ranked) < 2:
        raise ValueError("there is no order of fewer than two objectives: ask why_no_ladder first")
    return ranked.sort_values("rank", kind="stable", ignore_index=True)


def among_the_first(n_top: int, language: Language) -> str:
    """The top of the ranking in words: the first `n_top` positions."""
    if n_top == 1:
        return language.say("in first place")
    return language.say("among the first {number}", number=language.number(n_top))


def chance(probability: float, language: Language, *, sign: bool = True) -> str:
    """A probability as a percentage, with or without its sign; what is nearly 0 or 1 is told as neither."""
    rounded = round(100 * probability)
    if rounded == 0 and probability > ROUNDING:
        return f"<{_percent(0.01, sign, language)}"
    if rounded == 100 and probability < 1 - ROUNDING:
        return f">{_percent(0.99, sign, language)}"
    return _percent(probability, sign, language)


def compatible(low: int, high: int, language: Language) -> str:
    """The positions that the ratings do not rule out for an objective, `rank_set_low` to `rank_set_high`."""
    if low == high:
        return language.say("compatible position: only {number}", number=language.number(low))
    return language.say(
        "compatible positions {low}–{high}", low=language.number(low), high=language.number(high)
    )


def position(rank: float, tied: bool, language: Language) -> str:
    """The position of an objective's estimate; with = where others are level, "–" where it has none."""
    if isnan(rank):
        return "–"
    number = language.number(rank)
    return f"={number}" if tied else number


def _finding(
    ranks: pd.DataFrame, ladder: pd.DataFrame, objectives: pd.DataFrame, n_top: int, language: Language
) -> str:
    n = len(ladder)
    if (ladder["rank_set_low"] == 1).all() and (ladder["rank_set_high"] == n).all():
        return language.say("the order of the objectives cannot be told: each could take any position")
    first = _first(ranks, ladder)
    clauses = [
        _in_first_place(first, ladder, objectives, language),
        _at_the_top(first, ladder, n_top, language),
        _below_the_last_step(ladder, language),
    ]
    return "; ".join(clause for clause in clauses if clause)


def _first(ranks: pd.DataFrame, ladder: pd.DataFrame) -> str:
    """The objective that may be called first; "" when none may."""
    only = ladder[(ladder["rank_set_low"] == 1) & (ladder["rank_set_high"] == 1)]
    shares = ranks.loc[ranks["rank"] == 1].set_index("objective")["probability"]
    for objective in only["objective"]:
        if shares[objective] >= FIRST_FROM - ROUNDING:
            return str(objective)
    return ""


def _in_first_place(first: str, ladder: pd.DataFrame, objectives: pd.DataFrame, language: Language) -> str:
    shorts = dict(zip(objectives["objective"], objectives["short"], strict=True))
    if first:
        return language.say("{name} is in first place", name=quoted(shorts[first], language))
    contenders = ladder.loc[ladder["rank_set_low"] == 1, "objective"]
    if 1 < len(contenders) <= MOST_NAMES:
        names = [quoted(shorts[objective], language) for objective in contenders]
        return language.say("first place is open between {names}", names=joined(names, language))
    return language.say("no objective is surely in first place")


def _at_the_top(first: str, ladder: pd.DataFrame, n_top: int, language: Language) -> str:
    """How sure the first positions are as a whole; "" where the first is all there is of them."""
    if n_top == 1:
        return ""
    top = language.number(n_top)
    if n_top in _steps(ladder):
        return language.say("the first {top} stand clear of the others", top=top)
    nearly_always = ladder.loc[ladder["p_top"] >= NEARLY_ALWAYS - ROUNDING, "objective"]
    if len(nearly_always) == n_top:
        return language.say("the first {top} are almost always the same", top=top)
    n = int((nearly_always != first).sum())
    if first:
        if not n:
            return language.say("no other is almost always among the first {top}", top=top)
        return language.count(
            "one other is almost always among the first {top}",
            "{number} others are almost always among the first {top}",
            n,
            number=in_words(n, language),
            top=top,
        )
    if not n:
        return language.say("none is almost always among the first {top}", top=top)
    return language.count(
        "one is almost always among the first {top}",
        "{number} are almost always among the first {top}",
        n,
        number=in_words(n, language),
        top=top,
    )


def _below_the_last_step(ladder: pd.DataFrame, language: Language) -> str:
    """From where on nothing parts one objective from the next; "" where nothing does so above either."""
    steps = _steps(ladder)
    if not steps or steps[-1] > len(ladder) - 2:
        return ""
    return language.say(
        "from position {number} down the order is not reliable", number=language.number(steps[-1] + 1)
    )


def _steps(ladder: pd.DataFrame) -> list[int]:
    """The positions after which the ratings part those above from those below, the last one apart.

    Neither could any above it take a position below, nor any below it one above.
    """
    rows = each(ladder)
    return [
        n
        for n in range(1, len(rows))
        if max(row.rank_set_high for row in rows[:n]) <= n < min(row.rank_set_low for row in rows[n:])
    ]


def _without_position(priorities: pd.DataFrame, objectives: pd.DataFrame, language: Language) -> list[str]:
    unranked = set(priorities.loc[~priorities["ranked"], "objective"])
    if not unranked:
        return []
    codes = objectives.loc[objectives["objective"].isin(unranked), "code"]
    return [
        language.say(
            "without a position, rated by too few groups: {codes}", codes=joined(list(codes), language)
        )
    ]


def _percent(value: float, sign: bool, language: Language) -> str:
    return share(value, language) if sign else language.number(100 * value)
