"""A whole store copied into another, whatever keeps the two: some rows at a time, and to be taken up again.

While it is unfinished, the target carries a note that names what is copied. A copy has an identity of its
own, and opens with the same return codes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, bindparam, delete, insert, select, update

from consultation.errors import BrokenStore
from consultation.stores.comparing import (
    UNFINISHED,
    Held,
    Tally,
    between,
    count,
    held,
    key_of,
    page,
    pages,
    tables,
)
from consultation.stores.schema import about_store, notes
from consultation.stores.sql import SqlStore

OnProgress = Callable[[str, int, int], None]
"""Called with the table under way, the rows done, and the rows in all."""


@dataclass(frozen=True)
class Compared:
    """What a table of the source held in the moment of the copy, and whether the copy holds the same."""

    source: Held
    same: bool


def copy(source: SqlStore, target: SqlStore, on_progress: OnProgress) -> list[Compared]:
    """Copies all that `source` holds in one moment into `target`, which is new or a copy begun earlier.

    Of a copy begun earlier, what is missing is added, what differs replaced, and what the source holds no
    more taken out. The copy is finished only if every table is the same. Raises `BrokenStore` for a target
    that holds anything else, and for a source that is an unfinished copy itself.
    """
    with source.database.reading() as moment:
        return copy_moment(moment, target, on_progress)


def copy_moment(moment: Connection, target: SqlStore, on_progress: OnProgress) -> list[Compared]:
    """The same from a connection that sees one moment of the source."""
    require_finished(moment)
    resumed = _begin(moment, target)
    if resumed:
        for table in reversed(tables()):
            _take_out(moment, target, table)
    rows_in_all = sum(count(moment, table) for table in tables())
    done = 0
    sources = []
    for table in tables():
        tally = Tally(table)
        on_progress(table.name, done, rows_in_all)
        for rows in pages(moment, table):
            tally.add(rows)
            with target.database.writing() as connection:
                _put(connection, table, rows, resumed)
            done += len(rows)
            on_progress(table.name, done, rows_in_all)
        sources.append(tally.held)
    changes = moment.execute(select(about_store.c.changes)).scalar_one()
    return _finish(target, sources, changes)


def require_finished(connection: Connection) -> None:
    """Raises `BrokenStore` for a store into which a copy was begun and not finished."""
    if _unfinished(connection):
        raise BrokenStore("A copy into this store was not finished: run copy again.")


def renew(connection: Connection, changes: int) -> None:
    """A new identity, so that every mark anybody holds is an old one; `changes` as many as were copied."""
    connection.execute(update(about_store).values(identity=secrets.token_hex(8), changes=changes))


def _begin(moment: Connection, target: SqlStore) -> bool:
    """Notes what is copied; whether the same copy was begun before."""
    source = moment.execute(select(about_store.c.identity)).scalar_one()
    with target.database.writing() as connection:
        if connection.execute(select(about_store.c.identity)).scalar_one() == source:
            raise BrokenStore("The store would be copied into itself: name another one.")
        begun = _unfinished(connection)
        if begun == source:
            return True
        if begun or any(count(connection, table) for table in tables()):
            raise BrokenStore(
                "{store} holds something already: a copy goes into a new store only.",
                store=target.database.name,
            )
        connection.execute(insert(notes).values(name=UNFINISHED, text=source))
        return False


def _unfinished(connection: Connection) -> str:
    query = select(notes.c.text).where(notes.c.name == UNFINISHED)
    return connection.execute(query).scalar_one_or_none() or ""


def _take_out(moment: Connection, target: SqlStore, table: Table) -> None:
    """What the source holds no more; rows that point to others are to go before those."""
    last = None
    while True:
        with target.database.writing() as connection:
            rows = page(connection, table, last)
            if not rows:
                return
            first, last = key_of(table, rows[0]), key_of(table, rows[-1])
            there = between(moment, table, first, last)
            gone = [row for row in rows if key_of(table, row) not in there]
            if gone:
                connection.execute(
                    delete(table).where(_this_row(table)), [_named(table, row) for row in gone]
                )


def _put(connection: Connection, table: Table, rows: Any, resumed: bool) -> None:
    """These rows, which follow each other in the source; the keys between them hold nothing else."""
    here = {}
    if resumed:
        here = between(connection, table, key_of(table, rows[0]), key_of(table, rows[-1]))
    new = [dict(row._mapping) for row in rows if key_of(table, row) not in here]
    changed = [row for row in rows if here.get(key_of(table, row), row) != row]
    if new:
        connection.execute(insert(table), new)
    for row in changed:
        connection.execute(
            update(table).where(_this_row(table)).values(dict(row._mapping)), _named(table, row)
        )


def _this_row(table: Table) -> Any:
    return and_(*(column == bindparam(f"key_{column.name}") for column in table.primary_key))


def _named(table: Table, row: Row[Any]) -> dict[str, Any]:
    return {f"key_{column.name}": row._mapping[column.name] for column in table.primary_key}


def _finish(target: SqlStore, sources: list[Held], changes: int) -> list[Compared]:
    """The note is taken away only from a copy that is the same in every table."""
    with target.database.writing() as connection:
        compared = [
            Compared(source, source == copied)
            for source, copied in zip(sources, held(connection), strict=True)
        ]
        if all(table.same for table in compared):
            connection.execute(delete(notes).where(notes.c.name == UNFINISHED))
            renew(connection, changes)
    return compared
