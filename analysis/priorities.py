"""Need and feasibility of each objective, from ratings alone, each group counting the same.

Need is importance and urgency on the scale's own 0 to 100, so removing an objective changes no other;
feasibility is the other axis and never part of need; nothing written in an answer moves either. That
groups count the same is a principle (none dominates), not a claim to represent the city.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.protocols import Rules
from analysis.quadrants import lines, standings
from analysis.resampling import balanced_means, once, resampling, stability_interval
from analysis.strata import Floats, Integers, Strata, group_sizes, positions, strata

DIMENSIONS = ("importance", "urgency", "feasibility")


@dataclass(frozen=True, eq=False)
class RatingEstimates:
    """What the ratings say, with the replicates it can be read from again.

    table       one row per objective in the order given: objective, n_ratings (contributions that rated it,
                all groups), n_groups (groups in its need), importance and urgency (balanced, 1 to 5), need
                and feasibility (0 to 100) each with _low and _high (the stability interval), quadrant,
                quadrant_probability, quadrant_other, and ranked (enough groups rated it). NaN, "" and
                False where it is not rated.
    lines       need_line and feasibility_line, 0 to 100: the means of the objectives on the map, or NaN
    replicates  need_replicates and feasibility_replicates, replicates × objectives, NaN where nobody drawn
                rated; `exact` if they are all there are, each as likely
    left_out    groups with raters, but too few units to be balanced: group, n_contributions, n_units
    pairs       groups of two units that are balanced all the same: one unit is drawn at a time, so
                their part of every interval is rough
    """

    table: pd.DataFrame
    need_line: float
    feasibility_line: float
    need_replicates: Floats
    feasibility_replicates: Floats
    exact: bool
    left_out: pd.DataFrame
    pairs: tuple[str, ...]


def estimate(
    ratings: pd.DataFrame, objectives: pd.DataFrame, group_ids: Sequence[str], rules: Rules
) -> RatingEstimates:
    """Balanced need and feasibility of the `objectives` (column `objective`), with their uncertainty.

    `group_ids` are the plan's groups; others, and those with fewer than `smallest_group` units that rated
    anything, stay out. A group counts for an objective and a dimension if it has at least
    `smallest_group` valid ratings there; "non so" is no rating.

    Limits: below ten units in a group the intervals are somewhat narrow, and one without any variation
    is a point, which says that the raters agree and not that the result is certain. Where so few of a
    small group rated an objective that many draws miss them all, the interval need not hold the estimate.
    """
    ids = [str(objective) for objective in objectives["objective"]]
    rated = ratings[
        ratings["value"].notna() & ratings["objective"].isin(ids) & ratings["dimension"].isin(DIMENSIONS)
    ]
    groups = strata(rated, group_ids, rules.smallest_group)
    sums, counts = _totals(groups, rated, ids, rules.smallest_group)
    draws = resampling(groups, rules)

    means = balanced_means(groups, once(groups), sums, counts)
    replicates = np.concatenate([balanced_means(groups, block, sums, counts) for block in draws.blocks()])
    (need,), (feasibility,) = _scores(means, rules)
    need_replicates, feasibility_replicates = _scores(replicates, rules)
    need_line, feasibility_line = lines(need[None, :], feasibility[None, :])
    need_low, need_high = _on_scale(stability_interval(need_replicates, rules.interval))
    feasibility_low, feasibility_high = _on_scale(stability_interval(feasibility_replicates, rules.interval))
    importance, urgency, _ = means.reshape(len(DIMENSIONS), len(ids))
    places = standings(need, feasibility, need_replicates, feasibility_replicates)
    n_groups = _groups_in_need(groups, counts, rules)
    table = pd.DataFrame(
        {
            "objective": pd.Series(ids, dtype="str"),
            "n_ratings": rated.groupby("objective")["contribution_id"]
            .nunique()
            .reindex(ids, fill_value=0)
            .to_numpy(np.int64),
            "n_groups": n_groups,
            "importance": importance,
            "urgency": urgency,
            "need": need,
            "need_low": need_low,
            "need_high": need_high,
            "feasibility": feasibility,
            "feasibility_low": feasibility_low,
            "feasibility_high": feasibility_high,
            "quadrant": pd.Series([place.quadrant for place in places], dtype="str"),
            "quadrant_probability": np.array([place.probability for place in places], dtype=np.float64),
            "quadrant_other": pd.Series([place.other for place in places], dtype="str"),
            "ranked": ~np.isnan(need) & (n_groups / max(1, len(groups.groups)) >= rules.coverage),
        }
    )
    sizes = group_sizes(rated, group_ids)
    return RatingEstimates(
        table=table,
        need_line=float(need_line[0, 0]),
        feasibility_line=float(feasibility_line[0, 0]),
        need_replicates=need_replicates,
        feasibility_replicates=feasibility_replicates,
        exact=draws.exact,
        left_out=sizes[~sizes["group"].isin(groups.groups) & (sizes["n_units"] > 0)].reset_index(drop=True),
        pairs=tuple(g for g, size in zip(groups.groups, groups.sizes, strict=True) if size == 2),
    )


def _totals(
    groups: Strata, rated: pd.DataFrame, ids: list[str], smallest_group: int
) -> tuple[Floats, Floats]:
    """Sums and numbers of ratings, units × (dimension, objective), where the group has enough of them."""
    width = len(DIMENSIONS) * len(ids)
    columns = positions(rated["dimension"], DIMENSIONS) * len(ids) + positions(rated["objective"], ids)
    sums = groups.totals(rated, columns, width, rated["value"].to_numpy(np.float64))
    counts = groups.totals(rated, columns, width)
    for place in groups.slices:
        enough = counts[place].sum(axis=0) >= smallest_group
        sums[place] *= enough
        counts[place] *= enough
    return sums, counts


def _need_weights(rules: Rules) -> dict[str, float]:
    """The dimensions that make up need; one without weight is not asked of anybody."""
    weights = {"importance": rules.importance_weight, "urgency": 1 - rules.importance_weight}
    return {dimension: weight for dimension, weight in weights.items() if weight > 0}


def _scores(means: Floats, rules: Rules) -> tuple[Floats, Floats]:
    """Need and feasibility, 0 to 100, replicates × objectives, from means on the scale of 1 to 5."""
    hundred = 25 * (means.reshape(len(means), len(DIMENSIONS), -1) - 1)
    need = np.zeros_like(hundred[:, 0])
    for dimension, weight in _need_weights(rules).items():
        need += weight * hundred[:, DIMENSIONS.index(dimension)]
    return need, hundred[:, DIMENSIONS.index("feasibility")]


def _groups_in_need(groups: Strata, counts: Floats, rules: Rules) -> Integers:
    """How many groups each objective's need rests on: the fewer of those in its importance and urgency."""
    present = np.zeros((len(groups.groups), counts.shape[1]), dtype=bool)
    for row, place in enumerate(groups.slices):
        present[row] = counts[place].any(axis=0)
    each = present.sum(axis=0).reshape(len(DIMENSIONS), -1)
    fewest: Integers = each[[DIMENSIONS.index(dimension) for dimension in _need_weights(rules)]].min(axis=0)
    return fewest


def _on_scale(interval: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    low, high = interval
    return np.clip(low, 0, 100), np.clip(high, 0, 100)
