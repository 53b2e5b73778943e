"""The declared rules of consultations in a SQL database: each declaration a row, none ever replaced."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select

from consultation.declaration import Declaration
from consultation.errors import BrokenPlan, BrokenStore, RulesTaken
from consultation.rules import Rules
from consultation.stores.schema import consultations, declarations, moment, same_content, written


def by_consultation(connection: Connection) -> dict[str, tuple[Declaration, ...]]:
    """The declarations of each consultation that has some, oldest first."""
    kept: dict[str, tuple[Declaration, ...]] = defaultdict(tuple)
    for row in connection.execute(select(declarations).order_by(declarations.c.number)).mappings():
        kept[row["consultation"]] += (_declaration_of(row),)
    return dict(kept)


def of(connection: Connection, consultation_id: str) -> tuple[Declaration, ...]:
    """The declarations of one consultation, oldest first."""
    return tuple(_declaration_of(row) for row in _rows(connection, consultation_id))


def append(connection: Connection, consultation_id: str, declaration: Declaration, after: int) -> bool:
    """Keeps the one that follows `after` others; whether it was not kept yet.

    Raises `RulesTaken` when another came between, or when the consultation has left the stage at which it
    was declared.
    """
    rows = _rows(connection, consultation_id)
    new = _row_of(consultation_id, after + 1, declaration)
    if rows and same_content(new, dict(rows[-1])):
        return False
    if len(rows) != after:
        raise RulesTaken("Somebody else has changed the rules meanwhile: look at theirs first.")
    query = select(consultations.c.stage).where(consultations.c.id == consultation_id)
    if connection.execute(query).scalar_one() != declaration.stage:
        raise RulesTaken(
            "The consultation has been opened, paused or closed meanwhile: look at it again, then declare "
            "its rules."
        )
    connection.execute(insert(declarations).values(new))
    return True


def keep(connection: Connection, consultation_id: str, declared: Sequence[Declaration]) -> None:
    """Keeps what was declared of a consultation that comes whole into this store."""
    for number, declaration in enumerate(declared, 1):
        connection.execute(insert(declarations).values(_row_of(consultation_id, number, declaration)))


def _rows(connection: Connection, consultation_id: str) -> Sequence[RowMapping]:
    table = declarations
    query = select(table).where(table.c.consultation == consultation_id).order_by(table.c.number)
    return connection.execute(query).mappings().all()


def _row_of(consultation_id: str, number: int, declaration: Declaration) -> dict[str, object]:
    return {
        "consultation": consultation_id,
        "number": number,
        "rules": written(declaration.rules.as_dict()),
        "at": moment(declaration.at),
        "stage": declaration.stage,
        "reason": declaration.reason,
        "by": declaration.by,
    }


def _declaration_of(row: RowMapping) -> Declaration:
    """A rule that is younger than the row is the recommended one; raises `BrokenStore` for an unknown one."""
    try:
        rules = Rules.declared(json.loads(row["rules"]))
    except BrokenPlan as problem:
        raise BrokenStore(
            "The rules of the consultation {id} were declared with a newer Alleanza: update this one.",
            id=row["consultation"],
        ) from problem
    return Declaration(rules, datetime.fromisoformat(row["at"]), row["stage"], row["reason"], row["by"])
