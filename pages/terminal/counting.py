"""How many people use each word, over parts that one process counts one by one, or a cluster's workers.

Both run the same two functions, `look` and `count`, on each part; what a worker sends back holds counts and
digests, no answer. A `Problem` does not travel whole: it is sent back as a `Trouble`.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from analysis.text.counting import (
    Outline,
    PartCounts,
    Whole,
    added,
    count_part,
    id_numbers,
    merged,
    outline_part,
    whole_of,
)
from analysis.text.lexicon import Lexicon, read_lexicons
from consultation.errors import Notice, Problem, UnreadableFile, UnreadRow
from consultation.exporting import csv_bytes, write_files
from consultation.importing.parts import read_part
from consultation.importing.reasons import empty_texts
from consultation.importing.unread import Unread
from consultation.language import Language
from consultation.shipped import LEXICONS
from pages.frame.material import versions
from pages.terminal.cluster import workers_at
from pages.terminal.telling import progress, say, tell_notices, write_unread

Result = TypeVar("Result")

MOST_REPEATED = 5  # rows with one answer_id that are named


@dataclass(frozen=True)
class Trouble:
    """A problem on its way back from a worker."""

    message: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Looked:
    """What the first pass brings back of a part; `unread` are rows with their reasons."""

    digest: str
    outline: Outline
    rows: np.ndarray
    answers: np.ndarray
    unread: tuple[tuple[int, Trouble], ...]
    n_empty: int


def look(path: str, made_by: str) -> Looked | Trouble:
    """The first pass over the part at `path`, for a client whose code and word lists are `made_by`."""
    try:
        if made_by != same_code():
            raise Problem(
                "The workers run another Alleanza, other packages or other word lists than this one: start "
                "them in the same version of its folder, with the same requirements."
            )
        part = read_part(Path(path))
    except Problem as problem:
        return _sent(problem)
    return Looked(
        part.digest,
        outline_part(part.table, _lexicons()),
        part.table.index.to_numpy(),
        id_numbers(part.table["answer_id"]),
        tuple((one.row, _sent(one.reason)) for one in part.unread),
        part.n_empty,
    )


def count(part: tuple[str, str], whole: Whole) -> PartCounts | Trouble:
    """The second pass over a `part`, its path and the SHA-256 that it had in the first."""
    path, digest = part
    try:
        read = read_part(Path(path))
        if read.digest != digest:
            raise UnreadableFile("{path} changed while it was counted: count again.", path=path)
    except Problem as problem:
        return _sent(problem)
    return count_part(read.table, _lexicons(), whole)


def count_files(pattern: str, scheduler: str | None, out: Path, reader: Language) -> None:
    """Words of all parts that `pattern` names, written to `out`: words.csv, counting.json, unread.csv."""
    paths = sorted(str(Path(found).absolute()) for found in glob.glob(pattern, recursive=True))
    if not paths:
        raise UnreadableFile("There is no file at {path}: check the name.", path=pattern)
    names = _names(paths)
    cluster = workers_at(scheduler) if scheduler else nullcontext(_one_by_one)
    with progress(2 * len(paths) + 1) as begin, cluster as run:
        begin(reader.say("Waiting for the first part…"))
        looked: dict[str, Looked] = {}
        for path, seen in run(look, paths, same_code()):
            looked[path] = _whole(seen)
            begin(reader.say("Looking at the parts: {n} of {all}…", n=len(looked), all=len(paths)))
        _refuse_repeated(looked, names)
        whole = whole_of(looked[path].outline for path in paths)
        counts: list[PartCounts] = []
        for _, counted in run(count, [(path, looked[path].digest) for path in paths], whole):
            counts.append(_whole(counted))
            begin(reader.say("Counting words: {n} of {all}…", n=len(counts), all=len(paths)))
        together = added(counts)
    table = merged([together])
    about = {
        "answers": together.answers,
        "participants": together.all_participants,
        "parts": {names[path]: looked[path].digest for path in paths},
        "versions": versions(),
    }
    written = json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    made = {"words.csv": csv_bytes(table), "counting.json": written.encode()}
    write_files(out, made, map(Path, paths))
    notices: list[Notice] = []
    for path in paths:
        notices += empty_texts(looked[path].n_empty, names[path])
    tell_notices(notices, reader)
    write_unread(out, [one for path in paths for one in _unread(names[path], looked[path])], reader)
    people = reader.count("{n} participant", "{n} participants", together.all_participants)
    answers = reader.count("{n} answer", "{n} answers", together.answers)
    say(f"{people}, {answers} → {out / 'words.csv'}")


def same_code() -> str:
    """What must be the same where parts are counted: versions and word lists, as one SHA-256."""
    files = sorted(path for path in LEXICONS.rglob("*") if path.is_file())
    told = [(path.relative_to(LEXICONS).as_posix(), path.read_bytes().hex()) for path in files]
    return hashlib.sha256(json.dumps([versions(), told], sort_keys=True).encode()).hexdigest()


@cache
def _lexicons() -> dict[str, Lexicon]:
    return dict(read_lexicons(LEXICONS))


def _one_by_one(
    task: Callable[[Any, Any], Any], parts: Sequence[Any], shared: Any
) -> Iterator[tuple[Any, Any]]:
    for part in parts:
        yield part, task(part, shared)


def _sent(problem: Problem) -> Trouble:
    return Trouble(problem.message, tuple((name, str(value)) for name, value in problem.values.items()))


def _whole(back: Result | Trouble) -> Result:
    if isinstance(back, Trouble):
        raise Problem(back.message, **dict(back.values))
    return back


def _names(paths: Sequence[str]) -> dict[str, str]:
    """How each part is called: its path from the folder that holds them all, wherever that lies."""
    folder = os.path.commonpath([os.path.dirname(path) for path in paths])
    return {path: Path(path).relative_to(folder).as_posix() for path in paths}


def _unread(name: str, looked: Looked) -> list[Unread]:
    return [
        Unread(row, UnreadRow(reason.message, **dict(reason.values)), name) for row, reason in looked.unread
    ]


def _refuse_repeated(looked: Mapping[str, Looked], names: Mapping[str, str]) -> None:
    """An answer that stands in two rows, of one part or of two, would count twice."""
    paths = sorted(looked)
    numbers = np.concatenate([looked[path].answers for path in paths])
    unique, times = np.unique(numbers, return_counts=True)
    repeated = unique[times > 1]
    if not len(repeated):
        return
    rows = np.concatenate([looked[path].rows for path in paths])
    parts = np.repeat([names[path] for path in paths], [len(looked[path].rows) for path in paths])
    first = numbers[np.isin(numbers, repeated).argmax()]
    same = np.flatnonzero(numbers == first)[:MOST_REPEATED]
    raise UnreadableFile(
        "{n} values of answer_id stand on more than one row, the first of them here: {rows}. An answer "
        "counts once: take the copies out, or give each answer its own id.",
        n=len(repeated),
        rows=", ".join(f"{parts[place]} {rows[place]}" for place in same),
    )
