"""Workshops in a SQL database: each a row, its tables rows of their own, so that every word leads one way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from consultation.codes import spelled
from consultation.errors import UnknownInvitation, WorkshopTaken
from consultation.plan import Plan
from consultation.stores.schema import workshop_tables, workshops, written
from consultation.workshop import Invitation, Round, Table, Workshop


def add(connection: Connection, workshop: Workshop) -> bool:
    """Keeps a new one; whether it was not kept yet.

    Raises `ValueError` for a word that leads elsewhere, or cannot be typed.
    """
    spelling = spelled(workshop.word)
    if named(connection, workshop.word) == workshop:
        return False
    _require_free(connection, workshop, "")
    connection.execute(insert(workshops).values(spelling=spelling, **_row_of(workshop)))
    _put_tables(connection, workshop)
    return True


def change(connection: Connection, seen: Workshop, changed: Workshop) -> bool:
    """Puts `changed` in the place of `seen`; whether it was not kept yet.

    Raises `WorkshopTaken` when another is kept by now, `UnknownInvitation` when none is, and `ValueError`
    for another word or consultation, or for a table's word that leads elsewhere.
    """
    if (seen.word, seen.consultation) != (changed.word, changed.consultation):
        raise ValueError("a changed workshop keeps its word and its consultation")
    kept = workshop_of(connection, require(connection, seen.word))
    if kept == changed:
        return False
    if kept != seen:
        raise WorkshopTaken(
            "Somebody else has changed the workshop meanwhile: look at it again, then make your change."
        )
    spelling = spelled(changed.word)
    _require_free(connection, changed, spelling)
    where = workshops.c.spelling == spelling
    connection.execute(update(workshops).where(where).values(**_row_of(changed)))
    connection.execute(delete(workshop_tables).where(workshop_tables.c.workshop == spelling))
    _put_tables(connection, changed)
    return True


def keep_within(connection: Connection, consultation_id: str, plan: Plan) -> None:
    """Takes away from the workshops of a consultation the rounds that ask what `plan` does not."""
    for kept in of(connection, consultation_id):
        change(connection, kept, kept.within(plan))


def of(connection: Connection, consultation_id: str) -> Sequence[Workshop]:
    """Those of one consultation, by word."""
    query = select(workshops).where(workshops.c.consultation == consultation_id)
    rows = connection.execute(query).mappings().all()
    return [workshop_of(connection, row) for row in sorted(rows, key=lambda row: str(row["word"]))]


def named(connection: Connection, word: str) -> Workshop | None:
    """The workshop of this word, however it is typed."""
    row = _row(connection, word)
    return None if row is None else workshop_of(connection, row)


def invited(connection: Connection, word: str) -> Invitation | None:
    """The workshop of this word, or that of the table whose word it is."""
    workshop = named(connection, word)
    if workshop is not None:
        return Invitation(workshop)
    table = workshop_tables
    query = select(table.c.label, workshops).join(workshops, workshops.c.spelling == table.c.workshop)
    row = connection.execute(query.where(table.c.spelling == spelled(word))).mappings().one_or_none()
    return None if row is None else Invitation(workshop_of(connection, row), row["label"])


def require(connection: Connection, word: str) -> RowMapping:
    """The row of the workshop of this word; raises `UnknownInvitation`."""
    row = _row(connection, word)
    if row is None:
        raise UnknownInvitation("No workshop has this invitation: check the word you were given.")
    return row


def _row(connection: Connection, word: str) -> RowMapping | None:
    query = select(workshops).where(workshops.c.spelling == spelled(word))
    return connection.execute(query).mappings().one_or_none()


def _require_free(connection: Connection, workshop: Workshop, own: str) -> None:
    """Raises `ValueError` unless its words lead nowhere yet; `own` is its spelling if it is kept already."""
    times = Counter(spelled(word) for word in workshop.words())
    if not all(times):
        raise ValueError(f"{workshop.words()} has no letter or digit to be typed in one of its words")
    ours = select(workshops.c.spelling).where(workshops.c.spelling != own)
    theirs = select(workshop_tables.c.spelling).where(workshop_tables.c.workshop != own)
    for spelling in times:
        taken = connection.execute(
            ours.where(workshops.c.spelling == spelling).union(
                theirs.where(workshop_tables.c.spelling == spelling)
            )
        ).first()
        if taken is not None or times[spelling] > 1:
            raise ValueError(f"the word {spelling!r} leads elsewhere already")


def _put_tables(connection: Connection, workshop: Workshop) -> None:
    for number, table in enumerate(workshop.tables, 1):
        connection.execute(
            insert(workshop_tables).values(
                spelling=spelled(table.word),
                workshop=spelled(workshop.word),
                number=number,
                word=table.word,
                label=table.label,
            )
        )


def _row_of(workshop: Workshop) -> dict[str, object]:
    rounds = [
        [asked.strategic_question, asked.guiding_questions, asked.minutes, asked.rated]
        for asked in workshop.rounds
    ]
    return {
        "word": workshop.word,
        "consultation": workshop.consultation,
        "title": workshop.title,
        "rounds": written(rounds),
        "invited": written(workshop.invited),
    }


def workshop_of(connection: Connection, row: RowMapping) -> Workshop:
    """The workshop of this row, with its tables."""
    table = workshop_tables
    query = select(table).where(table.c.workshop == row["spelling"]).order_by(table.c.number)
    return Workshop(
        row["word"],
        row["consultation"],
        row["title"],
        tuple(
            Round(question, tuple(guides), minutes, rated)
            for question, guides, minutes, rated in json.loads(row["rounds"])
        ),
        tuple(Table(seat["word"], seat["label"]) for seat in connection.execute(query).mappings()),
        tuple((group, people) for group, people in json.loads(row["invited"])),
    )
