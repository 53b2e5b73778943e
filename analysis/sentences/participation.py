"""The words of who took part and who did not, and of what that does to the figures."""

from __future__ import annotations

from math import isnan
from typing import Any

import pandas as pd

from analysis.accord.concordance import Concordance
from analysis.participation import CARRIES_A_GROUP
from analysis.protocols import Language
from analysis.ratings.bounds import MOST_MISSING
from analysis.ratings.raking import Raking
from analysis.sentences.basis import weighing
from analysis.sentences.figures import each, joined, named, share, spanned

LEAST_BASE = 20  # contributions; on fewer a share is told in numbers
UNEVEN = 0.6  # Gini's index from which a few people carry most of what is told


def of_weighings(weighings: pd.DataFrame, language: Language) -> str:
    """What each way of weighing costs in certainty."""
    if weighings["n"].max() == 0:
        return ""
    costs = [
        language.say(
            "{weighing}: as sure as {number} voices weighing the same",
            weighing=weighing(row.scheme, language),
            number=language.number(row.effective_size),
        )
        for row in each(weighings)
        if not isnan(row.effective_size)
    ]
    ratings = language.count(
        "One contribution has ratings that weigh",
        "{n} contributions have ratings that weigh",
        int(weighings["n"].max()),
    )
    told = "; ".join(costs)
    return f"{ratings}. {told[:1].upper()}{told[1:]}."


def of_absent(people: pd.DataFrame, labels: dict[str, str], language: Language) -> str:
    """The groups that were invited and did not come, or that nobody knows who was invited."""
    if people["invited"].isna().all():
        return language.say("There is no list of who was invited: who did not take part cannot be told.")
    absent = people[(people["n_contributions"] == 0) & (people["invited"].fillna(0) > 0)]
    if absent.empty:
        return ""
    names = [
        language.say("{group} ({n} invited)", group=labels[row.group], n=language.number(row.invited))
        for row in each(absent)
    ]
    return language.say("Invited, and absent: {groups}.", groups=joined(names, language))


def of_carried(people: pd.DataFrame, labels: dict[str, str], least: int, language: Language) -> str:
    """The groups of which one organisation carries more than a quarter; "" if there is none.

    Groups of fewer than `least` contributions are not named: that would point to the organisation.
    """
    carried = people[(people["largest_unit"] > CARRIES_A_GROUP) & (people["n_contributions"] >= least)]
    if carried.empty:
        return ""
    names = [f"{labels[row.group]} ({largest_unit(row, least, language)})" for row in each(carried)]
    return language.say(
        "One organisation sent more than {percent}% of what came from: {groups}.",
        percent=language.number(100 * CARRIES_A_GROUP),
        groups=joined(names, language),
    )


def largest_unit(row: Any, least: int, language: Language) -> str:
    """How much of its group (a row of participation) one organisation has sent; "–" where that is not told.

    On a small base it is told in contributions: there a percentage would claim more than it knows.
    """
    if isnan(row.largest_unit) or row.n_contributions < least:
        return "–"
    if row.n_contributions >= LEAST_BASE:
        return share(row.largest_unit, language)
    return language.say(
        "{number} of {total}",
        number=language.number(round(row.largest_unit * row.n_contributions)),
        total=language.number(row.n_contributions),
    )


def of_loudness(loudness: float, language: Language) -> str:
    """How evenly people speak, by Gini's index."""
    if isnan(loudness):
        return ""
    number = language.number(loudness, 2)
    if loudness >= UNEVEN:
        return language.say(
            "A few people wrote most of what could be linked to an objective (Gini {number}): people are "
            "counted, not passages.",
            number=number,
        )
    return language.say(
        "What could be linked to an objective is spread over those who wrote (Gini {number}, from 0 all "
        "alike towards 1 one person alone).",
        number=number,
    )


def of_nonresponse(
    nonresponse: pd.DataFrame, objectives: pd.DataFrame, digits: int, language: Language
) -> str:
    """The objectives that more than a fifth did not rate, with how far their need could move; "" if none."""
    many = nonresponse[nonresponse["need_worst"].notna()]
    if many.empty:
        return ""
    names = named(objectives)
    told = [
        language.say(
            "{name} ({share} missing; need {bounds} if all of these were 1 or 5)",
            name=names[row.objective],
            share=share(row.nonresponse, language),
            bounds=spanned(row.need_worst, row.need_best, digits, language),
        )
        for row in each(many)
    ]
    return language.say(
        "More than {percent}% of those asked did not rate, or said “don't know”: {objectives}.",
        percent=language.number(100 * MOST_MISSING),
        objectives=joined(told, language),
    )


def of_concordance(people: Concordance, groups: Concordance, language: Language) -> str:
    """How far participants, and groups, put the objectives in the same order, by Kendall's W."""
    told = []
    if not isnan(people.w):
        told.append(
            language.say(
                "between {n} people who rated everything W = {w}",
                n=language.number(people.m),
                w=language.number(people.w, 2),
            )
        )
    if not isnan(groups.w):
        told.append(
            language.say(
                "between {n} groups W = {w}", n=language.number(groups.m), w=language.number(groups.w, 2)
            )
        )
    if not told:
        return ""
    return language.say(
        "How alike the orders are (Kendall's W, 0 nothing in common, 1 the same order): {found}.",
        found=joined(told, language),
    )


def of_raking(raking: Raking | None, language: Language) -> str:
    """What came of weighing people to the declared targets; "" where none is declared."""
    if raking is None:
        return ""
    if not raking.refused:
        return language.say(
            "Weighed to the declared targets the voices are as sure as {number} weighing the same.",
            number=language.number(raking.effective_size),
        )
    reasons = {
        "unknown_variable": language.say("participants are not known by it"),
        "no_target": language.say("some participants stand in a category without a target"),
        "empty_target": language.say("a target is not above 0"),
        "empty_category": language.say("nobody stands in a category that has a target"),
        "small_category": language.say("too few voices stand in a category that has a target"),
    }
    where = ", ".join(part for part in (raking.variable, raking.category) if part)
    return language.say(
        "The participants are not weighed to the declared targets: {reason} ({where}).",
        reason=reasons[raking.refused],
        where=where,
    )
