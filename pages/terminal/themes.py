"""How much each answer speaks of each label, by the label's seed words alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from consultation.errors import Notice
from consultation.importing.labels import read_seeds, read_texts
from consultation.importing.unread import Unread
from consultation.language import Language
from consultation.shipped import LEXICONS
from pages.terminal.telling import progress


def themes(
    answers: Path, seeds: Path, reader: Language
) -> tuple[pd.DataFrame, tuple[Unread, ...], tuple[Notice, ...]]:
    """The table of `score_labels`, the rows that could not be used, what is told.

    Raises `UnreadableFile`, `MissingColumns` and `BrokenSeeds`.
    """
    # imports scikit-learn: not for the sake of a --help
    from analysis.text.corpus import read_words
    from analysis.text.lexicon import read_lexicons
    from analysis.text.proposals import score_labels

    labels, read = read_seeds(seeds), read_texts(answers)
    with progress(2) as begin:
        begin(reader.say("Reading the words…"))
        lexicons = read_lexicons(LEXICONS)
        corpus = read_words(read.table, lexicons)
        begin(reader.say("Comparing answers and labels…"))
        scores = score_labels(corpus, labels, lexicons)
    return scores, read.unread, read.notices
