"""A sheet's cells under the names of a table's columns."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from consultation.errors import MissingColumns, Notice
from consultation.importing.files import Sheet
from consultation.importing.quoting import quoted, some
from consultation.plan import UNSTATED_GROUP
from consultation.tables import Columns


def named_cells(sheet: Sheet, columns: Columns, path: Path) -> tuple[pd.DataFrame, list[Notice]]:
    """The sheet's cells under the names of `columns`; those that may be empty have their value then.

    Raises `MissingColumns`.
    """
    headers = [header.casefold() for header in sheet.headers]
    missing = [name for name in columns.required if name not in headers]
    if len(missing) == 1:
        raise MissingColumns(
            "{path} lacks the column {missing}. It has {found}. Rename its header to match.",
            path=path,
            missing=missing[0],
            found=headers_named(sheet),
        )
    if missing:
        raise MissingColumns(
            "{path} lacks these columns: {missing}. It has {found}. Rename its headers to match.",
            path=path,
            missing=", ".join(missing),
            found=headers_named(sheet),
        )
    twice = [name for name in columns.all if headers.count(name) > 1]
    if twice:
        raise MissingColumns(
            "{path} has more than one column named {names}: rename or remove the others.",
            path=path,
            names=", ".join(twice),
        )
    cells = pd.DataFrame(
        {name: sheet.cells[headers.index(name)] if name in headers else "" for name in columns.all},
        index=sheet.cells.index,
        dtype="str",
    )
    for name, value in columns.optional.items():
        cells[name] = cells[name].where(cells[name] != "", value)
    others = [header for header in sheet.headers if header and header.casefold() not in columns.all]
    if not others:
        return cells, []
    unused = Notice(
        "{file}: columns that are not used here: {names}.",
        file=sheet.source,
        names=some([quoted(name) for name in others]),
    )
    return cells, [unused]


def headers_named(sheet: Sheet) -> str:
    """What the columns of a file are called in it."""
    return some([quoted(header) for header in sheet.headers], most=30)


def as_known(values: pd.Series[str], known: Iterable[str]) -> pd.Series[str]:
    """Values in small letters where that makes them known ids."""
    small = values.str.lower()
    return values.where(~small.isin([*known, UNSTATED_GROUP]), small)
