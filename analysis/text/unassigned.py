"""Answers that speak of none of the objectives: a finding, not a remainder."""

from __future__ import annotations

import pandas as pd

from analysis.shares import wilson


def unassigned(
    answers: pd.DataFrame, codings: pd.DataFrame, by: str, width: float, smallest_cell: int
) -> pd.DataFrame:
    """How many answers have no coding, for each value of the column `by`, in the order of the values.

    `by`, `n_answers`, `n_none`, and `share` (0 to 1) with Wilson's interval of `width` as `low` and `high`.
    The last three are NaN where fewer than `smallest_cell` participants answered: a share of so few would
    point to persons. An interval supposes independent answers, while one person may give several: it is
    rather too narrow.
    """
    table = answers.assign(none=~answers["answer_id"].isin(codings["answer_id"]))
    cells = table.groupby(by).agg(
        n_answers=("answer_id", "nunique"), n_none=("none", "sum"), people=("contribution_id", "nunique")
    )
    cells = cells.reset_index()
    shown = cells["people"] >= smallest_cell
    ends = [
        wilson(int(none), int(n), width) for none, n in zip(cells["n_none"], cells["n_answers"], strict=True)
    ]
    return cells.drop(columns="people").assign(
        share=(cells["n_none"] / cells["n_answers"]).where(shown),
        low=pd.Series([low for low, _ in ends], dtype="float64").where(shown),
        high=pd.Series([high for _, high in ends], dtype="float64").where(shown),
    )
