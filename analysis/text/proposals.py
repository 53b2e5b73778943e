"""Which objectives each answer speaks of: as its author or a reviewer said, or as counting proposes.

A proposal is read by a person before anything rests on it; an answer that resembles no objective gets
none. How well it does depends on the seeds; `docs/listening.md` has what was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.protocols import Rules
from analysis.text.corpus import Corpus
from analysis.text.deciding import deciding_words
from analysis.text.features import Features, Matrix, features
from analysis.text.lessons import least_scores, lessons_table, linear_labels, taught_by
from analysis.text.lexicon import Lexicon
from analysis.text.likeness import likeness, standing_out
from analysis.text.reviewed import Given, given_codings, no_reviews

COLUMNS = ["answer_id", "objective", "basis", "score", "margin", "words"]
PAIRS_AT_ONCE = 50_000  # answers and labels of which the deciding words are looked up together
SAID = ("author", "reviewed")  # by a person: no word decided

Coding = tuple[int, int, str, float]


@dataclass(frozen=True, eq=False)
class Codings:
    """`table` is what `code` returns; `lessons` is a row per objective in its order.

    `lessons` has `objective`, `way` (`seeds`, or `linear` where a model taught by coded answers took over),
    `n_coded`, `n_holding`, and the average precision of both on coded answers that were not learned from,
    `precision_of_seeds` and `precision_of_model`, missing where there were too few to tell.
    """

    table: pd.DataFrame
    lessons: pd.DataFrame


def code(
    corpus: Corpus,
    objectives: pd.DataFrame,
    lexicons: Mapping[str, Lexicon],
    rules: Rules,
    reviews: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What people said and counting proposes: one row per answer and objective.

    `basis` is `author` or `reviewed` (score 1), `proposed` (by seeds: how far the likeness stands above
    that to the other objectives on average, at least `rules.assign_at_least`) or `learned` (by a model
    taught by coded answers; at least a half). `reviews` are the codings that reviewers gave or refused:
    `answer_id`, `objective` ("" for none of them), `holds`. A proposal is one of the objectives of the
    answer's strategic question, of all where that is not known; nothing is proposed where the author
    tagged, or where a reviewer found none, and never what a reviewer refused. Codings that people gave help
    to find others like them. A tag that is none of `objectives` is passed over. `margin` is how far the
    score stands above the best other objective's of the same basis, -1 to 1, missing where people said.
    `words` are the deciding ones as the answer has them, joined by |, the weightiest first. Rows are in the
    order of answer, then score, then objective, whatever the order of what came in.
    """
    return codings(corpus, objectives, lexicons, rules, reviews).table


def codings(
    corpus: Corpus,
    objectives: pd.DataFrame,
    lexicons: Mapping[str, Lexicon],
    rules: Rules,
    reviews: pd.DataFrame | None = None,
) -> Codings:
    """The table of `code`, with what coded answers taught."""
    labels = objectives.sort_values("objective", ignore_index=True).astype("str")
    names = list(labels["objective"])
    given = given_codings(corpus, names, no_reviews() if reviews is None else reviews)
    seeds = [[seed for seed in text.split("|") if seed] for text in labels["seeds"]]
    found = features(corpus, seeds, lexicons) if names else None
    if found is None:
        return Codings(_table(corpus, names, list(_said(given)), {}, None), lessons_table(names, given, None))
    asked = allowed_objectives(corpus, list(labels["strategic_question"]))
    allowed = asked & ~given.refused
    alike = likeness(found.rows, found.seeds, allowed, given.labels)
    taught = taught_by(corpus, found, alike, given, asked, rules)
    linear = linear_labels(taught, len(names))
    stands_out = standing_out(alike.scores())
    scores = np.where(linear, taught.scores(), stands_out) if taught else stands_out
    scores = np.where(allowed, scores, 0.0)
    chosen = [*_said(given), *_proposed(scores, linear, given, rules)]
    chosen.sort(key=lambda coding: (coding[0], -coding[3], coding[1]))
    rows = np.array([row for row, *_ in chosen], dtype=np.int64)
    columns = np.array([label for _, label, *_ in chosen], dtype=np.int64)

    def parts(rows: np.ndarray, columns: np.ndarray) -> Matrix:
        by_seeds = alike.parts(rows, columns)
        return by_seeds if taught is None else taught.parts(rows, columns, by_seeds)

    words = _words(corpus, found, rows, columns, parts)
    return Codings(
        _table(corpus, names, chosen, words, _Scores(scores, linear)), lessons_table(names, given, taught)
    )


