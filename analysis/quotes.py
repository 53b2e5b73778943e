"""The words behind a point: which answers may be shown for an objective, and how they are signed."""

from __future__ import annotations

import pandas as pd

COLUMNS = ["objective", "answer_id", "group", "text", "words", "basis", "score"]
ASSIGNMENTS = ["answer_id", "objective", "score", "words", "basis", "margin"]
COUNTED_ONLY = "counted_only"


def quotes(
    codings: pd.DataFrame, answers: pd.DataFrame, participation: pd.DataFrame, smallest_cell: int
) -> pd.DataFrame:
    """The answers that may be quoted, per objective, surest first.

    An answer that its author wants only counted is absent. `group` is empty unless the author lets it be
    named and the group has at least `smallest_cell` participants, so that it points to no person.
    """
    large = set(participation.loc[participation["n_contributions"] >= smallest_cell, "group"])
    rows = codings.merge(answers[["answer_id", "group", "text", "consent"]], on="answer_id")
    rows = rows[rows["consent"] != COUNTED_ONLY]
    named = (rows["consent"] == "quotable_with_group") & rows["group"].isin(large)
    rows = rows.assign(group=rows["group"].where(named, ""))
    return rows.sort_values(
        ["objective", "score", "answer_id"], ascending=[True, False, True], ignore_index=True
    )[COLUMNS]


def signed(voices: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """`voices` with `group_label`: the label in `groups` of the group that may be named, or ""."""
    labels = dict(zip(groups["group"], groups["label"], strict=True))
    return voices.assign(group_label=[labels.get(group, "") for group in voices["group"]])


def assignments(codings: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """What each answer speaks of, and why: answer_id, objective, score, words, basis, margin.

    `words` is empty for an answer that its author wants only counted: they are the author's own.
    """
    silent = answers.loc[answers["consent"] == COUNTED_ONLY, "answer_id"]
    words = codings["words"].mask(codings["answer_id"].isin(silent), "")
    return codings.assign(words=words)[ASSIGNMENTS]
