"""Signs that copies were sent together: the same ratings, and many within minutes.

They are signs for a person who decides, no proof. A workshop sends in a burst too, and people who agree
rate alike. Nothing about a device or a network is read.
"""

from __future__ import annotations

import pandas as pd

BURST = 5  # contributions
_WITHIN = pd.Timedelta(minutes=10)


def same_ratings(members: pd.DataFrame, ratings: pd.DataFrame) -> pd.Series:
    """By cluster, the share of its rating contributions, 0 to 1, that gave its commonest set of ratings.

    `members` has `cluster` and `contribution_id`. A "non so" is a rating like any other. A cluster of
    which fewer than two members rated is missing: one cannot be the same.
    """
    of = members.drop_duplicates("contribution_id").set_index("contribution_id")["cluster"]
    theirs = ratings[ratings["contribution_id"].isin(of.index)]
    told = pd.DataFrame(
        {
            "contribution_id": theirs["contribution_id"].astype("str"),
            "rating": theirs["objective"].astype("str")
            + "\n"
            + theirs["dimension"].astype("str")
            + "\n"
            + theirs["value"].astype("Float64").astype("str").fillna(""),
        }
    ).sort_values(["contribution_id", "rating"])
    sets = told.groupby("contribution_id")["rating"].agg("\n".join)
    alike = sets.groupby([sets.index.to_series().map(of), sets]).size().groupby(level=0)
    return (alike.max() / alike.sum())[alike.sum() >= 2].astype("float64")


def bursts(members: pd.DataFrame) -> pd.Series:
    """By cluster, whether at least `BURST` of its contributions were sent within ten minutes.

    `members` has `cluster`, `contribution_id` and `at` (ISO 8601, "" if unknown; a day without a time of
    day is unknown; without an offset it is UTC). A moment that `BURST` contributions share to the second is
    that of an import, and theirs unknown. A contribution counts from its first copied answer. Missing where
    it is not seen, and the time of some contribution is unknown.
    """
    told = members["at"].where(members["at"].str.contains(":"), None)
    at = pd.to_datetime(told, errors="coerce", utc=True, format="ISO8601").dt.floor("s")
    first = members.assign(at=at).groupby(["cluster", "contribution_id"])["at"].min().reset_index()
    at_once = first.groupby("at")["contribution_id"].transform("nunique")
    first["at"] = first["at"].mask(at_once >= BURST)
    first = first.sort_values(["cluster", "at"])
    last = first.groupby("cluster")["at"].shift(1 - BURST)
    seen = (last - first["at"] <= _WITHIN).groupby(first["cluster"]).any()
    unknown = first["at"].isna().groupby(first["cluster"]).any()
    return seen.astype("boolean").mask(~seen & unknown)
