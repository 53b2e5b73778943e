"""Stores copied, backed up, put back and checked from a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from consultation.errors import BrokenStore, Problem
from consultation.language import Language
from consultation.stores import backups, copying
from consultation.stores.addresses import store_address
from consultation.stores.checking import check
from consultation.stores.comparing import Held
from consultation.stores.copying import OnProgress
from consultation.stores.embedded import file_at
from consultation.stores.sql import SqlStore
from pages.terminal.telling import progress, say, show, warn

PARTS = 50  # of the bar
SHOWN = 16  # digits of a digest: two that begin alike are the same, and a narrow window holds them


def copy_store(source: str, target: str, reader: Language) -> bool:
    """Copies a whole store into a new one; whether it holds the same in the end."""
    with _opened(source) as kept, _opened(target, make=True) as copied, _bar() as on_progress:
        compared = copying.copy(kept, copied, on_progress)
        name = copied.database.name
    same = all(table.same for table in compared)
    _show([table.source for table in compared], reader, [table.same for table in compared])
    if same:
        say(reader.say("Every table is the same. From now on, name {store} as the store.", store=name))
    else:
        warn(reader.say("The copy is not the same: run copy again."))
    return same


def back_up(path: Path, store: str | None, reader: Language) -> None:
    """Writes all that the store holds to a new file."""
    with _opened(store) as kept, _bar() as on_progress:
        compared = backups.backup(kept, path, on_progress)
    _show([table.source for table in compared], reader)
    say(reader.say("The backup is in {path}. Keep it as safe as the store: it holds the same.", path=path))


def put_back(path: Path, store: str | None, agreed: bool, reader: Language) -> None:
    """Puts a backup in the place of all that the store holds."""
    if not agreed:
        raise Problem(
            "All that is in the store would be replaced by the backup {path}: say so with --yes.", path=path
        )
    with _opened(store) as kept, _bar() as on_progress:
        done = backups.restore(path, kept, datetime.now(UTC), on_progress)
    say(
        reader.count(
            "{n} row was put back. What was there before is in {path}.",
            "{n} rows were put back. What was there before is in {path}.",
            done.rows,
            path=done.before,
        )
    )
    if done.erased_again:
        say(
            reader.count(
                "{n} contribution was erased since this backup: it stays erased.",
                "{n} contributions were erased since this backup: they stay erased.",
                done.erased_again,
            )
        )


def check_store(store: str | None, reader: Language) -> bool:
    """Reads everything that the store holds; whether all of it is whole."""
    found = check(_address(store, make=False))
    _show(found.tables, reader)
    for problem in found.problems:
        warn(reader.tell(problem))
    if not found.problems:
        say(reader.say("The store {store} is whole.", store=found.store))
    return not found.problems


@contextmanager
def _opened(named: str | None, *, make: bool = False) -> Iterator[SqlStore]:
    """As it is: nothing is put into a new one."""
    kept = SqlStore(_address(named, make=make))
    try:
        yield kept
    finally:
        kept.close()


def _address(named: str | None, *, make: bool) -> str:
    """The store named, or the usual one; only a copy makes one that is not there."""
    address = store_address(named)
    if not make and not file_at(address).exists():
        raise BrokenStore("There is no store at {path}: check the name.", path=address)
    return address


@contextmanager
def _bar() -> Iterator[OnProgress]:
    with progress(PARTS) as begin:
        begun = 0

        def on_progress(table: str, done: int, of: int) -> None:
            nonlocal begun
            while begun * max(of, 1) <= done * (PARTS - 1):
                begin(table)
                begun += 1

        yield on_progress


def _show(tables: Iterable[Held], reader: Language, same: Iterable[bool] | None = None) -> None:
    rows = [[one.table, reader.number(one.rows), one.digest[:SHOWN]] for one in tables]
    headings = [reader.say("table"), reader.say("rows"), reader.say("SHA-256, its beginning")]
    if same is not None:
        headings.append(reader.say("the same"))
        for row, held in zip(rows, same, strict=True):
            row.append(reader.say("yes") if held else reader.say("no"))
    if rows:
        show(headings, rows)
