"""SQLite as it must be opened to lose nothing: one careful writer, many readers, and plain words."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from consultation.errors import BrokenStore

PREFIX = "sqlite:///"

WAL_IS_SOUND = (3, 51, 3)
"""Before this SQLite, a write-ahead log with two writing processes could spoil the file (WAL-reset bug)."""


def file_at(address: str | Path) -> Path:
    """The file that `address` names: a path, or `sqlite:///` and a path; raises `BrokenStore` otherwise."""
    text = str(address).strip()
    path = text.removeprefix(PREFIX)
    if not path or "://" in path or path.startswith(("sqlite:", ":memory:")) or "\0" in path:
        raise BrokenStore(
            "{address} is not a store Alleanza can open: give the path of a file, or sqlite:/// and a path.",
            address=text or repr(text),
        )
    return Path(path).expanduser()


class SqliteFile:
    """Fulfils `consultation.stores.databases.Database` on one file, made with its folder when missing.

    Any number of threads may read and write; several processes may open the same file. Writers wait for each
    other up to `patience` seconds. Raises `BrokenStore` when the file cannot be made.
    """

    def __init__(self, path: Path, patience: float) -> None:
        self.name = str(path)
        self._path = path
        self._patience = patience
        self._lock = threading.Lock()
        # whether erased words may still lie in the write-ahead log: an earlier process may have ended
        # before it could empty it
        self._forgetting = True
        make_file(path)
        self._writer = writer_engine(path, patience)
        self._reader = reader_engine(path, patience)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with told(self._path), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        if not self._lock.acquire(timeout=self._patience):
            raise busy(self.name)
        try:
            with told(self._path), self._writer.begin() as connection:
                yield connection
            self._forget_for_good()
        finally:
            self._lock.release()

    def forget(self) -> None:
        """With what was deleted overwritten, the log is emptied; what a reader is in the way of, later."""
        self._forgetting = True

    def close(self) -> None:
        with self._lock:
            self._reader.dispose()
            self._forget_for_good()
            self._writer.dispose()

    def _forget_for_good(self) -> None:
        """With the lock held: what a reader was in the way of is done at the next write, or at the end."""
        if self._forgetting:
            self._forgetting = not forget_old_pages(self._writer)


def make_file(path: Path) -> None:
    """An empty file at `path`, if there is none, that only its owner can read; with its folder."""
    try:
        if path.is_dir():
            raise BrokenStore("{path} is a folder: name a file in it for the store.", path=path)
        if path.exists():
            if not path.is_file():
                raise BrokenStore("{path} is not a file: name another one for the store.", path=path)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        # only ever a new file: closing one that SQLite has open would drop SQLite's locks on it
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        if path.is_file():  # another process made it in the meantime
            return
        raise BrokenStore(
            "The store {path} cannot be made ({reason}): choose another place, "
            "or ask for the right to write there.",
            path=path,
            reason=error.strerror,
        ) from None


def writer_engine(path: Path, patience: float) -> Engine:
    """One connection, whose transactions take the file's write lock at their very beginning.

    A transaction that reads first and asks for the lock later fails at once when another process writes.
    `patience` is how many seconds to wait for the lock.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        pool_size=1,
        max_overflow=0,
        connect_args={"timeout": patience, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _settle(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # the begin event below begins transactions, not the driver
        connection.execute(f"PRAGMA journal_mode={journal_mode(sqlite3.sqlite_version_info)}")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")  # erased words are overwritten in the file, too

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reader_engine(path: Path, patience: float) -> Engine:
    """As many reading connections as there are threads that read; each transaction sees one moment."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        max_overflow=-1,
        connect_args={"timeout": patience, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _settle(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def forget_old_pages(engine: Engine) -> bool:
    """Empties the write-ahead log, where erased words would stay readable; whether it is empty now.

    It waits for nobody: while somebody reads an older state, the log cannot be emptied. Without a log,
    nothing happens.
    """
    try:
        with closing(engine.raw_connection()) as connection:
            cursor = connection.cursor()
            (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
            cursor.execute("PRAGMA busy_timeout=0")
            try:
                (in_the_way, _, _) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                cursor.execute(f"PRAGMA busy_timeout={patience}")
    except (sqlite3.Error, DBAPIError):
        return False  # what was written before is kept all the same
    return not in_the_way


def journal_mode(version: tuple[int, ...]) -> str:
    """How changes are made safe: a write-ahead log where it is sound, else a rollback journal."""
    return "WAL" if version >= WAL_IS_SOUND else "TRUNCATE"


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns what SQLite says of itself into a `BrokenStore` that a person can mend."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise _problem(path, str(getattr(cause, "sqlite_errorname", "")), str(cause)) from error


def _problem(path: Path, name: str, reason: str) -> BrokenStore:
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return busy(str(path))
    if name.startswith("SQLITE_NOTADB"):
        return BrokenStore(
            "{path} is not a store of Alleanza: name another file, or move this one away.", path=path
        )
    if name.startswith("SQLITE_CORRUPT"):
        return BrokenStore(
            "The store {path} is damaged ({reason}): put the last copy of it in its place.",
            path=path,
            reason=reason,
        )
    if name.startswith("SQLITE_READONLY_DBMOVED"):
        return BrokenStore(
            "The store {path} was moved or deleted while in use: put it back, then start again.", path=path
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return BrokenStore(
            "The store {path} cannot be written ({reason}): "
            "ask for the right to write this file and its folder.",
            path=path,
            reason=reason,
        )
    if name.startswith("SQLITE_FULL"):
        return BrokenStore(
            "No room is left on the disk of the store {path}: make room, then try again.", path=path
        )
    return BrokenStore("The store {path} does not answer ({reason}): try again.", path=path, reason=reason)


def busy(name: str) -> BrokenStore:
    return BrokenStore(
        "The store {path} was busy for too long: try again in a moment; nothing was kept of this attempt.",
        path=name,
    )
