"""Answers in the order in which they are best read where counting would say too much: those alike together.

Nothing is named and nothing left out. Average linkage on the cosine of the words that answers share
(Sokal & Michener 1958), of `AT_ONCE` answers at a time: of more, those that have their weightiest word in
common stand in the same part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from analysis.text.corpus import Corpus
from analysis.text.features import Matrix
from analysis.text.shared_words import weighted, word_counts

AT_ONCE = 2_000
"""Answers compared with one another: the work grows with their square, 32 MB of distances."""
NEAR = 0.20
"""Mean cosine from which answers stand in one heap."""

_SHARED = 2  # answers that have a word: another makes no two alike
_DIGITS = 9  # sums taken in another order differ in the sixteenth

COLUMNS = ["answer_id", "heap"]


def alike_together(corpus: Corpus, chosen: Collection[str]) -> pd.DataFrame:
    """A row for each answer of these ids: `answer_id`, and `heap`, the number of those it is read with.

    Heaps are numbered from 1, the largest first; answers that resemble no other follow with heap 0, those
    with words first. The order of ids and answers changes nothing.
    """
    ids = corpus.answers["answer_id"]
    rows = np.flatnonzero(ids.isin(list(chosen)).to_numpy())
    counts = word_counts(corpus, rows)
    alike, _ = weighted(counts, _SHARED)
    heaps = [heap for part in _parts(alike) for heap in _heaps(alike, part) if len(heap) > 1]
    heaps.sort(key=lambda heap: (-len(heap), heap.min()))
    alone = np.setdiff1d(np.arange(len(rows)), np.concatenate([np.zeros(0, dtype=np.int64), *heaps]))
    alone = alone[np.argsort(np.diff(counts.indptr)[alone] == 0, kind="stable")]
    order = np.concatenate([*heaps, alone]).astype(np.int64)
    numbers = [place for place, heap in enumerate(heaps, 1) for _ in heap]
    return pd.DataFrame(
        {
            "answer_id": pd.Series(ids.to_numpy()[rows][order], dtype="str"),
            "heap": np.array([*numbers, *[0] * len(alone)], dtype=np.int64),
        },
        columns=COLUMNS,
    )


def _parts(rows: Matrix) -> Iterator[np.ndarray]:
    """The answers that share words with others, at most `AT_ONCE` at a time."""
    told = np.flatnonzero(np.diff(rows.indptr))
    if len(told) > AT_ONCE:
        weightiest = np.asarray(rows[told].argmax(axis=1)).ravel()
        told = told[np.argsort(weightiest, kind="stable")]
    for start in range(0, len(told), AT_ONCE):
        yield np.sort(told[start : start + AT_ONCE])


def _heaps(rows: Matrix, part: np.ndarray) -> Iterator[np.ndarray]:
    """The answers of a `part` in heaps of those alike, the nearest beside each other."""
    from scipy.cluster.hierarchy import fcluster, leaves_list, linkage  # slow to import
    from scipy.spatial.distance import squareform

    if len(part) < 2:
        yield part
        return
    cosines = np.round((rows[part] @ rows[part].T).toarray(), _DIGITS)
    far = np.maximum(1 - cosines, 0)
    np.fill_diagonal(far, 0)
    tree = linkage(squareform(far, checks=False), method="average")
    leaves = leaves_list(tree)
    of = fcluster(tree, 1 - NEAR, criterion="distance")[leaves]
    for heap in np.unique(of):
        yield part[leaves[of == heap]]
