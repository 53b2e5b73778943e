"""What answers and seeds have in common beyond shared words: whether the same answers resemble them.

Two texts without a word in common are alike where the same others resemble both ("spesa" and "medicinali"
through all who ask for both). After the generalised vector space of Wong, Ziarko & Wong (1985),
seen only through what lies within a few steps of the seeds: from the seeds to the answers that share words
with them, to those answers' words, and so on (a block Krylov space, begun at the seeds, so that nothing in
it is random and no number of topics has to be chosen).

Limits: it needs many answers to say much; it follows how words go together in these answers, for whatever
reason they do; a label's seeds change a little what the other labels find.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.text.features import Matrix
from analysis.text.seeded_kmeans import blocks

STEPS = 3  # two to four are as good on all that was measured; one is less
_NOTHING = 1e-6  # of a length of 1: what is left of a direction after the others is rounding


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """`basis` (features × dimensions) takes a text to its place; the dimensions are at right angles.

    `strength` is how much all rows together have of each dimension, `seeds` (labels × features) are those
    it was made around.
    """

    basis: np.ndarray
    strength: np.ndarray
    seeds: np.ndarray

    def scores(self, rows: Matrix) -> np.ndarray:
        """Cosine of each row with each label's seeds, as the other answers relate them (rows × labels).

        From -1 to 1. `rows` are among those that the neighbourhood was made of; each is left out where it
        is compared, else a row with one stray seed word would resemble that seed through itself.
        """
        places, seeds = np.asarray(rows @ self.basis), self.seeds @ self.basis
        own, said = _squares(places), places @ seeds.T
        shared = (places * self.strength) @ seeds.T - own * said
        return np.asarray(shared * self._per_length(places, own, said, seeds))

    def parts(self, rows: Matrix, labels: np.ndarray) -> Matrix:
        """How much each feature of each row adds to its cosine with the label beside it (rows × features)."""
        places, seeds = np.asarray(rows @ self.basis), self.seeds @ self.basis
        own, said = _squares(places), places @ seeds.T
        beside = np.arange(len(labels)), labels
        features = np.diff(rows.indptr)
        label = np.repeat(labels, features)
        towards = (seeds * self.strength) @ self.basis.T
        itself = seeds @ self.basis.T
        told = rows.copy()
        told.data = told.data * (
            towards[label, told.indices] - np.repeat(own.ravel(), features) * itself[label, told.indices]
        )
        told.data *= np.repeat(self._per_length(places, own, said, seeds)[beside], features)
        return told

    def _per_length(
        self, places: np.ndarray, own: np.ndarray, said: np.ndarray, seeds: np.ndarray
    ) -> np.ndarray:
        row = _squares(places, self.strength) - own**2
        label = _squares(seeds, self.strength).T - said**2
        some = (row > _NOTHING) & (label > _NOTHING)
        return np.asarray(np.where(some, 1 / np.sqrt(np.where(some, row * label, 1.0)), 0.0))


def neighbourhood(rows: Matrix, seeds: np.ndarray) -> Neighbourhood:
    """The neighbourhood of `seeds` (labels × features) among `rows`, both of length 1 or 0."""
    found = [_directions(seeds.T, [])]
    for _ in range(STEPS):
        if not found[-1].shape[1]:
            break
        reached = np.zeros_like(found[-1])
        for block in blocks(rows.shape[0]):
            reached += np.asarray(rows[block].T @ (rows[block] @ found[-1]))
        found.append(_directions(reached, found))
    basis = np.hstack(found)
    common = np.zeros((basis.shape[1], basis.shape[1]))
    for block in blocks(rows.shape[0]):
        places = np.asarray(rows[block] @ basis)
        common += places.T @ places
    strength, turned = np.linalg.eigh(common)
    return Neighbourhood(np.ascontiguousarray(basis @ turned), np.maximum(strength, 0), seeds)


def _directions(columns: np.ndarray, known: list[np.ndarray]) -> np.ndarray:
    """Directions of length 1 that span what `columns` add to `known`, each at right angles to all others."""
    length = np.sqrt(_squares(columns.T)).T
    rest = np.divide(columns, length, out=np.zeros_like(columns), where=length > _NOTHING)
    for _ in range(2):  # once more for what rounding left
        for directions in known:
            rest = rest - directions @ (directions.T @ rest)
    added, size, _ = np.linalg.svd(rest, full_matrices=False)
    return np.asarray(added[:, size > _NOTHING])


def _squares(lines: np.ndarray, weights: np.ndarray | float = 1.0) -> np.ndarray:
    return np.asarray((lines**2 * weights).sum(axis=1, keepdims=True))