def score_labels(
    corpus: Corpus, labels: Mapping[str, Sequence[str]], lexicons: Mapping[str, Lexicon]
) -> pd.DataFrame:
    """How much each answer speaks of each label with these seeds: `answer_id`, `label`, `score`, `words`.

    A row for each pair with a score above 0, in the order of answer, then score, then label; a score is
    comparable within its label. `words` as in `code`.
    """
    names = sorted(labels)
    found = features(corpus, [labels[name] for name in names], lexicons)
    scored = np.zeros((len(corpus.answers), len(names)))
    words: dict[tuple[int, int], str] = {}
    if found is not None:
        nobody: list[list[int]] = [[] for _ in range(len(corpus.answers))]
        alike = likeness(found.rows, found.seeds, np.ones(scored.shape, dtype=bool), nobody)
        scored = alike.scores()
        rows, columns = np.nonzero(scored > 0)
        words = _words(corpus, found, rows, columns, alike.parts)
    pairs = sorted(
        zip(*(places.tolist() for places in np.nonzero(scored > 0)), strict=True),
        key=lambda pair: (pair[0], -scored[pair], pair[1]),
    )
    ids = corpus.answers["answer_id"].tolist()
    told = [(ids[row], names[label], float(scored[row, label]), words[row, label]) for row, label in pairs]
    return pd.DataFrame(told, columns=["answer_id", "label", "score", "words"]).astype(
        {"answer_id": "str", "label": "str", "score": "float64", "words": "str"}
    )


def allowed_objectives(corpus: Corpus, questions: Sequence[str]) -> np.ndarray:
    """Which objectives may be proposed for each answer (answers × objectives)."""
    asked = corpus.answers["strategic_question"].to_numpy()
    of = np.array(questions, dtype=object)
    return np.asarray(~np.isin(asked, of)[:, None] | (asked[:, None] == of[None, :]))


def _said(given: Given) -> Iterator[Coding]:
    for row, (labels, basis) in enumerate(zip(given.labels, given.basis, strict=True)):
        for label in labels:
            yield row, label, basis[label], 1.0


def _proposed(scores: np.ndarray, linear: np.ndarray, given: Given, rules: Rules) -> Iterator[Coding]:
    likely = (scores >= least_scores(linear, rules)) & (scores > 0) & ~given.settled[:, None]
    for row, labels in enumerate(given.labels):
        if labels:
            likely[row, list(labels)] = False
    for row, label in zip(*(places.tolist() for places in np.nonzero(likely)), strict=True):
        yield row, label, "learned" if linear[label] else "proposed", float(scores[row, label])


def _words(
    corpus: Corpus,
    found: Features,
    rows: np.ndarray,
    labels: np.ndarray,
    parts: Callable[[np.ndarray, np.ndarray], Matrix],
) -> dict[tuple[int, int], str]:
    """The deciding words of each row and label, so many at a time that what is worked out stays small."""
    told = {}
    for begin in range(0, len(rows), PAIRS_AT_ONCE):
        here = slice(begin, begin + PAIRS_AT_ONCE)
        words = deciding_words(corpus, found, rows[here], parts(rows[here], labels[here]))
        for row, label, own in zip(rows[here].tolist(), labels[here].tolist(), words, strict=True):
            told[row, label] = "|".join(own)
    return told


class _Scores(NamedTuple):
    """Scores (answers × objectives), and which objectives a model decides: theirs compare with each other."""

    scores: np.ndarray
    linear: np.ndarray


def _table(
    corpus: Corpus,
    names: Sequence[str],
    codings: Sequence[Coding],
    words: Mapping[tuple[int, int], str],
    scores: _Scores | None,
) -> pd.DataFrame:
    ids = corpus.answers["answer_id"].tolist()
    margin = _margins(scores, codings)
    rows = [
        (ids[row], names[label], basis, score, above, words.get((row, label), ""))
        for (row, label, basis, score), above in zip(codings, margin, strict=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype(
        {
            "answer_id": "str",
            "objective": "str",
            "basis": "str",
            "score": "float64",
            "margin": "float64",
            "words": "str",
        }
    )


def _margins(scores: _Scores | None, codings: Sequence[Coding]) -> np.ndarray:
    """How far each score stands above the best other objective's of its kind; missing where people said."""
    counted = np.array([basis not in SAID for _, _, basis, _ in codings], dtype=bool)
    margins = np.full(len(codings), np.nan)
    if scores is not None and counted.any():
        row, label, _, _ = zip(*codings, strict=True)
        rows, labels = np.array(row)[counted], np.array(label)[counted]
        place = np.arange(len(rows)), labels
        own = scores.scores[rows, labels]
        others = np.where(scores.linear == scores.linear[labels][:, None], scores.scores[rows], 0.0)
        others[place] = 0.0
        margins[counted] = np.round(own - others.max(axis=1), 6)
    return margins
