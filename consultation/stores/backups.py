"""Backups: a whole store in one file, taken and put back while people write."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from consultation.errors import BrokenStore, CannotWrite
from consultation.stores import forgetting
from consultation.stores.checking import damage
from consultation.stores.comparing import count, pages, tables
from consultation.stores.copying import Compared, OnProgress, copy_moment, renew, require_finished
from consultation.stores.schema import about_store, consultations, erasures
from consultation.stores.sql import SqlStore


@dataclass(frozen=True)
class Restored:
    """Where the state before is kept, how many rows came back, and how many erasures were made again."""

    before: Path
    rows: int
    erased_again: int


def backup(store: SqlStore, path: Path, on_progress: OnProgress) -> list[Compared]:
    """Writes all that is kept in one moment to a new file, an SQLite store that only its owner can read.

    The file is there only when it is whole and the same. Raises `CannotWrite` where there is one already, or
    none can be made.
    """
    with store.database.reading() as moment:
        return _write(moment, path, on_progress)


def restore(path: Path, store: SqlStore, at: datetime, on_progress: OnProgress) -> Restored:
    """Puts what the backup at `path` holds in the place of all that `store` does, in one moment.

    What is there before is kept as a backup beside `path`, named after `at` (with a time zone). Whoever was
    erased since the backup stays erased, and so does a trial. A consultation that was removed comes back:
    nothing tells of it. Raises `BrokenStore` for a file that is no whole store, and changes nothing then.
    """
    if not path.is_file():
        raise BrokenStore("There is no store at {path}: check the name.", path=path)
    before = path.with_name(f"{path.stem}-before-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.sqlite")
    # opening a store brings it up to date: the backup itself is left as it is
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "backup.sqlite"
        shutil.copyfile(path, copied)
        kept = _backup_at(copied, path)
        try:
            with kept.database.reading() as moment, store.database.writing() as connection:
                _write(connection, before, on_progress)
                store.database.forget()
                rows = sum(count(moment, table) for table in tables())
                return Restored(before, rows, _replace(connection, moment, rows, on_progress))
        finally:
            kept.close()


def _backup_at(copied: Path, path: Path) -> SqlStore:
    """The copy of the backup at `path`; raises `BrokenStore`, by that name, unless it is whole."""
    try:
        kept = SqlStore(copied)
        try:
            with kept.database.reading() as moment:
                require_finished(moment)
                if not damage(moment):
                    return kept
        except BrokenStore:
            kept.close()
            raise
        kept.close()
    except BrokenStore as problem:
        raise _no_backup(path) from problem
    raise _no_backup(path)


def _no_backup(path: Path) -> BrokenStore:
    return BrokenStore("{path} cannot be put back: run check on it to see what is wrong.", path=path)


def _write(moment: Connection, path: Path, on_progress: OnProgress) -> list[Compared]:
    try:
        if path.exists():
            raise FileExistsError
        with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as folder:
            unfinished = Path(folder) / path.name
            written = SqlStore(unfinished)
            try:
                compared = copy_moment(moment, written, on_progress)
            finally:
                written.close()
            if not all(table.same for table in compared):
                raise BrokenStore("The backup is not the same as the store, so it was not kept: try again.")
            _move(unfinished, path)
            return compared
    except OSError as error:
        raise _cannot_write(path, error) from None


def _move(unfinished: Path, path: Path) -> None:
    """Never over another file, where the disk knows links; not every stick does."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError from None
        unfinished.rename(path)


def _cannot_write(path: Path, error: OSError) -> CannotWrite:
    if isinstance(error, FileExistsError):
        return CannotWrite("{path} is there already: name another file for the backup.", path=path)
    return CannotWrite(
        "The backup {path} cannot be written ({reason}): name another file.", path=path, reason=error.strerror
    )


def _replace(connection: Connection, moment: Connection, rows_in_all: int, on_progress: OnProgress) -> int:
    """How many contributions that came back were erased again."""
    gone = connection.execute(select(erasures)).mappings().all()
    trials = connection.execute(select(consultations.c.id, consultations.c.erased_trials)).all()
    changes = max(_changes(connection), _changes(moment))
    for table in reversed(tables()):
        connection.execute(delete(table))
    done = 0
    for table in tables():
        on_progress(table.name, done, rows_in_all)
        for rows in pages(moment, table):
            connection.execute(insert(table), [dict(row._mapping) for row in rows])
            done += len(rows)
            on_progress(table.name, done, rows_in_all)
    renew(connection, changes)
    for consultation_id, erased_trials in trials:
        _end_trials(connection, consultation_id, erased_trials)
    return _erase_again(connection, gone)


def _changes(connection: Connection) -> int:
    changes: int = connection.execute(select(about_store.c.changes)).scalar_one()
    return changes


def _end_trials(connection: Connection, consultation_id: str, erased_trials: int) -> None:
    """A consultation of which a trial was erased since was a draft then: all that came back was a trial."""
    where = consultations.c.id == consultation_id
    restored = connection.execute(select(consultations.c.erased_trials).where(where)).scalar_one_or_none()
    if restored is not None and restored < erased_trials:
        forgetting.trial(connection, consultation_id)
        connection.execute(update(consultations).where(where).values(erased_trials=erased_trials))


def _erase_again(connection: Connection, gone: Sequence[RowMapping]) -> int:
    """Erases what was erased since, and keeps that it was, and when, as it was kept."""
    known = set(connection.execute(select(consultations.c.id)).scalars())
    already = set(connection.execute(select(erasures.c.contribution)).scalars())
    again = 0
    for row in gone:
        if row["contribution"] in already:
            continue
        again += forgetting.contribution(connection, row["contribution"], datetime.fromisoformat(row["at"]))
        connection.execute(delete(erasures).where(erasures.c.contribution == row["contribution"]))
        if row["consultation"] in known:
            connection.execute(insert(erasures).values(dict(row)))
    return again
