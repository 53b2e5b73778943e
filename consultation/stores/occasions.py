"""Consultations in a SQL database: each a row with its plan, its stage and its dates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from consultation import edition
from consultation.declaration import Declaration
from consultation.errors import ConsultationTaken, UnknownConsultation
from consultation.occasion import Consultation
from consultation.stores import declarations, forgetting, marks, wordings, workshops
from consultation.stores.schema import consultations, moment


def every(connection: Connection) -> list[Consultation]:
    """All of them, the one last added to first; those never answered follow, by id."""
    rows = connection.execute(select(consultations)).mappings().all()
    declared = declarations.by_consultation(connection)
    in_order = sorted(rows, key=lambda row: (-row["answered"], row["id"]))
    return [_consultation(row, declared.get(row["id"], ())) for row in in_order]


def one(connection: Connection, consultation_id: str) -> Consultation:
    """The one of this id; raises `UnknownConsultation`."""
    return _consultation(_row(connection, consultation_id), declarations.of(connection, consultation_id))


def keep(connection: Connection, consultation: Consultation) -> None:
    """Keeps a new one, or puts it in the place of the one of its id, whose declarations stay.

    Another plan in the place of one that was kept is a new wording. Raises `ValueError` for declarations
    that are not kept.
    """
    row = _row_of(consultation)
    where = consultations.c.id == consultation.id
    kept = connection.execute(select(consultations).where(where)).mappings().one_or_none()
    if kept is None:
        new = {
            "id": consultation.id,
            "wording": consultation.wording,
            "erased_trials": consultation.erased_trials,
            "changed": 0,
            "answered": 0,
        }
        connection.execute(insert(consultations).values(**new, **row))
        wordings.keep(connection, consultation.id, consultation.wording, consultation.plan.source, None)
        declarations.keep(connection, consultation.id, consultation.declarations)
    elif len(consultation.declarations) > len(declarations.of(connection, consultation.id)):
        raise ValueError("new rules of a consultation that is kept already come through declare()")
    elif all(kept[name] == value for name, value in row.items()):
        return
    else:
        _put(connection, kept, row, None, "")
    same_plan = kept is not None and kept["plan"] == row["plan"]
    marks.touch(connection, [consultation.id], "pulse", *([] if same_plan else ["said"]))


def change(connection: Connection, seen: Consultation, changed: Consultation, at: datetime, by: str) -> bool:
    """Puts `changed` in the place of `seen`; whether a trial was forgotten with it.

    A draft that asks less forgets its trial as an opened one does, with the rounds that asked the rest.

    Raises `ConsultationTaken` when another is kept by now, `UnknownConsultation` when none is, and
    `ValueError` for what is no change of `seen`.
    """
    if (seen.id, seen.invented, seen.declarations) != (changed.id, changed.invented, changed.declarations):
        raise ValueError("a changed consultation keeps its id, and its rules come through declare()")
    if changed.stage == "draft" != seen.stage:
        raise ValueError(
            "a consultation that was opened is no draft any more: opening it would erase its answers"
        )
    kept = _row(connection, seen.id)
    row = _row_of(changed)
    new_plan = changed.plan.source != seen.plan.source
    if kept["wording"] == seen.wording + new_plan and all(kept[name] == row[name] for name in row):
        return False
    before = _row_of(seen)
    if kept["wording"] != seen.wording or any(kept[name] != before[name] for name in before):
        raise ConsultationTaken(
            "Somebody else has changed the consultation meanwhile: look at it again, then make your change."
        )
    _put(connection, kept, row, at, by)
    draft = seen.stage == "draft"
    asks_less = draft and edition.asks_less(seen.plan, changed.plan)
    forgets = asks_less or (draft and changed.stage != "draft")
    if forgets:
        forgetting.trial(connection, seen.id)
    if asks_less:
        workshops.keep_within(connection, seen.id, changed.plan)
    marks.touch(connection, [seen.id], "pulse", *(["said"] if new_plan or forgets else []))
    return forgets


def require_known(connection: Connection, consultation_ids: Collection[str]) -> None:
    """Raises `UnknownConsultation` if one of them is not kept."""
    known = connection.execute(select(consultations.c.id)).scalars().all()
    for consultation_id in sorted(consultation_ids):
        if consultation_id not in known:
            raise _unknown(consultation_id, known)


def require_same_trial(connection: Connection, consultation_ids: Collection[str], erased_trials: int) -> None:
    """Raises `ErasedContribution` if one of them has erased a trial since `erased_trials` had been."""
    for consultation_id in sorted(consultation_ids):
        one(connection, consultation_id).require_same_trial(erased_trials)


def _put(
    connection: Connection, kept: RowMapping, row: dict[str, object], at: datetime | None, by: str
) -> None:
    """Puts `row` in the place of what is kept; another plan gets the next number."""
    number = kept["wording"]
    if kept["plan"] != row["plan"]:
        number += 1
        wordings.keep(connection, kept["id"], number, str(row["plan"]), at, by)
    where = consultations.c.id == kept["id"]
    connection.execute(update(consultations).where(where).values(wording=number, **row))


def _row(connection: Connection, consultation_id: str) -> RowMapping:
    query = select(consultations).where(consultations.c.id == consultation_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise _unknown(consultation_id, connection.execute(select(consultations.c.id)).scalars().all())
    return row


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


def _row_of(consultation: Consultation) -> dict[str, object]:
    return {
        "plan": consultation.plan.source,
        "stage": consultation.stage,
        "invented": consultation.invented,
        "opens": consultation.opens and moment(consultation.opens),
        "closes": consultation.closes and moment(consultation.closes),
        "pilot": consultation.pilot,
    }


def _consultation(row: RowMapping, declared: tuple[Declaration, ...]) -> Consultation:
    return Consultation(
        id=row["id"],
        plan=wordings.plan_of(row["plan"]),
        stage=row["stage"],
        invented=row["invented"],
        declarations=declared,
        opens=row["opens"] and datetime.fromisoformat(row["opens"]),
        closes=row["closes"] and datetime.fromisoformat(row["closes"]),
        pilot=row["pilot"],
        wording=row["wording"],
        erased_trials=row["erased_trials"],
    )
