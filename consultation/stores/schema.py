"""The tables in which a SQL database keeps the conversation, and how a contribution becomes a row.

Plain SQL types only, so that another database than SQLite can hold the same tables. Times are kept as
ISO 8601 text in UTC.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    RowMapping,
    Table,
    Text,
    update,
)
from sqlalchemy.schema import CreateColumn

from consultation.contribution import Contribution, Rating, Reply

SCHEMA = 3
"""Raised by one whenever a table changes; a store made with a higher number is left alone.

1: the first. 2: `declarations` were added. 3: `decisions`, and `consultations.said`.
"""

metadata = MetaData()

# One row. `identity` tells this store from every other; `changes` counts what was written since it was made.
about_store = Table(
    "about_store",
    metadata,
    Column("identity", Text, primary_key=True),
    Column("schema_number", Integer, nullable=False),
    Column("changes", Integer, nullable=False),
)
secret_keys = Table(
    "secret_keys",
    metadata,
    Column("name", Text, primary_key=True),
    Column("key", LargeBinary, nullable=False),
)
notes = Table(
    "notes",
    metadata,
    Column("name", Text, primary_key=True),
    Column("text", Text, nullable=False),
)
# The store's `changes` at the last change (`changed`), at the last that was no decision, workshop or stage
# (`said`), and at the last contribution (`answered`).
consultations = Table(
    "consultations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("plan", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("invented", Boolean, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("said", Integer, nullable=False, server_default="0"),
    Column("answered", Integer, nullable=False),
)
# `number` counts the declarations of one consultation from 1; `rules` is a JSON text of every rule.
declarations = Table(
    "declarations",
    metadata,
    Column("consultation", ForeignKey("consultations.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("rules", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    PrimaryKeyConstraint("consultation", "number"),
)
# `number` counts the decisions of one consultation from 1; `payload` is a JSON text that depends on the kind.
decisions = Table(
    "decisions",
    metadata,
    Column("consultation", ForeignKey("consultations.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    PrimaryKeyConstraint("consultation", "number"),
)
# `spelling` is the word as it is compared, `word` as it is shown.
workshops = Table(
    "workshops",
    metadata,
    Column("spelling", Text, primary_key=True),
    Column("word", Text, nullable=False),
    Column("consultation", ForeignKey("consultations.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
)
contributions = Table(
    "contributions",
    metadata,
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("consultation", ForeignKey("consultations.id"), nullable=False),
    Column("stakeholder_group", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("consent", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("workshop", Text, nullable=False),
    Column("table_label", Text, nullable=False, server_default=""),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("id", "version"),
    Index("contributions_of", "consultation", "id", "version"),
)
return_codes = Table(
    "return_codes",
    metadata,
    Column("seal", Text, primary_key=True),
    Column("contribution", Text, nullable=False, index=True),
)
erasures = Table(
    "erasures",
    metadata,
    Column("contribution", Text, primary_key=True),
    Column("consultation", ForeignKey("consultations.id"), nullable=False, index=True),
    Column("versions", Integer, nullable=False),
    Column("at", Text, nullable=False),
)


def bring_up(connection: Connection, number: int) -> None:
    """Makes a store of an earlier schema `number` one of today's; what it keeps stays as it is."""
    metadata.create_all(connection)
    if number < 3:
        column = CreateColumn(consultations.c.said).compile(dialect=connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {consultations.name} ADD COLUMN {column}")
        connection.execute(update(consultations).values(said=consultations.c.changed))
    connection.execute(update(about_store).values(schema_number=SCHEMA))


def moment(at: datetime) -> str:
    """`at` in UTC, to the microsecond; raises `ValueError` for a time without a time zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def row_of(contribution: Contribution) -> dict[str, object]:
    """A row of `contributions`; what was said is one JSON text in `body`."""
    said = {
        "replies": [
            [
                reply.strategic_question,
                reply.guiding_question,
                reply.text,
                list(reply.objectives),
                *_tags(reply),
            ]
            for reply in contribution.replies
        ],
        "ratings": [
            [rating.objective, rating.dimension, rating.value, *_tags(rating)]
            for rating in contribution.ratings
        ],
    }
    return {
        "id": contribution.id,
        "version": contribution.version,
        "consultation": contribution.consultation,
        "stakeholder_group": contribution.group,
        "organisation": contribution.organisation,
        "consent": contribution.consent,
        "channel": contribution.channel,
        "language": contribution.language,
        "workshop": contribution.workshop,
        "table_label": contribution.table,
        "at": moment(contribution.at),
        "body": json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True),
    }


def _tags(said: Reply | Rating) -> list[object]:
    """Wording and lateness at the end of a row, where they are not the usual ones."""
    return [said.wording, said.late] if (said.wording, said.late) != (1, False) else []


def same_content(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows say the same; when they were sent does not matter."""
    return all(value == other[name] for name, value in row.items() if name != "at")


def contribution_of(row: RowMapping) -> Contribution:
    """The contribution that `row_of` made a row of."""
    said = json.loads(row["body"])
    return Contribution(
        id=row["id"],
        version=row["version"],
        consultation=row["consultation"],
        group=row["stakeholder_group"],
        consent=row["consent"],
        at=datetime.fromisoformat(row["at"]),
        channel=row["channel"],
        language=row["language"],
        organisation=row["organisation"],
        workshop=row["workshop"],
        table=row["table_label"],
        replies=tuple(
            Reply(question, guide, text, tuple(objectives), *tags)
            for question, guide, text, objectives, *tags in said["replies"]
        ),
        ratings=tuple(Rating(*rating) for rating in said["ratings"]),
    )
