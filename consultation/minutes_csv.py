"""Minutes as one long, tidy table: a row per sentence, per note and per cell."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from consultation import exporting
from consultation.minutes_parts import Figures, Line, Minutes, Noted, Part


class _Row(NamedTuple):
    """A row of the table; its fields are the columns, in this order."""

    section: str
    order: int
    part: str = ""
    item: str = ""
    group: str = ""
    table: str = ""
    measure: str = ""
    value: str | None = None
    n: int | None = None


def csv_bytes(minutes: Minutes) -> bytes:
    """The minutes as CSV that any spreadsheet opens, and none runs; UTF-8 with its mark, lines ended by LF.

    section   `facts`, then the chapter's name, the same in every language
    order     counts the sentences, notes and rows of a table within the section, from 1
    part      the title over it
    item      what a row is about, or the time of a note or of a step
    group     the stakeholder group a row is about, in place of `item`
    table     the table at which a note was taken
    measure   the heading of the column
    value     words, or a whole number without separators; empty where it is not known
    n         how many the figures of this part count, empty where it has none
    """
    rows = [
        _Row("facts", order, item=name, value=value) for order, (name, value) in enumerate(minutes.facts, 1)
    ]
    for chapter in minutes.chapters:
        blocks = (block for part in chapter.parts for block in _blocks(part, minutes))
        rows += [
            row._replace(section=chapter.name, order=order)
            for order, block in enumerate(blocks, 1)
            for row in block
        ]
    table = pd.DataFrame(rows, columns=list(_Row._fields)).astype({"value": "str", "n": "Int64"})
    return codecs.BOM_UTF8 + exporting.csv_bytes(table)


def _blocks(part: Part, minutes: Minutes) -> Iterator[list[_Row]]:
    """The rows of each sentence, each note and each row of a table, which share one place in the order."""
    under = _Row("", 0, part=part.title, table=part.table)
    for block in part.blocks:
        match block:
            case Line(text):
                yield [under._replace(value=text)]
            case Noted(text, time):
                yield [under._replace(item=time, measure=minutes.language.say("Note"), value=text)]
            case Figures(_, headings, rows, by):
                for name, *cells in rows:
                    named = (
                        under._replace(group=str(name)) if by == "group" else under._replace(item=str(name))
                    )
                    about = named._replace(n=part.n)
                    yield [
                        about._replace(measure=heading, value=None if cell is None else str(cell))
                        for heading, cell in zip(headings[1:], cells, strict=True)
                    ]
