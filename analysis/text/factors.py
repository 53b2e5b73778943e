"""Answers in as many clusters as asked for, by non-negative factors of their words; or in none.

Non-negative matrix factorisation (Lee & Seung 1999), begun at singular vectors (Boutsidis & Gallopoulos
2008), was the fastest and the least unstable of the ways tried on short Italian answers. A factor is a list
of words with their weights; an answer stands in the cluster of the factor that its own words are most
like, if they are like it at all.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.text.features import Matrix
from analysis.text.shared_words import least_answers, weighted

AT_LEAST = 0.20
"""Cosine between an answer and its cluster's words below which it stands in none."""

ROUNDS = 40  # of the factorisation: of 1,587 answers 8 stand elsewhere after thirty, 1 after sixty
_SMALL = 50  # answers or words for which the plain decomposition is as quick
_NOTHING = 1e-6
_DIGITS = 9  # sums taken in another order differ in the sixteenth


class Factors(NamedTuple):
    """`labels` are the cluster of each answer, -1 for none, and `likeness` its cosine with that, 0 to 1.

    `words` are the weights of each cluster's words (clusters × words), of length 1 or 0; `columns` says
    which word each column is.
    """

    labels: np.ndarray
    likeness: np.ndarray
    words: np.ndarray
    columns: np.ndarray


def factorised(counts: Matrix, number: int, seed: int) -> Factors:
    """At most `number` clusters of the answers with these `counts` of words (answers × words).

    The same counts and seed give the same clusters. Fewer are found where answers, or the words they
    share, are fewer; a cluster may be empty.
    """
    from sklearn.decomposition import NMF  # slow to import

    n_answers = counts.shape[0]
    rows, columns = weighted(counts, least_answers(n_answers))
    told = np.flatnonzero(np.diff(rows.indptr))
    number = min(number, len(told), len(columns))
    labels, likeness = np.full(n_answers, -1, dtype=np.int64), np.zeros(n_answers)
    if number < 1:
        return Factors(labels, likeness, np.zeros((0, len(columns))), columns)
    # without a tolerance the rounds are as many on every machine, and nothing warns that they end
    model = NMF(number, init="custom", max_iter=ROUNDS, tol=0)
    # of an exact fit the error, which nobody asks for, may come out as the root of a little less than nothing
    with np.errstate(invalid="ignore"):
        model.fit_transform(rows[told], **_beginning(rows[told], number, seed))
    words = model.components_
    lengths = np.sqrt((words**2).sum(axis=1, keepdims=True))
    words = np.round(np.divide(words, lengths, out=np.zeros_like(words), where=lengths > 0), _DIGITS)
    scores = np.round(np.asarray(rows @ words.T), _DIGITS)
    nearest = scores.argmax(axis=1)
    likeness = scores.max(axis=1)
    return Factors(np.where(likeness >= AT_LEAST, nearest, -1), likeness, words, columns)


def _beginning(rows: Matrix, number: int, seed: int) -> dict[str, np.ndarray]:
    """Where the factors begin: the larger of the positive and the negative part of each singular vector.

    What is 0 there begins at the mean, so that it may grow. Sizes and weights are rounded before they are
    ordered: where answers say fewer things than factors are asked for, the others begin at the mean too, and
    not at rounding errors. scikit-learn would begin at the same place, but there the last digits depend on
    the number of cores, and they wait for one another.
    """
    left, sizes, right = _singular(rows, number, seed)
    answers: list[np.ndarray] = []
    words: list[np.ndarray] = []
    for size, u, v in zip(sizes, left.T, right, strict=True):
        parts = [(round(_norm(sign * u) * _norm(sign * v), _DIGITS), sign) for sign in (1.0, -1.0)]
        weight, sign = max(parts)
        for of, vector in ((answers, u), (words, v)):
            part = np.maximum(sign * vector, 0)
            length = _norm(part)
            of.append(np.sqrt(max(size * weight, 0)) * part / (length if length > 0 else 1.0))
    mean = rows.sum() / (rows.shape[0] * rows.shape[1])
    begun = [np.array(of) for of in (answers, words)]
    w, h = (np.where(of < _NOTHING, mean, of) for of in begun)
    return {"W": np.ascontiguousarray(w.T), "H": h}


def _norm(vector: np.ndarray) -> float:
    """The length of the positive part of a vector."""
    return float(np.linalg.norm(np.maximum(vector, 0)))


def _singular(rows: Matrix, number: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The `number` greatest singular values with their vectors, the greatest first."""
    from scipy.sparse.linalg import svds

    if min(rows.shape) <= max(_SMALL, number):
        left, sizes, right = np.linalg.svd(rows.toarray(), full_matrices=False)
    else:
        left, sizes, right = svds(rows, number, rng=np.random.Generator(np.random.PCG64(seed)))
    sizes = np.round(sizes, _DIGITS)
    order = np.argsort(-sizes, kind="stable")[:number]
    return left[:, order], sizes[order], right[order]
