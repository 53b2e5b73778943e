"""What minutes are made of: chapters, their parts, and in them sentences, notes and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from numbers import Integral
from typing import Literal

import pandas as pd

from consultation.language import Language

Cell = str | int | None
"""Words, a whole number, or nothing where something is not known."""


@dataclass(frozen=True)
class Line:
    """A sentence of the minutes themselves."""

    text: str


@dataclass(frozen=True)
class Noted:
    """A sentence as somebody in the room said it and a facilitator took it down, at `time`."""

    text: str
    time: str


@dataclass(frozen=True)
class Figures:
    """A table; the first cell of each row names it, and is a stakeholder group if `by` says so."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    by: Literal["item", "group"] = "item"


Block = Line | Noted | Figures


@dataclass(frozen=True)
class Part:
    """Blocks under one title, "" for those right under their chapter's.

    `n` is how many its figures count; `table`, if given, where its notes were taken.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    n: int | None = None
    table: str = ""


@dataclass(frozen=True)
class Chapter:
    """One of the sections of the minutes; `name` is the same in every language."""

    name: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Minutes:
    """The whole, in `language`, as of `at`; `facts` say what, where and when, as pairs of name and value.

    `file_name` is a name for its files, without an ending: lower-case letters, digits and hyphens only.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    language: Language
    at: datetime
    file_name: str


def lines(sentences: Iterable[str]) -> tuple[Line, ...]:
    """Each sentence as a block."""
    return tuple(Line(sentence) for sentence in sentences)


def figures(caption: str, table: pd.DataFrame, by: Literal["item", "group"] = "item") -> Figures:
    """A table that is in words already, as it stands; a missing value is a cell of which nothing is known."""
    rows = tuple(tuple(_cell(value) for value in row) for row in table.itertuples(index=False, name=None))
    return Figures(caption, tuple(str(name) for name in table.columns), rows, by)


def _cell(value: object) -> Cell:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, float) and value.is_integer():  # a column of whole numbers in which some are missing
        return int(value)
    return int(value) if isinstance(value, Integral) and not isinstance(value, bool) else str(value)
