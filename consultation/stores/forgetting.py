"""What is forgotten when somebody is, a trial is over, or a consultation is removed: wherever it was kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from consultation.stores import decisions, marks, moderations, schema, versions
from consultation.stores.schema import (
    consultations,
    contributions,
    erasures,
    return_codes,
    steps,
    votes,
    wordings,
    workshop_tables,
    workshops,
)


def contribution(connection: Connection, contribution_id: str, at: datetime) -> bool:
    """Forgets what was said and voted under this id; whether there was anything."""
    kept = versions.of(connection, contribution_id)
    where = votes.c.voter == contribution_id
    voted_in = connection.execute(select(votes.c.workshop).where(where)).scalars().all()
    connection.execute(delete(votes).where(where))
    marks.touch_workshops(connection, set(voted_in))
    if not kept:
        return bool(voted_in)
    consultation_id = kept[-1].consultation
    connection.execute(delete(contributions).where(contributions.c.id == contribution_id))
    connection.execute(delete(return_codes).where(return_codes.c.contribution == contribution_id))
    connection.execute(
        insert(erasures).values(
            contribution=contribution_id,
            consultation=consultation_id,
            versions=len(kept),
            at=schema.moment(at),
        )
    )
    decisions.forget(connection, consultation_id, {contribution_id})
    moderations.forget(connection, consultation_id, contribution_id)
    marks.touch(connection, [consultation_id], "said", "pulse")
    return True


def trial(connection: Connection, consultation_id: str) -> None:
    """Forgets all that was said, voted, moderated and done in it, so that it begins anew, and counts that.

    What people decided stays, without what belongs to these answers.
    """
    query = select(contributions.c.id).where(contributions.c.consultation == consultation_id)
    said = set(connection.execute(query).scalars())
    _what_was_said(connection, consultation_id)
    decisions.forget(connection, consultation_id, said)
    one_more = consultations.c.erased_trials + 1
    where = consultations.c.id == consultation_id
    connection.execute(update(consultations).where(where).values(erased_trials=one_more))


def consultation(connection: Connection, consultation_id: str) -> None:
    """Forgets all of it."""
    _what_was_said(connection, consultation_id)
    made = select(workshops.c.spelling).where(workshops.c.consultation == consultation_id)
    connection.execute(delete(workshop_tables).where(workshop_tables.c.workshop.in_(made)))
    for table in (workshops, schema.declarations, schema.decisions, wordings):
        connection.execute(delete(table).where(table.c.consultation == consultation_id))
    connection.execute(delete(consultations).where(consultations.c.id == consultation_id))


def _what_was_said(connection: Connection, consultation_id: str) -> None:
    said = select(contributions.c.id).where(contributions.c.consultation == consultation_id)
    connection.execute(delete(return_codes).where(return_codes.c.contribution.in_(said)))
    made = select(workshops.c.spelling).where(workshops.c.consultation == consultation_id)
    for log in (steps, votes):
        connection.execute(delete(log).where(log.c.workshop.in_(made)))
    for table in (contributions, erasures, schema.moderations):
        connection.execute(delete(table).where(table.c.consultation == consultation_id))
