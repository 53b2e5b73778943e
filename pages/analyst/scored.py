"""Answers that counting proposes, with how sure it is of each."""

from __future__ import annotations

import pandas as pd

from analysis.sentences.objectives_found import score_told
from pages.analyst.places import placed
from pages.analyst.results import Results


def scored(found: Results, codings: pd.DataFrame) -> pd.DataFrame:
    """The answers of these `codings`, in their order; `about` is where each stands, with its score."""
    table = placed(
        codings.merge(found.answers, on="answer_id", validate="one_to_one"),
        found.consultation.plan,
        found.reader,
    )
    scores = [
        score_told(score, margin, found.reader)
        for score, margin in zip(table["score"], table["margin"], strict=True)
    ]
    about = [" · ".join(filter(None, told)) for told in zip(table["about"], scores, strict=True)]
    return table.assign(about=about)
