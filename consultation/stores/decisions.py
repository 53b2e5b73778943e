"""What people decided of consultations in a SQL database: each decision a row, appended after those seen."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from consultation.decisions import Decision
from consultation.errors import BrokenStore, DecisionsTaken
from consultation.stores.schema import decisions, erasures, moment, same_content, written


def of(connection: Connection, consultation_id: str) -> list[Decision]:
    """The decisions of one consultation, oldest first."""
    return [_decision_of(row) for row in _rows(connection, consultation_id)]


def append(connection: Connection, consultation_id: str, decision: Decision, after: int) -> bool:
    """Keeps the one that follows `after` others; whether it was not kept yet.

    Raises `DecisionsTaken` when another came between.
    """
    table = decisions
    for erased in connection.execute(
        select(erasures.c.contribution).where(erasures.c.consultation == consultation_id)
    ).scalars():
        decision = decision.without(erased)  # its page may have been open since before the erasure
    query = select(table).where(table.c.consultation == consultation_id).order_by(table.c.number.desc())
    last = connection.execute(query.limit(1)).mappings().one_or_none()
    new = _row_of(consultation_id, after + 1, decision)
    if last is not None and same_content(new, dict(last)):
        return False
    if (last["number"] if last is not None else 0) != after:
        raise DecisionsTaken("Somebody else has decided meanwhile: look at theirs first.")
    connection.execute(insert(decisions).values(new))
    return True


def forget(connection: Connection, consultation_id: str, contribution_ids: Collection[str]) -> None:
    """Takes out of every decision what belongs to these contributions; none changes its number."""
    table = decisions
    for row in _rows(connection, consultation_id):
        left = decision = _decision_of(row)
        for contribution_id in contribution_ids:
            left = left.without(contribution_id)
        if left != decision:
            where = (table.c.consultation == consultation_id) & (table.c.number == row["number"])
            connection.execute(update(table).where(where).values(payload=written(left.as_dict())))


def _rows(connection: Connection, consultation_id: str) -> Sequence[RowMapping]:
    table = decisions
    query = select(table).where(table.c.consultation == consultation_id).order_by(table.c.number)
    return connection.execute(query).mappings().all()


def _row_of(consultation_id: str, number: int, decision: Decision) -> dict[str, object]:
    return {
        "consultation": consultation_id,
        "number": number,
        "kind": decision.kind,
        "payload": written(decision.as_dict()),
        "at": moment(decision.at),
        "by": decision.by,
    }


def _decision_of(row: RowMapping) -> Decision:
    """Raises `BrokenStore` for a kind that is not known here, or one that holds other things."""
    try:
        return Decision.read(
            row["kind"], json.loads(row["payload"]), datetime.fromisoformat(row["at"]), row["by"]
        )
    except ValueError as error:
        raise BrokenStore(
            "Something was decided of the consultation {id} with a newer Alleanza: update this one.",
            id=row["consultation"],
        ) from error
