"""What people rate against what they tell: whether the same objectives stand high in both.

They are two kinds of evidence. Where they disagree is a finding, not an error: some needs are voted for and
seldom told, others told at length and not voted for.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.ranks.ranking import average_ranks
from analysis.resampling import ROUNDING

FAR_APART = 1 / 3  # of the objectives: places between need and salience from which it is said


def correlation(priorities: pd.DataFrame) -> float:
    """Spearman's ρ of need and salience over the ranked objectives; NaN below three, or if one is level."""
    both = _both(priorities)
    if len(both) < 3:
        return float("nan")
    need, told = average_ranks(both.to_numpy(np.float64).T)
    if np.ptp(need) < ROUNDING or np.ptp(told) < ROUNDING:
        return float("nan")
    return float(np.corrcoef(need, told)[0, 1])


def stated_against_spoken(priorities: pd.DataFrame) -> list[str]:
    """`rated_not_told` or `told_not_rated` where both places are a third of the ranks apart, else ""."""
    both = _both(priorities)
    apart = dict.fromkeys(priorities["objective"], "")
    if len(both):
        need, told = average_ranks(both.to_numpy(np.float64).T)
        for objective, gap in zip(both.index, need - told, strict=True):
            if abs(gap) >= FAR_APART * len(both) - ROUNDING:
                apart[objective] = "rated_not_told" if gap > 0 else "told_not_rated"
    return list(apart.values())


def _both(priorities: pd.DataFrame) -> pd.DataFrame:
    """Need and salience of the ranked objectives that have both, by objective."""
    known = priorities["ranked"] & priorities["need"].notna() & priorities["salience"].notna()
    return priorities[known].set_index("objective")[["need", "salience"]]
