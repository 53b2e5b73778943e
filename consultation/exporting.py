"""Tables as CSV that any spreadsheet opens, and none runs.

A cell that begins like a formula gets an apostrophe in front of it, here only: what is stored, analysed
and shown stays as it was said. `original_cell` takes the apostrophe away again, exactly.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
from pandas.api.types import is_bool_dtype, is_float_dtype, is_integer_dtype

from consultation.errors import CannotWrite

DECIMALS = 6
_UNFINISHED = ".unfinished"

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


def write_files(folder: Path, contents: Mapping[str, bytes], inputs: Iterable[Path] = ()) -> None:
    """Write `contents` (by file name) into `folder`, made if it is not there, in the order given.

    Each file is whole or not there at all. Raises `CannotWrite`, also when one would replace one of the
    `inputs` it was made from.
    """
    for name in contents:
        for source in inputs:
            if (folder / name).resolve() == source.resolve():
                raise CannotWrite("{path} is read and would be overwritten: name another --out.", path=source)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            unfinished = folder / (name + _UNFINISHED)
            unfinished.write_bytes(content)
            unfinished.replace(folder / name)
    except OSError as error:
        raise CannotWrite(
            "The folder {path} cannot be written ({reason}): name another with --out.",
            path=folder,
            reason=error.strerror,
        ) from None


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
