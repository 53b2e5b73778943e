"""The SQL keeper: a database, made ready on first use, in which nothing acknowledged is lost."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, Connection, delete, func, insert, inspect, select

from consultation.ballot import Vote
from consultation.codes import spelled
from consultation.contribution import Contribution
from consultation.decisions import Decision
from consultation.declaration import Declaration
from consultation.errors import BrokenStore, UnknownReturnCode
from consultation.moderation import Moderation
from consultation.occasion import Consultation, PlanVersion
from consultation.steps import Step
from consultation.stores import (
    contribution_rows,
    decisions,
    declarations,
    forgetting,
    marks,
    moderations,
    occasions,
    older,
    return_codes,
    schema,
    steps,
    versions,
    votes,
    wordings,
    workshops,
)
from consultation.stores.databases import database_at
from consultation.stores.schema import about_store, consultations, erasures, notes
from consultation.workshop import Invitation, Workshop

PATIENCE = 15.0  # seconds to wait for another process that writes; a crowded room waits 1 or 2


class SqlStore:
    """Fulfils `consultation.stores.Store` on a SQL database.

    `address` is a path or a `sqlite:///` address; the file and its folder are made when missing. Any number
    of threads may read and write; several processes may open the same store. Writers wait for each other up
    to `patience` seconds. Raises `BrokenStore` when it cannot be opened.
    """

    def __init__(self, address: str | Path, patience: float = PATIENCE) -> None:
        self.database = database_at(address, patience)
        try:
            with self.database.writing() as connection:
                _prepare(connection, self.database.name)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self.database.close()

    # Consultations

    def add_consultation(self, consultation: Consultation) -> None:
        with self.database.writing() as connection:
            occasions.keep(connection, consultation)

    def change(self, seen: Consultation, changed: Consultation, at: datetime, by: str = "") -> None:
        with self.database.writing() as connection:
            if occasions.change(connection, seen, changed, at, by):
                self.database.forget()

    def wordings(self, consultation_id: str) -> Sequence[PlanVersion]:
        with self.database.reading() as connection:
            return wordings.of(connection, consultation_id)

    def declare(self, consultation_id: str, declaration: Declaration, after: int) -> None:
        with self.database.writing() as connection:
            occasions.require_known(connection, {consultation_id})
            if declarations.append(connection, consultation_id, declaration, after):
                marks.touch(connection, [consultation_id], "said", "pulse")

    def consultations(self) -> Sequence[Consultation]:
        with self.database.reading() as connection:
            return occasions.every(connection)

    def consultation(self, consultation_id: str) -> Consultation:
        with self.database.reading() as connection:
            return occasions.one(connection, consultation_id)

    def remove_consultation(self, consultation_id: str) -> None:
        with self.database.writing() as connection:
            forgetting.consultation(connection, consultation_id)
            self.database.forget()

    # Workshops

    def add_workshop(self, workshop: Workshop) -> None:
        with self.database.writing() as connection:
            occasions.require_known(connection, {workshop.consultation})
            if workshops.add(connection, workshop):
                self._changed(connection, workshop)

    def change_workshop(self, seen: Workshop, changed: Workshop) -> None:
        with self.database.writing() as connection:
            if workshops.change(connection, seen, changed):
                steps.room(connection, seen).require_fit(changed)
                self._changed(connection, changed)

    @staticmethod
    def _changed(connection: Connection, workshop: Workshop) -> None:
        marks.touch(connection, [workshop.consultation])
        marks.touch_workshops(connection, {spelled(workshop.word)})

    def workshops(self, consultation_id: str) -> Sequence[Workshop]:
        with self.database.reading() as connection:
            return workshops.of(connection, consultation_id)

    def workshop(self, word: str) -> Workshop | None:
        with self.database.reading() as connection:
            return workshops.named(connection, word)

    def invited(self, word: str) -> Invitation | None:
        with self.database.reading() as connection:
            return workshops.invited(connection, word)

    def act(self, word: str, step: Step, after: int) -> None:
        with self.database.writing() as connection:
            if steps.append(connection, word, step, after):
                marks.touch_workshops(connection, {spelled(word)})

    def steps(self, word: str) -> Sequence[Step]:
        with self.database.reading() as connection:
            return steps.of(connection, word)

    def vote(self, vote: Vote, erased_trials: int | None = None) -> None:
        with self.database.writing() as connection:
            if votes.keep(connection, vote, erased_trials):
                marks.touch_workshops(connection, {spelled(vote.workshop)})

    def votes(self, word: str) -> Sequence[Vote]:
        with self.database.reading() as connection:
            return votes.of(connection, word)

    def came(self, word: str) -> Sequence[Contribution]:
        with self.database.reading() as connection:
            workshop = workshops.named(connection, word)
            if workshop is None:
                return []
            return versions.sent_in(connection, workshop.consultation, workshop.word)

    def pulse(self, word: str) -> str:
        with self.database.reading() as connection:
            return marks.pulse(connection, word)

    # Contributions

    def add(
        self, *contributions: Contribution, return_code: str = "", erased_trials: int | None = None
    ) -> None:
        rows = [contribution_rows.row_of(contribution) for contribution in contributions]
        ids = {contribution.id for contribution in contributions}
        if return_code and len(ids) != 1:
            raise ValueError(f"a return code opens one contribution, not {len(ids)}")
        with self.database.writing() as connection:
            homes = {contribution.consultation for contribution in contributions}
            occasions.require_known(connection, homes)
            if erased_trials is not None:
                occasions.require_same_trial(connection, homes, erased_trials)
            kept = versions.kept(connection, ids)
            new = versions.new_rows(rows, kept)
            if new:
                connection.execute(insert(schema.contributions), new)
                marks.touch(connection, {str(row["consultation"]) for row in new}, "said", "answered")
                # the one in which an earlier version was sent lists it no more
                words = {str(row["workshop"]) for row in new} | {row["workshop"] for row in kept}
                marks.touch_workshops(connection, {spelled(word) for word in words if word})
            if return_code:
                return_codes.keep(connection, return_code, ids.pop())

    def contributions(self, consultation_id: str) -> Sequence[Contribution]:
        with self.database.reading() as connection:
            return versions.latest(connection, consultation_id)

    def contribution(self, contribution_id: str) -> Contribution | None:
        kept = self.versions(contribution_id)
        return kept[-1] if kept else None

    def versions(self, contribution_id: str) -> Sequence[Contribution]:
        with self.database.reading() as connection:
            return versions.of(connection, contribution_id)

    def returning(self, return_code: str) -> Contribution:
        with self.database.reading() as connection:
            opened = return_codes.opened(connection, return_code)
            if opened is not None:
                return versions.of(connection, opened)[-1]
        raise UnknownReturnCode(
            "This code opens no contribution: check its letters and digits. "
            "An erased contribution has no code any more."
        )

    def erase(self, contribution_id: str, at: datetime) -> None:
        with self.database.writing() as connection:
            if forgetting.contribution(connection, contribution_id, at):
                self.database.forget()

    def erased(self, consultation_id: str) -> int:
        query = select(func.count()).where(erasures.c.consultation == consultation_id)
        with self.database.reading() as connection:
            return connection.execute(query).scalar_one()

    # What people decide while reading

    def moderate(self, consultation_id: str, moderation: Moderation, after: int) -> None:
        with self.database.writing() as connection:
            occasions.require_known(connection, {consultation_id})
            if moderations.append(connection, consultation_id, moderation, after):
                marks.touch(connection, [consultation_id], "said", "pulse")

    def moderations(self, consultation_id: str) -> Sequence[Moderation]:
        with self.database.reading() as connection:
            return moderations.of(connection, consultation_id)

    def decide(self, consultation_id: str, decision: Decision, after: int) -> None:
        with self.database.writing() as connection:
            occasions.require_known(connection, {consultation_id})
            if decisions.append(connection, consultation_id, decision, after):
                marks.touch(connection, [consultation_id])

    def decisions(self, consultation_id: str) -> Sequence[Decision]:
        with self.database.reading() as connection:
            return decisions.of(connection, consultation_id)

    # Revisions

    def revision(self, consultation_id: str) -> str:
        return self._mark(consultations.c.changed, consultation_id)

    def said(self, consultation_id: str) -> str:
        return self._mark(consultations.c.said, consultation_id)

    def _mark(self, column: Column[int], consultation_id: str) -> str:
        with self.database.reading() as connection:
            return marks.of(connection, column, consultation_id)

    # Notes

    def note(self, name: str) -> str:
        with self.database.reading() as connection:
            query = select(notes.c.text).where(notes.c.name == name)
            return connection.execute(query).scalar_one_or_none() or ""

    def keep_note(self, name: str, text: str) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(notes).where(notes.c.name == name))
            connection.execute(insert(notes).values(name=name, text=text))


def _prepare(connection: Connection, name: str) -> None:
    """Makes the tables of a new store, and those that an older one lacks.

    Raises `BrokenStore` if the database is somebody else's, or too new.
    """
    tables = inspect(connection).get_table_names()
    if about_store.name in tables:
        number = connection.execute(select(about_store.c.schema_number)).scalar_one()
        if number > schema.SCHEMA:
            raise BrokenStore(
                "The store {path} was made by a newer Alleanza: update this one, or name another store.",
                path=name,
            )
        if number < schema.SCHEMA:
            older.bring_up(connection, number)
    elif tables:
        raise BrokenStore(
            "{path} is a database of another program: name another place for the store.", path=name
        )
    else:
        schema.metadata.create_all(connection)
        connection.execute(
            insert(about_store).values(identity=secrets.token_hex(8), schema_number=schema.SCHEMA, changes=0)
        )
