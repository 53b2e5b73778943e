"""Words as they stand in a text, with their offsets; written for Italian, at ease with English.

An elided word ends with its apostrophe (`dell'`, `c'`), and what follows is a word of its own. A
hyphen inside joins (`socio-sanitario`). Numbers, addresses of the web and of people, and masks such
as `[telefono]` are no words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

APOSTROPHES = "'’‘ʼ`´"

_RUN = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"  # letters and digits, accents also when typed as a sign apart
_NO_WORD = (
    r"(?:https?://|www\.)\S+"
    r"|[\w.+-]{0,64}@\w[\w.-]*"  # a mail address or a handle
    r"|(?:[\w-]{1,64}\.){1,8}(?:it|com|org|net|eu)(?![\w'’])"
    r"|\[\w+\]"
    r"|\d+(?:[.,:/]\d+)*(?![^\W_])"
)
_ENDING = (
    rf"[{APOSTROPHES}](?:s|t|re|ve|ll|d|m)\b"  # English: people's, don't
    rf"|[{APOSTROPHES}](?=[^\W\d_])"  # elision
    r"|(?<=[^\W\d_aeiou])\*(?!\*)"  # an inclusive ending: ragazz*
)
_TOKEN = re.compile(rf"{_NO_WORD}|({_RUN}(?:[-‐‑]{_RUN})*(?:{_ENDING})?)", re.IGNORECASE)
BETWEEN_NEIGHBOURS = frozenset(" \t\u00a0" + APOSTROPHES)


class Token(NamedTuple):
    """A word of a text: `text[start:end] == surface`."""

    start: int
    end: int
    surface: str


def tokens(text: str) -> list[Token]:
    """The words of `text`, in order; offsets point into `text` as it was given."""
    return [Token(start, end, text[start:end]) for start, end in spans(text)]


def spans(text: str) -> list[tuple[int, int]]:
    """Where the words of `text` stand, in order."""
    return [
        match.span()
        for match in _TOKEN.finditer(text)
        if (surface := match[1]) and (surface[0].isalpha() or any(sign.isalpha() for sign in surface))
    ]


def neighbours(text: str, left: Token, right: Token) -> bool:
    """Whether nothing but blanks and apostrophes stands between two tokens of `text`."""
    return all(sign in BETWEEN_NEIGHBOURS for sign in text[left.end : right.start])
