"""Which services people name, and by which words they ask for them: two editable lists per language.

`services.txt` holds a service on a line, with other names for it after `=`. `cues.csv` holds a pair
`cue,kind` on a line, the first line being its header; its kinds are `WANTS`, and `not` for words that turn
round what follows. In a cue `_` stands for the service itself, at its beginning or its end, and `^` for the
beginning of an answer to the question about services. Blank lines and what follows a `#` say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.text.folding import folded

START, CHANGE, KEEP, NAMED = WANTS = ("start", "change", "keep", "named")
"""What people want of a service: that it begins or that there is more of it, that it becomes different, that
it stays; `named` where no word near it tells."""
NOT = "not"

_WRITTEN = re.compile(r"[^\W\d_]+(?:[ '’-]{1,2}[^\W\d_]+)*")


@dataclass(frozen=True)
class Cue:
    """Words that tell what is wanted, or that turn round what follows.

    `before` and `after`: whether the service itself stands there, beside the words. `first`: whether they
    begin an answer to the question about services.
    """

    words: str
    kind: str
    before: bool = False
    after: bool = False
    first: bool = False


@dataclass(frozen=True)
class ServiceList:
    """The services of one language, each with all the ways to name it (the usual one first), and its cues."""

    services: tuple[tuple[str, ...], ...]
    cues: tuple[Cue, ...]


def read_service_lists(folder: Path) -> dict[str, ServiceList]:
    """The list of each language that has one in `folder`, by language.

    Raises `ValueError` naming the file, the line and the mend.
    """
    return {
        place.name: read_service_list(place)
        for place in sorted(folder.iterdir())
        if (place / "services.txt").exists()
    }


def read_service_list(folder: Path) -> ServiceList:
    """The list in `folder`; raises `ValueError` naming the file, the line and the mend."""
    services: list[tuple[str, ...]] = []
    owners: dict[str, str] = {}
    for place, line in _lines(folder / "services.txt"):
        ways = tuple(" ".join(way.split()) for way in line.split("="))
        if not all(_WRITTEN.fullmatch(way) for way in ways):
            raise ValueError(f"{place}: {line!r} is no service: write its name, other names after =")
        for way in ways:
            if folded(way) in owners:
                raise ValueError(
                    f"{place}: {way!r} already names the service {owners[folded(way)]!r}: keep one of them"
                )
            owners[folded(way)] = ways[0]
        services.append(ways)
    cues: dict[tuple[str, bool, bool, bool], Cue] = {}
    for place, line in _lines(folder / "cues.csv"):
        if line == "cue,kind":
            continue
        cue = _cue(line, place)
        known = cues.setdefault((folded(cue.words), cue.before, cue.after, cue.first), cue)
        if known.kind != cue.kind:
            raise ValueError(f"{place}: {cue.words!r} already has the kind {known.kind!r}: keep one of them")
    return ServiceList(tuple(services), tuple(cues.values()))


def _cue(line: str, place: str) -> Cue:
    written, _, kind = (part.strip() for part in line.rpartition(","))
    if kind not in (*WANTS, NOT):
        raise ValueError(f"{place}: {kind!r} is no kind: write one of {', '.join((*WANTS, NOT))}")
    words = written.removeprefix("^").strip()
    before, after = words.startswith("_"), words.endswith("_")
    words = words.strip("_").strip()
    first = written.startswith("^")
    bare = first and after and not words  # the service itself begins the answer
    if not bare and (not _WRITTEN.fullmatch(words) or (before and after)):
        raise ValueError(f"{place}: {written!r} is no cue: write words, with _ at one end for the service")
    if kind == NOT and (before or after or first):
        raise ValueError(f"{place}: {written!r} turns nothing round: write a word without _ and ^")
    return Cue(words, kind, before and not bare, after, first)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8 text (byte {error.start}): save it again as UTF-8") from None
    except FileNotFoundError:
        raise ValueError(f"there is no {path}: a language with services needs it too") from None
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if said:
            yield f"{path}, line {number}", said
