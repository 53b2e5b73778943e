"""Answers that speak of none of the objectives: a finding, not a remainder."""

from __future__ import annotations

import pandas as pd

from analysis.shares import wilson
from analysis.small_cells import large_cells


def unassigned(
    answers: pd.DataFrame, codings: pd.DataFrame, by: str, width: float, smallest_cell: int
) -> pd.DataFrame:
    """How many answers have no row in `codings`, for each value of the column `by`, in their order.

    Of `codings` only `answer_id` is read: answers of confirmed themes may stand among them. The table has
    `by`, `n_answers`, `n_none`, and `share` (0 to 1) with Wilson's interval of `width` as `low` and `high`.
    The last four are NaN where fewer than `smallest_cell` participants answered: what so few leave out would
    point to persons. An interval supposes independent answers, while one person may give several: it is
    rather too narrow.
    """
    table = answers.assign(none=~answers["answer_id"].isin(codings["answer_id"]))
    cells = table.groupby(by).agg(n_answers=("answer_id", "nunique"), n_none=("none", "sum")).reset_index()
    shown = cells[by].isin(large_cells(answers, by, smallest_cell))
    ends = [
        wilson(int(none), int(n), width) for none, n in zip(cells["n_none"], cells["n_answers"], strict=True)
    ]
    return cells.assign(
        n_none=cells["n_none"].astype("float64").where(shown),
        share=(cells["n_none"] / cells["n_answers"]).where(shown),
        low=pd.Series([low for low, _ in ends], dtype="float64").where(shown),
        high=pd.Series([high for _, high in ends], dtype="float64").where(shown),
    )
