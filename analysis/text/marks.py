"""Where given words stand in a text, so that a reader can see them marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from analysis.text.tokens import Token, neighbours, tokens

MOST_MARKED = 4  # of the deciding words: with more, a text looks marked at random


def decided(basis: str, words: str) -> list[str]:
    """The words (joined by |, the weightiest first) to mark in an answer coded on `basis`.

    Where the author or a reviewer said which objective it is, no word decided.
    """
    if basis in ("author", "reviewed"):
        return []
    return [word for word in words.split("|") if word][:MOST_MARKED]


def marked(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """The places (start, end) in `text` where `words` stand: whole words, in capitals or not.

    A word may be a phrase. Places are sorted and never overlap: the leftmost counts, of those that begin
    together the longest.
    """
    found = tokens(text)
    surfaces = [token.surface.casefold() for token in found]
    longest_first: dict[str, list[list[str]]] = defaultdict(list)
    for phrase in sorted(([token.surface.casefold() for token in tokens(word)] for word in words), key=len):
        if phrase:
            longest_first[phrase[0]].insert(0, phrase)
    places = []
    position = 0
    while position < len(found):
        phrases = longest_first.get(surfaces[position], [])
        length = next((len(p) for p in phrases if _stands(text, found, surfaces, position, p)), 0)
        if length:
            places.append((found[position].start, found[position + length - 1].end))
        position += length or 1
    return places


def _stands(
    text: str, found: Sequence[Token], surfaces: Sequence[str], position: int, phrase: Sequence[str]
) -> bool:
    end = position + len(phrase)
    return surfaces[position:end] == phrase and all(
        neighbours(text, left, right) for left, right in pairwise(found[position:end])
    )
