"""The ranked objectives of one way of looking: their places, and how surely they are at the top.

Objectives that too few groups rated take no place; the others' places do not depend on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.protocols import Rules
from analysis.ranks.ranking import (
    Compatible,
    acceptability,
    at_the_top,
    compatible_places,
    places,
    rank_interval,
    top_places,
)
from analysis.ranks.smaa import any_weights
from analysis.strata import Booleans, Floats, Integers

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Ranked:
    """`shares` are those of each place, ranked objectives × places; the rest has one value per objective.

    An objective that is not `among` the ranked has NaN, or a place of 0.
    """

    among: Booleans
    shares: Floats
    p_top: Floats
    rank_low: Integers
    rank_high: Integers

    @property
    def expected(self) -> Floats:
        """The mean place of each ranked objective, 1 to their number."""
        mean: Floats = self.shares @ np.arange(1, self.shares.shape[1] + 1)
        return mean

    def table(self, ids: Sequence[str]) -> pd.DataFrame:
        """Long: `objective, rank, probability`, each ranked objective's places in their order."""
        n = self.shares.shape[1]
        ranked = [objective for objective, holds in zip(ids, self.among, strict=True) if holds]
        return pd.DataFrame(
            {
                "objective": pd.Series(np.repeat(np.array(ranked, dtype=object), n), dtype="str"),
                "rank": np.tile(np.arange(1, n + 1, dtype=np.int64), len(ranked)),
                "probability": self.shares.ravel(),
            }
        )


def ranked(replicates: Floats, among: Booleans, rules: Rules) -> Ranked:
    """The ranks of the scores in each replicate (replicates × objectives)."""
    return _read(acceptability(replicates[:, among]), among, rules)


def ranked_anyhow(first: Floats, second: Floats, among: Booleans, rules: Rules) -> Ranked:
    """The ranks of two criteria's mixture, whatever their weights (both replicates × objectives)."""
    return _read(any_weights(first[:, among], second[:, among]), among, rules)


def compatible(scores: Floats, replicates: Floats, among: Booleans, rules: Rules) -> Compatible:
    """The conservative set of places of each objective; 0 and NaN for those not `among` the ranked."""
    found = compatible_places(scores[among], replicates[:, among], rules.interval)
    return Compatible(
        _spread(found.low, among, 0), _spread(found.high, among, 0), _spread(found.critical, among, np.nan)
    )


def taken(scores: Floats, among: Booleans) -> tuple[Floats, Booleans]:
    """The place of each score among the ranked (NaN for others), and whether another has the same."""
    own = places(scores[among])
    place = np.full(len(scores), np.nan)
    place[among] = own.low
    tied = np.zeros(len(scores), dtype=np.bool_)
    tied[among] = own.high > own.low
    return place, tied


def _read(shares: Floats, among: Booleans, rules: Rules) -> Ranked:
    interval = rank_interval(shares, rules.interval)
    top = at_the_top(shares, top_places(len(shares), rules.top_share))
    return Ranked(
        among,
        shares,
        _spread(top, among, np.nan),
        _spread(interval.low, among, 0),
        _spread(interval.high, among, 0),
    )


def _spread(values: npt.NDArray[Number], among: Booleans, otherwise: float) -> npt.NDArray[Number]:
    whole = np.full(len(among), otherwise, dtype=values.dtype)
    whole[among] = values
    return whole
