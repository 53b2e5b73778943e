"""Which answers may be shown, in a SQL database: each reading of one a row, appended after those seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from consultation.decisions import contribution_in
from consultation.errors import BrokenStore, ErasedContribution, ModerationTaken
from consultation.moderation import REASONS, Moderation
from consultation.stores import versions
from consultation.stores.schema import moderations, moment, same_content


def of(connection: Connection, consultation_id: str) -> Sequence[Moderation]:
    """The moderations of one consultation, oldest first."""
    table = moderations
    query = select(table).where(table.c.consultation == consultation_id).order_by(table.c.number)
    return [_moderation_of(row) for row in connection.execute(query).mappings()]


def append(connection: Connection, consultation_id: str, moderation: Moderation, after: int) -> bool:
    """Keeps the one that follows `after` others of the same answer; whether it was not kept yet.

    Raises `ModerationTaken` when another came between, and `ErasedContribution` when nothing is kept of
    whoever gave the answer: it was erased, alone or with a trial.
    """
    table = moderations
    if not versions.kept_in(connection, consultation_id, contribution_in(moderation.answer)):
        raise ErasedContribution("This answer was erased meanwhile: nothing is left to show or to hide.")
    here = table.c.consultation == consultation_id
    query = select(table).where(here, table.c.answer == moderation.answer).order_by(table.c.number)
    earlier = connection.execute(query).mappings().all()
    new = {
        "answer": moderation.answer,
        "digest": moderation.digest,
        "reason": moderation.reason or "",
        "remark": moderation.remark,
        "at": moment(moderation.at),
        "by": moderation.by,
    }
    if len(earlier) == after + 1 and same_content(new, dict(earlier[-1])):
        return False
    if len(earlier) != after:
        raise ModerationTaken("Somebody else has read this answer meanwhile: look at what they did first.")
    last = connection.execute(select(func.max(table.c.number)).where(here)).scalar_one()
    connection.execute(insert(table).values(consultation=consultation_id, number=(last or 0) + 1, **new))
    return True


def forget(connection: Connection, consultation_id: str, contribution_id: str) -> None:
    """Takes out what belongs to this contribution; that an answer was read, and why it was hidden, stays."""
    table = moderations
    here = table.c.consultation == consultation_id
    for answer in connection.execute(select(table.c.answer).where(here).distinct()).scalars().all():
        if contribution_in(answer) == contribution_id:
            where = here & (table.c.answer == answer)
            connection.execute(update(table).where(where).values(answer="", digest="", remark=""))


def _moderation_of(row: RowMapping) -> Moderation:
    """Raises `BrokenStore` for a reason that is not known here."""
    if row["reason"] not in ("", *REASONS):
        raise BrokenStore(
            "An answer of the consultation {id} was moderated with a newer Alleanza: update this one.",
            id=row["consultation"],
        )
    return Moderation(
        row["answer"],
        row["digest"],
        datetime.fromisoformat(row["at"]),
        row["reason"] or None,
        row["remark"],
        row["by"],
    )
