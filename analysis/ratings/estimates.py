"""Each group's mean in every replicate, from which need and feasibility are read under any weighing.

The draws are made once; how groups weigh, and how importance and urgency do, is decided afterwards, so that
every line of a sensitivity table rests on the same resamples.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.protocols import Rules
from analysis.ratings.sample import CENTRED, Sample, need_weights, sample
from analysis.ratings.weighting import balanced
from analysis.resampling import Resampling, group_means, once, resampling
from analysis.strata import Floats, Integers


@dataclass(frozen=True, eq=False)
class Scores:
    """Balanced means as they are, and in every replicate (replicates × columns); columns as in `Sample`."""

    sample: Sample
    means: Floats
    replicates: Floats

    def dimension(self, dimension: str) -> tuple[Floats, Floats]:
        """The means of one dimension, and its replicates, on the scale they were rated on."""
        columns = self.sample.columns(dimension)
        return self.means[columns], self.replicates[:, columns]

    def hundred(self, dimension: str) -> tuple[Floats, Floats]:
        """The same of 1 to 5 told as 0 to 100."""
        means, replicates = self.dimension(dimension)
        return 25 * (means - 1), 25 * (replicates - 1)

    def need(self, shares: dict[str, float]) -> tuple[Floats, Floats]:
        """Need, 0 to 100, with its dimensions weighing as `shares` says (together 1)."""
        parts = [(share, self.hundred(dimension)) for dimension, share in shares.items()]
        return (
            np.sum([share * means for share, (means, _) in parts], axis=0),
            np.sum([share * replicates for share, (_, replicates) in parts], axis=0),
        )

    @property
    def feasibility(self) -> tuple[Floats, Floats]:
        return self.hundred("feasibility")

    @property
    def centred(self) -> tuple[Floats, Floats]:
        """What people say of each objective less what they say on average; zero is that average."""
        return self.dimension(CENTRED)


@dataclass(frozen=True, eq=False)
class Estimates:
    """Group means of the participants as they are (groups × columns), and in every replicate."""

    sample: Sample
    draws: Resampling
    means: Floats
    replicates: Floats

    def scores(self, weights: Floats) -> Scores:
        """Balanced with groups weighing as `weights` (groups × columns) says."""
        return Scores(self.sample, balanced(self.means, weights), balanced(self.replicates, weights))


def estimates(rated: pd.DataFrame, ids: Sequence[str], group_ids: Sequence[str], rules: Rules) -> Estimates:
    """Every group's means of the `valid` ratings of the objectives `ids`, with all replicates."""
    numbers = sample(rated, ids, group_ids, rules)
    draws = resampling(numbers.strata, rules)
    return Estimates(
        numbers,
        draws,
        _means(numbers, once(numbers.strata))[0],
        np.concatenate([_means(numbers, block) for block in draws.blocks()]),
    )


def _means(numbers: Sample, block: Floats) -> Floats:
    """Replicates × groups × columns, NaN where a group has no value among its drawn units."""
    each = list(group_means(numbers.strata, block, numbers.sums, numbers.counts))
    return np.stack(each, axis=1) if each else np.empty((len(block), 0, numbers.sums.shape[1]))


def groups_in_need(numbers: Sample, weights: Floats, rules: Rules) -> Integers:
    """How many groups each objective's need rests on: the fewer of those in its importance and urgency.

    `weights` are groups × columns; a group that weighs nothing is none of them.
    """
    each = [(weights[:, numbers.columns(dimension)] > 0).sum(axis=0) for dimension in need_weights(rules)]
    fewest: Integers = np.min(each, axis=0)
    return fewest
