"""How cells, rows and counts of a file are named in a sentence: short, whatever the file holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

LONGEST_QUOTED = 60
MOST_NAMED = 10


def quoted(cell: str) -> str:
    """A cell in quotation marks, on one line, cut when it is long."""
    # what is cut away is not looked at: a cell may hold megabytes
    line = " ".join(cell[: 4 * LONGEST_QUOTED].split())
    if len(line) > LONGEST_QUOTED or len(cell) > 4 * LONGEST_QUOTED:
        line = line[:LONGEST_QUOTED] + "…"
    return f"“{line}”"


def some(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """The first `most` names, and an ellipsis for the others."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def rows_named(rows: Iterable[int]) -> str:
    """Row numbers in order, neighbours as a span: `2, 5–9, 12`."""
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and row <= spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return some([str(first) if first == last else f"{first}–{last}" for first, last in spans])


def counted(cells: pd.Series[str]) -> str:
    """The commonest values with their counts, `“pubblico” 12, “altro” 3`; equal counts in order of value."""
    counts = sorted(cells.value_counts().items(), key=lambda pair: (-pair[1], str(pair[0])))
    return some([f"{quoted(str(value))} {count}" for value, count in counts])
