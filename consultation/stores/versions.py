"""The versions of contributions in a SQL database: which are kept, which are new, which counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, select

from consultation.contribution import Contribution
from consultation.errors import ErasedContribution, VersionTaken
from consultation.stores.contribution_rows import contribution_of
from consultation.stores.schema import contributions, erasures, same_content

AT_ONCE = 500  # ids asked for in one query: every database takes so many


def kept(connection: Connection, ids: Collection[str]) -> list[RowMapping]:
    """Every kept version of these contributions; raises `ErasedContribution` if one was erased."""
    rows: list[RowMapping] = []
    in_order = sorted(ids)
    for start in range(0, len(in_order), AT_ONCE):
        some = in_order[start : start + AT_ONCE]
        if gone := erased(connection, some):
            raise ErasedContribution(
                "This contribution was erased, so nothing can be added to it: start a new one.", id=gone[0]
            )
        rows += connection.execute(select(contributions).where(contributions.c.id.in_(some))).mappings()
    return rows


def erased(connection: Connection, ids: Sequence[str]) -> Sequence[str]:
    """Those of at most `AT_ONCE` contributions that were erased."""
    query = select(erasures.c.contribution).where(erasures.c.contribution.in_(ids))
    return connection.execute(query).scalars().all()


def kept_in(connection: Connection, consultation_id: str, contribution_id: str) -> bool:
    """Whether anything is kept of this contribution in this consultation."""
    table = contributions
    query = select(table.c.version).where(
        table.c.consultation == consultation_id, table.c.id == contribution_id
    )
    return connection.execute(query.limit(1)).first() is not None


def new_rows(rows: Sequence[dict[str, object]], kept: Sequence[RowMapping]) -> list[dict[str, object]]:
    """The rows not kept yet, each once; raises `VersionTaken` if one would replace another."""
    home: dict[object, object] = {row["id"]: row["consultation"] for row in kept}
    known: dict[object, Mapping[str, Any]] = {(row["id"], row["version"]): dict(row) for row in kept}
    new = []
    for row in rows:
        if home.setdefault(row["id"], row["consultation"]) != row["consultation"]:
            raise VersionTaken(
                "The contribution {id} belongs to the consultation {home}: "
                "give it another id to add it here.",
                id=row["id"],
                home=home[row["id"]],
            )
        place = (row["id"], row["version"])
        if place not in known:
            known[place] = row
            new.append(row)
        elif not same_content(row, known[place]):
            raise VersionTaken(
                "The contribution {id} was changed elsewhere in the meantime (version {version}): "
                "open it again and repeat your change.",
                id=row["id"],
                version=row["version"],
            )
    return new


def of(connection: Connection, contribution_id: str) -> list[Contribution]:
    """Every version of one contribution, oldest first."""
    table = contributions
    query = select(table).where(table.c.id == contribution_id).order_by(table.c.version)
    return [contribution_of(row) for row in connection.execute(query).mappings()]


def latest(connection: Connection, consultation_id: str) -> list[Contribution]:
    """The latest version of each contribution of one consultation, by id."""
    return _newest(connection, contributions.c.consultation == consultation_id)


def sent_in(connection: Connection, consultation_id: str, word: str) -> list[Contribution]:
    """The latest version of each contribution of which this was sent in the workshop of this word, by id."""
    here = (contributions.c.consultation == consultation_id) & (contributions.c.workshop == word)
    came = select(contributions.c.id).where(here)
    newest = _newest(connection, contributions.c.id.in_(came))
    return [contribution for contribution in newest if contribution.workshop == word]


def _newest(connection: Connection, where: ColumnElement[bool]) -> list[Contribution]:
    table = contributions
    newest = (
        select(table.c.id, func.max(table.c.version).label("version"))
        .where(where)
        .group_by(table.c.id)
        .subquery()
    )
    query = select(table).join(newest, and_(table.c.id == newest.c.id, table.c.version == newest.c.version))
    rows = connection.execute(query).mappings().all()
    return [contribution_of(row) for row in sorted(rows, key=lambda row: str(row["id"]))]
