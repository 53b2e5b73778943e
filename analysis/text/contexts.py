"""Every place where a word or a pair stands, with what is written left and right of it: concordance lines."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np
import pandas as pd

from analysis.strata import Integers
from analysis.text.corpus import Corpus
from analysis.text.folding import folded
from analysis.text.phrases import places

Order = Literal["answer", "left", "right"]

ROOM = 60  # signs on each side: two lines of a telephone
CUT = "…"
COLUMNS = ["answer_id", "start", "left", "written", "right"]

_WORD = re.compile(r"[^\W_]+")
_APART = 2**32  # more signs than an answer has: words of all answers in one ascending row


def contexts(corpus: Corpus, key: str, *, order: Order = "answer", room: int = ROOM) -> pd.DataFrame:
    """One row per place of the word or pair counted under `key`; no rows when nobody uses it.

    `written` is the text as it stands from sign `start` of its answer on, `left` and `right` what stands
    around it in the same answer, at most `room` signs each, cut between words and marked with … where
    there is more. Blanks and line breaks are one blank.

    Lines come in the `order` of their answers, or by the words next to the place: the nearest at the `left`
    or `right` first, without accents and capitals, so that what is said alike stands together.
    """
    found = places(corpus, key)
    answers = corpus.answer_of[found.first]
    texts = corpus.answers["text"].tolist()
    ids = corpus.answers["answer_id"].tolist()
    columns = (answers, *_stretches(corpus, answers, found.first, found.last, room))
    rows: list[tuple[str, int, str, str, str]] = []
    for answer, left, begin, end, right in zip(*(column.tolist() for column in columns), strict=True):
        text = texts[answer]
        before, after = _one_line(text[left:begin]), _one_line(text[end:right])
        rows.append(
            (
                ids[answer],
                begin,
                f"{CUT} {before}".rstrip() if left else before,
                _one_line(text[begin:end]),
                f"{after} {CUT}".lstrip() if right < len(text) else after,
            )
        )
    if order == "left":
        rows.sort(key=lambda row: (_words(row[2])[::-1], row[0], row[1]))
    if order == "right":
        rows.sort(key=lambda row: (_words(row[4]), row[0], row[1]))
    return pd.DataFrame(rows, columns=COLUMNS).astype(
        {"answer_id": "str", "start": "int64", "left": "str", "written": "str", "right": "str"}
    )


def _stretches(
    corpus: Corpus, answers: Integers, first: Integers, last: Integers, room: int
) -> tuple[Integers, Integers, Integers, Integers]:
    """Where the text at the left begins, the place, where it ends, and where the text at the right ends."""
    begins, ends = corpus.starts[first], corpus.ends[last]
    lengths = corpus.answers["text"].str.len().to_numpy(np.int64)[answers]
    far = answers.astype(np.int64) * _APART
    along = corpus.answer_of.astype(np.int64) * _APART
    earliest = np.searchsorted(along + corpus.starts, far + begins - room)
    latest = np.searchsorted(along + corpus.ends, far + ends + room, side="right") - 1
    return (
        np.where(begins <= room, 0, corpus.starts[np.minimum(earliest, first)]),
        begins,
        ends,
        np.where(lengths - ends <= room, lengths, corpus.ends[np.maximum(latest, last)]),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))
