"""Words that one side uses more than another: a group and the rest, two groups, a question and the others.

Participants are what this project counts, and they stand beside every figure here; but what is compared
are occurrences, as in corpus linguistics (quanteda's `textstat_keyness`, Scattertext). How many people
use a word depends on how much each of them writes: whoever fills a page would have every word as a key
word. Out of a hundred words, by contrast, long and short answers have the same chance of each. So that no
single voice makes a key word, it takes several participants, and must hold without the one who repeats
it most.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.false_discovery import q_values
from analysis.strata import Floats, Integers
from analysis.text.collocations import FEWEST_PARTICIPANTS
from analysis.text.corpus import Corpus
from analysis.text.likelihood_ratio import DIGITS, chance, signed_ratio
from analysis.text.words import shown_forms

Side = npt.NDArray[np.bool_]

FALSE_DISCOVERIES = 0.05  # of the key words, so large a part may be chance
PRIOR_WORDS = 500  # weigh as much as what both sides have in common: some thirty answers
COLUMNS = [
    "word",
    "shown",
    "n_here",
    "n_there",
    "share_here",
    "share_there",
    "times_here",
    "times_there",
    "g2",
    "p",
    "q",
    "log_odds",
    "z",
    "key",
]


def keyness(
    corpus: Corpus, here: Side, there: Side | None = None, at_least: int = FEWEST_PARTICIPANTS
) -> pd.DataFrame:
    """One row per word, from those most of `here` down to those most of `there`; masks over the answers.

    `there` is the rest unless given. Words of which the side that has more has fewer than `at_least`
    participants are left out, and so are function words and those of the question.

    word, shown      the key, and the commonest form that people wrote on either side
    n_here, n_there  participants who use it there, `share_here` and `share_there` 0 to 1 of all on that side
    times_here, times_there   how often it is said
    g2               signed log-likelihood ratio with Williams' correction: above 0 when said more here
    p, q             chi-square with one degree of freedom, and the false discovery rate (Benjamini,
                     Hochberg) over all words that `at_least` participants of both sides together use
    log_odds, z      log odds ratio with an informative Dirichlet prior and its z score (Monroe, Colaresi,
                     Quinn 2008, equations 15 to 22); the prior holds `PRIOR_WORDS` words, shared out as in
                     both sides together: it draws rare words to 0
    key              q is at most `FALSE_DISCOVERIES`, and p too without the participant who says it most

    Words of one text are not independent, so p is too small: it screens and ranks, it proves nothing. Raises
    `ValueError` when the masks do not fit the answers, or an answer is on both sides.
    """
    there = ~here if there is None else there
    if len(here) != len(corpus.answers) or len(there) != len(here):
        raise ValueError("a side takes one value per answer")
    if (here & there).any():
        raise ValueError("an answer is on both sides")
    one, other = _counted(corpus, here), _counted(corpus, there)
    a, b = one.times, other.times
    c, d = a.sum() - a, b.sum() - b
    g2 = signed_ratio(a, b, c, d)
    p = chance(g2)
    family = one.people + other.people >= at_least  # asks nothing of the sides, so that q stays honest
    q = np.ones(len(p))
    q[family] = q_values(p[family])
    more_here = g2 > 0
    apart = np.where(more_here, one.people, other.people) >= at_least
    quieter = signed_ratio(
        np.where(more_here, a - one.loudest, a), np.where(more_here, b, b - other.loudest), c, d
    )
    log_odds, z = _log_odds(a, b)
    table = pd.DataFrame(
        {
            "word": pd.Series(list(corpus.vocabulary), dtype="str"),
            "n_here": one.people,
            "n_there": other.people,
            "share_here": one.people / max(one.n, 1),
            "share_there": other.people / max(other.n, 1),
            "times_here": a,
            "times_there": b,
            "g2": g2,
            "p": p,
            "q": q,
            "log_odds": log_odds,
            "z": z,
            "key": (q <= FALSE_DISCOVERIES)
            & (np.sign(quieter) == np.sign(g2))
            & (chance(quieter) <= FALSE_DISCOVERIES),
        }
    )
    kept = np.flatnonzero(family & apart)
    shown = _shown(corpus, here | there)
    table = table.iloc[kept].assign(shown=pd.Series([shown[key] for key in kept.tolist()], kept, dtype="str"))
    return table[COLUMNS].sort_values(["g2", "word"], ascending=[False, True], ignore_index=True)


class Size(NamedTuple):
    """How much one side says: its participants, and their words that are compared."""

    participants: int
    words: int


def size_of(corpus: Corpus, side: Side) -> Size:
    """The size of the answers of this mask."""
    return Size(
        len(np.unique(corpus.contribution_of[side])), int((corpus.content & side[corpus.answer_of]).sum())
    )


def most_apart(words: pd.DataFrame, most: int) -> pd.DataFrame:
    """The words to show of those that `keyness` compared: key words, and others with p of at most 0.05.

    At most so many of each side, key words before others, in the order of `keyness`.
    """
    told = words[words["key"] | (words["p"] <= FALSE_DISCOVERIES)]
    sure = told.assign(far=-told["g2"].abs()).sort_values(
        ["key", "far", "word"], ascending=[False, True, True]
    )
    shown = [sure[sure["g2"] > 0].head(most), sure[sure["g2"] < 0].head(most)]
    return pd.concat(shown).drop(columns="far").sort_values(["g2", "word"], ascending=[False, True])


class _Counted(NamedTuple):
    """What one side says, by word: how often, how many people, how often whoever says it most."""

    times: Integers
    people: Integers
    loudest: Integers
    n: int


def _counted(corpus: Corpus, side: Side) -> _Counted:
    size = len(corpus.vocabulary)
    said = corpus.content & side[corpus.answer_of]
    keys = corpus.keys[said]
    speakers = corpus.contribution_of[corpus.answer_of[said]]
    pairs, times = np.unique(speakers.astype(np.int64) * size + keys, return_counts=True)
    words = pairs % size if size else pairs
    loudest = np.zeros(size, dtype=np.int64)
    np.maximum.at(loudest, words, times)
    return _Counted(
        np.bincount(keys, minlength=size).astype(np.int64),
        np.bincount(words, minlength=size).astype(np.int64),
        loudest,
        len(np.unique(corpus.contribution_of[side])),
    )


def _log_odds(here: Integers, there: Integers) -> tuple[Floats, Floats]:
    """The log odds ratio of each word and its z score; 0 for words that nobody says."""
    pooled = here + there
    total = int(pooled.sum())
    prior = PRIOR_WORDS * pooled / max(total, 1)
    said = pooled > 0
    odds = []
    variance = np.zeros(len(pooled))
    for counts in (here, there):
        with_prior = counts + prior
        others = counts.sum() + (PRIOR_WORDS if total else 0) - with_prior
        odds.append(_log(with_prior, said) - _log(others, said))
        variance += np.divide(1.0, with_prior, out=np.zeros(len(pooled)), where=said)
    difference = np.where(said, odds[0] - odds[1], 0.0)
    z = np.divide(difference, np.sqrt(variance), out=np.zeros(len(pooled)), where=said)
    return _rounded(difference), _rounded(z)


def _rounded(values: Floats) -> Floats:
    rounded: Floats = np.round(values, DIGITS) + 0.0  # no minus before a zero
    return rounded


def _log(values: Floats, known: Side) -> Floats:
    """The logarithm where it is `known` to be one; of no other word at all, that of the smallest number."""
    smallest = np.finfo(np.float64).tiny
    logs: Floats = np.log(np.maximum(values, smallest), out=np.zeros(len(values)), where=known)
    return logs


def _shown(corpus: Corpus, sides: Side) -> dict[int, str]:
    said = corpus.content & sides[corpus.answer_of]
    return shown_forms(corpus.keys[said], corpus.forms[said], corpus.surfaces)
