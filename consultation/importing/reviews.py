"""The codings that people gave or refused while reading, brought as CSV."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from consultation.errors import Notice, UnreadRow
from consultation.importing.columns import named_cells
from consultation.importing.csv_tables import Read
from consultation.importing.files import read_sheet
from consultation.importing.quoting import quoted, rows_named, some
from consultation.importing.reasons import unknown_objective, unknown_word
from consultation.importing.repeated import each_once
from consultation.importing.unread import Sieve
from consultation.plan import Plan
from consultation.tables import CODINGS, tidy_codings

YES = ("true", "1", "yes", "sì", "si", "vero")
NO = ("false", "0", "no", "falso")


def read_codings(path: Path, plan: Plan) -> Read:
    """The codings in the CSV at `path`, as `tables.tidy_codings`; an empty objective is none of them.

    An answer that is said to speak of an objective and not to, is neither. Raises `UnreadableFile` and
    `MissingColumns`.
    """
    sheet = read_sheet(path)
    cells, notices = named_cells(sheet, CODINGS, path)
    sieve = Sieve(
        cells.assign(objective=cells["objective"].str.lower(), holds=cells["holds"].str.casefold()),
        sheet.source,
        sheet.unread,
    )
    sieve.put_aside(
        sieve.rows["answer_id"] == "",
        lambda _: UnreadRow("This row has no answer_id: say which answer was coded."),
    )
    sieve.put_aside(
        ~sieve.rows["objective"].isin(["", *plan.objectives]),
        lambda row: unknown_objective(row["objective"], plan),
    )
    sieve.put_aside(
        ~sieve.rows["holds"].isin([*YES, *NO]),
        lambda row: unknown_word("holds", row["holds"], ("true", "false")),
    )
    sieve.rows = sieve.rows.assign(holds=sieve.rows["holds"].isin(YES).map({True: "true", False: "false"}))
    sieve.rows, repeated = each_once(sieve.rows, sheet.source)
    _not_both(sieve)
    table = tidy_codings(sieve.rows.assign(holds=sieve.rows["holds"] == "true"))
    return Read(table, sieve.unread, (*sheet.notices, *notices, *repeated))


def unknown_answers(codings: pd.DataFrame, answers: pd.DataFrame, path: Path) -> tuple[Notice, ...]:
    """Which coded answers are not there: their codings say nothing, and may be misspelt."""
    known = set(answers["answer_id"])
    unknown = [answer for answer in dict.fromkeys(codings["answer_id"]) if answer not in known]
    if not unknown:
        return ()
    return (
        Notice(
            "{file}: codings of answers that are not there, which say nothing: {n} ({names}).",
            file=path.name,
            n=len(unknown),
            names=some([quoted(answer) for answer in unknown]),
        ),
    )


def _not_both(sieve: Sieve) -> None:
    key = ["answer_id", "objective"]
    both = sieve.rows.duplicated(key, keep=False)
    rows: dict[tuple[str, ...], list[int]] = {
        tuple(str(part) for part in pair): [int(row) for row in its.index]
        for pair, its in sieve.rows[both].groupby(key)
        if isinstance(pair, tuple)
    }
    sieve.put_aside(
        both,
        lambda row: UnreadRow(
            "The answer {id} is coded in two ways on rows {rows}: keep one of them.",
            id=quoted(row["answer_id"]),
            rows=rows_named(rows[row["answer_id"], row["objective"]]),
        ),
    )
