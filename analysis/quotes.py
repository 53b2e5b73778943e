"""The words behind a point: which answers may be shown for an objective, and how they are signed."""

from __future__ import annotations

import pandas as pd

COLUMNS = ["objective", "answer_id", "group", "text", "words", "basis", "score"]


def quotes(
    codings: pd.DataFrame, answers: pd.DataFrame, participation: pd.DataFrame, smallest_cell: int
) -> pd.DataFrame:
    """The answers that may be quoted, per objective, surest first.

    An answer that its author wants only counted is absent. `group` is empty unless the author lets it be
    named and the group has at least `smallest_cell` participants, so that it points to no person.
    """
    large = set(participation.loc[participation["n_contributions"] >= smallest_cell, "group"])
    rows = codings.merge(answers[["answer_id", "group", "text", "consent"]], on="answer_id")
    rows = rows[rows["consent"] != "counted_only"]
    named = (rows["consent"] == "quotable_with_group") & rows["group"].isin(large)
    rows = rows.assign(group=rows["group"].where(named, ""))
    return rows.sort_values(
        ["objective", "score", "answer_id"], ascending=[True, False, True], ignore_index=True
    )[COLUMNS]


def counted_only(codings: pd.DataFrame, answers: pd.DataFrame) -> pd.Series:
    """How many answers per objective their authors want counted but not quoted."""
    silent = answers.loc[answers["consent"] == "counted_only", "answer_id"]
    return codings[codings["answer_id"].isin(silent)].groupby("objective")["answer_id"].nunique()
