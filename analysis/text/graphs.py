"""Small graphs: which of their nodes belong together, and where to draw them. Nothing is left to chance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.resampling import ROUNDING
from analysis.strata import Floats, Integers

STEPS = 200  # of moving nodes: more of them change no place by what an eye would see
DIGITS = 3  # of a place of 0 to 1


def communities(weights: Integers) -> Integers:
    """The part of each node, a number from 0, by greedy modularity (Clauset, Newman and Moore, 2004).

    `weights` is a symmetric table of whole numbers with 0 on the diagonal. From single nodes on, the two
    parts are joined by which modularity grows most, the first of equals, until none grows.
    """
    n = len(weights)
    parts = np.arange(n)
    between = weights.astype(np.int64)
    twice = int(between.sum())
    while twice:
        degree = between.sum(axis=1)
        gain = np.triu(between * twice - np.outer(degree, degree), 1)  # in whole numbers: ties are ties
        gain[between == 0] = 0
        into, joined = divmod(int(gain.argmax()), n)
        if gain[into, joined] <= 0:
            break
        between[into] += between[joined]
        between[:, into] += between[:, joined]
        between[joined], between[:, joined] = 0, 0
        parts[parts == joined] = into
    return np.unique(parts, return_inverse=True)[1].astype(np.int64)


def spread(linked: npt.NDArray[np.bool_], parts: Integers) -> Floats:
    """A place for each node, x and y from 0 to 1: near its neighbours, and away from what it has no link to.

    Majorised stress (Gansner, Koren and North, 2004): the distances on the plane are made as like as can be
    to the numbers of links between nodes, from a circle on which nodes stand by their `parts`.
    """
    n = len(linked)
    if n < 2:
        return np.full((n, 2), 0.5)
    far = _steps(linked)
    weights = np.divide(1.0, far**2, out=np.zeros((n, n)), where=far > 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    angle = np.empty(n)
    angle[np.lexsort((np.arange(n), parts))] = 2 * np.pi * np.arange(n) / n
    places = np.column_stack([np.cos(angle), np.sin(angle)]) * far.max() / 2
    for _ in range(STEPS):
        apart = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))
        pull = np.divide(weights * far, apart, out=np.zeros((n, n)), where=apart > 0)
        places = inverse @ ((np.diag(pull.sum(axis=1)) - pull) @ places)
    low, span = places.min(axis=0), np.ptp(places, axis=0)
    flat = span < ROUNDING
    within = np.where(flat, 0.5, (places - low) / np.where(flat, 1.0, span))
    return np.asarray(np.round(within, DIGITS), dtype=np.float64)


def _steps(linked: npt.NDArray[np.bool_]) -> Floats:
    """How many links lead from each node to each other; where none do, what keeps them well apart."""
    far = np.where(linked, 1.0, np.inf)
    np.fill_diagonal(far, 0.0)
    for through in range(len(far)):
        far = np.minimum(far, far[:, through, None] + far[None, through])
    most = far[np.isfinite(far)].max()
    return np.where(np.isfinite(far), far, most / 2 + 1)
