"""Whether raters, or groups, put the same things first: concordance of all, and likeness of each pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from analysis.ranks.ranking import average_ranks
from analysis.resampling import BLOCK_CELLS, ROUNDING
from analysis.strata import Floats

PERMUTATIONS = 9_999  # a p-value of 0.05 is then known to ±0.004
FEWEST_RATERS, FEWEST_OBJECTS = 8, 7  # below either, chi-square is too rough a guide to W
MOST_SHUFFLED = 500  # raters: with more of them it is near enough, however few the objects
FEWEST_COMMON = 3  # objectives: two always lie on a straight line

NAN = float("nan")


@dataclass(frozen=True)
class Concordance:
    """Kendall's W of `m` raters who rated all of `n` objects.

    w               0 (they have nothing in common) to 1 (all rank alike), corrected for ties
    chi2, df        m (n − 1) W and n − 1
    p               how often raters who rank at random are as concordant, 0 to 1
    basis           where p comes from: `chi_square`, or `permutation` for few raters or objects
    sum_of_squares  S, of the rank sums' distances from their mean
    ties            T, the sum of t³ − t over all ties of all raters

    Where W is undefined, as for fewer than two raters or if each holds all objects alike, w, chi2 and p
    are NaN and basis is empty.
    """

    w: float
    chi2: float
    df: int
    p: float
    basis: Literal["chi_square", "permutation", ""]
    m: int
    n: int
    sum_of_squares: float
    ties: float


def concordance(ratings: Floats, seed: int) -> Concordance:
    """Kendall's W from `ratings`, raters × objects; only their order within each rater matters.

    Raters who left out an object (NaN) are left out. `seed` is that of the permutations.

    Source: Kendall and Babington Smith 1939, with average ranks and the correction for ties. Limits: W
    tells of a common order and not of a high opinion; with half of the raters against the other half it is
    near 0, as it is when nobody agrees.
    """
    complete = ratings[~np.isnan(ratings).any(axis=1)]
    m, n = complete.shape
    ranks = average_ranks(complete)
    sum_of_squares = float(_sums_of_squares(ranks[None])[0])
    ties = float(sum(_ties(row) for row in ranks))
    most = m**2 * (n**3 - n) - m * ties
    if m < 2 or most <= 0:
        return Concordance(NAN, NAN, max(n - 1, 0), NAN, "", m, n, sum_of_squares, ties)
    w = 12 * sum_of_squares / most
    chi2 = m * (n - 1) * w
    few = m < FEWEST_RATERS or (n < FEWEST_OBJECTS and m <= MOST_SHUFFLED)
    return Concordance(
        w=w,
        chi2=chi2,
        df=n - 1,
        p=_permutation_p(ranks, sum_of_squares, seed) if few else chi_square_p(chi2, n - 1),
        basis="permutation" if few else "chi_square",
        m=m,
        n=n,
        sum_of_squares=sum_of_squares,
        ties=ties,
    )


def chi_square_p(chi2: float, df: int) -> float:
    """How often a chi-square variable of `df` degrees of freedom is at least `chi2`."""
    return float(chdtrc(df, chi2))


def pattern_match(profiles: Floats, groups: Sequence[str]) -> pd.DataFrame:
    """How alike the need profiles of each two groups are: one row per pair, in the order given.

    `profiles` is groups × objectives, NaN where a group has no need of its own; `groups` names its rows.

    group_a, group_b    the two
    n_objectives        objectives that both have
    pearson, spearman   r and ρ over these, −1 to 1; NaN below three, or where one of the two needs all of
                        them alike

    Source: the pattern match of concept mapping. Limits: descriptive, over some 14 points; it compares
    shapes, and two groups one of which needs everything more than the other match all the same.
    """
    if len(profiles) != len(groups):
        raise ValueError("every profile has a group, and every group a profile")
    rows = []
    for one, other in combinations(range(len(groups)), 2):
        pair = profiles[[one, other]]
        common = pair[:, ~np.isnan(pair).any(axis=0)]
        r, rho = _correlation(common), _correlation(average_ranks(common))
        rows.append((groups[one], groups[other], common.shape[1], r, rho))
    return pd.DataFrame(rows, columns=["group_a", "group_b", "n_objectives", "pearson", "spearman"]).astype(
        {
            "group_a": "str",
            "group_b": "str",
            "n_objectives": "int64",
            "pearson": "float64",
            "spearman": "float64",
        }
    )


def _sums_of_squares(ranks: Floats) -> Floats:
    """S of each set of rankings, from ranks as sets × raters × objects."""
    _, m, n = ranks.shape
    sums: Floats = ((ranks.sum(axis=1) - m * (n + 1) / 2) ** 2).sum(axis=1)
    return sums


def _ties(ranks: Floats) -> int:
    _, sizes = np.unique(ranks, return_counts=True)
    return int((sizes**3 - sizes).sum())


def _permutation_p(ranks: Floats, sum_of_squares: float, seed: int) -> float:
    """How often S is as large when each rater's ranks are shuffled, the ranks as they are among them.

    Ties stay as they are in every shuffle, so S orders these as W does.
    """
    # what is shuffled first must not depend on the order of raters or objects
    start = np.sort(ranks, axis=1)
    start = start[np.lexsort(start.T)]
    random = np.random.Generator(np.random.PCG64(seed))
    block = max(1, BLOCK_CELLS // start.size)
    as_large = 1
    for begun in range(0, PERMUTATIONS, block):
        times = min(block, PERMUTATIONS - begun)
        shuffled = random.permuted(np.tile(start, (times, 1)), axis=1).reshape(times, *start.shape)
        as_large += int((_sums_of_squares(shuffled) >= sum_of_squares - ROUNDING).sum())
    return as_large / (PERMUTATIONS + 1)


def _correlation(pair: Floats) -> float:
    if pair.shape[1] < FEWEST_COMMON:
        return NAN
    centred = pair - pair.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1))
    if (spread <= ROUNDING).any():
        return NAN
    return float(np.clip((centred[0] * centred[1]).mean() / spread.prod(), -1, 1))
