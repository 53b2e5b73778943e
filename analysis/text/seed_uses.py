"""In how many answers each seed word stands: one that nobody says finds nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.text.corpus import Corpus
from analysis.text.lexicon import Lexicon
from analysis.text.phrases import find, phrases

COLUMNS = ["seed", "n_answers", "n_participants"]


def seed_uses(corpus: Corpus, seeds: Sequence[str], lexicons: Mapping[str, Lexicon]) -> pd.DataFrame:
    """One row per seed, in the order given: `seed`, `n_answers`, `n_participants` of those who say it.

    It is found as in scoring: in all its forms, a phrase by its content words; a single word that is left
    out of counts stands nowhere.
    """
    rows = []
    for seed in seeds:
        answers = _where(corpus, seed, lexicons)
        rows.append((seed, len(answers), len(np.unique(corpus.contribution_of[answers]))))
    return pd.DataFrame(rows, columns=COLUMNS).astype(
        {"seed": "str", "n_answers": "int64", "n_participants": "int64"}
    )


def _where(corpus: Corpus, seed: str, lexicons: Mapping[str, Lexicon]) -> np.ndarray:
    """The numbers of the answers in which `seed` stands."""
    found = [np.zeros(0, dtype=np.int64)]
    for phrase in sorted(phrases(seed, lexicons)):
        first = find(corpus, phrase).first
        found.append(first if len(phrase) > 1 else first[corpus.content[first]])
    return np.unique(corpus.answer_of[np.concatenate(found)])
