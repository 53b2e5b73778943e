"""Where given words stand in a text, so that a reader can see them marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from analysis.text.tokens import Token, neighbours, tokens


def marked(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """The places (start, end) in `text` where `words` stand: whole words, in capitals or not.

    A word may be a phrase. Places are sorted and never overlap: the leftmost counts, of those that begin
    together the longest.
    """
    found = tokens(text)
    phrases = {tuple(token.surface.casefold() for token in tokens(word)) for word in words} - {()}
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    places = []
    position = 0
    while position < len(found):
        length = next((len(p) for p in longest_first if _stands(text, found, position, p)), 0)
        if length:
            places.append((found[position].start, found[position + length - 1].end))
        position += length or 1
    return places


def _stands(text: str, found: Sequence[Token], position: int, phrase: Sequence[str]) -> bool:
    here = found[position : position + len(phrase)]
    return [token.surface.casefold() for token in here] == list(phrase) and all(
        neighbours(text, left, right) for left, right in pairwise(here)
    )
