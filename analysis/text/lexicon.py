"""One language's editable word lists, as they lie in a folder named after the language.

`function_words.txt` holds words between blanks, `lemmas.csv` a pair `form,lemma` on a line, the first
line being its header, or a pair of endings (`-bili,-bile`) for words that the dictionary does not know,
and `units.txt` a unit of several words on a line, with other ways of writing it after `=`. Blank lines
and what follows a `#` say nothing. A language may do without `units.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from analysis.text.folding import folded
from analysis.text.lemmas import keys, plain_form
from analysis.text.tokens import tokens

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_WAY = re.compile(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*")


@dataclass(frozen=True)
class Lexicon:
    """What counting knows of a language beyond the dictionary; words are folded, units as written.

    `unit_names`: for each unit of several words, the ways to write it, its name first.
    `question_words`: keys of words that only echo the question; none unless people say so.
    `endings`: for a word unknown to the dictionary, its headword's ending by its own; the longest counts.
    """

    language: str
    function_words: frozenset[str]
    lemma_overrides: Mapping[str, str]
    unit_names: tuple[tuple[str, ...], ...] = ()
    question_words: frozenset[str] = frozenset()
    endings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def units(self) -> Mapping[tuple[str, ...], str]:
        """The key of each unit, by the keys of all its words in order: two or more, function words too.

        The key is the unit's name, folded. Plural and singular meet in the keys of the words:
        (`casa`, `popolare`) → `casa popolare`.
        """
        names = {}
        for ways in self.unit_names:
            for way in ways:
                words = self._keys(way)
                if len(words) > 1:
                    names[words] = folded(ways[0])
        return MappingProxyType(names)

    def keys_of(self, written: str) -> frozenset[str]:
        """The keys under which what a person writes down is counted: a unit's, else of each content word."""
        words = self._keys(written)
        return frozenset({self.units[words]} if words in self.units else set(words) - self.function_words)

    def with_words(
        self,
        *,
        function_words: Iterable[str] = (),
        no_function_words: Iterable[str] = (),
        question_words: Iterable[str] = (),
        no_question_words: Iterable[str] = (),
    ) -> Lexicon:
        """This lexicon with words added and taken away, as people type them; taking away comes last.

        A word goes with its other forms: "anni" takes "anno" along.

        A question word may be a unit: "terzo settore".
        """
        added, taken = self._forms(function_words), self._forms(no_function_words)
        changed = replace(self, function_words=(self.function_words | added) - taken)
        questions = self.question_words.union(*map(changed.keys_of, question_words))
        return replace(changed, question_words=questions.difference(*map(changed.keys_of, no_question_words)))

    def _keys(self, written: str) -> tuple[str, ...]:
        surfaces = [token.surface for token in tokens(written)]
        key_of = keys(surfaces, self)
        return tuple(key_of[surface] for surface in surfaces)

    def _forms(self, written: Iterable[str]) -> set[str]:
        """Each word as it is written, and its headword."""
        return {
            form
            for words in written
            for token in tokens(words)
            for form in (folded(plain_form(token.surface, self.language)), *self._keys(token.surface))
        }


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
    endings: dict[str, str] = {}
    for place, line in _lines(folder / "lemmas.csv"):
        if line.count(",") != 1:
            raise ValueError(f"{place}: {line!r} is no pair: write a form, one comma and its lemma")
        written = [part.strip() for part in line.split(",")]
        kept = endings if all(part.startswith("-") for part in written) else overrides
        form, lemma = (
            _checked(part.removeprefix("-") if kept is endings else part, place) for part in written
        )
        if kept.setdefault(form, lemma) != lemma:
            raise ValueError(f"{place}: {form!r} already has the lemma {kept[form]!r}: keep one of them")
    overrides.pop("form", None)  # the header
    units = tuple(_unit(line, place) for place, line in _lines(folder / "units.txt"))
    return Lexicon(
        folder.name,
        frozenset(function_words),
        MappingProxyType(overrides),
        units,
        endings=MappingProxyType(endings),
    )


def _unit(line: str, place: str) -> tuple[str, ...]:
    ways = tuple(" ".join(way.split()) for way in line.split("="))
    several = ways[1:] or ways  # a name may be one word, which the ways of several words then meet
    if not all(_WAY.fullmatch(way) for way in ways) or any(len(tokens(way)) < 2 for way in several):
        raise ValueError(
            f"{place}: {line!r} is no unit: write two words or more, other ways of writing after ="
        )
    return ways


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    if path.name == "units.txt" and not path.exists():
        return
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
