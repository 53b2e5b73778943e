"""The tables in which a SQL database keeps the conversation, and how values are written in them.

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
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
)

SCHEMA = 5
"""Raised by one whenever a table changes; a store made with a higher number is left alone.

1: the first. 2: `declarations` were added. 3: `decisions`, and `consultations.said`. 4: `wordings`,
`workshop_tables`, `steps`, `moderations`, `votes`; more columns of `consultations`, `workshops` and
`contributions`. 5: `consultations.erased_trials`.
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
# (`said`), at the last contribution (`answered`), and at the last that whoever runs any of its workshops must
# see (`pulse`). `opens` and `closes` are empty (null) where there is no bound.
consultations = Table(
    "consultations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("plan", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("invented", Boolean, nullable=False),
    Column("opens", Text),
    Column("closes", Text),
    Column("pilot", Boolean, nullable=False, server_default=false()),
    Column("wording", Integer, nullable=False, server_default="1"),
    Column("erased_trials", Integer, nullable=False, server_default="0"),
    Column("changed", Integer, nullable=False),
    Column("said", Integer, nullable=False, server_default="0"),
    Column("answered", Integer, nullable=False),
    Column("pulse", Integer, nullable=False, server_default="0"),
)
# Every version of a consultation's plan, the one that holds now among them; `at` is null if it is not known.
wordings = Table(
    "wordings",
    metadata,
    Column("consultation", ForeignKey("consultations.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("plan", Text, nullable=False),
    Column("at", Text),
    Column("by", Text, nullable=False),
    PrimaryKeyConstraint("consultation", "number"),
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
# `spelling` is the word as it is compared, `word` as it is shown. `rounds` and `invited` are JSON texts.
# `pulse` holds the store's `changes` at the last step, vote or contribution here, or change of its own.
workshops = Table(
    "workshops",
    metadata,
    Column("spelling", Text, primary_key=True),
    Column("word", Text, nullable=False),
    Column("consultation", ForeignKey("consultations.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("rounds", Text, nullable=False, server_default="[]"),
    Column("invited", Text, nullable=False, server_default="[]"),
    Column("pulse", Integer, nullable=False, server_default="0"),
)
# The tables at which people sit, `number` from 1 in their order; `workshop` is the spelling of its word.
workshop_tables = Table(
    "workshop_tables",
    metadata,
    Column("spelling", Text, primary_key=True),
    Column("workshop", ForeignKey("workshops.spelling"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("word", Text, nullable=False),
    Column("label", Text, nullable=False),
)
# `number` counts the steps of one workshop from 1; `payload` is a JSON text that depends on the kind.
steps = Table(
    "steps",
    metadata,
    Column("workshop", ForeignKey("workshops.spelling"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    PrimaryKeyConstraint("workshop", "number"),
)
# The latest vote of each voter in each ballot; `points` and `ratings` are JSON texts.
votes = Table(
    "votes",
    metadata,
    Column("workshop", ForeignKey("workshops.spelling"), nullable=False),
    Column("ballot", Text, nullable=False),
    Column("voter", Text, nullable=False, index=True),
    Column("stakeholder_group", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("points", Text, nullable=False),
    Column("ratings", Text, nullable=False),
    PrimaryKeyConstraint("workshop", "ballot", "voter"),
)
# `number` counts the moderations of one consultation from 1; `reason` is empty where the answer is shown.
# One of an erased answer keeps its reason only, for the count.
moderations = Table(
    "moderations",
    metadata,
    Column("consultation", ForeignKey("consultations.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    PrimaryKeyConstraint("consultation", "number"),
    Index("moderations_of", "consultation", "answer"),
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
    Index("contributions_in", "consultation", "workshop", "id"),
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


def moment(at: datetime) -> str:
    """`at` in UTC, to the microsecond; raises `ValueError` for a time without a time zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def written(value: object) -> str:
    """`value` as a JSON text, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def same_content(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows say the same; when they were sent does not matter."""
    return all(value == other[name] for name, value in row.items() if name != "at")
