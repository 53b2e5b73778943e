"""Marks that tell a reader whether something has changed: how many changes the store had seen by then."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Connection, select, update

from consultation.codes import spelled
from consultation.stores.schema import about_store, consultations, workshops


def touch(connection: Connection, consultation_ids: Collection[str], *also: str) -> None:
    """Marks these consultations as changed now, in `changed` and in the columns named `also`."""
    marks = dict.fromkeys(("changed", *also), _next(connection))
    connection.execute(update(consultations).where(consultations.c.id.in_(consultation_ids)).values(marks))


def touch_workshops(connection: Connection, spellings: Collection[str]) -> None:
    """Marks that something happened in these workshops, in their pulse alone."""
    if spellings:
        where = workshops.c.spelling.in_(sorted(spellings))
        connection.execute(update(workshops).where(where).values(pulse=_next(connection)))


def of(connection: Connection, column: Column[int], consultation_id: str) -> str:
    """The mark in this column of `consultations`."""
    found = consultations.c.id == consultation_id
    query = select(about_store.c.identity, column).select_from(about_store.outerjoin(consultations, found))
    identity, mark = connection.execute(query).one()
    return f"{identity}-{mark or 0}"


def pulse(connection: Connection, word: str) -> str:
    """The mark of a workshop: its own, and that of its consultation."""
    found = about_store.outerjoin(workshops, workshops.c.spelling == spelled(word)).outerjoin(
        consultations, consultations.c.id == workshops.c.consultation
    )
    query = select(about_store.c.identity, workshops.c.pulse, consultations.c.pulse).select_from(found)
    identity, own, around = connection.execute(query).one()
    return f"{identity}-{own or 0}-{around or 0}"


def _next(connection: Connection) -> int:
    connection.execute(update(about_store).values(changes=about_store.c.changes + 1))
    number: int = connection.execute(select(about_store.c.changes)).scalar_one()
    return number
