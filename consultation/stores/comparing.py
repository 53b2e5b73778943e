"""What a store holds, table by table: rows in the order of their keys, and a digest two stores share.

The row that tells a store from every other is no part of it, nor is the note of a copy that is under way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, select, tuple_

from consultation.stores.schema import about_store, metadata, notes, written

AT_ONCE = 1000  # rows read, compared and kept at a time
UNFINISHED = "unfinished copy"
"""The name of the note that a store carries while it is being copied into: what is copied, by identity."""

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Held:
    """How many rows a table has, and the SHA-256 of them all in the order of their keys, in hexadecimal."""

    table: str
    rows: int
    digest: str


@dataclass
class Tally:
    """Counts and digests the rows of one table as they pass, in the order of their keys."""

    table: Table
    rows: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    def add(self, rows: Sequence[Row[Any]]) -> None:
        self.rows += len(rows)
        for row in rows:
            values = [value.hex() if isinstance(value, bytes) else value for value in row]
            self._digest.update(written(values).encode() + b"\n")

    @property
    def held(self) -> Held:
        return Held(self.table.name, self.rows, self._digest.hexdigest())


def tables() -> list[Table]:
    """Every table that is compared and copied; one comes after those that its rows point to."""
    return [table for table in metadata.sorted_tables if table is not about_store]


def held(connection: Connection) -> list[Held]:
    """What each table holds."""
    return [_held(connection, table) for table in tables()]


def count(connection: Connection, table: Table) -> int:
    """How many rows there are."""
    return connection.execute(select(func.count()).select_from(rows_of(table).subquery())).scalar_one()


def pages(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    """All rows in the order of their keys, some at a time."""
    rows = page(connection, table)
    while rows:
        yield rows
        rows = page(connection, table, key_of(table, rows[-1]))


def page(connection: Connection, table: Table, after: Key | None = None) -> Sequence[Row[Any]]:
    """The first rows, or the first whose key comes after this one."""
    query = rows_of(table)
    if after is not None:
        query = query.where(tuple_(*table.primary_key) > after)
    return connection.execute(query.order_by(*table.primary_key).limit(AT_ONCE)).all()


def between(connection: Connection, table: Table, first: Key, last: Key) -> dict[Key, Row[Any]]:
    """The rows whose keys lie between these two, both among them, by key."""
    key = tuple_(*table.primary_key)
    rows = connection.execute(rows_of(table).where(key >= first, key <= last))
    return {key_of(table, row): row for row in rows}


def key_of(table: Table, row: Row[Any]) -> Key:
    """What tells this row from every other of its table."""
    return tuple(row._mapping[column.name] for column in table.primary_key)


def rows_of(table: Table) -> Select[Any]:
    """A query for the rows that are compared and copied."""
    query = select(table)
    return query.where(notes.c.name != UNFINISHED) if table is notes else query


def _held(connection: Connection, table: Table) -> Held:
    tally = Tally(table)
    for rows in pages(connection, table):
        tally.add(rows)
    return tally.held
