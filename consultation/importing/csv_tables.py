"""The tidy tables brought as CSV: `answers` and `ratings`, each value checked against the plan.

A row that cannot be used is handed back with its reason; what was read otherwise than it stood is told.
The same rows in another order give the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from consultation.contribution import CHANNELS, CONSENTS, DIMENSIONS
from consultation.errors import Notice, UnreadRow
from consultation.importing.belonging import agree, listed_groups, one_voice
from consultation.importing.columns import as_known, named_cells
from consultation.importing.files import read_sheet
from consultation.importing.moments import iso_moments
from consultation.importing.quoting import quoted, rows_named
from consultation.importing.reasons import (
    LONGEST_IMPORTED,
    empty_texts,
    too_long,
    unknown_guiding_question,
    unknown_objective,
    unknown_strategic_question,
    unknown_word,
)
from consultation.importing.repeated import each_once
from consultation.importing.unread import Sieve, Unread
from consultation.language import LANGUAGES
from consultation.plan import Plan
from consultation.tables import ANSWERS, LATE, RATINGS, tidy_answers, tidy_ratings

__all__ = ["LONGEST_IMPORTED", "Read", "Unread", "agree", "read_answers", "read_ratings"]

NOT_SAID = ("", "non so", "nsp", "n/a", "na", "?", "don't know")
"""What stands in a rating's place when none was given (in small letters)."""


@dataclass(frozen=True)
class Read:
    """A file's tidy table, the rows that could not be used, by row, and what else is to be told."""

    table: pd.DataFrame
    unread: tuple[Unread, ...]
    notices: tuple[Notice, ...]


def read_answers(path: Path, plan: Plan) -> Read:
    """The answers in the CSV at `path`, as `tables.tidy_answers`.

    An empty text makes no answer. An empty contribution is the answer's own, an empty unit the contribution.
    Raises `UnreadableFile` and `MissingColumns`.
    """
    sheet = read_sheet(path)
    cells, notices = named_cells(sheet, ANSWERS, path)
    spoken = cells["text"] != ""
    notices += empty_texts(int((~spoken).sum()), sheet.source)
    sieve = Sieve(_answer_values(cells[spoken], plan), sheet.source, sheet.unread)
    _sift_answers(sieve, plan)
    rows = sieve.rows.copy()
    rows["objectives"] = rows["objectives"].map(_distinct_tags)
    rows["at"], without_moment = iso_moments(rows["at"], sheet.source)
    rows["contribution_id"] = rows["contribution_id"].where(rows["contribution_id"] != "", rows["answer_id"])
    sieve.rows, settled = one_voice(rows)
    twins = _once(sieve, ["answer_id"], _two_answers, sheet.source)
    table, unlisted = listed_groups(sieve.rows, plan, sheet.source)
    return Read(
        tidy_answers(table),
        sieve.unread,
        (*sheet.notices, *notices, *without_moment, *twins, *settled, *unlisted),
    )


def read_ratings(path: Path, plan: Plan) -> Read:
    """The ratings in the CSV at `path`, as `tables.tidy_ratings`: 1 to 5, missing for a "non so".

    Raises `UnreadableFile` and `MissingColumns`.
    """
    sheet = read_sheet(path)
    cells, notices = named_cells(sheet, RATINGS, path)
    rows = cells.assign(
        group=as_known(cells["group"], plan.groups),
        objective=cells["objective"].str.lower(),
        dimension=cells["dimension"].str.lower(),
        channel=cells["channel"].str.lower(),
        late=cells["late"].str.lower(),
        value=_whole(cells["value"]),
    )
    sieve = Sieve(rows, sheet.source, sheet.unread)
    _sift_ratings(sieve, plan)
    sieve.rows, settled = one_voice(sieve.rows)
    twins = _once(sieve, ["contribution_id", "objective", "dimension"], _two_ratings, sheet.source)
    table, unlisted = listed_groups(sieve.rows, plan, sheet.source)
    table["value"] = pd.to_numeric(table["value"].where(table["value"] != "")).astype("Int64")
    return Read(tidy_ratings(table), sieve.unread, (*sheet.notices, *notices, *twins, *settled, *unlisted))


