"""What an answer is compared by: its content words, and the seeds that are phrases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.text.corpus import Corpus
from analysis.text.lexicon import Lexicon
from analysis.text.phrases import Phrase, Places, find, phrases

Matrix = Any  # scipy.sparse.csr_matrix, which has no types

ENOUGH_TO_COMPARE = 20  # with fewer answers, leaving out what only one says would leave out nearly all


@dataclass(frozen=True, eq=False)
class Features:
    """Answers and seeds by the same features.

    `rows` (answers × features) and `seeds` (labels × features) are tf-idf with rows of length 1, or 0
    where nothing is said. `names` are the features' keys, a phrase's with blanks between; `keys` their
    numbers in the corpus's vocabulary, -1 for a phrase that is no key; `phrases` where phrases stand, by
    feature.
    """

    rows: Matrix
    seeds: np.ndarray
    names: tuple[str, ...]
    keys: np.ndarray
    phrases: Mapping[int, Places]


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
    several = {phrase: find(corpus, phrase) for phrase in of_seeds if len(phrase) > 1}
    names = _names(corpus, of_seeds)
    said = _counts(corpus, several, names)
    in_answers = np.bincount(said.indices, minlength=len(names))
    least = 2 if len(corpus.answers) >= ENOUGH_TO_COMPARE else 1
    wanted = {" ".join(phrase) for phrase in of_seeds}
    kept = sorted(
        (
            column
            for column in np.flatnonzero(in_answers).tolist()
            if in_answers[column] >= least or names[column] in wanted
        ),
        key=names.__getitem__,
    )
    if not kept:
        return None
    said = said[:, kept]
    said.sort_indices()
    weights = TfidfTransformer(sublinear_tf=True).fit(said)
    number = {names[column]: place for place, column in enumerate(kept)}
    said_seeds = np.zeros((len(seeds), len(kept)))
    for label, found in enumerate(seed_phrases):
        for phrase in found:
            if (place := number.get(" ".join(phrase), -1)) >= 0:
                said_seeds[label, place] = 1
    keys = np.array(kept, dtype=np.int64)
    return Features(
        weights.transform(said, copy=False).tocsr(),
        weights.transform(csr_matrix(said_seeds)).toarray(),
        tuple(number),
        np.where(keys < len(corpus.vocabulary), keys, -1),
        {
            number[" ".join(phrase)]: stands
            for phrase, stands in several.items()
            if " ".join(phrase) in number
        },
    )


def _counts(corpus: Corpus, several: Mapping[Phrase, Places], names: Sequence[str]) -> Matrix:
    """How often each answer says each of `names` (answers × names)."""
    from scipy.sparse import csr_matrix  # slow to import

    place = {name: column for column, name in enumerate(names)}
    words = np.flatnonzero(corpus.content)
    columns, answers = [corpus.keys[words]], [corpus.answer_of[words]]
    for phrase, found in several.items():
        columns.append(np.full(len(found.first), place[" ".join(phrase)], dtype=np.int32))
        answers.append(corpus.answer_of[found.first])
    column, answer = np.concatenate(columns), np.concatenate(answers)
    return csr_matrix(
        (np.ones(len(column)), (answer, column)), shape=(len(corpus.answers), max(len(names), 1))
    )


def _names(corpus: Corpus, of_seeds: Sequence[Phrase]) -> tuple[str, ...]:
    """Every key, then every phrase of several words that is none."""
    return (*corpus.vocabulary, *(" ".join(phrase) for phrase in of_seeds if _is_new(corpus, phrase)))


def _is_new(corpus: Corpus, phrase: Phrase) -> bool:
    return len(phrase) > 1 and " ".join(phrase) not in corpus.key_number
