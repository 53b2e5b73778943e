"""When coded answers take over from seed words: from how many on, and for which objectives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.clusters import CLUSTER
from analysis.protocols import Rules
from analysis.text.corpus import Corpus
from analysis.text.features import Features
from analysis.text.likeness import Likeness
from analysis.text.reviewed import Given
from analysis.text.teaching import Taught, teach

ENOUGH_CODED = 300  # answers: with fewer, seed words found as much as a model on all that was measured
LEARNED_AT_LEAST = 0.5  # more likely than not, with answers that hold counted as half of all

LESSONS = ["objective", "way", "n_coded", "n_holding", "precision_of_seeds", "precision_of_model"]


def taught_by(
    corpus: Corpus, found: Features, alike: Likeness, given: Given, asked: np.ndarray, rules: Rules
) -> Taught | None:
    """What the coded answers teach, `None` while they are too few, or no answer is left to be asked about."""
    judged = judgements(given, asked)
    if int((judged != 0).any(axis=1).sum()) < ENOUGH_CODED or bool(given.settled.all()):
        return None
    people = corpus.answers["contribution_id"]
    copies = people.str.startswith(CLUSTER)  # confirmed copies are one voice, whatever their organisations
    units = corpus.answers["unit"].where((corpus.answers["unit"] != "") & ~copies, people)
    return teach(found.rows, alike.scores(), judged, units.tolist(), rules.seed)


def judgements(given: Given, asked: np.ndarray) -> np.ndarray:
    """What people said of each answer and objective: 1 it speaks of it, -1 it does not, 0 nobody said.

    Who tags an answer sees the objectives of its strategic question (`asked`, answers × objectives): those
    not tagged are not meant. The same holds where a reviewer found none.
    """
    judged = np.where(given.refused, -1, 0)
    judged[given.settled[:, None] & asked] = -1
    for row, labels in enumerate(given.labels):
        if labels:
            judged[row, list(labels)] = 1
    return judged


def linear_labels(taught: Taught | None, n_labels: int) -> np.ndarray:
    """Which objectives a model decides."""
    if taught is None:
        return np.zeros(n_labels, dtype=bool)
    return np.array([lesson.way == "linear" for lesson in taught.lessons], dtype=bool)


def least_scores(linear: np.ndarray, rules: Rules) -> np.ndarray:
    """The score from which each objective is proposed."""
    return np.where(linear, LEARNED_AT_LEAST, rules.assign_at_least)


def lessons_table(objectives: Sequence[str], given: Given, taught: Taught | None) -> pd.DataFrame:
    """One row per objective: what decides it, and why; columns as in `Codings`."""
    if taught is None:
        holding = np.zeros(len(objectives), dtype=np.int64)
        for labels in given.labels:
            for label in labels:
                holding[label] += 1
        coded = given.refused.sum(axis=0) + holding
        rows = [
            (name, "seeds", int(coded[label]), int(holding[label]), np.nan, np.nan)
            for label, name in enumerate(objectives)
        ]
    else:
        rows = [
            (name, lesson.way, lesson.coded, lesson.examples, lesson.seeds, lesson.linear)
            for name, lesson in zip(objectives, taught.lessons, strict=True)
        ]
    return _table(rows)


def no_lessons() -> pd.DataFrame:
    """The table where what decides was not asked."""
    return _table([])


def _table(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=LESSONS).astype(
        {
            "objective": "str",
            "way": "str",
            "n_coded": "int64",
            "n_holding": "int64",
            "precision_of_seeds": "float64",
            "precision_of_model": "float64",
        }
    )
