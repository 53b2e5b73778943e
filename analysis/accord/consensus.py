"""What holds across stakeholder groups, and where they part: consensus and divergence between groups.

Groups are rows, in an order the caller gives (the plan's); each counts the same in consensus, however many
people it has. Frequencies are groups × categories, the ratings of one objective: counts, or sums of weights;
categories are numbered from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.resampling import ROUNDING
from analysis.strata import Floats, Integers


class Consensus(NamedTuple):
    """Group-informed consensus, one number per item; NaN where no group has seen the item.

    raw       the product of the groups' smoothed shares, 0 to 1; it falls with every further group
    mean      their geometric mean, 0 to 1, comparable whatever the number of groups
    n_groups  how many groups it rests on; of one group alone it is that group's smoothed share
    """

    raw: Floats
    mean: Floats
    n_groups: Integers


@dataclass(frozen=True)
class Divergence:
    """How far apart groups stand in rating one objective.

    range         highest minus lowest group mean, in steps of the scale; NaN below two groups
    eta_squared   0 to 1: the share of all variation that lies between groups, every rating with its weight;
                  NaN below two groups, or where nobody differs
    lowest_mean   the least of the groups' means; NaN if nobody rated
    lowest_group  the row of the group that has it, the first of several; `None` if nobody rated
    """

    range: float
    eta_squared: float
    lowest_mean: float
    lowest_group: int | None


def smoothed_shares(agreeing: Floats, seen: Floats) -> Floats:
    """The share of each group that agrees, (A + 1) / (S + 2), between 0 and 1: few voices claim little.

    `agreeing` and `seen` are groups × items, fractions allowed: how many agree, and how many were asked and
    answered in any way, a pass included. NaN where a group has seen nothing: there ½ would be a claim.
    """
    if agreeing.shape != seen.shape or (agreeing < 0).any() or (agreeing > seen + ROUNDING).any():
        raise ValueError("those who agree are some of those who have seen, group by group and item by item")
    return np.where(seen > 0, (agreeing + 1) / (seen + 2), np.nan)


def group_informed_consensus(agreeing: Floats, seen: Floats) -> Consensus:
    """How far every group agrees with each item, from how many agree and how many have seen it.

    Both are groups × items, as `smoothed_shares` takes them; groups that have not seen an item are dropped
    for it. High only where all groups agree: a majority cannot outvote a group.

    Source: Polis (github.com/compdemocracy/polis, conversation.clj) has the raw product; the geometric
    mean is ours. Limits: the smoothing draws small groups towards ½, so a group of two that is of one mind
    gives no more than ¾.
    """
    shares = smoothed_shares(agreeing, seen)
    valid = ~np.isnan(shares)
    n_groups = valid.sum(axis=0, dtype=np.int64)
    # in order of size, so that the order of the groups does not move the last digit
    product = np.prod(np.sort(np.where(valid, shares, 1.0), axis=0), axis=0)
    raw = np.where(n_groups > 0, product, np.nan)
    return Consensus(raw, raw ** (1 / np.maximum(n_groups, 1)), n_groups)


def balanced_frequencies(frequencies: Floats) -> Floats:
    """The share of each category, 0 to 1, averaged over groups; groups without ratings are left out.

    All 0 when no group has any.
    """
    rated = frequencies[_voices(frequencies) > 0]
    if not len(rated):
        return np.zeros(frequencies.shape[1])
    balanced: Floats = (rated / _voices(rated)[:, None]).mean(axis=0)
    return balanced


def mean_ratings(frequencies: Floats) -> Floats:
    """The mean rating of each group, 1 to the number of categories; NaN for a group without ratings."""
    voices = _voices(frequencies)
    means = np.full(len(frequencies), np.nan)
    np.divide(frequencies @ _categories(frequencies), voices, out=means, where=voices > 0)
    return means


def divergence(frequencies: Floats) -> Divergence:
    """How far apart the groups stand, from their frequencies (groups × categories).

    Limits: with few ratings in a group, eta squared is well above 0 by chance alone.
    """
    means = mean_ratings(frequencies)
    rated = ~np.isnan(means)
    if not rated.any():
        return Divergence(float("nan"), float("nan"), float("nan"), None)
    lowest = float(means[rated].min())
    return Divergence(
        range=float(means[rated].max() - lowest) if rated.sum() > 1 else float("nan"),
        eta_squared=_eta_squared(frequencies[rated], means[rated]),
        lowest_mean=lowest,
        lowest_group=int(np.argmax(rated & (means <= lowest + ROUNDING))),
    )


def _eta_squared(frequencies: Floats, means: Floats) -> float:
    """Variance between the groups' means over the variance of all ratings."""
    shares = frequencies / frequencies.sum()
    categories = _categories(frequencies)
    mean = (shares @ categories).sum()
    variance = (shares @ (categories - mean) ** 2).sum()
    if len(means) < 2 or variance <= ROUNDING:
        return float("nan")
    between = (shares.sum(axis=1) * (means - mean) ** 2).sum()
    return float(np.clip(between / variance, 0, 1))


def _voices(frequencies: Floats) -> Floats:
    voices: Floats = frequencies.sum(axis=1)
    return voices


def _categories(frequencies: Floats) -> Floats:
    return np.arange(1, frequencies.shape[1] + 1, dtype=np.float64)
