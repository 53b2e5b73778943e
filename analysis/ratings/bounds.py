"""How many did not rate an objective they met, and how far its need could move if they had.

Ratings are counted as they are, and "non so" is never taken for the middle of the scale. Where many are
missing, need is told between two cases that bound it: all of them had given 1, or all of them 5.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.protocols import Rules
from analysis.ratings.sample import need_weights, sample
from analysis.resampling import ROUNDING, balanced_means, once
from analysis.strata import Floats, merged, merges

MOST_MISSING = 0.20  # beyond this share of those who met an objective, its need is told with its bounds
LOWEST, HIGHEST = 1, 5


def nonresponse(
    ratings: pd.DataFrame, objectives: pd.DataFrame, group_ids: Sequence[str], rules: Rules
) -> pd.DataFrame:
    """Who rated the need of each objective, one row per objective in the order given.

    `ratings` has a row per rating, with an empty `value` for a "non so", and a `weight` if confirmed clusters
    count once; `objectives` has `objective` and `strategic_question`, which were put to people together.

    n_asked                contributions, of every group, that met it: they rated, or answered "non so" to,
                           it or another objective of the same strategic question
    n_valid                those that rated every dimension of its need
    n_unsure               those that did not, and said "non so" to one of them at least
    n_blank                the others, who left it (or one of the two) out
    nonresponse            0 to 1: the share of those asked that did not rate its need; NaN if none was
    need_worst, need_best  0 to 100: the need if each rating they lack were a 1, or a 5; groups alike, those
                           with at least `smallest_group` units asked. NaN unless more than a fifth is missing

    Limits: the bounds are of extremes, not of what is likely. They take in groups that rated too little to
    be in the estimate, which may therefore lie outside them.
    """
    ids = [str(objective) for objective in objectives["objective"]]
    met = _met(ratings, objectives, list(need_weights(rules)))
    met = merged(met, merges(met, group_ids, rules.smallest_group, dict(rules.merged_groups)))
    people = met.groupby(["contribution_id", "objective"]).agg(
        valid=("rated", "all"), unsure=("unsure", "any")
    )
    counts = people.assign(asked=True).groupby("objective").sum().reindex(ids, fill_value=0)
    n_asked, n_valid, n_unsure = (counts[name].to_numpy(np.int64) for name in ("asked", "valid", "unsure"))
    missing = np.full(len(ids), np.nan)
    np.divide(n_asked - n_valid, n_asked, out=missing, where=n_asked > 0)
    many = missing > MOST_MISSING + ROUNDING
    worst, best = (_need(met.fillna({"value": fill}), ids, group_ids, rules) for fill in (LOWEST, HIGHEST))
    return pd.DataFrame(
        {
            "objective": pd.Series(ids, dtype="str"),
            "n_asked": n_asked,
            "n_valid": n_valid,
            "n_unsure": n_unsure,
            "n_blank": n_asked - n_valid - n_unsure,
            "nonresponse": missing,
            "need_worst": np.where(many, worst, np.nan),
            "need_best": np.where(many, best, np.nan),
        }
    )


def _met(ratings: pd.DataFrame, objectives: pd.DataFrame, dimensions: list[str]) -> pd.DataFrame:
    """A row for each rating that each contribution was asked for: its value, if `rated`, and if `unsure`."""
    question = dict(zip(objectives["objective"], objectives["strategic_question"], strict=True))
    known = ratings[ratings["objective"].isin(list(question))]
    whose = [name for name in ("contribution_id", "unit", "group", "weight") if name in known]
    asked = (
        known[whose]
        .assign(strategic_question=known["objective"].map(question))
        .drop_duplicates(["contribution_id", "strategic_question"])
        .merge(objectives[["objective", "strategic_question"]], on="strategic_question")
        .merge(pd.DataFrame({"dimension": dimensions}), how="cross")
    )
    key = ["contribution_id", "objective", "dimension"]
    met = asked.merge(known[[*key, "value"]].assign(said=True), on=key, how="left")
    rated = met["value"].notna()
    return met.assign(rated=rated, unsure=met["said"].notna() & ~rated).sort_values(key, ignore_index=True)


def _need(filled: pd.DataFrame, ids: list[str], group_ids: Sequence[str], rules: Rules) -> Floats:
    """The balanced need of each objective from ratings without a gap, 0 to 100."""
    numbers = sample(filled, ids, group_ids, rules)
    means = balanced_means(numbers.strata, once(numbers.strata), numbers.sums, numbers.counts)[0]
    need = np.zeros(len(ids))
    for dimension, share in need_weights(rules).items():
        need += share * 25 * (means[numbers.columns(dimension)] - 1)
    return need
