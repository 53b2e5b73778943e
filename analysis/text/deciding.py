"""The words of an answer that made it resemble an objective."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from analysis.text.corpus import Corpus
from analysis.text.features import Features, Matrix

MOST_WORDS = 8
ENOUGH_OF_THE_SCORE = 0.9  # words that add up to less than the last tenth of it decide nothing


def deciding_words(corpus: Corpus, found: Features, rows: np.ndarray, parts: Matrix) -> list[list[str]]:
    """For each of `rows` the words that add most to a score, as its answer has them, the weightiest first.

    `parts` (rows × features) is how much each feature adds, up to a factor of each row. A phrase speaks
    for its own words.
    """
    place, first, last = found.places
    pair, column = _weightiest(parts)
    code = rows[pair].astype(np.int64) * parts.shape[1] + column
    begin, end = np.searchsorted(place, code), np.searchsorted(place, code + 1)
    starts, ends = corpus.starts[first], corpus.ends[last]
    texts = corpus.answers["text"].tolist()
    bounds = np.searchsorted(pair, np.arange(len(rows) + 1)).tolist()
    begin_at, end_at = begin.tolist(), end.tolist()
    told = []
    for number, row in enumerate(rows.tolist()):
        spans = [
            (int(starts[at]), int(ends[at]))
            for chosen in range(bounds[number], bounds[number + 1])
            for at in range(begin_at[chosen], end_at[chosen])
        ]
        told.append(list(_written(texts[row], spans)))
    return told


def _weightiest(parts: Matrix) -> tuple[np.ndarray, np.ndarray]:
    """The features that make up most of each row's score, the weightiest first: row and feature.

    Of features that add as much, those first in the alphabet.
    """
    row = np.repeat(np.arange(parts.shape[0]), np.diff(parts.indptr))
    order = np.lexsort((parts.indices, -parts.data, row))
    order = order[parts.data[order] > 0]
    row, column, part = row[order], parts.indices[order], parts.data[order]
    begin = np.searchsorted(row, np.arange(parts.shape[0] + 1))
    reached = np.concatenate([[0.0], np.cumsum(part)])
    before = reached[:-1] - reached[begin[row]]
    total = np.diff(reached[begin])[row]
    chosen = (before < ENOUGH_OF_THE_SCORE * total) & (np.arange(len(row)) - begin[row] < MOST_WORDS)
    return row[chosen], column[chosen]


def _written(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    words: set[str] = set()
    told: list[tuple[int, int]] = []
    for start, end in spans:
        if not any(begun <= start and end <= done for begun, done in told):
            told.append((start, end))
            surface = text[start:end]
            if surface.casefold() not in words and len(words) < MOST_WORDS:
                words.add(surface.casefold())
                yield surface
