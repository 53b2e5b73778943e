"""Answers without a plan, and labels with their seed words: what the command `themes` reads."""

from __future__ import annotations

import tomllib
from pathlib import Path

from consultation.errors import BrokenSeeds, UnreadRow
from consultation.importing.columns import named_cells
from consultation.importing.csv_tables import Read
from consultation.importing.files import read_sheet
from consultation.importing.quoting import quoted, rows_named
from consultation.importing.reasons import LONGEST_IMPORTED, empty_texts, too_long
from consultation.importing.repeated import each_once
from consultation.importing.unread import Sieve
from consultation.tables import Columns

TEXTS = Columns(("answer_id", "text"), {"contribution_id": "", "language": ""})


def read_texts(path: Path) -> Read:
    """The texts in the CSV at `path`, whatever its other columns: see `TEXTS`; in the order of their ids.

    An empty text makes no answer; an empty contribution is the answer's own. Raises `UnreadableFile` and
    `MissingColumns`.
    """
    sheet = read_sheet(path)
    cells, _ = named_cells(sheet, TEXTS, path)  # columns not used here are those of other commands
    spoken = cells["text"] != ""
    sieve = Sieve(cells[spoken], sheet.source, sheet.unread)
    sieve.put_aside(
        sieve.rows["answer_id"] == "",
        lambda _: UnreadRow("This row has no answer_id: give each answer its own."),
    )
    sieve.put_aside(sieve.rows["text"].str.len() > LONGEST_IMPORTED, lambda row: too_long(row["text"]))
    sieve.rows, repeated = each_once(sieve.rows, sheet.source)
    places = sieve.rows.groupby("answer_id").indices
    rows = {name: rows_named(sieve.rows.index[where]) for name, where in places.items() if len(where) > 1}
    sieve.put_aside(
        sieve.rows["answer_id"].isin(list(rows)),
        lambda row: UnreadRow(
            "The answer_id {id} stands on rows {rows} with different contents: give each answer its own.",
            id=quoted(row["answer_id"]),
            rows=rows[row["answer_id"]],
        ),
    )
    table = sieve.rows.sort_values("answer_id", ignore_index=True)
    own = table["contribution_id"].where(table["contribution_id"] != "", table["answer_id"])
    return Read(
        table.assign(contribution_id=own),
        sieve.unread,
        (*sheet.notices, *empty_texts(int((~spoken).sum()), sheet.source), *repeated),
    )


def read_seeds(path: Path) -> dict[str, tuple[str, ...]]:
    """The labels of the TOML file at `path` with their seed words, in its order.

    Each label is a table, `["label"]`, with `words = ["a word", "a phrase"]`. Raises `BrokenSeeds`.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BrokenSeeds(
            "{path} is not UTF-8 text (byte {byte}): save it again as UTF-8.", path=path, byte=error.start
        ) from None
    except OSError as error:
        raise BrokenSeeds("{path} cannot be read: {reason}.", path=path, reason=error.strerror) from None
    except tomllib.TOMLDecodeError as error:
        raise BrokenSeeds("{path} is not valid TOML: {reason}.", path=path, reason=error) from None
    seeds = {label: _words(label, entry) for label, entry in raw.items()}
    if not seeds:
        raise BrokenSeeds('{path} names no label: write ["label"] and below it words = ["…"].', path=path)
    return seeds


def _words(label: str, entry: object) -> tuple[str, ...]:
    words = entry.get("words") if isinstance(entry, dict) else None
    if not isinstance(words, list) or not words or not all(isinstance(w, str) and w.strip() for w in words):
        raise BrokenSeeds(
            'The label {label} has no seed words: write words = ["a word", "a phrase"] below it.',
            label=quoted(label),
        )
    for word in words:
        if "|" in word:  # tables join seeds by it
            raise BrokenSeeds("{seed} must not hold the sign |: write two seed words.", seed=quoted(word))
    return tuple(words)
