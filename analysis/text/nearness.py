"""How near short answers are to each other by the words they share, and stars of answers around a middle.

Two answers are near if they share two content words, or all of the shorter one, and the cosine of their
tf-idf weights is at least the nearness asked for. A star is an answer with those near it, so that no chain of
neighbours joins what has nothing in common (Aslam, Pelekhov and Rus 2004, "The star clustering algorithm for
static and dynamic information organization", taken greedily).
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Matrix = Any  # scipy.sparse.csr_matrix, which has no types

LEAST_SHARED = 2  # content words
ROWS_AT_ONCE = 1_000  # answers compared with all others at a time
_DIGITS = 6  # sums taken in another order differ in the fifteenth


@dataclass(frozen=True)
class Star:
    """An answer and those near it, the nearest first; `nearness` of each to the middle, 1 for itself."""

    middle: int
    rows: tuple[int, ...]
    nearness: tuple[float, ...]


def gathered(said: Matrix, groups: Sequence[str], people: Sequence[str], at_least: float) -> list[Star]:
    """Every answer in one star: first that of the answer near to most groups, then most people.

    Among equals the answer with most near it, then the nearest ones, then the first counts. `said` (answers ×
    words) is how often each answer has each word; `groups` ("" for none) and `people` are the answers'. Those
    with the same words are compared once: of a campaign all pairs would be near.
    """
    alike = _alike(said)
    kinds = [
        _Kind(rows, frozenset(groups[row] for row in rows) - {""}, frozenset(people[row] for row in rows))
        for rows in alike
    ]
    firsts = [kind.rows[0] for kind in kinds]
    found = []
    for star in _stars(near(said[firsts], said, at_least), kinds):
        told = [
            (-value, row)
            for kind, value in zip(star.rows, star.nearness, strict=True)
            for row in kinds[kind].rows
        ]
        middle = firsts[star.middle]
        others = sorted(one for one in told if one[1] != middle)
        rows, nearness = [row for _, row in others], [-value for value, _ in others]
        found.append(Star(middle, (middle, *rows), (1.0, *nearness)))
    return found


@dataclass(frozen=True)
class _Kind:
    """Answers with the same words, in their order, the groups that they are of, and the people."""

    rows: Sequence[int]
    groups: frozenset[str]
    people: frozenset[str]


def _alike(said: Matrix) -> list[list[int]]:
    """The answers with the same words, in the order of the first; one without words is like no other."""
    said = said.copy()
    said.sum_duplicates()
    rows: dict[object, list[int]] = {}
    for row in range(said.shape[0]):
        place = slice(said.indptr[row], said.indptr[row + 1])
        words: object = (said.indices[place].tobytes(), said.data[place].tobytes())
        rows.setdefault(words if place.start < place.stop else row, []).append(row)
    return list(rows.values())


def near(said: Matrix, among: Matrix, at_least: float) -> Matrix:
    """Nearness of each pair of answers that are near (answers × answers), none to themselves.

    `said` (answers × words) is how often each answer has each word, `among` the same of all answers, by which
    rare words weigh. Compares a block of answers with all at a time: memory grows with the number of near
    pairs.
    """
    from scipy.sparse import csr_matrix, vstack  # slow to import
    from sklearn.feature_extraction.text import TfidfTransformer

    n = said.shape[0]
    if not said.nnz:
        return csr_matrix((n, n))
    weights = TfidfTransformer(sublinear_tf=True).fit(among).transform(said)
    has = said.copy()
    has.data[:] = 1
    words = np.asarray(has.sum(axis=1)).ravel()
    blocks = []
    for begin in range(0, n, ROWS_AT_ONCE):
        cosine = (weights[begin : begin + ROWS_AT_ONCE] @ weights.T).tocoo()
        value = np.round(cosine.data, _DIGITS)
        likely = (value >= at_least) & (cosine.row + begin != cosine.col)
        row, other, value = cosine.row[likely] + begin, cosine.col[likely], value[likely]
        shared = np.asarray(has[row].multiply(has[other]).sum(axis=1)).ravel()
        kept = shared >= np.minimum(LEAST_SHARED, np.minimum(words[row], words[other]))
        cells = (value[kept], (row[kept] - begin, other[kept]))
        blocks.append(csr_matrix(cells, shape=(cosine.shape[0], n)))
    return vstack(blocks).tocsr()


def _stars(nearness: Matrix, kinds: Sequence[_Kind]) -> list[Star]:
    """The stars of kinds of answers: each counts with all its answers."""
    nearness.sort_indices()
    free = np.ones(len(kinds), dtype=bool)
    times = np.array([len(kind.rows) for kind in kinds], dtype=np.int64)

    def around(row: int) -> tuple[np.ndarray, np.ndarray]:
        place = slice(nearness.indptr[row], nearness.indptr[row + 1])
        others, value = nearness.indices[place], nearness.data[place]
        return others[free[others]], value[free[others]]

    def worth(row: int) -> tuple[int, int, int, float, int]:
        others, value = around(row)
        star = [kinds[one] for one in (row, *others.tolist())]
        held_by = len(frozenset().union(*(kind.groups for kind in star)))
        by = len(frozenset().union(*(kind.people for kind in star)))
        n = sum(len(kind.rows) for kind in star)
        near_it = times[row] - 1 + float(np.sort(value * times[others]).sum())
        return -held_by, -by, -n, -round(near_it, _DIGITS), row

    waiting = [worth(row) for row in range(len(kinds))]
    heapq.heapify(waiting)
    found = []
    while waiting:
        told = heapq.heappop(waiting)
        row = told[-1]
        if not free[row]:
            continue
        if (now := worth(row)) != told:  # others took some of its neighbours: it may not be the next any more
            heapq.heappush(waiting, now)
            continue
        others, value = around(row)
        order = np.lexsort((others, -value))
        free[row] = free[others] = False
        found.append(Star(row, (row, *others[order].tolist()), (1.0, *value[order].tolist())))
    return found
