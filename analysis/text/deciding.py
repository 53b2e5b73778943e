"""The words of an answer that made it resemble an objective."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from analysis.text.corpus import Corpus
from analysis.text.features import Features, Matrix

MOST_WORDS = 8
_DIGITS = 9
_ROUNDING = 1e-9
ENOUGH_OF_THE_SCORE = 0.9  # words that add up to less than the last tenth of it decide nothing


def deciding_words(corpus: Corpus, found: Features, rows: np.ndarray, parts: Matrix) -> list[list[str]]:
    """For each of `rows` the words that add most to a score, as its answer has them, the weightiest first.

    `parts` (rows × features) is how much each feature adds, up to a factor of each row. A phrase speaks
    for its own words.
    """
    pair, column = _weightiest(parts)
    spans: list[list[tuple[int, int]]] = [[] for _ in rows]
    for number, start, end in _spans(corpus, found, rows, pair, column):
        spans[number].append((start, end))
    texts = corpus.answers["text"].iloc[rows].tolist()
    return [list(_written(text, own)) for text, own in zip(texts, spans, strict=True)]


def _spans(
    corpus: Corpus, found: Features, rows: np.ndarray, pair: np.ndarray, column: np.ndarray
) -> Iterator[tuple[int, int, int]]:
    """Where each chosen feature stands in its row's answer: number of the row, start, end; in their order."""
    row = rows[pair]
    chosen, place = _ranges(corpus.bounds[row], corpus.bounds[row + 1])
    meant = (corpus.keys[place] == found.keys[column][chosen]) & corpus.content[place]
    choices, firsts, lasts = [chosen[meant]], [place[meant]], [place[meant]]
    for feature, stands in found.phrases.items():
        mine = np.flatnonzero(column == feature)
        answers = corpus.answer_of[stands.first]
        chosen, place = _ranges(
            np.searchsorted(answers, row[mine]), np.searchsorted(answers, row[mine], "right")
        )
        choices.append(mine[chosen])
        firsts.append(stands.first[place])
        lasts.append(stands.last[place])
    choice, first, last = np.concatenate(choices), np.concatenate(firsts), np.concatenate(lasts)
    order = np.lexsort((first, choice))
    yield from zip(
        pair[choice[order]].tolist(),
        corpus.starts[first[order]].tolist(),
        corpus.ends[last[order]].tolist(),
        strict=True,
    )


def _ranges(begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every number from each `begin` up to its `end`, and of which of them it is."""
    length = end - begin
    which = np.repeat(np.arange(len(begin)), length)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(length) - length, length) + begin[which]


def _weightiest(parts: Matrix) -> tuple[np.ndarray, np.ndarray]:
    """The features that make up most of each row's score, the weightiest first: row and feature.

    Of features that add as much, those first in the alphabet.
    """
    row = np.repeat(np.arange(parts.shape[0]), np.diff(parts.indptr))
    added = np.round(parts.data, _DIGITS)  # another processor sums otherwise, which must decide nothing
    order = np.lexsort((parts.indices, -added, row))
    order = order[added[order] > 0]
    row, column, part = row[order], parts.indices[order], added[order]
    begin = np.searchsorted(row, np.arange(parts.shape[0] + 1))
    reached = np.concatenate([[0.0], np.cumsum(part)])
    before = reached[:-1] - reached[begin[row]]
    total = np.diff(reached[begin])[row]
    chosen = (before < ENOUGH_OF_THE_SCORE * total - _ROUNDING) & (
        np.arange(len(row)) - begin[row] < MOST_WORDS
    )
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
