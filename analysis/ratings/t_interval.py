"""A second opinion on small groups: Student's t on the variance of the balanced mean.

Percentile intervals are too narrow where groups have fewer than some ten units. The standard error is
linearised (a group's mean is a ratio where some of its units rated less than others); its degrees of
freedom are Welch's and Satterthwaite's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from analysis.ratings.sample import Sample
from analysis.strata import Booleans, Floats

SMALL_GROUP = 10  # units; below this percentile intervals cover less than they say


class TInterval(NamedTuple):
    """Per objective: standard error, degrees of freedom (NaN without variation), both ends, 0 to 100."""

    error: Floats
    freedom: Floats
    low: Floats
    high: Floats


def t_interval(
    numbers: Sample, group_means: Floats, weights: Floats, shares: Mapping[str, float], width: float
) -> TInterval:
    """The interval of the balanced score that weighs dimensions as `shares` says, 0 to 100.

    `group_means` and `weights` are groups × columns. `width` is 0 to 1; ends stay on the scale.
    """
    n = numbers.n_objectives
    centre, variances, freedoms = np.zeros(n), [], []
    whole = weights.sum(axis=0)
    for group, place in enumerate(numbers.strata.slices):
        size = place.stop - place.start
        residual = np.zeros((size, n))
        for dimension, share in shares.items():
            columns = numbers.columns(dimension)
            counts = numbers.counts[place, columns]
            mean = np.nan_to_num(group_means[group, columns])
            part = np.zeros(n)
            np.divide(weights[group, columns], whole[columns], out=part, where=whole[columns] > 0)
            per_unit = np.zeros_like(counts)
            gap = numbers.sums[place, columns] - mean * counts
            np.divide(gap * size, counts.sum(axis=0), out=per_unit, where=counts.sum(axis=0) > 0)
            residual += 25 * share * part * per_unit
            centre += 25 * share * part * (mean - 1)
        # in order of size, so that no name of a unit moves the last digit
        variances.append(np.sort(residual**2, axis=0).sum(axis=0) / (size * (size - 1)))
        freedoms.append(size - 1)
    if not variances:
        nothing = np.full(n, np.nan)
        return TInterval(nothing, nothing, nothing, nothing)
    each = np.stack(variances)
    variance = each.sum(axis=0)
    freedom = np.full(n, np.nan)
    np.divide(
        variance**2,
        (each**2 / np.array(freedoms)[:, None]).sum(axis=0),
        out=freedom,
        where=variance > 0,
    )
    scored = np.all([whole[numbers.columns(dimension)] > 0 for dimension in shares], axis=0)
    error = np.where(scored, np.sqrt(variance), np.nan)
    quantile = stdtrit(np.where(variance > 0, freedom, 1.0), (1 + width) / 2)
    reach = np.where(variance > 0, quantile * error, error)
    return TInterval(error, freedom, np.clip(centre - reach, 0, 100), np.clip(centre + reach, 0, 100))


def has_small_group(numbers: Sample, shares: Mapping[str, float]) -> Booleans:
    """For each objective whether a group of fewer than `SMALL_GROUP` units is part of its score."""
    small = np.array([size < SMALL_GROUP for size in numbers.strata.sizes], dtype=np.bool_)
    present = np.any([numbers.present[:, numbers.columns(dimension)] for dimension in shares], axis=0)
    found: Booleans = (present & small[:, None]).any(axis=0)
    return found
