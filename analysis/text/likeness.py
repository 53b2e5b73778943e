"""How much each answer speaks of each label: by its words, the company they keep, and how many there are.

A score is the mean of two cosines, with the label's centre (`seeded_kmeans`) and with its seeds as the other
answers relate them (`neighbourhood`), less where an answer has few words to go by: three are half as sure
as very many. What another answer has in common with the label on average is taken off, so that a score
means as much of a rare label as of one that everything resembles a little, and in long answers nearly as
much as in short ones.

Without any training, on eleven labels of 1,587 real Italian texts: mean average precision 0.73, and 89 % of
each label's ten best right; over random 80 % of the texts 0.72 and 87 %. The method was chosen while looking
at these figures, so expect a little less elsewhere; with `FEW_WORDS` of 1 to 5 and two to five steps they are
0.72 to 0.73, and 86 % to 90 %. On everyday answers of five words it orders labels no better than the centres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.text.features import Matrix
from analysis.text.neighbourhood import Neighbourhood, neighbourhood
from analysis.text.seeded_kmeans import Clusters, blocks, seeded_kmeans

FEW_WORDS = 3  # so many are half as sure as very many; two to five are as good on all that was measured
_DIGITS = 6  # sums taken in another order differ in the fifteenth, and divisions make more of it
_NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class Likeness:
    """`total` is what all rows together have in common with each label."""

    clusters: Clusters
    around: Neighbourhood
    total: np.ndarray

    def scores(self) -> np.ndarray:
        """How much each row speaks of each label (rows × labels), 0 to 1; 0 where no more than others do."""
        scores = np.empty(self.clusters.members.shape)
        for block in blocks(len(scores)):
            scores[block] = self._beyond(_in_common(self.clusters, self.around, block), self.total)
        return np.round(scores, _DIGITS)

    def parts(self, rows: np.ndarray, labels: np.ndarray) -> Matrix:
        """How much each feature of each of `rows` adds to its score for the label beside it.

        One line for each (rows × features). A line adds up to the score, and is 0 where that is 0. Words
        that speak against the label have negative parts.
        """
        told = self._to_centre(rows, labels)
        told.data = (told.data + self.around.parts(self.clusters.rows[rows], labels).data) / 2
        common = np.maximum(_sums(told), 0) * _sureness(told)
        return _adding_up_to(self._beyond(common, self.total[labels]), told)

    def _beyond(self, common: np.ndarray, total: np.ndarray) -> np.ndarray:
        others = (total - common) / len(self.clusters.members)
        return np.asarray(np.maximum(common - others, 0))

    def _to_centre(self, rows: np.ndarray, labels: np.ndarray) -> Matrix:
        """What each feature adds to the cosine with the centre made without the row."""
        cosines = self.clusters.scores_of(rows)[np.arange(len(rows)), labels]
        return _adding_up_to(cosines, self.clusters.parts(rows, labels))


def likeness(
    rows: Matrix, seeds: np.ndarray, allowed: np.ndarray, given: Sequence[Sequence[int]]
) -> Likeness:
    """How much `rows` (answers × features) speak of labels with these `seeds`, both of length 1 or 0.

    `allowed` (rows × labels) says which labels each row may help to find others of; the rows with `given`
    labels help to find others of those. A single row is compared with the seeds alone.
    """
    clusters = seeded_kmeans(rows, seeds, allowed, given)
    around = neighbourhood(rows, seeds)
    total = np.zeros(len(seeds))
    for block in blocks(rows.shape[0]):
        total += _in_common(clusters, around, block).sum(axis=0)
    return Likeness(clusters, around, total)


def _in_common(clusters: Clusters, around: Neighbourhood, block: slice) -> np.ndarray:
    rows = clusters.rows[block]
    cosines = (clusters.scores_of(block) + around.scores(rows)) / 2
    return np.asarray(np.maximum(cosines, 0) * _sureness(rows)[:, None])


def _sureness(rows: Matrix) -> np.ndarray:
    features = np.diff(rows.indptr)
    return np.asarray(features / (features + FEW_WORDS))


def _adding_up_to(totals: np.ndarray, parts: Matrix) -> Matrix:
    """`parts` in the same proportions, with these totals; 0 in rows whose parts come to nothing."""
    sums = _sums(parts)
    factors = np.divide(totals, sums, out=np.zeros_like(sums), where=sums > _NOTHING)
    told = parts.copy()
    told.data = told.data * np.repeat(factors, np.diff(told.indptr))
    return told


def _sums(parts: Matrix) -> np.ndarray:
    return np.asarray(parts.sum(axis=1)).ravel()
