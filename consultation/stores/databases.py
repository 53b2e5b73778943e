"""The database under a SQL store: what every one of them promises, and which one an address names."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from consultation.stores.embedded import SqliteFile, file_at


class Database(Protocol):
    """Keeps tables so that nothing committed is lost; several processes may use the same one.

    What goes wrong within `reading` and `writing` is raised as a `BrokenStore` that a person can mend.
    """

    @property
    def name(self) -> str:
        """How people are told of it; no password is in it."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one moment, waits for no writer and cannot write."""

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction, begun with the write lock: all of it is kept, durably, or none.

        Writers of all threads and processes stand in line.
        """

    def forget(self) -> None:
        """Within a `writing`: what it deletes shall be legible nowhere as soon as nobody must wait for it."""

    def close(self) -> None:
        """Let go of files and connections."""


def database_at(address: str | Path, patience: float) -> Database:
    """The database that `address` names; writers wait up to `patience` seconds for each other.

    Raises `BrokenStore` when it names none, or it cannot be opened.
    """
    return SqliteFile(file_at(address), patience)
