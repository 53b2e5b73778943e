"""Two other ways of putting the objectives in order: checks on the ranking, never a ranking of their own.

Borda's count takes each person's own order of need. A single index of importance, urgency and salience is
what is asked for most and holds least: its components weigh by how they spread. So it is looked at under
every weighting at once, on percentiles, and with how much of it each component makes up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.ballots.voting import borda, rankings
from analysis.protocols import Rules
from analysis.ranks.ranking import at_the_top, kendall_tau, mid_ranks, top_places
from analysis.ranks.smaa import drawn_weights
from analysis.strata import Floats

DRAWS = 20_000  # a probability then errs by 0.007 at most
COMPONENTS = ("importance", "urgency", "salience")


@dataclass(frozen=True, eq=False)
class OtherOrders:
    """orders    objective, n_rankings, borda (0 to 1: its share of the comparisons it was in), p_top_index
                 (among the first, whatever the weights of the three components); NaN where it has none
    components   component, squared_correlation (0 to 1, with the index in which all three weigh alike)
    borda_tau, index_tau   τ-b of either order with the main ranking; NaN where there is none
    """

    orders: pd.DataFrame
    components: pd.DataFrame
    borda_tau: float
    index_tau: float


def other_orders(priorities: pd.DataFrame, counted: pd.DataFrame, rules: Rules) -> OtherOrders:
    """Both orders of the ranked objectives, from `priorities` and from what `borda_count` has `counted`."""
    table = priorities[["objective"]].merge(counted, on="objective", how="left", validate="one_to_one")
    known = (priorities["ranked"] & priorities[list(COMPONENTS)].notna().all(axis=1)).to_numpy(dtype=np.bool_)
    parts = priorities.loc[known, list(COMPONENTS)].to_numpy(np.float64).T
    percentiles = np.array([mid_ranks(part) for part in parts])
    index = percentiles.mean(axis=0)
    p_top = np.full(len(table), np.nan)
    if known.any():
        shares = drawn_weights(percentiles, DRAWS, rules.seed)
        p_top[known] = at_the_top(shares, top_places(int(known.sum()), rules.top_share))
    need = priorities["need"].to_numpy(np.float64)
    ranked = (priorities["ranked"] & table["borda"].notna()).to_numpy(dtype=np.bool_)
    return OtherOrders(
        orders=table.assign(n_rankings=table["n_rankings"].fillna(0).astype("int64"), p_top_index=p_top),
        components=pd.DataFrame(
            {
                "component": list(COMPONENTS),
                "squared_correlation": [_squared_correlation(part, index) for part in percentiles],
            }
        ),
        borda_tau=kendall_tau(need[ranked], table["borda"].to_numpy(np.float64)[ranked]),
        index_tau=kendall_tau(need[known], index),
    )


def borda_count(needs: Floats, ids: Sequence[str]) -> pd.DataFrame:
    """`objective, n_rankings, borda` from each voice's own needs: voices × `ids`, NaN where it lacks one."""
    long = pd.DataFrame(
        {
            "contribution_id": np.repeat(np.arange(len(needs)), len(ids)),
            "objective": np.tile(np.array(ids, dtype=object), len(needs)),
            "value": needs.ravel(),
        }
    )
    counted = borda(rankings(long)).rename(columns={"item": "objective", "share": "borda"})
    return counted[["objective", "n_rankings", "borda"]].astype({"objective": "str"})


def _squared_correlation(part: Floats, index: Floats) -> float:
    if len(index) < 3 or np.ptp(part) == 0 or np.ptp(index) == 0:
        return float("nan")
    return float(np.corrcoef(part, index)[0, 1] ** 2)
