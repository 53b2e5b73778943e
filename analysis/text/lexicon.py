"""One language's editable word lists, as they lie in a folder named after the language.

`function_words.txt` holds words between blanks, `lemmas.csv` a pair `form,lemma` on a line, the first
line being its header. Blank lines and what follows a `#` say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from analysis.text.folding import folded

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@dataclass(frozen=True)
class Lexicon:
    """What counting knows of a language beyond the dictionary; every word in it is folded."""

    language: str
    function_words: frozenset[str]
    lemma_overrides: Mapping[str, str]


def read_lexicons(folder: Path) -> dict[str, Lexicon]:
    """The lexicon of each language that has a folder in `folder`, by language; raises `ValueError`."""
    return {place.name: read_lexicon(place) for place in sorted(folder.iterdir()) if place.is_dir()}


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon in `folder`; raises `ValueError` naming the file, the line and the mend."""
    function_words = set()
    for place, line in _lines(folder / "function_words.txt"):
        for word in line.split():
            function_words.add(_checked(word, place))
    overrides: dict[str, str] = {}
    for place, line in _lines(folder / "lemmas.csv"):
        if line.count(",") != 1:
            raise ValueError(f"{place}: {line!r} is no pair: write a form, one comma and its lemma")
        form, lemma = (_checked(part.strip(), place) for part in line.split(","))
        if overrides.setdefault(form, lemma) != lemma:
            raise ValueError(f"{place}: {form!r} already has the lemma {overrides[form]!r}: keep one of them")
    overrides.pop("form", None)  # the header
    return Lexicon(folder.name, frozenset(function_words), MappingProxyType(overrides))


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8 text (byte {error.start}): save it again as UTF-8") from None
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if said:
            yield f"{path}, line {number}", said


def _checked(word: str, place: str) -> str:
    if not _WORD.fullmatch(word):
        raise ValueError(f"{place}: {word!r} is no single word: write letters only, blanks between words")
    return folded(word)
