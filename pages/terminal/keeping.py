"""The store as commands use it: opened by its name, one of its consultations chosen, answers put into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from consultation import tables
from consultation.errors import BrokenStore, Problem
from consultation.importing.keeping import keep
from consultation.language import Language
from consultation.occasion import Consultation
from consultation.opening import contributions_from
from consultation.plan import Plan
from consultation.shipped import open_shipped
from consultation.stores import Store
from consultation.stores.addresses import store_address
from consultation.stores.embedded import file_at
from pages.terminal.telling import say


@contextmanager
def opened(address: str | None, *, make: bool = False) -> Iterator[Store]:
    """The store named on the command line, else by ALLEANZA_STORE, the secrets, or the project's own.

    One that is named and not there is made only by commands that put something in: else a mistyped name
    would show a new store's example.
    """
    if address and not make and not file_at(address).exists():
        raise BrokenStore("There is no store at {path}: check the name.", path=address)
    kept = open_shipped(store_address(address))
    try:
        yield kept
    finally:
        kept.close()


def chosen(kept: Store, consultation: str | None) -> Consultation:
    """The consultation of this id, or the one answered last."""
    if consultation is not None:
        return kept.consultation(consultation)
    known = kept.consultations()
    if not known:
        raise Problem("The store holds no consultation: start the app once, or name files to analyse.")
    return known[0]


def named_after(file: Path, answers: pd.DataFrame) -> pd.DataFrame:
    """`answers` with ids that tell rows of this file from those of another one in the same store."""
    ids = f"{file.stem}-" + answers["contribution_id"]
    own_unit = answers["unit"] == answers["contribution_id"]
    return answers.assign(contribution_id=ids, unit=answers["unit"].mask(own_unit, ids))


def put(answers: pd.DataFrame, plan: Plan, consultation_id: str, address: str, reader: Language) -> None:
    """Puts imported answers into the store, in a consultation that is made if it is not there."""
    with opened(address, make=True) as kept:
        if consultation_id in [one.id for one in kept.consultations()]:
            kept.consultation(consultation_id).require_for_import(plan)
        else:
            kept.add_consultation(Consultation(consultation_id, plan, "open"))
        said = contributions_from(answers, tables.ratings([]), consultation_id, plan, datetime.now(UTC))
        done = keep(kept, said)
    say(
        reader.say(
            "Contributions in {consultation}: {new} new, {changed} changed, {same} as before.",
            consultation=consultation_id,
            new=done.new,
            changed=done.changed,
            same=done.same,
        )
    )
