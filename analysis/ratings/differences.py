"""Which figures of stakeholder groups may be shown, and which groups may be called different.

`profiles` has one row per group and objective. A figure that rests on too few people (`published` is False),
or that is missing, is never shown; how many there are may be said.
"""

from __future__ import annotations

from math import nan
from typing import Any

import pandas as pd

from analysis.resampling import ROUNDING

Pair = tuple[str, str]
"""The ids of two groups that are set beside each other."""


def known(profiles: pd.DataFrame) -> pd.Series:
    """Which rows of `profiles` have a need that may be shown."""
    may: pd.Series = profiles["published"] & profiles["need"].notna()
    return may


def shown(profiles: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """The rows of `profiles` whose figures may be shown, with the `label` of their group, in its order."""
    return groups.merge(profiles[known(profiles)], on="group", validate="one_to_many")


def clearly_apart(one: Any, other: Any) -> bool:
    """Whether two rows of `profiles` may be called different.

    Their intervals neither overlap nor touch, and both have a width: one that is a point says that its
    raters agree, not that the figure is certain.
    """
    below, above = (one, other) if one.need < other.need else (other, one)
    moving = all(row.need_low < row.need_high for row in (one, other))
    return bool(moving and below.need_high < above.need_low - ROUNDING)


def furthest_apart(figures: pd.DataFrame) -> tuple[Any, Any] | None:
    """Of the rows that are clearly apart, the two furthest from each other, the higher first."""
    rows: list[Any] = list(figures.itertuples())
    pairs = [
        (above, below)
        for above in rows
        for below in rows
        if above.need > below.need and clearly_apart(above, below)
    ]
    return max(pairs, key=lambda pair: round(pair[0].need - pair[1].need, 9), default=None)


def compared(
    profiles: pd.DataFrame, groups: pd.DataFrame, objectives: pd.DataFrame, pair: Pair
) -> pd.DataFrame:
    """One row per objective with a figure of both groups, in the plan's order.

    `objective`; need, need_low, need_high and n of each, ending in _one and _other; `difference` (the first
    less the second, points of 0 to 100) and `clear`.
    """
    figures = shown(profiles, groups)[["group", "objective", "need", "need_low", "need_high", "n"]]
    one, other = (figures[figures["group"] == group].drop(columns="group") for group in pair)
    one = objectives[["objective"]].merge(one[one["objective"].isin(other["objective"])], on="objective")
    other = one[["objective"]].merge(other, on="objective", validate="one_to_one")
    clear = [clearly_apart(*rows) for rows in zip(one.itertuples(), other.itertuples(), strict=True)]
    return one.merge(other, on="objective", suffixes=("_one", "_other")).assign(
        difference=one["need"] - other["need"], clear=pd.Series(clear, dtype=bool)
    )


def ranges(profiles: pd.DataFrame, groups: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """One row per objective, those on which groups are furthest apart first, then in the plan's order.

    `n_shown` and `n_hidden` groups; `lowest` and `highest` (labels, more than one where needs are level)
    with their need as `low` and `high`; `range` (points of 0 to 100; NaN unless two groups are shown);
    `clear` if at least two groups are clearly apart.
    """
    figures = shown(profiles, groups)
    asked = profiles[profiles["group"].isin(groups["group"])]
    hidden = asked[~known(asked)].groupby("objective").size()
    rows = []
    for objective in objectives["objective"]:
        its = figures[figures["objective"] == objective]
        low, high = its["need"].min(), its["need"].max()
        rows.append(
            {
                "objective": objective,
                "n_shown": len(its),
                "n_hidden": int(hidden.get(objective, 0)),
                "lowest": list(its.loc[its["need"] <= low + ROUNDING, "label"]),
                "highest": list(its.loc[its["need"] >= high - ROUNDING, "label"]),
                "low": low,
                "high": high,
                "range": round(high - low, 9) if len(its) > 1 else nan,
                "clear": furthest_apart(its) is not None,
            }
        )
    return pd.DataFrame(rows).sort_values("range", ascending=False, kind="stable", ignore_index=True)
