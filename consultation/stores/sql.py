"""The SQL keeper: one file, made on first use, in which nothing acknowledged is lost."""

from __future__ import annotations

import functools
import secrets
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, Connection, RowMapping, delete, func, insert, inspect, select, update

from consultation.codes import sealed, spelled
from consultation.contribution import Contribution
from consultation.decisions import Decision
from consultation.declaration import Declaration
from consultation.errors import (
    BrokenStore,
    UnknownConsultation,
    UnknownReturnCode,
)
from consultation.occasion import Consultation
from consultation.plan import read_plan
from consultation.stores import decisions, declarations, embedded, schema, versions
from consultation.stores.schema import (
    about_store,
    consultations,
    contributions,
    erasures,
    notes,
    return_codes,
    secret_keys,
    workshops,
)
from consultation.workshop import Workshop

PATIENCE = 15.0  # seconds to wait for another process that writes; a crowded room waits 1 or 2
RETURN_CODES = "return codes"

_plan = functools.lru_cache(maxsize=16)(read_plan)  # the same text is asked for on every page


class SqlStore:
    """Fulfils `consultation.stores.Store` on an SQLite file.

    `address` is a path or a `sqlite:///` address; the file and its folder are made when missing. Any number
    of threads may read and write; several processes may open the same file. Writers wait for each other up
    to `patience` seconds. Raises `BrokenStore` when the file cannot be opened.
    """

    def __init__(self, address: str | Path, patience: float = PATIENCE) -> None:
        self.path = embedded.file_at(address)
        self._patience = patience
        self._lock = threading.Lock()
        self._forgetting = False  # whether erased words may still lie in the write-ahead log
        embedded.make_file(self.path)
        self._writer = embedded.writer_engine(self.path, patience)
        self._reader = embedded.reader_engine(self.path, patience)
        try:
            with self._writing() as connection:
                _prepare(connection, self.path)
                self._forgetting = True  # an earlier process may have ended before it could
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        with self._lock:
            self._reader.dispose()
            self._forget_for_good()
            self._writer.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with embedded.told(self.path), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction, begun with the write lock: all of it is kept, or none."""
        if not self._lock.acquire(timeout=self._patience):
            raise embedded.busy(self.path)
        try:
            with embedded.told(self.path), self._writer.begin() as connection:
                yield connection
            self._forget_for_good()
        finally:
            self._lock.release()

    def _forget_for_good(self) -> None:
        """With the lock held: what a reader was in the way of is done at the next write, or at the end."""
        if self._forgetting:
            self._forgetting = not embedded.forget_old_pages(self._writer)

    # Consultations

    def add_consultation(self, consultation: Consultation) -> None:
        row = {
            "plan": consultation.plan.source,
            "stage": consultation.stage,
            "invented": consultation.invented,
        }
        where = consultations.c.id == consultation.id
        with self._writing() as connection:
            kept = connection.execute(select(consultations).where(where)).mappings().one_or_none()
            if kept is None:
                connection.execute(
                    insert(consultations).values(id=consultation.id, changed=0, said=0, answered=0, **row)
                )
                declarations.keep(connection, consultation.id, consultation.declarations)
            elif len(consultation.declarations) > len(declarations.of(connection, consultation.id)):
                raise ValueError("new rules of a consultation that is kept already come through declare()")
            elif all(kept[name] == value for name, value in row.items()):
                return
            else:
                connection.execute(update(consultations).where(where).values(**row))
            same_plan = kept is not None and kept["plan"] == row["plan"]
            _touch(connection, [consultation.id], *([] if same_plan else ["said"]))

    def declare(self, consultation_id: str, declaration: Declaration, after: int) -> None:
        with self._writing() as connection:
            _require_known(connection, {consultation_id})
            if declarations.append(connection, consultation_id, declaration, after):
                _touch(connection, [consultation_id], "said")

    def consultations(self) -> Sequence[Consultation]:
        with self._reading() as connection:
            rows = connection.execute(select(consultations)).mappings().all()
            declared = declarations.by_consultation(connection)
        in_order = sorted(rows, key=lambda row: (-row["answered"], row["id"]))
        return [_consultation(row, declared.get(row["id"], ())) for row in in_order]

    def consultation(self, consultation_id: str) -> Consultation:
        with self._reading() as connection:
            rows = connection.execute(select(consultations)).mappings().all()
            declared = declarations.of(connection, consultation_id)
        for row in rows:
            if row["id"] == consultation_id:
                return _consultation(row, declared)
        raise _unknown(consultation_id, [row["id"] for row in rows])

    def remove_consultation(self, consultation_id: str) -> None:
        said = select(contributions.c.id).where(contributions.c.consultation == consultation_id)
        with self._writing() as connection:
            connection.execute(delete(return_codes).where(return_codes.c.contribution.in_(said)))
            for table in (contributions, erasures, workshops, schema.declarations, schema.decisions):
                connection.execute(delete(table).where(table.c.consultation == consultation_id))
            connection.execute(delete(consultations).where(consultations.c.id == consultation_id))
            self._forgetting = True

    def add_workshop(self, workshop: Workshop) -> None:
        spelling = spelled(workshop.word)
        if not spelling:
            raise ValueError(f"{workshop.word!r} has no letter or digit to be typed")
        with self._writing() as connection:
            _require_known(connection, {workshop.consultation})
            where = workshops.c.spelling == spelling
            earlier = connection.execute(select(workshops.c.consultation).where(where)).scalars().all()
            connection.execute(delete(workshops).where(where))
            connection.execute(
                insert(workshops).values(
                    spelling=spelling,
                    word=workshop.word,
                    consultation=workshop.consultation,
                    title=workshop.title,
                )
            )
            _touch(connection, [workshop.consultation, *earlier])

    def workshops(self, consultation_id: str) -> Sequence[Workshop]:
        query = select(workshops).where(workshops.c.consultation == consultation_id)
        with self._reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [_workshop(row) for row in sorted(rows, key=lambda row: str(row["word"]))]

    def workshop(self, word: str) -> Workshop | None:
        with self._reading() as connection:
            query = select(workshops).where(workshops.c.spelling == spelled(word))
            row = connection.execute(query).mappings().one_or_none()
        return None if row is None else _workshop(row)

    # Contributions

    def add(self, *contributions: Contribution, return_code: str = "") -> None:
        rows = [schema.row_of(contribution) for contribution in contributions]
        ids = {contribution.id for contribution in contributions}
        if return_code and len(ids) != 1:
            raise ValueError(f"a return code opens one contribution, not {len(ids)}")
        with self._writing() as connection:
            _require_known(connection, {contribution.consultation for contribution in contributions})
            new = versions.new_rows(rows, versions.kept(connection, ids))
            if new:
                connection.execute(insert(schema.contributions), new)
                _touch(connection, {str(row["consultation"]) for row in new}, "said", "answered")
            if return_code:
                _open_with(connection, return_code, ids.pop())

    def contributions(self, consultation_id: str) -> Sequence[Contribution]:
        with self._reading() as connection:
            return versions.latest(connection, consultation_id)

    def contribution(self, contribution_id: str) -> Contribution | None:
        kept = self.versions(contribution_id)
        return kept[-1] if kept else None

    def versions(self, contribution_id: str) -> Sequence[Contribution]:
        with self._reading() as connection:
            return versions.of(connection, contribution_id)

    def returning(self, return_code: str) -> Contribution:
        with self._reading() as connection:
            secret = _secret(connection)
            if secret is not None:
                seal = sealed(return_code, secret)
                query = select(return_codes.c.contribution).where(return_codes.c.seal == seal)
                opened = connection.execute(query).scalar_one_or_none()
                if opened is not None:
                    return versions.of(connection, opened)[-1]
        raise UnknownReturnCode(
            "This code opens no contribution: check its letters and digits. "
            "An erased contribution has no code any more."
        )

    def erase(self, contribution_id: str, at: datetime) -> None:
        table = schema.contributions
        with self._writing() as connection:
            kept = versions.of(connection, contribution_id)
            if not kept:
                return
            consultation = kept[-1].consultation
            connection.execute(delete(table).where(table.c.id == contribution_id))
            connection.execute(delete(return_codes).where(return_codes.c.contribution == contribution_id))
            connection.execute(
                insert(erasures).values(
                    contribution=contribution_id,
                    consultation=consultation,
                    versions=len(kept),
                    at=schema.moment(at),
                )
            )
            decisions.forget(connection, consultation, contribution_id)
            _touch(connection, [consultation], "said")
            self._forgetting = True

    def erased(self, consultation_id: str) -> int:
        query = select(func.count()).where(erasures.c.consultation == consultation_id)
        with self._reading() as connection:
            return connection.execute(query).scalar_one()

    # Decisions

    def decide(self, consultation_id: str, decision: Decision, after: int) -> None:
        with self._writing() as connection:
            _require_known(connection, {consultation_id})
            if decisions.append(connection, consultation_id, decision, after):
                _touch(connection, [consultation_id])

    def decisions(self, consultation_id: str) -> Sequence[Decision]:
        with self._reading() as connection:
            return decisions.of(connection, consultation_id)

    # Revisions

    def revision(self, consultation_id: str) -> str:
        return self._mark(consultations.c.changed, consultation_id)

    def said(self, consultation_id: str) -> str:
        return self._mark(consultations.c.said, consultation_id)

    def _mark(self, column: Column[int], consultation_id: str) -> str:
        with self._reading() as connection:
            identity = connection.execute(select(about_store.c.identity)).scalar_one()
            query = select(column).where(consultations.c.id == consultation_id)
            return f"{identity}-{connection.execute(query).scalar_one_or_none() or 0}"

    # Notes

    def note(self, name: str) -> str:
        with self._reading() as connection:
            query = select(notes.c.text).where(notes.c.name == name)
            return connection.execute(query).scalar_one_or_none() or ""

    def keep_note(self, name: str, text: str) -> None:
        with self._writing() as connection:
            connection.execute(delete(notes).where(notes.c.name == name))
            connection.execute(insert(notes).values(name=name, text=text))


def _prepare(connection: Connection, path: Path) -> None:
    """Makes the tables of a new store, and those that an older one lacks.

    Raises `BrokenStore` if the file is somebody else's, or too new.
    """
    tables = inspect(connection).get_table_names()
    if about_store.name in tables:
        number = connection.execute(select(about_store.c.schema_number)).scalar_one()
        if number > schema.SCHEMA:
            raise BrokenStore(
                "The store {path} was made by a newer Alleanza: update this one, or name another store.",
                path=path,
            )
        if number < schema.SCHEMA:
            schema.bring_up(connection, number)
    elif tables:
        raise BrokenStore(
            "{path} is a database of another program: name another file for the store.", path=path
        )
    else:
        schema.metadata.create_all(connection)
        connection.execute(
            insert(about_store).values(identity=secrets.token_hex(8), schema_number=schema.SCHEMA, changes=0)
        )


def _touch(connection: Connection, consultation_ids: Collection[str], *also: str) -> None:
    """Marks these consultations as changed now, in `changed` and in the columns named `also`."""
    connection.execute(update(about_store).values(changes=about_store.c.changes + 1))
    now = connection.execute(select(about_store.c.changes)).scalar_one()
    marks = dict.fromkeys(("changed", *also), now)
    connection.execute(update(consultations).where(consultations.c.id.in_(consultation_ids)).values(marks))


def _require_known(connection: Connection, consultation_ids: Collection[str]) -> None:
    known = connection.execute(select(consultations.c.id)).scalars().all()
    for consultation_id in sorted(consultation_ids):
        if consultation_id not in known:
            raise _unknown(consultation_id, known)


def _unknown(consultation_id: str, known: Sequence[str]) -> UnknownConsultation:
    if not known:
        return UnknownConsultation(
            "There is no consultation {id}: this store holds none yet.", id=consultation_id
        )
    return UnknownConsultation(
        "There is no consultation {id} in this store: choose one of {known}.",
        id=consultation_id,
        known=", ".join(sorted(known)),
    )


def _secret(connection: Connection) -> bytes | None:
    """The key under which return codes are sealed here, made with the first of them."""
    query = select(secret_keys.c.key).where(secret_keys.c.name == RETURN_CODES)
    return connection.execute(query).scalar_one_or_none()


def _open_with(connection: Connection, return_code: str, contribution_id: str) -> None:
    """From now on this code opens this contribution; `ValueError` if it opens another one."""
    secret = _secret(connection)
    if secret is None:
        secret = secrets.token_bytes(32)
        connection.execute(insert(secret_keys).values(name=RETURN_CODES, key=secret))
    seal = sealed(return_code, secret)
    query = select(return_codes.c.contribution).where(return_codes.c.seal == seal)
    opened = connection.execute(query).scalar_one_or_none()
    if opened is None:
        connection.execute(insert(return_codes).values(seal=seal, contribution=contribution_id))
    elif opened != contribution_id:
        raise ValueError("this return code opens another contribution already")


def _consultation(row: RowMapping, declared: tuple[Declaration, ...]) -> Consultation:
    return Consultation(row["id"], _plan(row["plan"]), row["stage"], row["invented"], declared)


def _workshop(row: RowMapping) -> Workshop:
    return Workshop(row["word"], row["consultation"], row["title"])
