"""What changed between two rounds of ratings: whether to ask again, or to stop.

In a Delphi the reason to stop is that answers no longer move, not that people agree (von der Gracht, 2012):
a lasting disagreement is a result.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.ratings.sample import DIMENSIONS
from analysis.resampling import ROUNDING
from analysis.strata import Floats

SCALE = range(1, 6)

_TYPES = {
    "objective": "str",
    "dimension": "str",
    "n_first": "int64",
    "n_second": "int64",
    "n_paired": "int64",
    "dropped": "int64",
    "net_change": "float64",
    "stable": "bool",
    "weighted_kappa": "float64",
}


def stability(
    first: pd.DataFrame, second: pd.DataFrame, objectives: pd.DataFrame, at_most: float
) -> pd.DataFrame:
    """How far two rounds of ratings differ: one row per objective, in the order given, and dimension.

    n_first, n_second   contributions with a rating in each round; a "non so" is none
    n_paired, dropped   those of the first round that are in the second, and those that are not
    net_change          0 to 1: the part of the ratings that would have to move to make the first round's
                        distribution the second's; NaN where a round has none
    stable              whether the net change is no more than `at_most` (0.15 is customary, after Scheibe)
    weighted_kappa      of paired contributions, as the function of that name says

    Net change compares whole distributions, so people who change places with each other do not show in it,
    and those who left do; weighted kappa follows the people who stayed. Both are of everybody alike, without
    regard to groups.
    """
    before, after = _by_cell(first), _by_cell(second)
    nobody = pd.Series(dtype="float64")
    cells = [(str(objective), dimension) for objective in objectives["objective"] for dimension in DIMENSIONS]
    rows = [(*cell, *_compared(before.get(cell, nobody), after.get(cell, nobody), at_most)) for cell in cells]
    return pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)


def net_change(first: Floats, second: Floats) -> float:
    """Half the sum of the differences between two distributions' shares, 0 to 1, from their frequencies.

    NaN where one of them is empty.
    """
    if not first.sum() or not second.sum():
        return float("nan")
    return float(np.abs(first / first.sum() - second / second.sum()).sum() / 2)


def weighted_kappa(first: Floats, second: Floats) -> float:
    """How well the same people's two ratings agree beyond chance: Cohen's kappa (1968), quadratic weights.

    −1 to 1; two steps apart weigh four times as much as one, which is the usual choice for a scale whose
    steps are alike. `first` and `second` hold one rating each per person, in the same order. NaN where no
    disagreement could be expected: nobody rated twice, or all gave one and the same rating both times.
    """
    n = len(first)
    expected = n * ((first**2).sum() + (second**2).sum()) - 2 * first.sum() * second.sum()
    if expected == 0:
        return float("nan")
    return float(1 - n * ((first - second) ** 2).sum() / expected)


def _compared(
    old: pd.Series, new: pd.Series, at_most: float
) -> tuple[int, int, int, int, float, bool, float]:
    """What `stability` says of one objective and dimension, from the ratings by contribution."""
    paired = old.index[old.index.isin(new.index)]
    change = net_change(_frequencies(old), _frequencies(new))
    return (
        len(old),
        len(new),
        len(paired),
        len(old) - len(paired),
        change,
        change <= at_most + ROUNDING,
        weighted_kappa(old[paired].to_numpy(), new[paired].to_numpy()),
    )


def _by_cell(ratings: pd.DataFrame) -> dict[tuple[str, str], pd.Series]:
    """The ratings of each objective and dimension, by contribution."""
    rated = ratings[ratings["value"].notna()].sort_values("contribution_id")
    return {
        (str(objective), str(dimension)): its.set_index("contribution_id")["value"].astype("float64")
        for (objective, dimension), its in rated.groupby(["objective", "dimension"])
    }


def _frequencies(values: pd.Series) -> Floats:
    """How often each step of the scale was given."""
    return np.array([(values == step).sum() for step in SCALE], dtype=np.float64)