def _answer_values(cells: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The cells with ids in small letters, as plans write them; a group that no plan knows stays as it is."""
    small = ("strategic_question", "guiding_question", "objectives", "language", "consent", "channel", "late")
    return cells.assign(
        group=as_known(cells["group"], plan.groups), **{name: cells[name].str.lower() for name in small}
    )


def _sift_answers(sieve: Sieve, plan: Plan) -> None:
    sieve.put_aside(
        sieve.rows["answer_id"] == "",
        lambda _: UnreadRow("This row has no answer_id: give each answer its own."),
    )
    sieve.put_aside(sieve.rows["text"].str.len() > LONGEST_IMPORTED, lambda row: too_long(row["text"]))
    sieve.put_aside(
        ~sieve.rows["strategic_question"].isin(["", *plan.questions]),
        lambda row: unknown_strategic_question(row["strategic_question"], plan),
    )
    sieve.put_aside(
        ~sieve.rows["guiding_question"].isin(["", *plan.guides]),
        lambda row: unknown_guiding_question(row["guiding_question"], plan),
    )
    _sift_tags(sieve, plan)
    for column, known in (("consent", CONSENTS), ("channel", CHANNELS), ("language", LANGUAGES)):
        _sift_words(sieve, column, known)
    _sift_late(sieve)
    sieve.put_aside(
        ~sieve.rows["wording"].str.fullmatch("[1-9][0-9]{0,5}"),
        lambda row: UnreadRow(
            "{value} is no version of the plan's wording: write a whole number, or leave the cell empty.",
            value=quoted(row["wording"]),
        ),
    )


def _sift_words(sieve: Sieve, column: str, known: Collection[str]) -> None:
    sieve.put_aside(~sieve.rows[column].isin(known), lambda row: unknown_word(column, row[column], known))


def _sift_late(sieve: Sieve) -> None:
    sieve.put_aside(
        ~sieve.rows["late"].isin(["", LATE]),
        lambda row: UnreadRow(
            "The column late cannot hold {value}: write {late}, or leave the cell empty.",
            value=quoted(row["late"]),
            late=LATE,
        ),
    )


def _sift_tags(sieve: Sieve, plan: Plan) -> None:
    def unknown(tags: str) -> list[str]:
        return [tag for tag in _tags(tags) if tag not in plan.objectives]

    def astray(tags: str, question: str) -> list[str]:
        questions = {tag: plan.objectives[tag].strategic_question for tag in _tags(tags)}
        return [tag for tag, own in questions.items() if question not in ("", own)]

    sieve.put_aside(
        sieve.rows["objectives"].map(unknown).astype(bool),
        lambda row: unknown_objective(unknown(row["objectives"])[0], plan),
    )
    tagged = zip(sieve.rows["objectives"], sieve.rows["strategic_question"], strict=True)
    sieve.put_aside(
        pd.Series([bool(astray(*row)) for row in tagged], index=sieve.rows.index, dtype=bool),
        lambda row: UnreadRow(
            "The objective {tag} belongs to another strategic question than {question}: correct one of them.",
            tag=astray(row["objectives"], row["strategic_question"])[0],
            question=row["strategic_question"],
        ),
    )


def _sift_ratings(sieve: Sieve, plan: Plan) -> None:
    sieve.put_aside(
        sieve.rows["contribution_id"] == "",
        lambda _: UnreadRow("This row has no contribution_id: say whose rating it is."),
    )
    sieve.put_aside(
        ~sieve.rows["objective"].isin(list(plan.objectives)),
        lambda row: unknown_objective(row["objective"], plan),
    )
    _sift_words(sieve, "dimension", DIMENSIONS)
    _sift_words(sieve, "channel", CHANNELS)
    _sift_late(sieve)
    sieve.put_aside(
        ~sieve.rows["value"].isin(["", *"12345"]),
        lambda row: UnreadRow(
            "The rating {value} is not on the scale: write a whole number from 1 to 5, or leave the cell "
            "empty for “non so”.",
            value=quoted(row["value"]),
        ),
    )


def _once(
    sieve: Sieve, key: list[str], reason: Callable[[dict[str, str], str], UnreadRow], source: str
) -> tuple[Notice, ...]:
    """Rows with the same key count once if they are alike; if they differ, none of them counts."""
    marks = list(zip(*(sieve.rows[column] for column in key), strict=True))
    distinct = sieve.rows[~sieve.rows.duplicated()]
    contested = distinct[distinct.duplicated(key, keep=False)]
    clashing = set(zip(*(contested[column] for column in key), strict=True))
    places: dict[tuple[str, ...], list[int]] = {}
    for mark, row in zip(marks, sieve.rows.index, strict=True):
        if mark in clashing:
            places.setdefault(mark, []).append(row)
    sieve.put_aside(
        pd.Series([mark in clashing for mark in marks], index=sieve.rows.index, dtype=bool),
        lambda row: reason(row, rows_named(places[tuple(row[column] for column in key)])),
    )
    sieve.rows, repeated = each_once(sieve.rows, source)
    return repeated


def _two_answers(row: dict[str, str], rows: str) -> UnreadRow:
    return UnreadRow(
        "The answer_id {id} stands on rows {rows} with different contents: give each answer its own.",
        id=quoted(row["answer_id"]),
        rows=rows,
    )


def _two_ratings(row: dict[str, str], rows: str) -> UnreadRow:
    return UnreadRow(
        "The contribution {id} rates {objective} ({dimension}) differently on rows {rows}: keep one of them.",
        id=quoted(row["contribution_id"]),
        objective=row["objective"],
        dimension=row["dimension"],
        rows=rows,
    )


def _whole(values: pd.Series[str]) -> pd.Series[str]:
    """Ratings as the digits 1 to 5, empty where none was given; anything else as it stands."""
    digit = values.str.extract(r"^([1-5])(?:[.,]0*)?$", expand=False)
    return digit.fillna(values.mask(values.str.casefold().isin(NOT_SAID), ""))


def _tags(cell: str) -> list[str]:
    return [tag.strip() for tag in cell.split("|") if tag.strip()]


def _distinct_tags(cell: str) -> str:
    return "|".join(dict.fromkeys(_tags(cell)))
