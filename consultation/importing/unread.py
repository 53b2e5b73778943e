"""Rows that could not be used are handed back with their reason; none is dropped in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from consultation.errors import UnreadRow


@dataclass(frozen=True)
class Unread:
    """A row that could not be used: its number in the file (the header is row 1), why, and in which file."""

    row: int
    reason: UnreadRow
    source: str


class Sieve:
    """Sorts a table's rows into those that count and those that cannot be used.

    `rows` holds what is left, indexed by row number. A row goes out for the first reason found.
    """

    def __init__(self, rows: pd.DataFrame, source: str, unread: tuple[Unread, ...] = ()) -> None:
        self.rows = rows
        self._source = source
        self._unread = list(unread)

    @property
    def unread(self) -> tuple[Unread, ...]:
        """Everything that went out, by row."""
        return tuple(sorted(self._unread, key=lambda unread: unread.row))

    def put_aside(self, which: pd.Series[bool], why: Callable[[dict[str, str]], UnreadRow]) -> None:
        """Take out the rows where `which` holds; `why` is told a row's cells and gives its reason."""
        if not which.any():
            return
        out = self.rows[which]
        reasons = [why({str(name): cell for name, cell in row.items()}) for row in out.to_dict("records")]
        self._unread += [
            Unread(int(row), reason, self._source) for row, reason in zip(out.index, reasons, strict=True)
        ]
        self.rows = self.rows[~which]
