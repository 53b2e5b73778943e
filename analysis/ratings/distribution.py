"""How the ratings spread over the scale: how many gave each value, in each group and altogether."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.clusters import weights
from analysis.ratings.sample import DIMENSIONS, Sample
from analysis.strata import Floats, positions

SCALE = (1, 2, 3, 4, 5)
UNSURE = "unsure"


@dataclass(frozen=True, eq=False)
class Frequencies:
    """How many voices gave each value: groups × dimensions × objectives × 5, and of everybody (`pooled`).

    `present` (groups × dimensions × objectives) holds where a group has enough of them to be balanced.
    """

    groups: Floats
    pooled: Floats
    present: Floats

    @property
    def balanced(self) -> Floats:
        """The mean over the groups present of their shares of each value; NaN where there is none."""
        n = self.groups.sum(axis=-1, keepdims=True)
        shares = np.zeros_like(self.groups)
        np.divide(self.groups, n, out=shares, where=(n > 0) & (self.present[..., None] > 0))
        among = self.present.sum(axis=0)[..., None]
        mean: Floats = np.full_like(self.pooled, np.nan)
        np.divide(shares.sum(axis=0), among, out=mean, where=among > 0)
        return mean


def frequencies(rated: pd.DataFrame, ids: Sequence[str], numbers: Sample) -> Frequencies:
    """Counts of the `valid` ratings of the objectives `ids`, weighted as in `clusters`."""
    groups = numbers.strata.groups
    shape = (len(DIMENSIONS), len(ids), len(SCALE))
    cell = (positions(rated["dimension"], DIMENSIONS) * len(ids) + positions(rated["objective"], ids)) * len(
        SCALE
    ) + (rated["value"].to_numpy(np.int64) - SCALE[0])
    weight = weights(rated).to_numpy()
    width = int(np.prod(shape))
    pooled = np.bincount(cell, weight, minlength=width).astype(np.float64).reshape(shape)
    group = positions(rated["group"], groups)
    known = group >= 0
    counted = np.bincount(group[known] * width + cell[known], weight[known], minlength=len(groups) * width)
    present = np.stack([numbers.present[:, numbers.columns(d)] for d in DIMENSIONS], axis=1)
    return Frequencies(
        counted.astype(np.float64).reshape(len(groups), *shape), pooled, present.astype(np.float64)
    )


def distribution(
    ratings: pd.DataFrame, rated: pd.DataFrame, ids: Sequence[str], spread: Frequencies
) -> pd.DataFrame:
    """Long: `objective, dimension, answer` ("1" to "5", "unsure"), `n` people, and their `share`, 0 to 1.

    The five shares of values are balanced by group and sum to 1, NaN where no group has enough ratings;
    that of "unsure" is the plain share of those who gave an answer of either kind.
    """
    asked = ratings[ratings["objective"].isin(ids) & ratings["dimension"].isin(DIMENSIONS)]
    unsure = asked[asked["value"].isna()].groupby(["objective", "dimension"]).size()
    given = rated.groupby(["objective", "dimension", "value"]).size()
    rows = []
    for at, objective in enumerate(ids):
        for place, dimension in enumerate(DIMENSIONS):
            counts = [int(given.get((objective, dimension, value), 0)) for value in SCALE]
            doubtful = int(unsure.get((objective, dimension), 0))
            answered = sum(counts) + doubtful
            rows += [
                (objective, dimension, str(value), n, share)
                for value, n, share in zip(SCALE, counts, spread.balanced[place, at], strict=True)
            ]
            rows.append((objective, dimension, UNSURE, doubtful, doubtful / answered if answered else np.nan))
    table = pd.DataFrame(rows, columns=["objective", "dimension", "answer", "n", "share"])
    return table.astype({"objective": "str", "dimension": "str", "answer": "str", "n": "int64"})
