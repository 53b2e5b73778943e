"""What a terminal shows: sentences and warnings as plain text, a bar while something is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from consultation.errors import Notice, Problem
from consultation.exporting import csv_bytes, write_files
from consultation.importing.unread import Unread
from consultation.language import LANGUAGES, Language

MOST_TOLD = 20  # unread rows named on the screen; unread.csv has them all

_OUT, _ERR = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def told(code: str) -> Iterator[Language]:
    """A problem is told once, in the reader's language, and ends the command with exit code 2."""
    reader = Language(code if code in LANGUAGES else LANGUAGES[0])
    try:
        if code not in LANGUAGES:
            raise Problem(
                "{language} is not a language here: use {known}.", language=code, known=", ".join(LANGUAGES)
            )
        yield reader
    except Problem as problem:
        _ERR.print(Text(reader.tell(problem), style="bold red"))
        raise typer.Exit(2) from None


@contextmanager
def progress(steps: int) -> Iterator[Callable[[str], None]]:
    """A bar on the error output; call what it yields with the name of each step as it begins."""
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=_ERR, transient=True
    ) as bar:
        task = bar.add_task("", total=steps)
        begun = 0

        def begin(name: str) -> None:
            nonlocal begun
            bar.update(task, description=name, completed=begun)
            begun += 1

        yield begin


def say(sentence: str, style: str = "") -> None:
    """Plainly: people's words may hold what rich would read as markup."""
    _OUT.print(Text(sentence, style=style))


def warn(sentence: str) -> None:
    """The same on the error output."""
    _ERR.print(Text(sentence, style="yellow"))


def show(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on the screen, every cell as plain text."""
    listed = Table(*headings)
    for row in rows:
        listed.add_row(*[Text(cell) for cell in row])
    _OUT.print(listed)


def tell_notices(notices: Sequence[Notice], reader: Language) -> None:
    for notice in notices:
        warn(reader.tell(notice))


def written(
    out: Path,
    name: str,
    made: tuple[pd.DataFrame, tuple[Unread, ...], tuple[Notice, ...]],
    inputs: Sequence[Path],
    reader: Language,
) -> None:
    """The table of one command as a file in `out`, with what was to be told of its `inputs`."""
    table, unread, notices = made
    tell_notices(notices, reader)
    write_files(out, {name: csv_bytes(table)}, inputs)
    write_unread(out, unread, reader)
    say(
        reader.count("{n} row written to {path}.", "{n} rows written to {path}.", len(table), path=out / name)
    )


def write_unread(out: Path, unread: Sequence[Unread], reader: Language) -> None:
    """`unread.csv`, always written, and what stands in it told."""
    rows = [(one.row, reader.tell(one.reason), one.source) for one in unread]
    table = pd.DataFrame(rows, columns=["row", "reason", "file"]).astype({"row": "int64"})
    write_files(out, {"unread.csv": csv_bytes(table)})
    for row, reason, file in rows[:MOST_TOLD]:
        warn(reader.say("{file}, row {row}: {reason}", file=file, row=row, reason=reason))
    if rows:
        warn(
            reader.count(
                "{n} row could not be read; it is in {path} with its reason. The others count.",
                "{n} rows could not be read; they are in {path} with their reasons. The others count.",
                len(rows),
                path=out / "unread.csv",
            )
        )
