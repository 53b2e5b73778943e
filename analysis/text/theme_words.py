"""The words by which a candidate theme is told: its weightiest, of those that point to nobody.

A word is told if `VOICES_OF_A_WORD` of the candidate's voices have it, one of whom at least may be quoted,
and in the form that those write who may. What only answers to be counted say stands in no name, id or file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.text.corpus import Corpus
from analysis.text.factors import Factors
from analysis.text.features import Matrix
from analysis.text.words import distinct_per, shown_forms

WORDS_SHOWN = 6
VOICES_OF_A_WORD = 2
"""Voices that must have a word: what one alone says may point to a person."""


@dataclass(frozen=True, eq=False)
class Heard:
    """The answers among which candidates are looked for: `rows` are their numbers in the corpus.

    Of each: `counts` of its words (answers × vocabulary), `speakers`, the number of its voice, and whether it
    is `silent`, only to be counted.
    """

    corpus: Corpus
    rows: np.ndarray
    counts: Matrix
    speakers: np.ndarray
    silent: np.ndarray

    def weightiest(self, found: Factors, label: int, inside: np.ndarray) -> list[int]:
        """The keys of a cluster's `WORDS_SHOWN` weightiest words that may be told of the answers `inside` it.

        Of equals the first in the alphabet; none where none may be told.
        """
        weights = np.where(self._may_be_told(inside)[found.columns], found.words[label], 0)
        order = np.lexsort((found.columns, -weights))[:WORDS_SHOWN]
        return [int(found.columns[column]) for column in order if weights[column] > 0]

    def as_written(self, inside: np.ndarray, keys: Sequence[int]) -> list[str]:
        """Each key in the form that most often stands in those of these answers that may be quoted."""
        corpus, quotable = self.corpus, self.rows[inside[~self.silent[inside]]]
        those = np.isin(corpus.answer_of, quotable) & corpus.content & np.isin(corpus.keys, keys)
        written = shown_forms(corpus.keys[those], corpus.forms[those], corpus.surfaces)
        return [written[key] for key in keys]

    def _may_be_told(self, inside: np.ndarray) -> np.ndarray:
        said, width = self.counts[inside].tocoo(), self.counts.shape[1]
        voices = distinct_per(said.col, self.speakers[inside][said.row], width)
        quotable = np.bincount(said.col[~self.silent[inside][said.row]], minlength=width)
        told: np.ndarray = (voices >= VOICES_OF_A_WORD) & (quotable > 0)
        return told
