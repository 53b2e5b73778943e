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


def points_to_nobody(n_chosen: int, n_all: int, smallest_cell: int) -> bool:
    """Whether what `n_chosen` of `n_all` participants say may leave: neither they nor the others are few.

    Beside the figures of all, those of some tell what is left out.
    """
    left_out = n_all - n_chosen
    return n_chosen >= smallest_cell and (left_out == 0 or left_out >= smallest_cell)
