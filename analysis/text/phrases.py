"""Seeds of one or more words, and where they stand among the words of the answers.

A phrase is recognised by its content words, in their order, with at most one function word between two
of them: "orto condiviso" also in "gli orti condivisi". One that has a single content word, like
"su misura", is recognised by all its words. A unit of the field is one word of a phrase.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from analysis.text.corpus import Corpus
from analysis.text.lemmas import keys
from analysis.text.lexicon import Lexicon
from analysis.text.tokens import tokens

Phrase = tuple[str, ...]


class Places(NamedTuple):
    """Where something stands in a corpus: the positions of its first and its last word."""

    first: np.ndarray
    last: np.ndarray


def phrases(seed: str, lexicons: Mapping[str, Lexicon]) -> set[Phrase]:
    """The keys by which `seed` is recognised: as each language reads it, since answers come in all."""
    return {_phrase([token.surface for token in tokens(seed)], lexicon) for lexicon in lexicons.values()} - {
        ()
    }


def _phrase(surfaces: Sequence[str], lexicon: Lexicon) -> Phrase:
    key_of = keys(surfaces, lexicon)
    every = _with_units([key_of[surface] for surface in surfaces], lexicon.units)
    content = tuple(key for key in every if key not in lexicon.function_words)
    return content if len(content) > 1 else every


def _with_units(words: Sequence[str], units: Mapping[Phrase, str]) -> Phrase:
    """`words` with each unit among them as one: the longest first, then the leftmost."""
    for length in range(len(words), 1, -1):
        for place in range(len(words) - length + 1):
            unit = tuple(words[place : place + length])
            if unit in units:
                before, after = words[:place], words[place + length :]
                return (*_with_units(before, units), units[unit], *_with_units(after, units))
    return tuple(words)


def find(corpus: Corpus, phrase: Phrase) -> Places:
    """Each place where `phrase` stands, from left to right."""
    numbers = [corpus.key_number.get(key, -1) for key in phrase]
    if min(numbers, default=-1) < 0:
        return Places(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    first = np.flatnonzero(corpus.keys == numbers[0])
    last = first
    for number in numbers[1:]:
        last = _next(corpus, last, number)
        first, last = first[last >= 0], last[last >= 0]
    return Places(first, last)


def places(corpus: Corpus, key: str) -> Places:
    """Where the word or the pair of words counted under `key` stands; a pair's has the keys of its words."""
    if key in corpus.key_number:
        found = find(corpus, (key,)).first
        said = found[corpus.content[found]]
        return Places(said, said)
    words = key.split()
    pairs = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    known = [pair for pair in pairs if all(word in corpus.key_number for word in pair)]
    return find(corpus, known[0] if known else tuple(words))


def _next(corpus: Corpus, positions: np.ndarray, number: int) -> np.ndarray:
    """Where the key follows each position in its run, with at most one function word between; else -1."""
    end = len(corpus.keys) - 1
    beside, after = np.minimum(positions + 1, end), np.minimum(positions + 2, end)
    joined = (positions < end) & corpus.joined[beside]
    at_once = joined & (corpus.keys[beside] == number)
    over = (
        joined
        & (positions + 1 < end)
        & ~corpus.content[beside]
        & corpus.joined[after]
        & (corpus.keys[after] == number)
    )
    return np.where(at_once, beside, np.where(over, after, -1))
