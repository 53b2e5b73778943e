"""Which of many texts are copies of each other, found exactly without comparing all with all.

Two texts are linked that have at least a share of their runs in common: of the runs of either (Jaccard),
or, where both are long, of the runs of the one that has fewer (containment: a template that was filled in
or added to). The search is a set-similarity join with a prefix filter (Chaudhuri, Ganti and Kaushik 2006;
Bayardo, Ma and Srikant 2007): a text that shares 80 % of its runs with another must share some of its
rarest, whichever they are. What is left is counted run by run, so that no pair is missed and none is
guessed; how long that takes depends on how much texts have in common, what it holds in memory does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from analysis.resampling import ROUNDING
from analysis.strata import Floats
from analysis.text.shingles import Ints, jaccard, shared, sizes_of

_MARGIN = 0.1  # of its runs, found among its rarest: a longer search for fewer false leads
_CELLS = 10_000_000  # runs looked at, or pairs held, at a time: some hundred MB


@dataclass(frozen=True, eq=False)
class Links:
    """The links that hold the copies among `texts` texts together, strongest first: a forest of them.

    `left` and `right` are numbers of texts, `likeness` their Jaccard index, 0 to 1. Of all links between
    copies those are kept with which the weakest is as strong as it can be.
    """

    texts: int
    left: Ints
    right: Ints
    likeness: Floats

    def families(self) -> Ints:
        """The number of the family in which each text stands; a text without copies is alone in its own."""
        ones = np.ones(len(self.left))
        graph = sparse.csr_array((ones, (self.left, self.right)), shape=(self.texts, self.texts))
        return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def links(sets: sparse.csr_array, long: npt.NDArray[np.bool_], at_least: float) -> Links:
    """The links among the texts whose `shingle_sets` are the rows, none of them empty.

    `long` says of each text whether it may be linked as a template. `at_least` is the share, above 0 and
    up to 1. The work grows with the pairs that have rare runs in common; a family of n texts that differ
    has n² / 2 links, all of which are verified (equal texts should be given once).
    """
    order = np.argsort(sizes_of(sets), kind="stable")
    sets, long = sets[order], long[order]
    sizes = sizes_of(sets)
    kept = Links(sets.shape[0], *_NONE)
    waiting = [kept]
    for left, right, most in _pairs(sets, long, at_least):
        need = _needed(sizes, long, left, right, at_least)
        likely = most >= need
        left, right, need = left[likely], right[likely], need[likely]
        for part in _parts(sizes[left] + sizes[right]):
            both = shared(sets, left[part], right[part])
            sure = both >= need[part]
            x, y, both = left[part][sure], right[part][sure], both[sure]
            waiting.append(Links(kept.texts, x, y, jaccard(sets, x, y, both)))
            if sum(len(some.left) for some in waiting) > _CELLS:
                waiting = [_strongest(waiting)]
    kept = _strongest(waiting)
    return Links(kept.texts, order[kept.left], order[kept.right], kept.likeness)


_NONE = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0))


def _needed(sizes: Ints, long: npt.NDArray[np.bool_], left: Ints, right: Ints, at_least: float) -> Ints:
    """How many runs two texts must share; `left` has no more of them than `right`."""
    jaccard_needs = at_least / (1 + at_least) * (sizes[left] + sizes[right])
    needs = np.where(long[left] & long[right], at_least * sizes[left], jaccard_needs)
    return np.ceil(needs - ROUNDING).astype(np.int64)


def _pairs(
    sets: sparse.csr_array, long: npt.NDArray[np.bool_], at_least: float
) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Pairs that may be linked, the one with fewer runs on the left, and the most runs they can share."""
    sizes = sizes_of(sets)
    share = np.where(long, at_least, 2 * at_least / (1 + at_least))
    needed = np.ceil(share * sizes - ROUNDING).astype(np.int64)
    margin = np.minimum(np.ceil(_MARGIN * sizes).astype(np.int64), needed)
    looked_at = sizes - needed + margin
    rare, whole = _rarest(sets, looked_at)
    work = np.cumsum(np.r_[0, rare @ np.asarray(whole.sum(axis=0), dtype=np.int64)])
    start = 0
    while start < len(sizes):
        end = max(start + 1, int(np.searchsorted(work, work[start] + _CELLS, side="right")) - 1)
        common = rare[start:end] @ whole[start:].T
        row = np.repeat(np.arange(end - start), np.diff(common.indptr))
        told = (common.data >= margin[start:end][row]) & (common.indices > row)
        left = row[told] + start
        right = common.indices[told].astype(np.int64) + start
        yield left, right, common.data[told] + sizes[left] - looked_at[left]
        start = end


def _rarest(sets: sparse.csr_array, looked_at: Ints) -> tuple[sparse.csr_array, sparse.csr_array]:
    """The rarest runs of each text, so many of them, and the texts in these runs; no run of one text only."""
    place = np.arange(len(sets.indices)) - np.repeat(sets.indptr[:-1], np.diff(sets.indptr))
    first = place < np.repeat(looked_at, np.diff(sets.indptr))
    several = np.bincount(sets.indices, minlength=sets.shape[1]) > 1
    telling = np.flatnonzero(several & (np.bincount(sets.indices[first], minlength=sets.shape[1]) > 0))
    rare = sparse.csr_array((first.astype(np.int32), sets.indices, sets.indptr), shape=sets.shape)
    rare = rare[:, telling]
    rare.eliminate_zeros()
    return rare, sets[:, telling]


def _parts(work: Ints) -> Iterator[slice]:
    """Stretches of so many pairs that each is work for `_CELLS` at most, or one pair."""
    done = np.cumsum(np.r_[0, work])
    start = 0
    while start < len(work):
        end = max(start + 1, int(np.searchsorted(done, done[start] + _CELLS, side="right")) - 1)
        yield slice(start, end)
        start = end


def _strongest(waiting: list[Links]) -> Links:
    """The maximum spanning forest of all these links, by likeness; each pair stands in them once."""
    texts = waiting[0].texts
    left, right = (np.concatenate([getattr(some, end) for some in waiting]) for end in ("left", "right"))
    likeness = np.concatenate([some.likeness for some in waiting])
    far = sparse.csr_array((2 - likeness, (left, right)), shape=(texts, texts))  # 0 would be no link
    tree = minimum_spanning_tree(far).tocoo()
    return Links(texts, tree.row.astype(np.int64), tree.col.astype(np.int64), 2 - tree.data)
