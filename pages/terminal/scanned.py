"""Texts of scanned documents, mended where whoever brings them asks for it."""

from __future__ import annotations

import pandas as pd

from analysis.text.repair import damaged, repaired
from consultation.language import Language
from pages.terminal.telling import say, warn


def without_scanning_marks(answers: pd.DataFrame, reader: Language, *, asked: bool) -> pd.DataFrame:
    """`answers` with their texts mended if `asked`; else as they are, and told if some look scanned."""
    if not asked:
        n = sum(damaged(text) for text in answers["text"])
        if n:
            warn(
                reader.count(
                    "{n} text looks scanned: --repair mends what scanning damaged.",
                    "{n} texts look scanned: --repair mends what scanning damaged.",
                    n,
                )
            )
        return answers
    mended = answers["text"].map(repaired)
    n = int((mended != answers["text"]).sum())
    say(
        reader.count(
            "{n} text mended of the marks of scanning.", "{n} texts mended of the marks of scanning.", n
        )
    )
    return answers.assign(text=mended.astype("str"))
