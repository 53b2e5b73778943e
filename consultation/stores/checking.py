"""Whether a store is whole: its file, every row read as the app reads it, and what leads where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, distinct, func, select

from consultation.decisions import contribution_in
from consultation.errors import BrokenStore, Notice, Problem
from consultation.stores import (
    decisions,
    declarations,
    moderations,
    occasions,
    schema,
    steps,
    votes,
    wordings,
)
from consultation.stores import workshops as invitations
from consultation.stores.comparing import Held, held, pages
from consultation.stores.contribution_rows import contribution_of
from consultation.stores.copying import require_finished
from consultation.stores.schema import consultations, contributions, erasures, return_codes, workshops
from consultation.stores.sql import SqlStore

UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, Problem)


@dataclass(frozen=True)
class Checked:
    """What the store is called, what each table holds, and what is wrong; nothing is where it is whole.

    A store that does not open has no name.
    """

    store: str
    tables: list[Held]
    problems: list[Problem]


def check(address: str) -> Checked:
    """Reads everything in the store at `address` in one moment; an older one is brought up to date first.

    A store that does not open, or stops answering, is one of the problems.
    """
    try:
        store = SqlStore(address)
    except BrokenStore as problem:
        return Checked("", [], [problem])
    try:
        with store.database.reading() as moment:
            damaged = damage(moment)
            if damaged:
                return Checked(store.database.name, [], damaged)
            return Checked(store.database.name, held(moment), list(_problems(moment)))
    except BrokenStore as problem:
        return Checked(store.database.name, [], [problem])
    finally:
        store.close()


def damage(moment: Connection) -> list[Problem]:
    """What the file itself says of its pages, and of rows that lead nowhere; a server sees to its own."""
    if moment.dialect.name != "sqlite":
        return []
    found: list[Problem] = [
        Notice("The file is damaged: {reason}.", reason=reason)
        for (reason,) in moment.exec_driver_sql("PRAGMA integrity_check")
        if reason != "ok"
    ]
    if not found:
        found += [
            Notice("A row of {table} belongs to a row of {other} that is gone.", table=row[0], other=row[2])
            for row in moment.exec_driver_sql("PRAGMA foreign_key_check")
        ]
    return found


def _problems(moment: Connection) -> Iterator[Problem]:
    try:
        require_finished(moment)
    except BrokenStore as problem:
        yield problem
    yield from _unread_contributions(moment)
    for consultation_id in moment.execute(select(consultations.c.id).order_by("id")).scalars().all():
        readings: dict[str, Callable[[Connection, str], object]] = {
            "consultations": occasions.one,
            "wordings": wordings.of,
            "declarations": declarations.of,
            "decisions": decisions.of,
            "moderations": moderations.of,
            "workshops": invitations.of,
        }
        for table, read in readings.items():
            yield from _unread(moment, table, consultation_id, read)
    for word in moment.execute(select(workshops.c.word).order_by("word")).scalars().all():
        yield from _unread(moment, "steps", word, steps.of)
        yield from _unread(moment, "votes", word, votes.of)
    yield from _leading_nowhere(moment)


def _unread(
    moment: Connection, table: str, name: str, read: Callable[[Connection, str], object]
) -> Iterator[Problem]:
    try:
        read(moment, name)
    except UNREADABLE as reason:
        yield _unreadable(table, name, reason)


def _unread_contributions(moment: Connection) -> Iterator[Problem]:
    for rows in pages(moment, contributions):
        for row in rows:
            try:
                contribution_of(row._mapping)
            except UNREADABLE as reason:
                yield _unreadable(contributions.name, f"{row.id} ({row.version})", reason)


def _unreadable(table: str, name: str, reason: Exception) -> Notice:
    return Notice(
        "In {table}, what is kept of {name} cannot be read ({reason}).", table=table, name=name, reason=reason
    )


def _leading_nowhere(moment: Connection) -> Iterator[Problem]:
    """Codes and moderations of contributions that are not kept, erased ones that are, and those of two."""
    kept = set(moment.execute(select(contributions.c.id).distinct()).scalars())
    for contribution_id in moment.execute(select(return_codes.c.contribution)).scalars():
        if contribution_id not in kept:
            yield Notice("A return code opens {id}, which is not kept.", id=contribution_id)
    table = schema.moderations
    for answer in moment.execute(select(table.c.answer).where(table.c.answer != "").distinct()).scalars():
        if contribution_in(answer) not in kept:
            yield Notice("The answer {id} was moderated and is not kept.", id=answer)
    for contribution_id in moment.execute(select(erasures.c.contribution)).scalars():
        if contribution_id in kept:
            yield Notice("{id} was erased and is kept all the same.", id=contribution_id)
    homes = func.count(distinct(contributions.c.consultation))
    query = select(contributions.c.id).group_by(contributions.c.id).having(homes > 1)
    for contribution_id in moment.execute(query).scalars():
        yield Notice("{id} is kept in more than one consultation.", id=contribution_id)
