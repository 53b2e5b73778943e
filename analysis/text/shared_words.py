"""Answers by the words that they share: what likeness among answers, not to seeds, is made of."""

from __future__ import annotations

import numpy as np

from analysis.text.corpus import Corpus
from analysis.text.features import Matrix

_ONE_WORD_IN = 500  # answers: the share of them in which a word must stand to tell of many
_LEAST, _MOST = 2, 10


def word_counts(corpus: Corpus, rows: np.ndarray) -> Matrix:
    """How often each of `rows`, numbers of answers, says each content word (rows × vocabulary)."""
    from scipy.sparse import csr_matrix  # slow to import

    place = np.full(len(corpus.answers), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    said = np.flatnonzero(corpus.content & (place[corpus.answer_of] >= 0))
    width = max(len(corpus.vocabulary), 1)
    cells, counts = np.unique(place[corpus.answer_of[said]] * width + corpus.keys[said], return_counts=True)
    matrix = csr_matrix(
        (counts.astype(np.float64), (cells // width, cells % width)), shape=(len(rows), width)
    )
    matrix.sort_indices()
    return matrix


def least_answers(n_answers: int) -> int:
    """In how many of `n_answers` a word must stand: two, and more where answers are thousands."""
    return min(_MOST, max(_LEAST, n_answers // _ONE_WORD_IN))


def weighted(counts: Matrix, least: int) -> tuple[Matrix, np.ndarray]:
    """Tf-idf rows of length 1, or 0, of the words that stand in `least` of the answers or more.

    The second is the column of each word in `counts`. Rarer words make an answer like no other.
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    columns = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]) >= least)
    kept = counts[:, columns]
    if not (len(columns) and counts.shape[0]):
        return kept, columns
    rows = TfidfTransformer(sublinear_tf=True).fit_transform(kept).tocsr()
    rows.sort_indices()
    return rows, columns


def dealt_anew(counts: Matrix, random: np.random.Generator) -> Matrix:
    """The same words dealt to the answers by chance: every answer has as many, every word stands as often.

    What counting finds here means nothing. Words that come together twice are one, said twice.
    """
    from scipy.sparse import csr_matrix

    dealt = csr_matrix(  # of copies: what comes together is summed in place
        (counts.data.copy(), random.permutation(counts.indices), counts.indptr.copy()), shape=counts.shape
    )
    dealt.sum_duplicates()
    return dealt
