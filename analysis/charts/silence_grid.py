"""Where a room is still silent: in each cell how many of the groups expected have spoken."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.coverage_map import question_titles
from analysis.charts.grid import grid
from analysis.charts.theme import Width
from analysis.protocols import Language
from analysis.sentences.basis import Basis
from analysis.sentences.figures import each
from analysis.sentences.silent import of_silent_cells
from analysis.silence import by_cell, put

CELL = 38  # px


def silence_grid(
    cells: pd.DataFrame,
    objectives: pd.DataFrame,
    guiding_questions: pd.DataFrame,
    basis: Basis,
    language: Language,
    asked: Collection[tuple[str, str]] | None = None,
    *,
    width: Width = "container",
) -> alt.LayerChart:
    """Guiding questions down, strategic questions across, of `silence.silent_cells`.

    Where nobody spoke the cell is dashed and says so; where nobody was `asked` it is blank. On a wall the
    rows share the height there is.
    """
    columns = question_titles(objectives)
    rows = dict(zip(guiding_questions["guiding_question"], guiding_questions["heading"], strict=True))
    counted = by_cell(put(cells, asked))
    table = pd.DataFrame(
        {
            "row": counted["guiding_question"].map(list(rows).index),
            "column": counted["strategic_question"].map(list(columns).index),
            "n": counted["n"],
            "shade": counted["spoken"],
            "shown": [_shown(row, language) for row in each(counted)],
            "told": [_told(row, language) for row in each(counted)],
        }
    )
    reading = of_silent_cells(cells, basis, language, asked)
    return grid(table, list(rows.values()), list(columns.values()), reading, width, cell=CELL)


def _shown(row: Any, language: Language) -> str:
    """What stands in a cell: that it is silent, or how many of the groups expected have spoken."""
    if row.n == 0:
        return language.say("nobody")
    return language.say(
        "{number} of {total}", number=language.number(row.spoken), total=language.number(row.expected)
    )


def _told(row: Any, language: Language) -> str:
    people = language.count("{n} contribution", "{n} contributions", row.n)
    groups = language.count(
        "one group of {total} expected",
        "{n} groups of {total} expected",
        row.spoken,
        total=language.number(row.expected),
    )
    return f"{people}, {groups}"
