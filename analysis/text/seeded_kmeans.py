"""Seeded spherical k-means: clusters that begin at seeds and stay tied to them. Nothing in it is random.

After Dhillon & Modha (2001) and Basu, Banerjee & Mooney (2002), with two differences: the seeds stay half
of each centre for good, and a row is compared with centres made *without itself*. Else a row with one
stray seed word in a small cluster would be compared with itself, and found very like.

Limits: it knows words, not meanings; a label whose seeds nobody says is never found; a seed of two meanings
draws both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.text.features import Matrix

MOST_ROUNDS = 8  # clusters hardly move after five
_DIGITS = 9  # sums taken in another order differ in the sixteenth
_NOTHING = 1e-9


@dataclass(frozen=True)
class Clusters:
    """`members` (rows × labels) is 1 where a row helped to make a label's centre, `sums` their total."""

    rows: Matrix
    seeds: np.ndarray
    members: np.ndarray
    sums: np.ndarray

    def scores(self) -> np.ndarray:
        """Cosine of each row with each label's centre made without it (rows × labels), 0 to 1."""
        to_seed = self.rows @ self.seeds.T
        to_sum = self.rows @ self.sums.T
        own = np.asarray(self.rows.multiply(self.rows).sum(axis=1)).reshape(-1, 1)
        length = np.sqrt(
            np.maximum((self.sums**2).sum(axis=1) - 2 * self.members * to_sum + self.members * own, 0)
        )
        shared = (self.seeds * self.sums).sum(axis=1) - self.members * to_seed
        some = length > _NOTHING
        length = np.where(some, length, 1.0)
        product = to_seed + np.where(some, (to_sum - self.members * own) / length, 0.0)
        centre = np.sqrt((self.seeds**2).sum(axis=1) + np.where(some, 1 + 2 * shared / length, 0.0))
        return np.round(np.where(centre > _NOTHING, product / np.maximum(centre, _NOTHING), 0.0), _DIGITS)

    def parts(self, row: int, label: int) -> dict[int, float]:
        """How much each feature of `row` adds to its likeness to `label`, up to one common factor."""
        line = self.rows[[row]]
        rest = self.sums[label].copy()
        rest[line.indices] -= self.members[row, label] * line.data
        length = float(np.sqrt((rest**2).sum()))
        centre = self.seeds[label] + (rest / length if length > _NOTHING else 0.0)
        return {
            int(feature): round(float(weight * centre[feature]), _DIGITS)
            for feature, weight in zip(line.indices, line.data, strict=True)
        }


def seeded_kmeans(
    rows: Matrix, seeds: np.ndarray, allowed: np.ndarray, given: Sequence[Sequence[int]]
) -> Clusters:
    """Clusters of `rows` around `seeds`, both of length 1 or 0.

    `allowed` (rows × labels) says which labels each row may join. The rows with `given` labels belong to
    those in every round; each other one joins the label it is most like, or none if it is like none.
    """
    members = np.zeros(allowed.shape)
    clusters = Clusters(rows, seeds, members, np.zeros_like(seeds))
    settled = [row for row, labels in enumerate(given) if labels]
    for _ in range(MOST_ROUNDS):
        scores = np.where(allowed, clusters.scores(), 0.0)
        nearest = scores.argmax(axis=1)
        members = np.zeros(allowed.shape)
        members[np.arange(len(members)), nearest] = scores.max(axis=1) > 0
        for row in settled:
            members[row] = 0
            members[row, list(given[row])] = 1
        if (members == clusters.members).all():
            break
        clusters = Clusters(rows, seeds, members, np.asarray((rows.T @ members).T))
    return clusters
