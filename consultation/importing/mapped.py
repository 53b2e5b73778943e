"""Answers from any delimited file, by a mapping of its columns (`consultation.importing.mapping`).

A row that names no contribution is one of its own, by its row number: `r000002` is the first row under the
header. Such ids are the rows' identity in this one file; in a file sorted otherwise they differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from consultation.contribution import CONSENTS
from consultation.errors import Notice
from consultation.importing.belonging import listed_groups, one_voice
from consultation.importing.files import Sheet, read_sheet
from consultation.importing.mapping import (
    FIELDS,
    Mapping,
    column_at,
    folded,
    group_ids,
    guiding_ids,
    read_mapping,
    strategic_ids,
)
from consultation.importing.moments import iso_moments
from consultation.importing.quoting import counted, quoted, some
from consultation.importing.reasons import (
    LONGEST_IMPORTED,
    empty_texts,
    too_long,
    unknown_guiding_question,
    unknown_strategic_question,
)
from consultation.importing.repeated import each_once
from consultation.importing.unread import Sieve, Unread
from consultation.plan import Plan
from consultation.tables import ANSWERS, tidy_answers

__all__ = ["Counts", "Imported", "Mapping", "Unread", "import_rows", "read_mapping"]

LANGUAGE_NAMES = {"it": "it", "italiano": "it", "italian": "it", "en": "en", "inglese": "en", "english": "en"}
CAREFUL_CONSENT = "counted_only"
"""The consent of a row whose own is empty or not understood: nobody is quoted on a guess."""

_JOINT = "\n\n"  # between the texts of several columns that answer the same question


@dataclass(frozen=True)
class Counts:
    """How many rows the file has, and what became of them; `empty_texts` made no answer."""

    rows: int
    answers: int
    contributions: int
    empty_texts: int


@dataclass(frozen=True)
class Imported:
    """The tidy answers of a file, the rows that could not be used, by row, and what else is to be told."""

    answers: pd.DataFrame
    counts: Counts
    unread: tuple[Unread, ...]
    notices: tuple[Notice, ...]


def import_rows(path: Path, mapping: Mapping, plan: Plan) -> Imported:
    """The answers in the file at `path`, as `tables.tidy_answers`.

    Several text columns that answer the same question are joined by a blank line. Raises `UnreadableFile`
    and `MissingColumns`.
    """
    sheet = read_sheet(path)
    texts = sheet.cells[[column_at(column.header, sheet.headers) for column in mapping.texts]]
    sieve = Sieve(_fields(sheet, mapping), sheet.source, sheet.unread)
    _sift_questions(sieve, (texts != "").any(axis="columns"), plan)
    said, notices = _said(sieve.rows, mapping, plan, sheet.source)
    answers, empty = _answers(said, texts, mapping)
    sieve.rows = answers.join(said.drop(columns=["strategic_question", "guiding_question"]))
    sieve.put_aside(sieve.rows["text"].str.len() > LONGEST_IMPORTED, lambda row: too_long(row["text"]))
    rows, settled = one_voice(sieve.rows)
    rows, repeated = each_once(rows, sheet.source)
    rows, unlisted = listed_groups(rows, plan, sheet.source)
    table = tidy_answers(_with_answer_ids(rows).assign(objectives="", channel="import"))
    return Imported(
        answers=table,
        counts=Counts(
            rows=len(sheet.cells) + len(sheet.unread),
            answers=len(table),
            contributions=table["contribution_id"].nunique(),
            empty_texts=empty,
        ),
        unread=sieve.unread,
        notices=(*sheet.notices, *empty_texts(empty, sheet.source), *notices, *repeated, *settled, *unlisted),
    )


def _fields(sheet: Sheet, mapping: Mapping) -> pd.DataFrame:
    """The cells of every field, empty where none is mapped."""
    columns = {field: column_at(header, sheet.headers) for field, header in mapping.fields.items()}
    return pd.DataFrame(
        {field: sheet.cells[columns[field]] if field in columns else "" for field in FIELDS},
        index=sheet.cells.index,
        dtype="str",
    )


def _sift_questions(sieve: Sieve, spoken: pd.Series[bool], plan: Plan) -> None:
    """Put aside the rows that say something about a question that the plan does not have."""
    sieve.put_aside(
        spoken & _called(sieve.rows["strategic_question"], strategic_ids(plan)).isna(),
        lambda row: unknown_strategic_question(row["strategic_question"], plan),
    )
    sieve.put_aside(
        spoken[sieve.rows.index] & _called(sieve.rows["guiding_question"], guiding_ids(plan)).isna(),
        lambda row: unknown_guiding_question(row["guiding_question"], plan),
    )


def _said(
    fields: pd.DataFrame, mapping: Mapping, plan: Plan, source: str
) -> tuple[pd.DataFrame, tuple[Notice, ...]]:
    """The fields in the words of the tidy tables, and what was read otherwise than it stood."""
    numbers = pd.Series([f"r{row:06}" for row in fields.index], index=fields.index, dtype="str")
    at, notices = iso_moments(fields["at"], source)
    language = _called(fields["language"], LANGUAGE_NAMES)
    consent = _called(fields["consent"], {name: name for name in CONSENTS})
    said = fields.assign(
        strategic_question=_called(fields["strategic_question"], strategic_ids(plan)).fillna(""),
        guiding_question=_called(fields["guiding_question"], guiding_ids(plan)).fillna(""),
        contribution_id=_first_named(fields["contribution_id"], fields["answer_id"], numbers),
        group=_called(fields["group"], group_ids(plan) | mapping.groups).fillna(fields["group"]),
        language=language.fillna("").replace("", ANSWERS.optional["language"]),
        consent=ANSWERS.optional["consent"],
        at=at,
    )
    told = [*notices, *_other_languages(fields["language"][language.isna()], source)]
    if "consent" in mapping.fields:
        said["consent"] = consent.fillna("").replace("", CAREFUL_CONSENT)
        told += _unclear_consents(fields["consent"][consent.isna() | (consent == "")], source)
    else:
        told.append(
            Notice(
                "{file}: no column says what may be done with the words, so every answer counts as quotable "
                "with its group. If that is not so, add --map consent=HEADER.",
                file=source,
            )
        )
    if mapping.groups:
        told += _groups_not_met(fields["group"], mapping, source)
    return said, tuple(told)


def _called(values: pd.Series[str], names: dict[str, str]) -> pd.Series[str]:
    """What each value names, missing where it names nothing known; an empty value stays empty."""
    return values.map({value: names.get(folded(value)) if value else "" for value in values.unique()}).astype(
        "str"
    )


def _first_named(*columns: pd.Series[str]) -> pd.Series[str]:
    """Row by row the first of `columns` that is not empty."""
    named, *others = columns
    for other in others:
        named = named.where(named != "", other)
    return named


def _answers(said: pd.DataFrame, texts: pd.DataFrame, mapping: Mapping) -> tuple[pd.DataFrame, int]:
    """One row per question answered: its ids and `text`, indexed by row. And how many texts are empty."""
    questions = zip(said.index, said["strategic_question"], said["guiding_question"], strict=True)
    cells = texts.loc[said.index].itertuples(index=False, name=None)
    answers: dict[tuple[int, str, str], list[str]] = {}
    for (row, strategic, guiding), row_cells in zip(questions, cells, strict=True):
        for column, text in zip(mapping.texts, row_cells, strict=True):
            question = (row, column.strategic_question or strategic, column.guiding_question or guiding)
            answers.setdefault(question, []).extend([text] if text else [])
    filled = {question: parts for question, parts in answers.items() if parts}
    table = pd.DataFrame(
        {
            "strategic_question": [strategic for _, strategic, _ in filled],
            "guiding_question": [guiding for _, _, guiding in filled],
            "text": [_JOINT.join(parts) for parts in filled.values()],
        },
        index=pd.Index([row for row, _, _ in filled], name="row"),
        dtype="str",
    )
    return table, len(answers) - len(filled)


def _with_answer_ids(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with an `answer_id` each: its own, else the contribution's with its questions.

    Further answers of the same id get `#2`, `#3`, in the order of their texts.
    """
    rows = rows.sort_values(list(rows.columns))
    ids = rows["contribution_id"]
    asked = (rows["strategic_question"] != "") | (rows["guiding_question"] != "")
    ids = ids.where(~asked, ids + "/" + rows["strategic_question"] + "/" + rows["guiding_question"])
    ids = _first_named(rows["answer_id"], ids)
    while ids.duplicated().any():
        further = ids.groupby(ids).cumcount() + 1
        ids = ids.where(further == 1, ids + "#" + further.astype("str"))
    return rows.assign(answer_id=ids)


def _other_languages(values: pd.Series[str], source: str) -> Iterator[Notice]:
    if not values.empty:
        yield Notice(
            "{file}: these languages are not known and are read as {language}: {values}.",
            file=source,
            language=ANSWERS.optional["language"],
            values=counted(values),
        )


def _unclear_consents(values: pd.Series[str], source: str) -> Iterator[Notice]:
    if not values.empty:
        yield Notice(
            "{file}: these consents are not understood, so their texts count but are not quoted ({consent}): "
            "{values}. Write one of {known}.",
            file=source,
            consent=CAREFUL_CONSENT,
            values=counted(values),
            known=", ".join(CONSENTS),
        )


def _groups_not_met(values: pd.Series[str], mapping: Mapping, source: str) -> Iterator[Notice]:
    """Values that the mapping turns into groups, but that no row has: probably misspelt."""
    met = {folded(value) for value in values.unique()}
    strange = sorted(value for value in mapping.groups if value not in met)
    if strange:
        yield Notice(
            "{file}: no row has these values, which you gave a group: {values}. Check their spelling.",
            file=source,
            values=some([quoted(value) for value in strange]),
        )
