"""Italian first, English second: the words of the interface, and wordings written in both.

The code speaks English; `data/locale/<language>.po` holds what is shown. The catalogues are read as
they are, without a compiling step, so that whoever mends a sentence sees it at the next start.
"""

from __future__ import annotations

import functools
import gettext
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from consultation.errors import Problem

LANGUAGES = ("it", "en")
CATALOGUES = Path(__file__).parent.parent / "data" / "locale"


@dataclass(frozen=True)
class Wording:
    """One thing said in each language; Italian is always there, the others fall back to it."""

    it: str
    en: str = ""

    def to(self, language: str) -> str:
        return (self.en if language == "en" else self.it) or self.it

    @classmethod
    def read(cls, raw: Mapping[str, str]) -> Wording:
        return cls(it=raw["it"], en=raw.get("en", ""))


@dataclass(frozen=True)
class Language:
    """The language that one reader reads."""

    code: str

    def say(self, message: str, /, **values: object) -> str:
        """The sentence in this language, with `values` in its `{named}` places."""
        text = _catalogue(self.code).gettext(message)
        return text.format(**values) if values else text

    def count(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The singular or plural sentence for `n`; `{n}` shows it with this language's separators."""
        text = _catalogue(self.code).ngettext(one, many, n)
        return text.format(n=self.number(n), **values)

    def number(self, value: float, digits: int = 0) -> str:
        """`value` with this language's decimal and thousands signs."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return str(format_decimal(value, format=pattern, locale=self.code))

    def pick(self, wording: Wording) -> str:
        return wording.to(self.code)

    def tell(self, problem: Problem) -> str:
        """What happened and what to do, in this language; whole numbers with its separators."""
        values = {
            name: self.number(value) if isinstance(value, int) else value
            for name, value in problem.values.items()
        }
        return self.say(problem.message, **values)


@functools.cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code not in LANGUAGES:
        raise ValueError(f"{code!r} is none of {LANGUAGES}")
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
