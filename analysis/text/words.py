"""How many people use a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.text.corpus import Corpus

COLUMNS = ["word", "shown", "n_participants", "n_answers"]


def count_words(corpus: Corpus) -> pd.DataFrame:
    """One row per word, function words left out: those used by most participants first, then by word.

    `word` is the key, `shown` the commonest form that people wrote. `n_participants` counts
    contributions, so that saying a word again and again does not make it weigh more.
    """
    said = corpus.content
    keys, answers = corpus.keys[said], corpus.answer_of[said]
    size = len(corpus.vocabulary)
    n_answers = distinct_per(keys, answers, size)
    present = np.flatnonzero(n_answers)
    shown = shown_forms(keys, corpus.forms[said], corpus.surfaces)
    n_participants = distinct_per(keys, corpus.contribution_of[answers], size)
    return words_table(
        (corpus.vocabulary[key], shown[key], n_participants[key], n_answers[key]) for key in present.tolist()
    )


def words_table(rows: Iterable[tuple[str, str, int, int]]) -> pd.DataFrame:
    """Rows of `COLUMNS` as a table in the order of `count_words`."""
    table = pd.DataFrame(list(rows), columns=COLUMNS).astype(
        {"word": "str", "shown": "str", "n_participants": "int64", "n_answers": "int64"}
    )
    return table.sort_values(["n_participants", "word"], ascending=[False, True], ignore_index=True)


def distinct_per(numbers: np.ndarray, others: np.ndarray, size: int) -> np.ndarray:
    """How many different `others` go with each of the `numbers` 0 to `size` - 1."""
    if not len(numbers):
        return np.zeros(size, dtype=np.int64)
    pairs = others.astype(np.int64) * size + numbers
    pairs.sort()
    return np.bincount(pairs[np.diff(pairs, prepend=-1) > 0] % size, minlength=size)


def shown_forms(numbers: np.ndarray, forms: np.ndarray, surfaces: Sequence[str]) -> dict[int, str]:
    """The commonest of the `forms` (into `surfaces`) that go with each number."""
    return {number: commonest(of) for number, of in written_forms(numbers, forms, surfaces).items()}


def written_forms(
    numbers: np.ndarray, forms: np.ndarray, surfaces: Sequence[str]
) -> dict[int, dict[str, int]]:
    """How often each of the `forms` (into `surfaces`) goes with each number, blanks and apostrophes alike."""
    written: dict[int, dict[str, int]] = {}
    if not len(numbers):
        return written
    pairs, counts = np.unique(numbers.astype(np.int64) * len(surfaces) + forms, return_counts=True)
    for pair, n in zip(pairs.tolist(), counts.tolist(), strict=True):
        number, form = divmod(pair, len(surfaces))
        surface = " ".join(surfaces[form].replace("’", "'").split())
        of = written.setdefault(number, {})
        of[surface] = of.get(surface, 0) + n
    return written


def commonest(forms: Mapping[str, int]) -> str:
    """The form written most often; among equals one in small letters, then the first in the alphabet."""
    return min(forms, key=lambda form: (-forms[form], form != form.lower(), form))
