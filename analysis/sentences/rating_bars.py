"""The words of how people rated each objective on one dimension, from 1 to 5 or "don't know"."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.protocols import Language, Rules
from analysis.ratings.distribution import SCALE, UNSURE
from analysis.resampling import ROUNDING
from analysis.sentences.basis import Basis, Reading, caution, finding, participants
from analysis.sentences.figures import MOST_NAMES, each, in_words, joined, quoted

Dimension = Literal["importance", "urgency", "feasibility"]

LEAST_BASE = 20  # people below whom shares are not printed: they are counted
MANY_UNSURE = 0.20  # a share of "don't know" above this is told of


def of_rating_bars(
    distribution: pd.DataFrame,
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    dimension: Dimension,
) -> Reading:
    """The words of the ratings of one dimension; raises `ValueError` when none can be drawn."""
    table = ratings_of(distribution, objectives, dimension)
    drawn = table[table["high"].notna()]
    if drawn.empty:
        raise ValueError("no objective has enough ratings: ask why_no_rating_bars first")
    about = (drawn, objectives, language)
    also = _opposed(*about, priorities, rules, dimension) or _mostly_low(*about) or _not_known(*about)
    text = "; ".join(clause for clause in (_mostly_high(drawn, dimension, language), also) if clause)
    return Reading(
        finding=finding(text, basis, language),
        basis=" · ".join(_basis(table, objectives, basis, language)),
        caution=caution(basis, language),
        says=language.say(
            "From the objective with the largest share of 4 and 5 down. The further a bar reaches to the "
            "right, the more people gave it 4 or 5; the further to the left, the more gave it 1 or 2."
        ),
        does_not_say=language.say(
            "It does not say what the whole city thinks, nor that one objective comes before the next: small "
            "differences between bars mean nothing."
        ),
    )


def why_no_rating_bars(distribution: pd.DataFrame, language: Language, *, dimension: Dimension) -> str:
    """Why the ratings of this dimension are not drawn, to be shown in their place; "" when they are."""
    asked = distribution[distribution["dimension"] == dimension]
    values = asked[asked["answer"] != UNSURE]
    if values["share"].notna().any():
        return ""
    if not asked["n"].any():
        return language.say("Nobody has rated this yet.")
    return language.say("Too few people of any one group have rated this: there are no shares to show.")


def dimension_name(dimension: Dimension, language: Language) -> str:
    """A dimension in the words in which people were asked."""
    return {
        "importance": language.say("How important is it?"),
        "urgency": language.say("How urgent is it?"),
        "feasibility": language.say("How feasible is it?"),
    }[dimension]


def ratings_of(distribution: pd.DataFrame, objectives: pd.DataFrame, dimension: Dimension) -> pd.DataFrame:
    """One row per objective, the largest share of 4 and 5 first, level ones in the plan's order.

    `objective`; n_1 to n_5 and n_unsure (people); share_1 to share_5 and share_unsure (0 to 1, NaN where
    there is none); `n` who gave a value, `n_asked` who answered at all; `high` and `low`, the shares of
    4 and 5 and of 1 and 2; `counted`, whether people are told and not shares, being few.
    """
    its = distribution[distribution["dimension"] == dimension]
    counts, shares = (
        its.pivot(index="objective", columns="answer", values=figure).add_prefix(f"{figure}_")
        for figure in ("n", "share")
    )
    table = objectives[["objective"]].join(counts, on="objective").join(shares, on="objective")
    values = [f"n_{value}" for value in SCALE]
    n = table[values].sum(axis=1)
    may_be_told = table["objective"].isin(its.loc[its["published"], "objective"])
    return (
        table.assign(
            n=n,
            counted=may_be_told & (n < LEAST_BASE),
            n_asked=table[[*values, f"n_{UNSURE}"]].sum(axis=1),
            high=(table["share_4"] + table["share_5"]).round(9),
            low=table["share_1"] + table["share_2"],
        )
        .sort_values("high", ascending=False, kind="stable")
        .reset_index(drop=True)
    )


def _mostly_high(drawn: pd.DataFrame, dimension: Dimension, language: Language) -> str:
    n, total = int((drawn["high"] > 0.5 + ROUNDING).sum()), len(drawn)
    plural = n if n else 1
    adjective = {
        "importance": language.count("important", "important", plural),
        "urgency": language.count("urgent", "urgent", plural),
        "feasibility": language.count("feasible", "feasible", plural),
    }[dimension]
    if not n:
        return language.say(
            "no objective is {adjective} (4 or 5) in more than half of its ratings",
            adjective=adjective,
        )
    if n == total > 1:
        return language.say(
            "all objectives are {adjective} (4 or 5) in more than half of their ratings",
            adjective=adjective,
        )
    return language.count(
        "one objective of {total} is {adjective} (4 or 5) in more than half of its ratings",
        "{n} objectives of {total} are {adjective} (4 or 5) in more than half of their ratings",
        n,
        total=language.number(total),
        adjective=adjective,
    )


def _opposed(
    drawn: pd.DataFrame,
    objectives: pd.DataFrame,
    language: Language,
    priorities: pd.DataFrame,
    rules: Rules,
    dimension: Dimension,
) -> str:
    """On which objectives people give opposite ratings of importance, the only ones asked; "" if on none."""
    if dimension != "importance":
        return ""
    polarised = priorities["polarisation"] > rules.contested_polarisation + ROUNDING
    names = _names(
        drawn[drawn["objective"].isin(priorities.loc[polarised, "objective"])], objectives, language
    )
    if len(names) > MOST_NAMES:
        return language.say("on {number} opinions are opposed", number=in_words(len(names), language))
    return language.say("opinions are opposed on {names}", names=joined(names, language)) if names else ""


def _mostly_low(drawn: pd.DataFrame, objectives: pd.DataFrame, language: Language) -> str:
    """Which objectives get low ratings from more than half; "" if none does."""
    names = _names(drawn[drawn["low"] > 0.5 + ROUNDING], objectives, language)
    if len(names) > MOST_NAMES:
        return language.say("more than half give 1 or 2 to {number}", number=in_words(len(names), language))
    return (
        language.say("more than half give 1 or 2 to {names}", names=joined(names, language)) if names else ""
    )


def _not_known(drawn: pd.DataFrame, objectives: pd.DataFrame, language: Language) -> str:
    """On which objectives many do not know; "" if on none."""
    many = (drawn[f"share_{UNSURE}"] > MANY_UNSURE + ROUNDING) & (drawn["n_asked"] >= LEAST_BASE)
    names = _names(drawn[many], objectives, language)
    if len(names) > MOST_NAMES:
        return language.say(
            "on {number} more than one in five do not know", number=in_words(len(names), language)
        )
    return (
        language.say("on {names} more than one in five do not know", names=joined(names, language))
        if names
        else ""
    )


def _names(table: pd.DataFrame, objectives: pd.DataFrame, language: Language) -> list[str]:
    shorts = dict(zip(objectives["objective"], objectives["short"], strict=True))
    return [quoted(shorts[row.objective], language) for row in each(table)]


def _basis(table: pd.DataFrame, objectives: pd.DataFrame, basis: Basis, language: Language) -> list[str]:
    phrases = [
        *participants(basis, language),
        language.say("bars: share of ratings from 1 to 5, with the middle of the 3s in line"),
        language.say("n: ratings"),
        language.say("at the right: “don't know”, of all who answered, every person alike"),
    ]
    drawn = table["high"].notna()
    if (table["counted"] | (table["n_asked"] < LEAST_BASE))[drawn].any():
        phrases.append(
            language.say(
                "figures without %: people, where fewer than {number} have rated",
                number=language.number(LEAST_BASE),
            )
        )
    if not drawn.all():
        codes = objectives.loc[objectives["objective"].isin(table.loc[~drawn, "objective"]), "code"]
        phrases.append(
            language.say("too few ratings for a bar: {codes}", codes=joined(list(codes), language))
        )
    return phrases
