"""Which objectives each answer speaks of: as its author or a reviewer said, or as counting proposes.

A proposal is read by a person before anything rests on it; an answer that resembles no objective gets
none. How well it does depends on the seeds; `docs/listening.md` has what was measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.protocols import Rules
from analysis.text.corpus import Corpus
from analysis.text.deciding import deciding_words
from analysis.text.features import Features, features
from analysis.text.lexicon import Lexicon
from analysis.text.reviewed import Given, given_codings, no_reviews
from analysis.text.seeded_kmeans import Clusters, seeded_kmeans

COLUMNS = ["answer_id", "objective", "basis", "score", "margin", "words"]
SAID = ("author", "reviewed")  # by a person: no word decided

Coding = tuple[int, int, str, float]


def code(
    corpus: Corpus,
    objectives: pd.DataFrame,
    lexicons: Mapping[str, Lexicon],
    rules: Rules,
    reviews: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What people said and counting proposes: one row per answer and objective.

    `basis` is `author` or `reviewed` (score 1), or `proposed` (score 0 to 1, at least
    `rules.assign_at_least`). `reviews` are the codings that reviewers gave or refused: `answer_id`,
    `objective` ("" for none of them), `holds`. A proposal is one of the objectives of the answer's strategic
    question, of all where that is not known; nothing is proposed where the author tagged, or where a
    reviewer found none, and never what a reviewer refused. Codings that people gave help to find others
    like them. A tag that is none of `objectives` is passed over. `margin` is how far the score stands above
    the best other objective's, -1 to 1, missing where people said. `words` are the deciding ones as the
    answer has them, joined by |, the weightiest first. Rows are in the order of answer, then score, then
    objective, whatever the order of what came in.
    """
    labels = objectives.sort_values("objective", ignore_index=True).astype("str")
    names = list(labels["objective"])
    given = given_codings(corpus, names, no_reviews() if reviews is None else reviews)
    seeds = [[seed for seed in text.split("|") if seed] for text in labels["seeds"]]
    found = features(corpus, seeds, lexicons) if names else None
    if found is None:
        return _table(corpus, names, list(_said(given)), {}, None)
    allowed = allowed_objectives(corpus, list(labels["strategic_question"])) & ~given.refused
    clusters = seeded_kmeans(found.rows, found.seeds, allowed, given.labels)
    scores = np.round(np.where(allowed, clusters.scores(), 0.0), 6)
    codings = [*_said(given), *_proposed(scores, given, rules)]
    codings.sort(key=lambda coding: (coding[0], -coding[3], coding[1]))
    rows = np.array([row for row, *_ in codings], dtype=np.int64)
    chosen = np.array([label for _, label, *_ in codings], dtype=np.int64)
    return _table(corpus, names, codings, _words(corpus, found, clusters, rows, chosen), scores)


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
        clusters = seeded_kmeans(found.rows, found.seeds, np.ones(scored.shape, dtype=bool), nobody)
        scored = np.round(clusters.scores(), 6)
        words = _words(corpus, found, clusters, *np.nonzero(scored > 0))
    pairs = sorted(
        zip(*(places.tolist() for places in np.nonzero(scored > 0)), strict=True),
        key=lambda pair: (pair[0], -scored[pair], pair[1]),
    )
    ids = corpus.answers["answer_id"].tolist()
    rows = [(ids[row], names[label], float(scored[row, label]), words[row, label]) for row, label in pairs]
    return pd.DataFrame(rows, columns=["answer_id", "label", "score", "words"]).astype(
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


def _proposed(scores: np.ndarray, given: Given, rules: Rules) -> Iterator[Coding]:
    likely = (scores >= rules.assign_at_least) & (scores > 0) & ~given.settled[:, None]
    for row, labels in enumerate(given.labels):
        likely[row, list(labels)] = False
    for row, label in zip(*(places.tolist() for places in np.nonzero(likely)), strict=True):
        yield row, label, "proposed", float(scores[row, label])


def _words(
    corpus: Corpus, found: Features, clusters: Clusters, rows: np.ndarray, labels: np.ndarray
) -> dict[tuple[int, int], str]:
    told = deciding_words(corpus, found, rows, clusters.parts(rows, labels))
    return {
        (int(row), int(label)): "|".join(words) for row, label, words in zip(rows, labels, told, strict=True)
    }


def _table(
    corpus: Corpus,
    names: Sequence[str],
    codings: Sequence[Coding],
    words: Mapping[tuple[int, int], str],
    scores: np.ndarray | None,
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


def _margins(scores: np.ndarray | None, codings: Sequence[Coding]) -> np.ndarray:
    """How far each score stands above the best other objective's; missing where people said."""
    counted = np.array([basis not in SAID for _, _, basis, _ in codings], dtype=bool)
    margins = np.full(len(codings), np.nan)
    if scores is not None and counted.any():
        row, label, _, _ = zip(*codings, strict=True)
        rows, labels = np.array(row)[counted], np.array(label)[counted]
        others = scores[rows]
        own = others[np.arange(len(rows)), labels]
        others[np.arange(len(rows)), labels] = 0.0
        margins[counted] = np.round(own - others.max(axis=1), 6)
    return margins
