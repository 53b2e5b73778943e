"""Result tables as they are written to files; columns as in the data dictionary."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from analysis.ranks.other_orders import OtherOrders
from analysis.ratings.distribution import UNSURE
from analysis.ratings.rating_findings import RatingFindings

PRIORITIES = [
    "objective",
    "strategic_question",
    "n_answers",
    "n_ratings",
    "n_groups",
    "need",
    "need_low",
    "need_high",
    "feasibility",
    "feasibility_low",
    "feasibility_high",
    "salience",
    "salience_basis",
    "breadth",
    "quadrant",
    "p_top",
    "rank_low",
    "rank_high",
    "rank_set_low",
    "rank_set_high",
    "quadrant_probability",
    "gic",
    "agreement",
    "tier",
    "badges",
    "sensitive",
    "need_t_low",
    "need_t_high",
    "feasibility_t_low",
    "feasibility_t_high",
    "salience_low",
    "salience_high",
    "reach",
    "attention",
    "apart",
]


def priorities_table(priorities: pd.DataFrame) -> pd.DataFrame:
    """The main result, a row per objective; a place that an objective does not have is missing."""
    table = priorities[PRIORITIES]
    places = ["rank_low", "rank_high", "rank_set_low", "rank_set_high"]
    return table.assign(**{name: table[name].astype("Int64").mask(table[name] == 0) for name in places})


def rating_tables(ratings: RatingFindings) -> dict[str, pd.DataFrame]:
    """What else the ratings say, by file name; figures of groups too small to be published are left out."""
    return {
        "ranks.csv": ratings.ranks,
        "agreement.csv": published_agreements(ratings.agreements, ratings.profiles),
        "distribution.csv": published_distribution(ratings.distribution),
        "groups.csv": published(ratings.profiles),
        "patterns.csv": ratings.patterns,
        "concordance.csv": pd.DataFrame(
            [{"between": "people", **asdict(ratings.people)}, {"between": "groups", **asdict(ratings.groups)}]
        ),
        "sensitivity.csv": ratings.sensitivity.lines,
        "outcomes.csv": outcomes_table(ratings),
        "nonresponse.csv": ratings.nonresponse,
        "weighings.csv": ratings.weighings,
    }


def order_tables(orders: OtherOrders) -> dict[str, pd.DataFrame]:
    """The two other orders, and what a single index would be made of, by file name."""
    return {"orders.csv": orders.orders, "index.csv": orders.components}


def outcomes_table(ratings: RatingFindings) -> pd.DataFrame:
    """The places, probabilities and tiers under every other choice.

    Without the scores: the same people under two weighings, or with and without one of them, would tell what
    a group too small to be shown has said.
    """
    return ratings.sensitivity.outcomes.drop(columns="score")


def published_agreements(agreements: pd.DataFrame, profiles: pd.DataFrame) -> pd.DataFrame:
    """Agreement without what could give away the mean of a group whose figures are hidden."""
    weighed = profiles[profiles["importance"].notna() & ~profiles["published"]]
    hidden = set(zip(weighed["objective"], weighed["group"], strict=True))
    some_hidden = agreements["objective"].isin({objective for objective, _ in hidden})
    lowest = list(zip(agreements["objective"], agreements["lowest_group"], strict=True))
    lowest_hidden = pd.Series([pair in hidden for pair in lowest], index=agreements.index, dtype="bool")
    return agreements.assign(
        range=agreements["range"].mask(some_hidden),
        lowest_group=agreements["lowest_group"].mask(lowest_hidden, ""),
        lowest_mean=agreements["lowest_mean"].mask(lowest_hidden),
    )


def published_distribution(distribution: pd.DataFrame) -> pd.DataFrame:
    """How the ratings spread, without the numbers that would tell what a few people have given."""
    hidden = ~distribution["published"] & (distribution["answer"] != UNSURE)
    n = distribution["n"].astype("Int64").mask(hidden)
    return distribution.drop(columns="published").assign(n=n)


def published(profiles: pd.DataFrame) -> pd.DataFrame:
    """The profiles of groups without the figures of those too small to be published."""
    table = profiles.drop(columns="published")
    figures = table.select_dtypes("float64").mask(~profiles["published"])
    return table.assign(**{str(name): figures[name] for name in figures})
