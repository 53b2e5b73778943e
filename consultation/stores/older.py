"""Stores of an earlier Alleanza: what their tables lack is added, and nothing they keep is changed."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Index, insert, literal, null, select, update
from sqlalchemy.schema import CreateColumn

from consultation.stores.schema import (
    SCHEMA,
    about_store,
    consultations,
    contributions,
    metadata,
    wordings,
    workshops,
)


def bring_up(connection: Connection, number: int) -> None:
    """Makes a store of an earlier schema `number` one of today's."""
    metadata.create_all(connection)
    if number < 3:
        _add(connection, consultations.c.said)
        connection.execute(update(consultations).values(said=consultations.c.changed))
    if number < 4:
        of_it = consultations.c
        _add(connection, of_it.opens, of_it.closes, of_it.pilot, of_it.wording, of_it.pulse)
        _add(connection, workshops.c.rounds, workshops.c.invited, workshops.c.pulse)
        _add(connection, contributions.c.table_label)
        _index(connection, "contributions_in")
        first = select(consultations.c.id, consultations.c.wording, consultations.c.plan, null(), literal(""))
        connection.execute(insert(wordings).from_select(wordings.c.keys(), first))
    if number < 5:
        _add(connection, consultations.c.erased_trials)
    connection.execute(update(about_store).values(schema_number=SCHEMA))


def _add(connection: Connection, *columns: Column[object]) -> None:
    for column in columns:
        described = CreateColumn(column).compile(dialect=connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {column.table.name} ADD COLUMN {described}")


def _index(connection: Connection, name: str) -> None:
    """`create_all` makes the indexes of new tables only."""
    index: Index = next(index for index in contributions.indexes if index.name == name)
    index.create(connection)
