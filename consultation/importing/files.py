"""A delimited text file, as people's programs really save it, read into cells with their row numbers.

UTF-8 with or without its mark, UTF-16 with it, single cells in Windows-1252; commas, semicolons or tabs;
any line ends; texts in quotation marks over several lines. A row number is the one a person sees in a
spreadsheet: the header is row 1, and a cell with line breaks does not start a new row.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from consultation.contribution import plain_text
from consultation.errors import Notice, UnreadableFile, UnreadRow
from consultation.exporting import original_cell
from consultation.importing.quoting import rows_named
from consultation.importing.unread import Unread

SEPARATORS = (",", ";", "\t")

csv.field_size_limit(2**31 - 1)  # the module's own limit, 131,072, would raise on one long text

_SAMPLE = 4096  # bytes looked at to tell text from anything else
_NOT_UTF8 = re.compile("[\udc80-\udcff]")  # what the decoder leaves in place of such bytes
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Signs beyond these (other line ends, what is no character, rare scripts) are for `plain_text` to judge: it
# looks at each, which is slow.
_UNUSUAL = re.compile(
    r"[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0001fffd]"
)


@dataclass(frozen=True)
class Sheet:
    """The cells of a file: one column of text per header, named by position, indexed by row number.

    Headers and cells are plain text without blanks at their ends; headers may be empty or repeated. Rows
    without any text are left out.
    """

    source: str
    headers: tuple[str, ...]
    cells: pd.DataFrame
    unread: tuple[Unread, ...]
    notices: tuple[Notice, ...]


def read_sheet(path: Path) -> Sheet:
    """The file at `path`; raises `UnreadableFile` when there is no table of text in it."""
    text = _text(path)
    lines = io.StringIO(text, newline="").readlines()
    records = ((row, cells) for row, cells in _records(lines, _separator(lines)) if _says_something(cells))
    first = next(records, None)
    if first is None:
        raise UnreadableFile(
            "{path} is empty: check that it was saved, and that it is the right file.", path=path
        )
    header = first[1]
    if header is None:
        raise UnreadableFile(
            "{path}: a quotation mark in the header is never closed. Close it, or take it away.", path=path
        )
    reading = _Reading(path.name, len(header))
    for row, cells in records:
        reading.take(row, cells)
    if not reading.rows and not reading.unread:
        raise UnreadableFile("{path} has a header but no rows: check that it is the right file.", path=path)
    return Sheet(
        source=path.name,
        headers=tuple(plain_text(_utf8(cell)) for cell in header),
        cells=pd.DataFrame(
            reading.cells, index=pd.Index(reading.rows, name="row"), columns=range(len(header)), dtype="str"
        ),
        unread=tuple(reading.unread),
        notices=tuple(reading.notices()),
    )


class _Reading:
    """What has been read so far: whole rows, rows that cannot be used, and what had to be mended."""

    def __init__(self, source: str, width: int) -> None:
        self.rows: list[int] = []
        self.cells: list[list[str]] = []
        self.unread: list[Unread] = []
        self._source = source
        self._width = width
        self._not_utf8: list[int] = []
        self._control: list[int] = []

    def take(self, row: int, cells: list[str] | None) -> None:
        if cells is None:
            reason = UnreadRow(
                "The quotation marks of this row do not match: close each, and double those inside a text."
            )
        elif len(cells) < self._width:
            reason = UnreadRow(
                "This row has {found} cells, the header {expected}: add the missing ones, or a closing "
                "quotation mark before them.",
                found=len(cells),
                expected=self._width,
            )
        elif _says_something(cells[self._width :]):
            reason = UnreadRow(
                "This row has {found} cells, the header {expected}: put texts that hold the separator "
                "between quotation marks.",
                found=len(cells),
                expected=self._width,
            )
        else:
            self.rows.append(row)
            self.cells.append(self._mended(row, cells[: self._width]))
            return
        self.unread.append(Unread(row, reason, self._source))

    def _mended(self, row: int, cells: list[str]) -> list[str]:
        if any(_NOT_UTF8.search(cell) for cell in cells):
            self._not_utf8.append(row)
            cells = [_utf8(cell) for cell in cells]
        if any(_CONTROL.search(cell) for cell in cells):
            self._control.append(row)
        return [_plain(original_cell(cell)) for cell in cells]

    def notices(self) -> Iterator[Notice]:
        if self._not_utf8:
            yield Notice(
                "{file}: these rows are not in UTF-8 and were read as Windows-1252: {rows} ({n} in all). "
                "Check their accents, and save the file as “CSV UTF-8” next time.",
                file=self._source,
                n=len(self._not_utf8),
                rows=rows_named(self._not_utf8),
            )
        if self._control:
            yield Notice(
                "{file}: control characters were taken out of these rows: {rows} ({n} in all). Read them "
                "through if you can; nothing else in them has changed.",
                file=self._source,
                n=len(self._control),
                rows=rows_named(self._control),
            )


def _says_something(cells: Sequence[str] | None) -> bool:
    """Whether a row is worth a word: a broken one (`None`) is, one of blanks only is not."""
    return cells is None or any(cell.strip() for cell in cells)


def _records(lines: Sequence[str], separator: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each row's number and cells; `None` for a row whose quotation marks do not match.

    Reading goes on from the line after such a row, so that one stray mark does not swallow the rest.
    """
    row, start = 0, 0
    while start < len(lines):
        reader = csv.reader((lines[i] for i in range(start, len(lines))), delimiter=separator, strict=True)
        begun = start
        try:
            for cells in reader:
                row += 1
                yield row, cells
                begun = start + reader.line_num
            return
        except csv.Error:
            row += 1
            one_line = start + reader.line_num == begun + 1
            # on a single line a mark inside a text does no harm: its cells are counted like any other's
            yield row, next(csv.reader([lines[begun]], delimiter=separator)) if one_line else None
            start = begun + 1


