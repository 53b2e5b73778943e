"""What was done in workshops in a SQL database: each step a row, appended after those seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select

from consultation.codes import spelled
from consultation.errors import BrokenStore, StepsTaken
from consultation.room import Room
from consultation.steps import Step
from consultation.stores import workshops
from consultation.stores.schema import moment, same_content, steps, written
from consultation.workshop import Workshop


def of(connection: Connection, word: str) -> Sequence[Step]:
    """The steps of one workshop, oldest first."""
    table = steps
    query = select(table).where(table.c.workshop == spelled(word)).order_by(table.c.number)
    return [_step_of(row) for row in connection.execute(query).mappings()]


def room(connection: Connection, workshop: Workshop) -> Room:
    """What holds in this workshop now."""
    return Room.after(workshop, of(connection, workshop.word))


def append(connection: Connection, word: str, step: Step, after: int) -> bool:
    """Keeps the one that follows `after` others; whether it was not kept yet.

    Raises `StepsTaken` when another came between, and `UnknownInvitation`.
    """
    table = steps
    spelling = workshops.require(connection, word)["spelling"]
    query = select(table).where(table.c.workshop == spelling).order_by(table.c.number.desc())
    last = connection.execute(query.limit(1)).mappings().one_or_none()
    new = {
        "workshop": spelling,
        "number": after + 1,
        "kind": step.kind,
        "payload": written(step.as_dict()),
        "at": moment(step.at),
        "by": step.by,
    }
    if last is not None and same_content(new, dict(last)):
        return False
    if (last["number"] if last is not None else 0) != after:
        raise StepsTaken("Somebody else has done something in this workshop meanwhile: look, then go on.")
    connection.execute(insert(table).values(new))
    return True


def _step_of(row: RowMapping) -> Step:
    """Raises `BrokenStore` for a kind that is not known here, or one that holds other things."""
    try:
        at = datetime.fromisoformat(row["at"])
        return Step.read(row["kind"], json.loads(row["payload"]), at, row["by"])
    except (ValueError, TypeError) as error:
        raise BrokenStore(
            "Something was done in the workshop {word} with a newer Alleanza: update this one.",
            word=row["workshop"],
        ) from error
