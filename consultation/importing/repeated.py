"""Rows that say the same thing word for word count once."""

from __future__ import annotations

import pandas as pd

from consultation.errors import Notice
from consultation.importing.quoting import rows_named


def each_once(rows: pd.DataFrame, source: str) -> tuple[pd.DataFrame, tuple[Notice, ...]]:
    """`rows` without those that repeat another in every column, and which these were."""
    repeated = rows.duplicated()
    if not repeated.any():
        return rows, ()
    notice = Notice(
        "{file}: these rows repeat others word for word and count once with them: {rows} ({n} in all).",
        file=source,
        rows=rows_named(rows.index[repeated]),
        n=int(repeated.sum()),
    )
    return rows[~repeated], (notice,)
