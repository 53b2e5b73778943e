"""Pairs of words that people put together more often than chance would.

A pair is two content words in the same run, side by side or with one function word between them:
"presa in carico" is the pair presa–carico and is shown as it is written. Pairs never cross the end of
an answer, nor punctuation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import pandas as pd

from analysis.text.corpus import Corpus, ReadAnswer, Word
from analysis.text.words import commonest

COLUMNS = ["words", "shown", "n_answers", "n_participants", "likelihood_ratio"]
FEWEST_PARTICIPANTS = 3  # one or two people's way of putting things is not the city's
_MOST_BETWEEN = 1


def count_pairs(corpus: Corpus, at_least: int = FEWEST_PARTICIPANTS) -> pd.DataFrame:
    """One row per pair used by `at_least` participants, the least due to chance first, then by words.

    `words` is the two keys with a blank between, `likelihood_ratio` Dunning's G² (1993) over all
    content words as nltk computes it, 0 upwards. Pairs seen less often than chance would have it are
    left out. The ratio ranks; it tests nothing, since the words of one text are not independent.
    """
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder  # slow to import
    from nltk.probability import FreqDist

    single: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    forms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    answers: Counter[tuple[str, str]] = Counter()
    participants: dict[tuple[str, str], set[str]] = defaultdict(set)
    for answer in corpus.answers:
        single.update(word.key for word in answer.words if word.content)
        found = [((left.key, right.key), (left.start, right.end)) for left, right in _pairs(answer)]
        for pair, (start, end) in found:
            together[pair] += 1
            forms[pair][" ".join(answer.text[start:end].replace("’", "'").split())] += 1
        for pair in {pair for pair, _ in found}:
            answers[pair] += 1
            participants[pair].add(answer.contribution_id)

    finder = BigramCollocationFinder(FreqDist(single), FreqDist(together))
    total = single.total()
    rows = [
        (
            " ".join(pair),
            commonest(forms[pair]),
            answers[pair],
            len(participants[pair]),
            round(float(finder.score_ngram(BigramAssocMeasures.likelihood_ratio, *pair)), 6),
        )
        for pair, n in together.items()
        if len(participants[pair]) >= at_least and n * total > single[pair[0]] * single[pair[1]]
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


def _pairs(answer: ReadAnswer) -> Iterator[tuple[Word, Word]]:
    """The pairs of one answer, from left to right."""
    left: Word | None = None
    between = 0
    for word in answer.words:
        if left is not None and word.run != left.run:
            left = None
        if not word.content:
            between += 1
            continue
        if left is not None and between <= _MOST_BETWEEN and word.key != left.key:
            yield left, word
        left, between = word, 0
