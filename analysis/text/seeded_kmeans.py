"""Seeded spherical k-means: clusters that begin at seeds and stay tied to them. Nothing in it is random.

After Dhillon & Modha (2001) and Basu, Banerjee & Mooney (2002), with two differences: the seeds stay half
of each centre for good, and a row is compared with centres made *without itself*. Else a row with one
stray seed word in a small cluster would be compared with itself, and found very like.

Limits: it knows words, not meanings; a label whose seeds nobody says is never found; a seed of two meanings
draws both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.text.features import Matrix

MOST_ROUNDS = 8  # clusters hardly move after five
MOST_ROWS = 1 << 14  # worked on at a time: a few arrays of some megabytes, however many answers
_DIGITS = 9  # sums taken in another order differ in the sixteenth
_NOTHING = 1e-9


@dataclass(frozen=True)
class Clusters:
    """`members` (rows × labels) is true where a row helped to make a label's centre, `sums` their total."""

    rows: Matrix
    seeds: np.ndarray
    members: np.ndarray
    sums: np.ndarray

    def scores(self) -> np.ndarray:
        """Cosine of each row with each label's centre made without it (rows × labels), 0 to 1."""
        scores = np.empty(self.members.shape)
        for block in blocks(len(scores)):
            scores[block] = self.scores_of(block)
        return scores

    def scores_of(self, block: slice | np.ndarray) -> np.ndarray:
        """The scores of some of the rows."""
        rows, members = self.rows[block], self.members[block]
        to_seed, to_sum = np.hsplit(np.asarray(rows @ np.vstack([self.seeds, self.sums]).T), 2)
        own = np.asarray(rows.multiply(rows).sum(axis=1)).reshape(-1, 1)
        length = np.sqrt(np.maximum((self.sums**2).sum(axis=1) - 2 * members * to_sum + members * own, 0))
        shared = (self.seeds * self.sums).sum(axis=1) - members * to_seed
        some = length > _NOTHING
        length = np.where(some, length, 1.0)
        product = to_seed + np.where(some, (to_sum - members * own) / length, 0.0)
        centre = np.sqrt((self.seeds**2).sum(axis=1) + np.where(some, 1 + 2 * shared / length, 0.0))
        return np.round(np.where(centre > _NOTHING, product / np.maximum(centre, _NOTHING), 0.0), _DIGITS)

    def parts(self, rows: np.ndarray, labels: np.ndarray) -> Matrix:
        """How much each feature of each of `rows` adds to its likeness to the label beside it.

        One line for each (rows × features), up to a factor of its own.
        """
        told = self.rows[rows]
        label = np.repeat(labels, np.diff(told.indptr))
        member = self.members[rows, labels]
        lengths = self._lengths(told, labels, member)
        rest = self.sums[label, told.indices] - np.repeat(member, np.diff(told.indptr)) * told.data
        some = np.repeat(lengths > _NOTHING, np.diff(told.indptr))
        length = np.repeat(np.where(lengths > _NOTHING, lengths, 1.0), np.diff(told.indptr))
        centre = self.seeds[label, told.indices] + np.where(some, rest / length, 0.0)
        told.data = np.round(told.data * centre, _DIGITS)
        return told

    def _lengths(self, rows: Matrix, labels: np.ndarray, member: np.ndarray) -> np.ndarray:
        """The length of each label's sum without the row beside it, if that is a member."""
        own = np.asarray(rows.multiply(rows).sum(axis=1)).ravel()
        shared = np.asarray((rows @ self.sums.T)[np.arange(len(labels)), labels])
        total = (self.sums**2).sum(axis=1)[labels]
        return np.asarray(np.sqrt(np.maximum(total - 2 * member * shared + member * own, 0)))


def seeded_kmeans(
    rows: Matrix, seeds: np.ndarray, allowed: np.ndarray, given: Sequence[Sequence[int]]
) -> Clusters:
    """Clusters of `rows` around `seeds`, both of length 1 or 0.

    `allowed` (rows × labels) says which labels each row may join. The rows with `given` labels belong to
    those in every round; each other one joins the label it is most like, or none if it is like none.
    """
    clusters = Clusters(rows, seeds, np.zeros(allowed.shape, dtype=bool), np.zeros_like(seeds))
    settled = [row for row, labels in enumerate(given) if labels]
    for _ in range(MOST_ROUNDS):
        members = np.zeros(allowed.shape, dtype=bool)
        for block in blocks(len(members)):
            scores = np.where(allowed[block], clusters.scores_of(block), 0.0)
            members[block][np.arange(len(scores)), scores.argmax(axis=1)] = scores.max(axis=1) > 0
        for row in settled:
            members[row] = False
            members[row, list(given[row])] = True
        if (members == clusters.members).all():
            break
        sums = np.zeros_like(seeds)
        for block in blocks(len(members)):
            sums += np.asarray((rows[block].T @ members[block].astype(np.float64)).T)
        clusters = Clusters(rows, seeds, members, sums)
    return clusters


def blocks(n_rows: int) -> Iterator[slice]:
    """The rows, so many at a time that what is worked out about them stays small."""
    return (slice(start, min(start + MOST_ROWS, n_rows)) for start in range(0, n_rows, MOST_ROWS))
