"""The codings that people gave: authors by a tap, reviewers by reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.text.corpus import Corpus

_NOBODY: dict[int, str] = {}  # one for all answers of which nobody said anything, however many
_NO_LABELS: list[int] = []
REVIEWS = ["answer_id", "objective", "holds"]


class Given(NamedTuple):
    """What people said of each answer, with objectives by their number.

    `labels` are those it speaks of and `basis` who said so of each: `author` or `reviewed`. `refused`
    (answers × objectives) are those a reviewer took away. `settled` answers get no proposal: their author
    tagged them, or a reviewer found that they speak of none.
    """

    labels: Sequence[Sequence[int]]
    basis: Sequence[Mapping[int, str]]
    refused: np.ndarray
    settled: np.ndarray


def no_reviews() -> pd.DataFrame:
    """The table of a consultation in which nobody has reviewed."""
    return pd.DataFrame({"answer_id": [], "objective": [], "holds": []}).astype(
        {"answer_id": "str", "objective": "str", "holds": "bool"}
    )


def given_codings(corpus: Corpus, objectives: Sequence[str], reviews: pd.DataFrame) -> Given:
    """What authors and reviewers said of the answers in `corpus`; the author's own tag stands in any case."""
    number = {name: place for place, name in enumerate(objectives)}
    basis: list[dict[int, str]] = [_NOBODY] * len(corpus.answers)
    for row, tags in enumerate(corpus.answers["objectives"].tolist()):
        if tags:
            of = sorted({number[tag] for tag in tags.split("|") if tag in number})
            basis[row] = dict.fromkeys(of, "author")
    settled = np.array([bool(of) for of in basis], dtype=bool)
    refused = np.zeros((len(basis), len(objectives)), dtype=bool)
    row_of = {answer: row for row, answer in enumerate(corpus.answers["answer_id"])} if len(reviews) else {}
    for answer, objective, holds in reviews[REVIEWS].itertuples(index=False, name=None):
        if (row := row_of.get(answer, -1)) < 0:
            continue
        if not objective:
            settled[row] = True
        elif objective in number and holds:
            basis[row] = {number[objective]: "reviewed"} | basis[row]
        elif objective in number and number[objective] not in basis[row]:
            refused[row, number[objective]] = True
    return Given([sorted(of) if of else _NO_LABELS for of in basis], basis, refused, settled)
