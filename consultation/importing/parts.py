"""One part of answers that lie in many Parquet files: what can be counted of it, and what cannot.

Rows are numbered from 1. Cells are read as those of a CSV are: plain text without blanks at its ends.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from consultation.contribution import plain_text
from consultation.errors import MissingColumns, UnreadableFile, UnreadRow
from consultation.importing.labels import TEXTS
from consultation.importing.quoting import quoted, some
from consultation.importing.reasons import LONGEST_IMPORTED, too_long
from consultation.importing.unread import Sieve, Unread


@dataclass(frozen=True)
class Part:
    """A part's answers (columns of `TEXTS`, indexed by row number), its SHA-256, and what made no answer."""

    table: pd.DataFrame
    digest: str
    unread: tuple[Unread, ...]
    n_empty: int


def read_part(path: Path) -> Part:
    """The Parquet file at `path`, read once and whole; other columns than those of `TEXTS` are left.

    An empty contribution is the answer's own. Raises `UnreadableFile` and `MissingColumns`.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            "{path} cannot be read where the counting runs: {reason}. With --scheduler every worker must see "
            "the parts under the same path.",
            path=path,
            reason=error.strerror,
        ) from None
    try:
        found = pd.read_parquet(io.BytesIO(content))
    except (OSError, ValueError) as error:  # pyarrow's own errors are of these two kinds
        raise UnreadableFile("{path} is not a Parquet file: {reason}.", path=path, reason=error) from None
    if missing := [name for name in TEXTS.required if name not in found.columns]:
        raise MissingColumns(
            "{path} lacks these columns: {missing}. It has {found}. Rename its headers to match.",
            path=path,
            missing=", ".join(missing),
            found=some([quoted(str(name)) for name in found.columns], most=30),
        )
    cells = found.reindex(columns=list(TEXTS.all)).astype("object").fillna("").astype("str")
    cells.index = pd.RangeIndex(1, len(cells) + 1, name="row")
    for name in TEXTS.all:
        cells[name] = cells[name].map(plain_text).astype("str")
    spoken = cells["text"] != ""
    sieve = Sieve(cells[spoken], path.name)
    sieve.put_aside(
        sieve.rows["answer_id"] == "",
        lambda _: UnreadRow("This row has no answer_id: give each answer its own."),
    )
    sieve.put_aside(sieve.rows["text"].str.len() > LONGEST_IMPORTED, lambda row: too_long(row["text"]))
    rows = sieve.rows
    own = rows["contribution_id"].where(rows["contribution_id"] != "", rows["answer_id"])
    return Part(
        rows.assign(contribution_id=own),
        hashlib.sha256(content).hexdigest(),
        sieve.unread,
        int((~spoken).sum()),
    )
