"""Tables as CSV that any spreadsheet opens, and none runs.

A cell that begins like a formula gets an apostrophe in front of it, here only: what is stored, analysed
and shown stays as it was said. `original_cell` takes the apostrophe away again, exactly.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pandas as pd
from pandas.api.types import is_bool_dtype, is_float_dtype, is_integer_dtype

DECIMALS = 6

# Spreadsheets trim blanks, and some fold full-width and small forms, before they look for a formula. A cell
# that already begins with apostrophes counts too, so that taking one away always gives the original back.
_WOULD_RUN = re.compile(r"'*[\s\u200b\ufeff]*[=+\-@\t\r\n＝＋－＠﹦﹢﹣﹫]")


def safe_cell(text: str) -> str:
    """`text` as a spreadsheet shows it without running it: after an apostrophe, where one is needed."""
    return f"'{text}" if _WOULD_RUN.match(text) else text


def original_cell(cell: str) -> str:
    """What `safe_cell` was given; any other cell stays as it is."""
    return cell[1:] if cell.startswith("'") and _WOULD_RUN.match(cell, 1) else cell


def csv_bytes(table: pd.DataFrame) -> bytes:
    """`table` as CSV: UTF-8, lines ended by LF, columns and rows in the order given, the index left out.

    Floats have 6 decimals, no number is an empty cell, and there is no minus zero; booleans are true and
    false. Line ends inside a text are LF too.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(table.columns)
    columns = [_cells(table.iloc[:, position]) for position in range(table.shape[1])]
    writer.writerows(zip(*columns, strict=True))
    return written.getvalue().encode("utf-8")


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write `csv_bytes(table)` to `path`, in place of what is there."""
    path.write_bytes(csv_bytes(table))


def _cells(column: pd.Series) -> list[str]:
    present = column.notna()
    if is_bool_dtype(column.dtype):
        shown = ["true" if value else "false" for value in column[present]]
    elif is_integer_dtype(column.dtype):
        shown = [str(int(value)) for value in column[present]]
    elif is_float_dtype(column.dtype):
        # adding zero turns minus zero into zero, after rounding has made it
        shown = [f"{round(float(value), DECIMALS) + 0.0:.{DECIMALS}f}" for value in column[present]]
    else:
        lines = (str(value).replace("\r\n", "\n").replace("\r", "\n") for value in column[present])
        shown = [safe_cell(line) for line in lines]
    cells = iter(shown)
    return [next(cells) if is_present else "" for is_present in present]