def _separator(lines: Sequence[str]) -> str:
    """The sign that parts the header's cells; if several do, the one by which most rows are as wide as it."""
    widths = {sign: len(next(_filled(lines, sign), [])) for sign in SEPARATORS}
    parting = [sign for sign in SEPARATORS if widths[sign] > 1] or list(SEPARATORS)
    if len(parting) == 1:
        return parting[0]
    return max(parting, key=lambda s: (sum(len(row) == widths[s] for row in _filled(lines, s)), widths[s]))


def _filled(lines: Sequence[str], separator: str) -> Iterator[list[str]]:
    return (cells for _, cells in _records(lines, separator) if cells and _says_something(cells))


def _plain(cell: str) -> str:
    """`plain_text(cell)`, without the long way for cells of usual signs."""
    return plain_text(cell) if _UNUSUAL.search(cell) else unicodedata.normalize("NFC", cell).strip()


def _utf8(cell: str) -> str:
    """`cell` with the bytes that are not UTF-8 read as Windows-1252, which is what old programs write."""
    if not _NOT_UTF8.search(cell):
        return cell
    return cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _text(path: Path) -> str:
    """The file's text; a byte that is not UTF-8 stands in it as a lone surrogate. Raises `UnreadableFile`."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile("There is no file at {path}: check the name.", path=path) from None
    except IsADirectoryError:
        raise UnreadableFile("{path} is a folder: name the file in it.", path=path) from None
    except OSError as error:
        raise UnreadableFile("{path} cannot be read: {reason}.", path=path, reason=error.strerror) from None
    _refuse_other_formats(data, path)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
    else:
        text = data.decode("utf-8-sig", "surrogateescape")
    _refuse_other_texts(text, path)
    return text


def _refuse_other_formats(data: bytes, path: Path) -> None:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        if data.startswith(b"\xd0") or b"xl/" in data or b"opendocument.spreadsheet" in data[:_SAMPLE]:
            raise UnreadableFile(
                "{path} is a spreadsheet, not a CSV file: open it and save the sheet as “CSV UTF-8”.",
                path=path,
            )
        raise UnreadableFile("{path} is a ZIP archive: unpack it and name the CSV file in it.", path=path)
    if data.startswith(b"\x1f\x8b"):
        raise UnreadableFile("{path} is compressed (gzip): unpack it and name the CSV file in it.", path=path)
    if data.startswith(b"SQLite format 3\0"):
        raise UnreadableFile("{path} is a database (SQLite): export its table as “CSV UTF-8”.", path=path)
    if data.startswith(b"%PDF"):
        raise UnreadableFile(
            "{path} is a PDF document: ask for the table it was made from, saved as “CSV UTF-8”.", path=path
        )
    if _is_binary(data[:_SAMPLE]):
        raise UnreadableFile("{path} is not text: save the table as “CSV UTF-8”.", path=path)


def _is_binary(sample: bytes) -> bool:
    """Whether no text file begins like this: a few control characters in a text do happen, many do not."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
        most = 0.25
    except UnicodeDecodeError:
        most = 0.05
    control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return control > most * len(sample)


def _refuse_other_texts(text: str, path: Path) -> None:
    beginning = text[:_SAMPLE].lstrip().casefold()
    if beginning.startswith("{") or (beginning.startswith("[") and _is_json(text)):
        raise UnreadableFile("{path} holds JSON, not a table: export it again as “CSV UTF-8”.", path=path)
    if beginning.startswith(("<!doctype", "<html", "<?xml")):
        raise UnreadableFile(
            "{path} holds a web page, not a table: export it again as “CSV UTF-8”.", path=path
        )


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
