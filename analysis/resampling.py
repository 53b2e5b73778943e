"""How far a result would move with another make-up of similar participants.

Units are drawn again within each stakeholder group, n − 1 of a group's n with replacement (Rao and Wu's
size: the variance of a group's mean over the draws is then s²/n, where n draws would give less). A unit
takes everything it said with it, so ratings and mentions can follow the same draws.

The result is a *stability interval*. It is no margin of error: participants chose themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.protocols import Rules
from analysis.strata import Floats, Strata

BLOCK_CELLS = 1_000_000  # replicates × units held at a time: a few arrays of 8 MB, whoever takes part
STEP = 2.0**-34  # fractions are told apart to this step, so that sums of them are exact, in whatever order
ROUNDING = 1e-9  # no difference on a scale of 0 to 100, nor in a count of replicates, is meant to be smaller


@dataclass(frozen=True)
class Resampling:
    """All draws from some strata: every one there is (`exact`), or `replicates` of them from a seed."""

    strata: Strata
    replicates: int
    exact: bool
    seed: int

    def blocks(self, cells: int = BLOCK_CELLS) -> Iterator[Floats]:
        """How often each unit is drawn, replicates × units, a block of replicates at a time.

        The draws do not depend on the size of the blocks, of at most `cells` cells (or one replicate).
        """
        sizes = np.array(self.strata.sizes, dtype=np.int64)
        n_units = int(sizes.sum())
        draws = sizes - 1
        among = np.repeat(sizes, draws)
        first = np.repeat(np.cumsum(sizes) - sizes, draws)
        rows = max(1, cells // max(1, n_units))
        random = np.random.Generator(np.random.PCG64(self.seed))
        # an exact replicate is a number whose digits, one per draw, say who is drawn
        places = np.cumprod(np.r_[1, among])[:-1] if self.exact else None
        for start in range(0, self.replicates, rows):
            replicate = np.arange(start, min(start + rows, self.replicates))
            if places is None:
                drawn = (random.random((len(replicate), len(among))) * among).astype(np.int64)
            else:
                drawn = replicate[:, None] // places % among
            cell = (np.arange(len(replicate)) * n_units)[:, None] + first + drawn
            counts = np.bincount(cell.ravel(), minlength=len(replicate) * n_units)
            yield counts.reshape(len(replicate), n_units).astype(np.float64)


def in_steps(values: Floats) -> Floats:
    """`values` on the grid of `STEP`: sums of them depend on no order, and on no number of cores."""
    stepped: Floats = np.round(values / STEP) * STEP
    return stepped


def resampling(strata: Strata, rules: Rules) -> Resampling:
    """Every draw, all equally likely, when there are at most `exact_up_to`; else `replicates` random ones."""
    every = 1
    for size in strata.sizes:
        every *= size ** (size - 1)
        if every > rules.exact_up_to:
            return Resampling(strata, rules.replicates, exact=False, seed=rules.seed)
    return Resampling(strata, every, exact=True, seed=rules.seed)


def once(strata: Strata) -> Floats:
    """Every unit exactly once: the participants as they are, in the shape of a block of one replicate."""
    return np.ones((1, len(strata.units)))


def group_means(strata: Strata, block: Floats, sums: Floats, counts: Floats) -> Iterator[Floats]:
    """One array, replicates × columns, per group: its mean with units weighted as drawn.

    `sums` and `counts` are totals (units × columns) of the values and of how many there are. NaN where
    a group has no value among its drawn units. Whole numbers add up exactly, in any order.
    """
    width = sums.shape[1]
    for place in strata.slices:
        # one product for both: half the passes over the block, which is what takes long
        drawn = block[:, place] @ np.hstack((sums[place], counts[place]))
        total, n = drawn[:, :width], drawn[:, width:]
        mean = np.full_like(n, np.nan)
        np.divide(total, n, out=mean, where=n > 0)
        yield mean


def balanced_means(strata: Strata, block: Floats, sums: Floats, counts: Floats) -> Floats:
    """The mean of the groups' means, each group counting the same; replicates × columns.

    Groups without a value in a replicate are left out of its mean; NaN where none has one.
    """
    total = np.zeros((len(block), sums.shape[1]))
    groups = np.zeros_like(total)
    for mean in group_means(strata, block, sums, counts):
        valid = ~np.isnan(mean)
        total += np.where(valid, mean, 0.0)
        groups += valid
    balanced = np.full_like(total, np.nan)
    return np.divide(total, groups, out=balanced, where=groups > 0)


def percentile(replicates: Floats, share: float) -> Floats:
    """The least value that at least `share` of each column's values reach: the inverted CDF, NaN left out."""
    ordered = np.sort(replicates, axis=0)
    n = (~np.isnan(ordered)).sum(axis=0)
    rank = np.clip(np.ceil(share * n - ROUNDING).astype(np.int64), 1, np.maximum(n, 1))
    value: Floats = np.take_along_axis(ordered, rank[None, :] - 1, axis=0)[0]
    return value


def reaching(estimate: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The ends of intervals, moved so that they hold their estimates; NaN where there is no estimate.

    An end that only rounding parts from the estimate stands on it, so that what never varies is a point.
    """
    return (
        np.where(low < estimate - ROUNDING, low, estimate),
        np.where(high > estimate + ROUNDING, high, estimate),
    )


def stability_interval(replicates: Floats, width: float) -> tuple[Floats, Floats]:
    """The middle `width` (0 to 1) of each column of replicates, as its lower and upper end."""
    return percentile(replicates, (1 - width) / 2), percentile(replicates, (1 + width) / 2)
