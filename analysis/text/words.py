"""How many people use a word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import pandas as pd

from analysis.text.corpus import Corpus

COLUMNS = ["word", "shown", "n_participants", "n_answers"]


def count_words(corpus: Corpus) -> pd.DataFrame:
    """One row per word, function words left out: those used by most participants first, then by word.

    `word` is the key, `shown` the commonest form that people wrote. `n_participants` counts
    contributions, so that saying a word again and again does not make it weigh more.
    """
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    answers: Counter[str] = Counter()
    participants: dict[str, set[str]] = defaultdict(set)
    for answer in corpus.answers:
        content = [word for word in answer.words if word.content]
        for word in content:
            forms[word.key][word.surface.replace("’", "'")] += 1
        for key in {word.key for word in content}:
            answers[key] += 1
            participants[key].add(answer.contribution_id)
    rows = [(key, commonest(forms[key]), len(participants[key]), n) for key, n in answers.items()]
    rows.sort(key=lambda row: (-row[2], row[0]))
    return pd.DataFrame(rows, columns=COLUMNS).astype(
        {"word": "str", "shown": "str", "n_participants": "int64", "n_answers": "int64"}
    )


def commonest(forms: Mapping[str, int]) -> str:
    """The form written most often; among equals one in small letters, then the first in the alphabet."""
    return min(forms, key=lambda form: (-forms[form], form != form.lower(), form))
