"""How far people agree who rate one thing on ordered categories: measures of one frequency vector.

A frequency vector has one number per category, in the categories' order, zeros included: counts, weighted
counts or shares. Categories are numbered from 1 and one apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from analysis.resampling import ROUNDING
from analysis.strata import Floats


@dataclass(frozen=True)
class Quartiles:
    """A quarter, half and three quarters of the values lie at or below these; NaN when there are none."""

    lower: float
    median: float
    upper: float

    @property
    def range(self) -> float:
        """The interquartile range: how wide the middle half of the values is."""
        return self.upper - self.lower


def agreement(frequencies: npt.ArrayLike) -> float:
    """Van der Eijk's A: 1 if all stand in one category, 0 if as many in each, −1 if half at either end.

    The vector is taken apart into layers, each a pattern of filled and empty categories; A is the mean of the
    layers' own agreement, each weighing as much as it holds. Three categories at least; the sum of the
    frequencies is of no matter. NaN when there are none.

    Source: C. van der Eijk, Measuring agreement in ordered rating scales, Quality & Quantity 35, 2001.
    Limits: with more than three categories only the two ends give −1; halves in the second and the fourth
    of five give +0.17. It is not to be shown for fewer than five ratings.
    """
    left = _shares(frequencies)
    if len(left) < 3:
        raise ValueError(f"agreement needs three categories, not {len(left)}")
    if np.isnan(left).any():
        return float("nan")
    agreed = 0.0
    # fractions leave crumbs when one is taken from another: no layer is meant to be that thin
    while (filled := left > ROUNDING).any():
        thickness = left[filled].min()
        agreed += thickness * filled.sum() * _layer_agreement(filled.tolist())
        left = np.where(filled, left - thickness, 0.0)
    return float(np.clip(agreed, -1, 1))


def polarisation(agreement: float) -> float:
    """How far people stand apart, 0 to 1, from `agreement`: (1 − A) / 2, 1 if half stand at either end."""
    return (1 - agreement) / 2


def interpolated_median(frequencies: npt.ArrayLike) -> float:
    """The median with each category's ratings spread evenly over its width, k − ½ to k + ½.

    Where empty categories part the lower half from the upper it is the middle of what lies between. NaN when
    there are no frequencies.
    """
    shares = _shares(frequencies)
    if np.isnan(shares).any():
        return float("nan")
    return (_halfway(shares) + len(shares) + 1 - _halfway(shares[::-1])) / 2


def quartiles(values: npt.ArrayLike) -> Quartiles:
    """The quartiles of `values`, NaN left out; between two values on the straight line between them.

    The convention is numpy's `linear` percentile (type 7 of Hyndman and Fan, R's default): the quantile p of
    n values stands at place 1 + (n − 1) p. Other conventions differ when there are few values.
    """
    present = _present(values)
    if not len(present):
        return Quartiles(*[float("nan")] * 3)
    return Quartiles(*map(float, np.percentile(present, [25, 50, 75], method="linear")))


def share_at_least(values: npt.ArrayLike, level: float) -> float:
    """The share of `values`, 0 to 1, that reach `level`; NaN is left out, and is the answer if nothing is."""
    present = _present(values)
    return float((present >= level - ROUNDING).mean()) if len(present) else float("nan")


def _shares(frequencies: npt.ArrayLike) -> Floats:
    """Frequencies as shares of their sum; NaN everywhere when they are all 0."""
    given = np.asarray(frequencies, dtype=np.float64)
    if given.ndim != 1 or not np.isfinite(given).all() or (given < 0).any():
        raise ValueError("frequencies are one row of numbers, none of them below 0")
    total = given.sum()
    return given / total if total > 0 else np.full_like(given, np.nan)


def _layer_agreement(filled: list[bool]) -> float:
    """The agreement of a layer: of all triples of categories, how many have one peak and how many two."""
    width, n_filled = len(filled), sum(filled)
    if n_filled == 1:
        return 1.0
    triples = list(combinations(filled, 3))
    one_peak = triples.count((True, True, False)) + triples.count((False, True, True))
    two_peaks = triples.count((True, False, True))
    if one_peak + two_peaks == 0:
        return 0.0
    unimodality = ((width - 2) * one_peak - (width - 1) * two_peaks) / ((width - 2) * (one_peak + two_peaks))
    return unimodality * (1 - (n_filled - 1) / (width - 1))


def _halfway(shares: Floats) -> float:
    """The first point of the scale up to which half of the shares lie."""
    reached = np.cumsum(shares)
    category = int(np.argmax(reached >= 0.5 - ROUNDING))
    below = reached[category] - shares[category]
    return float(category + 0.5 + (0.5 - below) / shares[category])


def _present(values: npt.ArrayLike) -> Floats:
    given = np.asarray(values, dtype=np.float64).ravel()
    present: Floats = given[~np.isnan(given)]
    return present
