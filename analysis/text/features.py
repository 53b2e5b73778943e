"""What an answer is compared by: its content words, and the seeds that are phrases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.text.corpus import Corpus
from analysis.text.lexicon import Lexicon
from analysis.text.phrases import Phrase, find, phrases

Matrix = Any  # scipy.sparse.csr_matrix, which has no types

ENOUGH_TO_COMPARE = 20  # with fewer answers, leaving out what only one says would leave out nearly all


@dataclass(frozen=True, eq=False)
class Features:
    """Answers and seeds by the same features.

    `rows` (answers × features) and `seeds` (labels × features) are tf-idf with rows of length 1, or 0
    where nothing is said. `names` are the features' keys, a phrase's with blanks between. `places` holds
    where they stand: answer and feature as one number, first and last position, sorted.
    """

    rows: Matrix
    seeds: np.ndarray
    names: tuple[str, ...]
    places: tuple[np.ndarray, np.ndarray, np.ndarray]


def features(
    corpus: Corpus, seeds: Sequence[Sequence[str]], lexicons: Mapping[str, Lexicon]
) -> Features | None:
    """The features of `corpus` for labels with these `seeds`; `None` if no word can be compared.

    Words of one answer only are left out unless they are seeds: they make it resemble no other. A
    seed that no answer has changes nothing.
    """
    from scipy.sparse import csr_matrix  # slow to import
    from sklearn.feature_extraction.text import TfidfTransformer

    seed_phrases = [sorted(set().union(*(phrases(seed, lexicons) for seed in label))) for label in seeds]
    of_seeds = sorted({phrase for label in seed_phrases for phrase in label})
    n_answers = len(corpus.answers)
    columns, answers, first, last = _said(corpus, of_seeds)
    names = _names(corpus, of_seeds)
    size = max(len(names), 1)
    pairs, counts = np.unique(answers.astype(np.int64) * size + columns, return_counts=True)
    in_answers = np.bincount(pairs % size, minlength=len(names))
    least = 2 if n_answers >= ENOUGH_TO_COMPARE else 1
    is_seed = np.isin(np.array(names, dtype=object), [" ".join(phrase) for phrase in of_seeds])
    kept = np.flatnonzero((in_answers >= least) | (is_seed & (in_answers > 0)))
    if not len(kept):
        return None
    kept = kept[np.argsort(np.array([names[column] for column in kept], dtype=object))]
    new = np.full(len(names), -1, dtype=np.int64)
    new[kept] = np.arange(len(kept))
    chosen = new[pairs % size] >= 0
    said = csr_matrix(
        (
            counts[chosen].astype(np.float64),
            (pairs[chosen] // size, new[pairs[chosen] % size]),
        ),
        shape=(n_answers, len(kept)),
    )
    said.sort_indices()
    weights = TfidfTransformer(sublinear_tf=True).fit(said)
    kept_names = tuple(names[column] for column in kept)
    number = {name: column for column, name in enumerate(kept_names)}
    said_seeds = np.zeros((len(seeds), len(kept)))
    for label, found in enumerate(seed_phrases):
        for phrase in found:
            if (column := number.get(" ".join(phrase), -1)) >= 0:
                said_seeds[label, column] = 1
    where = new[columns] >= 0
    places = answers[where].astype(np.int64) * len(kept) + new[columns[where]]
    order = np.lexsort((first[where], places))
    return Features(
        weights.transform(said).tocsr(),
        weights.transform(csr_matrix(said_seeds)).toarray(),
        kept_names,
        (places[order], first[where][order], last[where][order]),
    )


def _names(corpus: Corpus, of_seeds: Sequence[Phrase]) -> tuple[str, ...]:
    """Every key, then every phrase of several words that is none."""
    return (*corpus.vocabulary, *(" ".join(phrase) for phrase in of_seeds if _is_new(corpus, phrase)))


def _is_new(corpus: Corpus, phrase: Phrase) -> bool:
    return len(phrase) > 1 and " ".join(phrase) not in corpus.key_number


def _said(
    corpus: Corpus, of_seeds: Sequence[Phrase]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Every feature that stands anywhere: its column in `_names`, its answer, first and last position."""
    words = np.flatnonzero(corpus.content)
    columns, first, last = [corpus.keys[words].astype(np.int64)], [words], [words]
    column = len(corpus.vocabulary)
    for phrase in of_seeds:
        if len(phrase) == 1:
            continue
        found = find(corpus, phrase)
        if _is_new(corpus, phrase):
            number, column = column, column + 1
        else:
            number = corpus.key_number[" ".join(phrase)]
        columns.append(np.full(len(found.first), number, dtype=np.int64))
        first.append(found.first)
        last.append(found.last)
    begun = np.concatenate(first)
    return np.concatenate(columns), corpus.answer_of[begun], begun, np.concatenate(last)
