"""Trials made before candidate themes are shown: how many to look for, and how far chance gets.

Both count again and again on some of the participants; where answers are many, the trials are made with some.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.text.factors import Factors, factorised
from analysis.text.features import Matrix
from analysis.text.shared_words import dealt_anew
from analysis.text.theme_stability import HIGHLY_STABLE, stability, subsamples

DEALINGS = 10
"""Dealings of the same words by chance, to see how often candidates that mean nothing come back."""
TRIALS = 5
"""Subsamples for each number of candidates that is tried, and for each dealing."""

MEASURING = 1
"""What candidates are measured by are draws of their own: what was chosen by a draw looks too good in it."""
_CHOOSING, _SAMPLING, _DEALING = 0, 2, 3

_ANSWERS_OF_A_TRIAL = 5_000  # about so many are enough to choose by


@dataclass(frozen=True, eq=False)
class Again:
    """The same counting of all answers, and of some of them."""

    counts: Matrix
    number: int
    seed: int

    @property
    def all(self) -> Factors:
        return factorised(self.counts, self.number, self.seed)

    def __call__(self, drawn: np.ndarray) -> np.ndarray:
        return factorised(self.counts[drawn], self.number, self.seed).labels


def steadiest_number(
    counts: Matrix, speakers: np.ndarray, numbers: Sequence[int], seed: int, on_run: Callable[[], None]
) -> int:
    """The largest of `numbers` at which candidates are highly stable on average, else the steadiest.

    `speakers` numbers whose voice each answer is. `on_run` is called after each counting.
    """
    averages = []
    for number in numbers:
        again = Again(counts, number, seed)
        found = again.all
        draws = subsamples(speakers, TRIALS, seed, _CHOOSING)
        steady = stability(found.labels, len(found.words), draws, again, on_run)
        averages.append(0.0 if np.isnan(steady).all() else round(float(np.nanmean(steady)), 6))
    steadiest = [n for n, average in zip(numbers, averages, strict=True) if average >= HIGHLY_STABLE]
    return max(steadiest) if steadiest else numbers[int(np.argmax(averages))]


def dealt_candidates(
    counts: Matrix, speakers: np.ndarray, number: int, fewest: int, seed: int, on_run: Callable[[], None]
) -> Iterator[tuple[int, float]]:
    """The candidates, of `fewest` voices or more, in answers that mean nothing.

    Of each: how many voices, and how stable it is.
    """
    for dealing in range(DEALINGS):
        random = np.random.Generator(np.random.PCG64([seed, _DEALING, dealing]))
        again = Again(dealt_anew(counts, random), number, seed)
        found = again.all
        draws = subsamples(speakers, TRIALS, seed, _DEALING + 1 + dealing)
        steady = stability(found.labels, len(found.words), draws, again, on_run)
        for label in range(len(found.words)):
            voices = len(set(speakers[found.labels == label].tolist()))
            if voices >= fewest:
                yield voices, float(np.nan_to_num(steady[label]))


def some_of(counts: Matrix, speakers: np.ndarray, seed: int) -> tuple[Matrix, np.ndarray]:
    """All answers or, of more than `_ANSWERS_OF_A_TRIAL`, those of some voices drawn by `seed`."""
    if len(speakers) <= _ANSWERS_OF_A_TRIAL:
        return counts, speakers
    random = np.random.Generator(np.random.PCG64([seed, _SAMPLING]))
    order = random.permutation(int(speakers.max()) + 1)
    reached = np.cumsum(np.bincount(speakers)[order])
    chosen = np.zeros(len(order), dtype=bool)
    chosen[order[reached <= _ANSWERS_OF_A_TRIAL]] = True
    kept = np.flatnonzero(chosen[speakers])
    return counts[kept], np.unique(speakers[kept], return_inverse=True)[1].astype(np.int64)
