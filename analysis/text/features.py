"""What an answer is compared by: its content words, and the seeds that are phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.text.corpus import Corpus, ReadAnswer
from analysis.text.lexicon import Lexicon
from analysis.text.phrases import Phrase, by_first_word, find, phrases

Span = tuple[int, int]
Matrix = Any  # scipy.sparse.csr_matrix, which has no types

ENOUGH_TO_COMPARE = 20  # with fewer answers, leaving out what only one says would leave out nearly all


@dataclass(frozen=True)
class Features:
    """Answers and seeds by the same features.

    `rows` (answers × features) and `seeds` (labels × features) are tf-idf with rows of length 1, or 0
    where nothing is said. `spans` holds where each feature of each answer stands in its text.
    """

    rows: Matrix
    seeds: np.ndarray
    spans: tuple[Mapping[int, Sequence[Span]], ...]


def features(
    corpus: Corpus, seeds: Sequence[Sequence[str]], lexicons: Mapping[str, Lexicon]
) -> Features | None:
    """The features of `corpus` for labels with these `seeds`; `None` if no word can be compared.

    Words of one answer only are left out unless they are seeds: they make it resemble no other. A
    seed that no answer has changes nothing.
    """
    from sklearn.feature_extraction import DictVectorizer  # slow to import
    from sklearn.feature_extraction.text import TfidfTransformer

    seed_phrases = [sorted(set().union(*(phrases(seed, lexicons) for seed in label))) for label in seeds]
    all_phrases = sorted({phrase for label in seed_phrases for phrase in label})
    several_words = by_first_word(all_phrases)
    places = [_places(answer, several_words) for answer in corpus.answers]
    n_answers = Counter(phrase for found in places for phrase in found)
    least = 2 if len(places) >= ENOUGH_TO_COMPARE else 1
    kept = {phrase for phrase, n in n_answers.items() if n >= least} | {
        phrase for phrase in all_phrases if phrase in n_answers
    }
    if not kept:
        return None
    names = {phrase: " ".join(phrase) for phrase in kept}
    vectorizer = DictVectorizer(sort=True)
    vectorizer.fit([dict.fromkeys(names.values(), 1)])
    counts = vectorizer.transform(
        [{names[phrase]: len(spans) for phrase, spans in found.items() if phrase in kept} for found in places]
    )
    weights = TfidfTransformer(sublinear_tf=True).fit(counts)
    column = vectorizer.vocabulary_
    said_seeds = vectorizer.transform(
        [{names[phrase]: 1 for phrase in label if phrase in kept} for label in seed_phrases]
    )
    return Features(
        weights.transform(counts).tocsr(),
        weights.transform(said_seeds).toarray(),
        tuple(
            {column[names[phrase]]: spans for phrase, spans in found.items() if phrase in kept}
            for found in places
        ),
    )


def _places(answer: ReadAnswer, several_words: Mapping[str, Sequence[Phrase]]) -> dict[Phrase, list[Span]]:
    found: dict[Phrase, list[Span]] = {}
    for word in answer.words:
        if word.content:
            found.setdefault((word.key,), []).append((word.start, word.end))
    for phrase, first, last in find(answer.words, several_words):
        found.setdefault(phrase, []).append((answer.words[first].start, answer.words[last].end))
    return found
