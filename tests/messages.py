"""The sentences of the interface: found in the code, kept in data/locale; run by `make messages`.

Whatever stands first in `say(…)`, first and second in `count(…)`, or first in the making of a `Problem` is
a sentence. English is filled in by itself; what Italian lacks is printed for a person to translate.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from consultation.errors import Problem
from consultation.language import CATALOGUES, LANGUAGES

PROJECT = Path(__file__).parent.parent
SOURCES = ("streamlit_app.py", "server.py", "cli.py", "pages", "consultation", "analysis")


def kinds(of: type[Problem] = Problem) -> Iterator[str]:
    yield of.__name__
    for kind in of.__subclasses__():
        yield from kinds(kind)


def sources() -> Iterator[Path]:
    """Every file of the project that may say something to a person."""
    for source in SOURCES:
        place = PROJECT / source
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place]


def extracted() -> Catalog:
    """Every sentence in the code, with the files that say it."""
    keywords: dict[str, tuple[int, ...] | None] = dict.fromkeys(kinds())
    keywords |= {"say": None, "count": (1, 2)}
    catalogue = Catalog(fuzzy=False)
    for path in sources():
        for _line, message, _comments, _context in extract_from_file("python", path, keywords):
            catalogue.add(message, locations=[(str(path.relative_to(PROJECT)), 0)])
    return catalogue


def kept(language: str) -> Catalog:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def untranslated(catalogue: Catalog) -> list[str]:
    """The sentences with no translation, or only part of one."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


def refresh(language: str) -> Catalog:
    """The kept catalogue with new sentences added and old ones gone; no guesses from similar ones."""
    found, catalogue = extracted(), kept(language)
    for message in list(catalogue):
        if message.id and message.id not in found:
            catalogue.delete(message.id)
    for message in found:
        if not message.id:
            continue
        known = catalogue.get(message.id)
        string = known.string if known is not None else None
        if language == "en":
            string = message.id
        catalogue.delete(message.id)
        catalogue.add(message.id, string, locations=message.locations)
    with (CATALOGUES / f"{language}.po").open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, omit_header=False, include_lineno=False)
    return catalogue


def main() -> int:
    missing = {language: untranslated(refresh(language)) for language in LANGUAGES}
    for language, sentences in missing.items():
        for sentence in sentences:
            print(f"{language}: not translated: {sentence}")
    return int(any(missing.values()))


if __name__ == "__main__":
    sys.exit(main())
