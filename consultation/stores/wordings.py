"""The words of plans in a SQL database: every version a row, none ever replaced."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from consultation.occasion import PlanVersion
from consultation.plan import read_plan
from consultation.stores.schema import moment, wordings

plan_of = functools.lru_cache(maxsize=16)(read_plan)  # the same text is asked for on every page


def of(connection: Connection, consultation_id: str) -> Sequence[PlanVersion]:
    """The versions of the plan of one consultation, oldest first."""
    table = wordings
    query = select(table).where(table.c.consultation == consultation_id).order_by(table.c.number)
    return [
        PlanVersion(
            row["number"],
            plan_of(row["plan"]),
            datetime.fromisoformat(row["at"]) if row["at"] else None,
            row["by"],
        )
        for row in connection.execute(query).mappings()
    ]


def keep(
    connection: Connection, consultation_id: str, number: int, plan: str, at: datetime | None, by: str = ""
) -> None:
    """Keeps the version of this number, by its text; `at` is `None` where nobody told when it was made."""
    connection.execute(
        insert(wordings).values(
            consultation=consultation_id, number=number, plan=plan, at=at and moment(at), by=by
        )
    )
