"""Pairs of words that people put together more often than chance would.

A pair is two content words in the same run, side by side or with one function word between them: "domanda
e offerta" is the pair domanda–offerta and is shown as it is written. Pairs never cross the end of an
answer, nor punctuation.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.text.corpus import Corpus
from analysis.text.words import commonest, distinct_per

COLUMNS = ["words", "shown", "n_answers", "n_participants", "likelihood_ratio"]
FEWEST_PARTICIPANTS = 3  # one or two people's way of putting things is not the city's
_MOST_APART = 2


class Pairs(NamedTuple):
    """Every pair of `corpus`: the positions of its two words, and the pair as one number."""

    left: np.ndarray
    right: np.ndarray
    code: np.ndarray


def count_pairs(corpus: Corpus, at_least: int = FEWEST_PARTICIPANTS) -> pd.DataFrame:
    """One row per pair used by `at_least` participants, the least due to chance first, then by words.

    `words` is the two keys with a blank between, `likelihood_ratio` Dunning's G² (1993) over all
    content words as nltk computes it, 0 upwards. Pairs seen less often than chance would have it are
    left out. The ratio ranks; it tests nothing, since the words of one text are not independent.
    """
    from nltk.collocations import BigramAssocMeasures  # slow to import

    pairs = pairs_of(corpus)
    size = len(corpus.vocabulary)
    codes, number = np.unique(pairs.code, return_inverse=True)
    together = np.bincount(number, minlength=len(codes))
    answers = corpus.answer_of[pairs.left]
    n_answers = distinct_per(number, answers, len(codes))
    n_participants = distinct_per(number, corpus.contribution_of[answers], len(codes))
    single = np.bincount(corpus.keys[corpus.content], minlength=size)
    total = int(single.sum())
    left, right = np.divmod(codes, max(size, 1))
    chosen = np.flatnonzero((n_participants >= at_least) & (together * total > single[left] * single[right]))
    written = _written(corpus, pairs, number, chosen)
    rows = [
        (
            f"{corpus.vocabulary[left[pair]]} {corpus.vocabulary[right[pair]]}",
            written[pair],
            int(n_answers[pair]),
            int(n_participants[pair]),
            round(
                float(
                    BigramAssocMeasures.likelihood_ratio(
                        int(together[pair]), (int(single[left[pair]]), int(single[right[pair]])), total
                    )
                ),
                6,
            ),
        )
        for pair in chosen.tolist()
    ]
    rows.sort(key=lambda row: (-row[4], row[0]))
    return pd.DataFrame(rows, columns=COLUMNS).astype(
        {
            "words": "str",
            "shown": "str",
            "n_answers": "int64",
            "n_participants": "int64",
            "likelihood_ratio": "float64",
        }
    )


def pairs_of(corpus: Corpus) -> Pairs:
    """The pairs of all answers, from left to right."""
    said = np.flatnonzero(corpus.content)
    left, right = said[:-1], said[1:]
    beside = (
        (corpus.runs[left] == corpus.runs[right])
        & (right - left <= _MOST_APART)
        & (corpus.keys[left] != corpus.keys[right])
    )
    left, right = left[beside], right[beside]
    return Pairs(
        left, right, corpus.keys[left].astype(np.int64) * len(corpus.vocabulary) + corpus.keys[right]
    )


def _written(corpus: Corpus, pairs: Pairs, number: np.ndarray, chosen: np.ndarray) -> dict[int, str]:
    """How each of the `chosen` pairs is mostly written."""
    texts = corpus.answers["text"].tolist()
    forms: dict[int, dict[str, int]] = {pair: {} for pair in chosen.tolist()}
    for place in np.flatnonzero(np.isin(number, chosen)).tolist():
        left, right = pairs.left[place], pairs.right[place]
        text = texts[corpus.answer_of[left]][corpus.starts[left] : corpus.ends[right]]
        shown = " ".join(text.replace("’", "'").split())
        of = forms[int(number[place])]
        of[shown] = of.get(shown, 0) + 1
    return {pair: commonest(of) for pair, of in forms.items()}
