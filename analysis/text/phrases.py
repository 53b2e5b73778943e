"""Seeds of one or more words, and where they stand among the words of an answer.

A phrase is recognised by its content words, in their order, with at most one function word between two
of them: "medico di base" also in "i medici di base". One that has a single content word, like
"su misura", is recognised by all its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analysis.text.corpus import Word
from analysis.text.lemmas import keys
from analysis.text.lexicon import Lexicon
from analysis.text.tokens import tokens

Phrase = tuple[str, ...]
_MOST_BETWEEN = 1


def phrases(seed: str, lexicons: Mapping[str, Lexicon]) -> set[Phrase]:
    """The keys by which `seed` is recognised: as each language reads it, since answers come in all."""
    return {_phrase([token.surface for token in tokens(seed)], lexicon) for lexicon in lexicons.values()} - {
        ()
    }


def _phrase(surfaces: Sequence[str], lexicon: Lexicon) -> Phrase:
    key_of = keys(surfaces, lexicon)
    every = tuple(key_of[surface] for surface in surfaces)
    content = tuple(key for key in every if key not in lexicon.function_words)
    return content if len(content) > 1 else every


def by_first_word(known: Sequence[Phrase]) -> dict[str, list[Phrase]]:
    """The phrases of several words, under the key they begin with."""
    found: dict[str, list[Phrase]] = {}
    for phrase in sorted(set(known)):
        if len(phrase) > 1:
            found.setdefault(phrase[0], []).append(phrase)
    return found


def find(words: Sequence[Word], known: Mapping[str, Sequence[Phrase]]) -> Iterator[tuple[Phrase, int, int]]:
    """Each place where a phrase of `known` (see `by_first_word`) stands: phrase, first and last position."""
    for first, word in enumerate(words):
        for phrase in known.get(word.key, ()):
            last = first
            for key in phrase[1:]:
                last = _next(words, last, key)
                if last < 0:
                    break
            else:
                yield phrase, first, last


def _next(words: Sequence[Word], position: int, key: str) -> int:
    """Where `key` follows the word at `position` in its run, or -1."""
    for ahead in range(position + 1, min(position + 2 + _MOST_BETWEEN, len(words))):
        word = words[ahead]
        if word.run != words[position].run:
            break
        if word.key == key:
            return ahead
        if word.content:
            break
    return -1
