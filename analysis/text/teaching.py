"""What coded answers teach: per label, a linear model of words and seeds, where it finds more than seeds do.

The model is a logistic regression of the answer's words and of what the seeds say of it (`likeness`). It
takes a label over only where there are enough coded answers to tell, and where on coded answers that it has
not seen it ranks better than the seeds by average precision. All answers of one contribution are in
one fold, since people repeat themselves.

Limits: the coded answers have to be like the others; those chosen because counting proposed them teach
little about what counting missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.text.features import Matrix

ENOUGH_EXAMPLES = 8  # of those that hold and of those that do not: fewer cannot be told from luck
FOLDS = 5
ENOUGH_FOLDS = 4  # in which the model ranks better: once out of luck is no rule
MOST_CODED = 5_000  # answers to learn from: a sample of more teaches as much
_TRUST = 10.0  # in the words, against all weights 0; three to thirty rank as well on all that was measured
_MOST_STEPS = 300
_DIGITS = 6


class Lesson(NamedTuple):
    """Which of the two ranks a label's answers, `seeds` or `linear`, and why.

    `examples` are the coded answers of which the label holds, `coded` all it was judged of. `seeds` and
    `linear` are average precision, 0 to 1, on coded answers that were not learned from; missing where there
    are too few.
    """

    way: str
    examples: int
    coded: int
    seeds: float
    linear: float


@dataclass(frozen=True, eq=False)
class Taught:
    """`lessons` per label, `weights` (labels × features) of words, `of_seeds` of what the seeds say."""

    lessons: tuple[Lesson, ...]
    rows: Matrix
    seed_scores: np.ndarray
    weights: np.ndarray
    of_seeds: np.ndarray
    bases: np.ndarray

    def scores(self) -> np.ndarray:
        """How much each row speaks of each label (rows × labels), 0 to 1.

        Of a label that is left to its seeds, what these say; of the others a probability, with answers
        that hold counted as if they were half of all: 0.5 is where a proposal begins.
        """
        scores = self.seed_scores.copy()
        for label, lesson in enumerate(self.lessons):
            if lesson.way == "linear":
                odds = self.rows @ self.weights[label] + self.bases[label]
                odds = odds + self.of_seeds[label] * self.seed_scores[:, label]
                scores[:, label] = np.round(1 / (1 + np.exp(-np.clip(odds, -30, 30))), _DIGITS)
        return scores

    def parts(self, rows: np.ndarray, labels: np.ndarray, of_seeds: Matrix) -> Matrix:
        """How much each feature of each of `rows` adds for the label beside it (rows × features).

        `of_seeds` are the same parts by seeds (`Likeness.parts`), given back where those decide. Where the
        model does, a line adds up to the logarithm of the odds, without what these are for an answer
        without a word.
        """
        told = self.rows[rows]
        features = np.diff(told.indptr)
        linear = np.array([lesson.way == "linear" for lesson in self.lessons], dtype=bool)[labels]
        seen = np.repeat(np.where(linear, self.of_seeds[labels], 1.0), features)
        words = told.data * self.weights[np.repeat(labels, features), told.indices]
        told.data = of_seeds.data * seen + words * np.repeat(linear, features)
        return told


def teach(
    rows: Matrix, seed_scores: np.ndarray, judged: np.ndarray, units: Sequence[str], seed: int
) -> Taught:
    """What is learned from the coded among `rows` (answers × features, of length 1 or 0).

    `seed_scores` (rows × labels, 0 to 1) should be made without knowing what is coded of the row itself,
    as `likeness` does; `judged` (rows × labels) is 1 where a person said that the label holds, -1 that it
    does not, 0 where nobody said. `units` say which rows belong together, one for each row; `seed` shares
    them out into folds. The order of rows changes what is learned by rounding at most.
    """
    n_labels = judged.shape[1]
    found = Taught(
        tuple(
            _lesson(rows, seed_scores[:, label], judged[:, label], units, seed) for label in range(n_labels)
        ),
        rows,
        seed_scores,
        np.zeros((n_labels, rows.shape[1])),
        np.zeros(n_labels),
        np.zeros(n_labels),
    )
    for label, lesson in enumerate(found.lessons):
        if lesson.way == "linear":
            coded = _some(np.flatnonzero(judged[:, label]), seed)
            weights, base = _model(_beside(rows, seed_scores[:, label]), judged[:, label], coded)
            scale = _scale(seed_scores[:, label])
            found.weights[label] = weights[:-1]
            found.of_seeds[label] = weights[-1] * scale
            found.bases[label] = base
    return found


def average_precision(scores: np.ndarray, holds: np.ndarray) -> float:
    """Mean, over the answers that hold, of the share that hold among those with at least their score.

    Answers with the same score are taken together, so that no order is lucky. Missing where none holds.
    """
    values, place = np.unique(-scores, return_inverse=True)
    right = np.bincount(place, weights=holds, minlength=len(values))
    every = np.bincount(place, minlength=len(values))
    if not right.sum():
        return float("nan")
    return float((np.cumsum(right) / np.cumsum(every) * right).sum() / right.sum())


def _lesson(
    rows: Matrix, seed_scores: np.ndarray, judged: np.ndarray, units: Sequence[str], seed: int
) -> Lesson:
    coded = _some(np.flatnonzero(judged), seed)
    holds = judged[coded] > 0
    examples = int(holds.sum())
    fold = folds([units[row] for row in coded.tolist()], seed)
    if min(examples, len(coded) - examples) < ENOUGH_EXAMPLES:
        return Lesson("seeds", examples, len(coded), float("nan"), float("nan"))
    beside = _beside(rows, seed_scores)
    unseen = np.zeros(len(coded))
    for number in range(FOLDS):
        others, here = coded[fold != number], coded[fold == number]
        if not len(here):
            continue
        if len(set(judged[others])) < 2:
            return Lesson("seeds", examples, len(coded), float("nan"), float("nan"))
        weights, base = _model(beside, judged, others)
        unseen[fold == number] = beside[here] @ weights + base
    unseen = np.round(unseen, _DIGITS)
    by_seeds, by_model = average_precision(seed_scores[coded], holds), average_precision(unseen, holds)
    won = sum(
        average_precision(unseen[here], holds[here])
        > average_precision(seed_scores[coded][here], holds[here])
        for here in (fold == number for number in range(FOLDS))
    )
    better = by_model > by_seeds and won >= ENOUGH_FOLDS
    return Lesson("linear" if better else "seeds", examples, len(coded), by_seeds, by_model)


def _some(coded: np.ndarray, seed: int) -> np.ndarray:
    """All coded rows, or as many as are learned from, drawn with `seed`."""
    if len(coded) <= MOST_CODED:
        return coded
    drawn = np.random.Generator(np.random.PCG64(seed)).choice(len(coded), MOST_CODED, replace=False)
    return np.sort(coded[drawn])


def folds(units: Sequence[str], seed: int) -> np.ndarray:
    """The fold of each row, 0 to `FOLDS` - 1: a unit's rows in one, the folds of as many units."""
    names, unit = np.unique(np.array(units, dtype=str), return_inverse=True)
    order = np.random.Generator(np.random.PCG64(seed)).permutation(len(names))
    return np.asarray((order % FOLDS)[unit], dtype=np.int64)


def _scale(seed_scores: np.ndarray) -> float:
    """What brings the seeds' scores to a spread of 1, as much as a model weighs a few words."""
    spread = float(seed_scores.std()) if len(seed_scores) else 0.0
    return 1 / spread if spread > 10**-_DIGITS else 0.0


def _beside(rows: Matrix, seed_scores: np.ndarray) -> Matrix:
    """The words, and in a last column what the seeds say."""
    from scipy.sparse import csr_matrix, hstack  # slow to import

    return hstack([rows, csr_matrix(seed_scores[:, None] * _scale(seed_scores))]).tocsr()


def _model(beside: Matrix, judged: np.ndarray, coded: np.ndarray) -> tuple[np.ndarray, float]:
    from sklearn.linear_model import LogisticRegression  # slow to import

    model = LogisticRegression(C=_TRUST, class_weight="balanced", max_iter=_MOST_STEPS)
    model.fit(beside[coded], judged[coded] > 0)
    return np.asarray(model.coef_[0]), float(model.intercept_[0])
