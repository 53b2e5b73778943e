"""What if importance and urgency weighed otherwise? Every pair of weights at once.

Stochastic multicriteria acceptability analysis (Lahdelma and Salminen, 2001): weights are taken as equally
likely over all that are possible, jointly with the replicates of the resampling. With two criteria nothing
need be drawn: along the weight of the first, places change only where two objectives cross.
"""

from __future__ import annotations

import numpy as np

from analysis.ranks.ranking import Tally, acceptability
from analysis.resampling import in_steps
from analysis.strata import Floats

_REPLICATES = 500  # taken at a time: some tens of megabytes with fourteen objectives


def any_weights(first: Floats, second: Floats) -> Floats:
    """The share of weights and replicates in which each objective takes each place: objectives × places.

    `first` and `second` are replicates × objectives on comparable scales; the score is w of the first and
    1 − w of the second, w from 0 to 1.
    """
    tally = Tally(first.shape[1])
    for start in range(0, len(first), _REPLICATES):
        block = slice(start, start + _REPLICATES)
        tally.add(*_stretches(first[block], second[block]))
    return tally.shares()


def drawn_weights(criteria: Floats, draws: int, seed: int) -> Floats:
    """The same for any number of criteria, with weights drawn from the whole simplex.

    `criteria` is criteria × objectives; the result errs by the Monte Carlo error of `draws`.
    """
    random = np.random.Generator(np.random.PCG64(seed))
    return acceptability(random.dirichlet(np.ones(len(criteria)), size=draws) @ criteria)


def _stretches(first: Floats, second: Floats) -> tuple[Floats, Floats]:
    """The scores at the middle of every stretch of weights without a crossing, and how wide it is."""
    one, other = np.triu_indices(first.shape[1], k=1)
    gap_first = first[:, one] - first[:, other]
    gap_second = second[:, one] - second[:, other]
    slope = gap_second - gap_first
    crossing = np.zeros_like(slope)
    np.divide(gap_second, slope, out=crossing, where=slope != 0)
    inside = (crossing > 0) & (crossing < 1)
    ends = np.sort(np.where(inside, crossing, 0.0), axis=1)
    ends = in_steps(np.column_stack([np.zeros(len(first)), ends, np.ones(len(first))]))
    widths = np.diff(ends, axis=1)
    replicate, stretch = np.nonzero(widths)
    middle = ((ends[:, :-1] + ends[:, 1:]) / 2)[replicate, stretch, None]
    return middle * first[replicate] + (1 - middle) * second[replicate], widths[replicate, stretch]
