"""How far themes found by counting come back when other participants are listened to.

After Hennig (2007): the counting is done again on many random shares of the participants, and each theme
is compared with the likest one found there (Jaccard). Stable is not true: counting may be rigid, and copies
of one text always come back together. Unstable is not to be trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from typing import Literal

import numpy as np

from analysis.resampling import ROUNDING

SHARE = 0.80
"""The share of the participants that is listened to again."""

HIGHLY_STABLE, STABLE, PATTERN = 0.85, 0.75, 0.60

Trust = Literal["highly_stable", "stable", "pattern", "not_to_trust"]


def trust(stability: float, by_chance: float) -> Trust:
    """What a stability of 0 to 1 allows to say, by Hennig's thresholds; NaN allows nothing.

    Nor does one that themes of meaningless answers reach as well, `by_chance`: of few short answers any
    two that share a word may come back together.
    """
    if not stability > by_chance + ROUNDING:
        return "not_to_trust"
    if stability >= HIGHLY_STABLE - ROUNDING:
        return "highly_stable"
    if stability >= STABLE - ROUNDING:
        return "stable"
    return "pattern" if stability >= PATTERN - ROUNDING else "not_to_trust"


def jaccard(one: Set[str], other: Set[str]) -> float:
    """The share of what is in either that is in both, 0 to 1; 0 for two empty ones."""
    return len(one & other) / max(len(one | other), 1)


def best_matches(labels: np.ndarray, others: np.ndarray, n_labels: int) -> np.ndarray:
    """For each label from 0 to `n_labels` - 1 its greatest Jaccard index with one of the `others`.

    Both label the same things, -1 for none. NaN for a label that nothing here has.
    """
    n_others = int(others.max(initial=-1)) + 1
    of = np.bincount(labels[labels >= 0], minlength=n_labels)
    sizes = np.bincount(others[others >= 0], minlength=n_others)
    best = np.where(of > 0, 0.0, np.nan)
    if n_others:
        both = (labels >= 0) & (others >= 0)
        cells = np.bincount(labels[both] * n_others + others[both], minlength=n_labels * n_others)
        common = cells.reshape(n_labels, n_others)
        either = np.maximum(of[:, None] + sizes[None, :] - common, 1)
        best = np.where(of > 0, (common / either).max(axis=1), np.nan)
    return best


def subsamples(speakers: np.ndarray, runs: int, seed: int, about: int) -> Iterator[np.ndarray]:
    """For each run the answers of `SHARE` of the `speakers`, as sorted numbers of answers.

    `speakers` numbers who gave each answer, from 0. The same `seed` draws the same, another for each
    purpose `about`.
    """
    n = int(speakers.max(initial=-1)) + 1
    drawn = round(SHARE * n)
    for run in range(runs):
        random = np.random.Generator(np.random.PCG64([seed, about, run]))
        chosen = np.zeros(n, dtype=bool)
        chosen[random.permutation(n)[:drawn]] = True
        yield np.flatnonzero(chosen[speakers])


def stability(
    labels: np.ndarray,
    n_labels: int,
    draws: Iterator[np.ndarray],
    again: Callable[[np.ndarray], np.ndarray],
    on_run: Callable[[], None] = lambda: None,
) -> np.ndarray:
    """How far each label comes back, 0 to 1: the mean over `draws` of its best match in `again`.

    `again` labels the drawn things anew. A draw in which nothing has the label tells nothing of it; NaN
    where that is every one.
    """
    sums, told = np.zeros(n_labels), np.zeros(n_labels)
    for drawn in draws:
        best = best_matches(labels[drawn], again(drawn), n_labels)
        sums += np.nan_to_num(best)
        told += ~np.isnan(best)
        on_run()
    means = np.full(n_labels, np.nan)
    np.divide(sums, told, out=means, where=told > 0)
    return np.round(means, 6)
