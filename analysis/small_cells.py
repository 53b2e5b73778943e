"""Of which cells of a table a number may be told: those of so many participants that it points to nobody."""

from __future__ import annotations

import pandas as pd


def large_cells(answers: pd.DataFrame, by: str, smallest_cell: int) -> set[str]:
    """The values of the column `by` under which at least `smallest_cell` participants answered.

    `answers` has `contribution_id`. Of other values no count of what they say is told, and no share. Whoever
    has the total and all other cells may still subtract: this keeps no secret of a single small cell.
    """
    people = answers.groupby(by)["contribution_id"].nunique()
    return set(people.index[people >= smallest_cell])
