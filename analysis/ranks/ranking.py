"""Which place each objective takes, and how surely: ranks over replicates, never one league table.

`scores` are replicates × objectives, higher is better; NaN where an objective has no score, which then
takes no place in that replicate. Scores within `ROUNDING` are level: t level objectives share the t places
they stand on, 1/t each.
"""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

import numpy as np

from analysis.resampling import ROUNDING, percentile
from analysis.strata import Floats, Integers

_CELLS = 4_000_000  # comparisons held at a time: 32 MB


class Places(NamedTuple):
    """A first and a last place for each objective, 1 to the number of them."""

    low: Integers
    high: Integers


def top_places(n_ranked: int, top_share: float) -> int:
    """How many places are the top of `n_ranked`: `top_share` of them, rounded up."""
    return ceil(n_ranked * top_share - ROUNDING)


def places(scores: Floats) -> Places:
    """The place of each of these scores; level ones have all of their shared places, NaN has none (0, 0)."""
    above, level = _compared(scores[None, :])
    return Places((above[0] + 1) * (level[0] > 0), above[0] + level[0])


class Tally:
    """Counts how often each of `width` objectives takes each place, block after block of replicates."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._counts = np.zeros(width * width * (width + 1))

    def add(self, scores: Floats, weights: Floats) -> None:
        """Count these replicates, each as its weight says."""
        width = self._width
        step = max(1, _CELLS // max(1, width * width))
        for start in range(0, len(scores), step):
            above, level = _compared(scores[start : start + step])
            cells = (np.arange(width) * width + above) * (width + 1) + level
            heavy = np.broadcast_to(weights[start : start + step, None], cells.shape)
            scored = level > 0
            self._counts += np.bincount(cells[scored], heavy[scored], minlength=len(self._counts))

    def shares(self) -> Floats:
        """The share of replicates in which each objective takes each place; as `acceptability` says."""
        width = self._width
        counts = self._counts.reshape(width, width, width + 1)
        taken = np.zeros((width, width))
        for first in range(width):
            for level in range(1, width - first + 1):
                taken[:, first : first + level] += counts[:, first, level, None] / level
        total = counts.sum(axis=(1, 2))
        shares: Floats = np.full_like(taken, np.nan)
        np.divide(taken, total[:, None], out=shares, where=total[:, None] > 0)
        return shares


def acceptability(scores: Floats) -> Floats:
    """The share of replicates in which each objective takes each place: objectives × places, 0 to 1.

    Each row sums to 1 over the replicates in which the objective has a score; NaN where it never has one.
    Columns sum to 1 unless a score is missing.
    """
    tally = Tally(scores.shape[1])
    tally.add(scores, np.ones(len(scores)))
    return tally.shares()


def at_the_top(shares: Floats, n_places: int) -> Floats:
    """The probability of one of the first `n_places`, from the acceptability of places."""
    top: Floats = shares[:, :n_places].sum(axis=1)
    return top


def rank_interval(shares: Floats, width: float) -> Places:
    """The shortest run of places with at least `width` (0 to 1); the likeliest, then first, of several."""
    n = shares.shape[1]
    low, high = np.zeros(len(shares), dtype=np.int64), np.zeros(len(shares), dtype=np.int64)
    for row, share in enumerate(shares):
        held = np.r_[0.0, np.cumsum(share)]
        runs = [
            (length, -round(float(held[first + length] - held[first]), 9), first)
            for length in range(1, n + 1)
            for first in range(n - length + 1)
            if held[first + length] - held[first] >= width - ROUNDING
        ]
        if runs:
            length, _, first = min(runs)
            low[row], high[row] = first + 1, first + length
    return Places(low, high)


class Compatible(NamedTuple):
    """The places compatible with what was rated, and the critical value of each objective's comparisons."""

    low: Integers
    high: Integers
    critical: Floats


def compatible_places(estimates: Floats, scores: Floats, confidence: float) -> Compatible:
    """The conservative set of places, from simultaneous comparisons of each objective with all others.

    Bootstrapped ranks alone guarantee nothing where scores are close (Mogstad, Romano, Shaikh and Wilhelm,
    2024), so an objective is above another only if their difference is larger, in standard errors, than the
    `confidence` quantile (inverted CDF) of the largest deviation among its comparisons. Differences that
    never vary are compared as they are.
    """
    n = len(estimates)
    low, high, critical = np.ones(n, dtype=np.int64), np.full(n, n, dtype=np.int64), np.zeros(n)
    for own in range(n):
        difference = np.delete(estimates - estimates[own], own)
        deviation = np.delete(scores - scores[:, [own]], own, axis=1) - difference
        spread = _spread(scores, own)
        varies = spread > ROUNDING
        scaled = np.full_like(difference, 0.0)
        np.divide(difference, spread, out=scaled, where=varies)
        if varies.any():
            # NaN, and no deviation of 0, where a replicate has no score of its own
            largest = np.fmax.reduce(np.abs(deviation[:, varies]) / spread[varies], axis=1)
            critical[own] = percentile(largest[:, None], confidence)[0]
        surely = np.where(varies, scaled - critical[own], difference)
        below = np.where(varies, -scaled - critical[own], -difference)
        low[own] = 1 + (surely > ROUNDING).sum()
        high[own] = n - (below > ROUNDING).sum()
    return Compatible(low, high, critical)


def kendall_tau(first: Floats, second: Floats) -> float:
    """Kendall's τ-b between two lists of scores, −1 to 1; NaN where one of them has no two different ones."""
    signs = [np.sign(np.round(np.subtract.outer(x, x) / ROUNDING)) for x in (first, second)]
    concordance = float((signs[0] * signs[1]).sum())
    distinct = [float((sign**2).sum()) for sign in signs]
    if not all(distinct):
        return float("nan")
    return concordance / float(np.sqrt(distinct[0] * distinct[1]))


def mid_ranks(scores: Floats) -> Floats:
    """Percentiles by place from below, 0 to 100 without its ends: (place − ½) / n · 100, level ones alike."""
    middle: Floats = 100 * (average_ranks(scores[None, :])[0] - 0.5) / len(scores)
    return middle


def average_ranks(scores: Floats) -> Floats:
    """The places of each row's scores from below, from 1 for the least; level ones share the mean of theirs.

    None may be missing.
    """
    above, level = _compared(scores)
    ranks: Floats = scores.shape[1] - above - (level - 1) / 2
    return ranks


def _compared(scores: Floats) -> tuple[Integers, Integers]:
    """For each score of each replicate how many are higher, and how many level with it, itself counted."""
    above = np.zeros(scores.shape, dtype=np.int64)
    level = np.zeros_like(above)
    for other in range(scores.shape[1]):
        difference = scores[:, [other]] - scores
        above += difference > ROUNDING
        level += np.abs(difference) <= ROUNDING
    return above, level


def _spread(scores: Floats, own: int) -> Floats:
    """The standard deviation of each other objective's difference from this one over replicates."""
    differences = np.delete(scores - scores[:, [own]], own, axis=1)
    known = ~np.isnan(differences)
    n = known.sum(axis=0)
    mean = np.where(known, differences, 0.0).sum(axis=0) / np.maximum(n, 1)
    square = np.where(known, differences - mean, 0.0) ** 2
    spread: Floats = np.sqrt(square.sum(axis=0) / np.maximum(n, 1))
    return spread
