"""What the lists share: one row per objective, its name above what is drawn, the whole row to touch."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from analysis.charts.points import chosen_objective, fading, touchable
from analysis.charts.theme import GRID, PAPER, TEXT

ROW = 64  # px: a name, two lines below it, and room for a finger
NAME, FIRST, SECOND = 15, 34, 51  # px from the top of a row
NAME_SIZE, FIGURE_SIZE = 13, 12
MARKER = 130.0  # px²


def stacked(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with the places of its rows, one under the other, in px from the top of the plot."""
    top = pd.Series(range(len(table)), index=table.index) * ROW
    return table.assign(
        top=top, bottom=top + ROW, at_name=top + NAME, at_first=top + FIRST, at_second=top + SECOND
    )


def down(field: str, n_rows: int) -> alt.Y:
    """The place of a row, or of a line in it."""
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[ROW * n_rows, 0], nice=False), axis=None)


def listed(
    chart: alt.Chart,
    n_rows: int,
    drawn: Sequence[alt.Chart],
    markers: Sequence[alt.Chart],
    tooltip: Sequence[alt.Tooltip],
    *,
    linked: bool,
    beside: int = 0,
) -> list[alt.Chart]:
    """All layers of a list: rules between rows, what is `drawn`, `markers`, names, and the rows to touch.

    `beside` is the room (px) that names leave at their right.
    """
    choice = None if linked else chosen_objective()
    name = chart.mark_text(
        align="left",
        baseline="middle",
        x=0,
        limit=alt.ExprRef(f"width - {beside}"),
        color=TEXT,
        fontSize=NAME_SIZE,
        fontWeight=600,
        aria=False,
    ).encode(down("at_name", n_rows), text="name:N")
    whole_row = chart.mark_rect(fill=PAPER, opacity=0, cursor="pointer", x=0, x2=alt.ExprRef("width")).encode(
        down("top", n_rows), y2="bottom:Q"
    )
    return [
        chart.mark_rule(color=GRID, x=0, x2=alt.ExprRef("width"), aria=False).encode(down("bottom", n_rows)),
        *drawn,
        *(fading(marker, choice) for marker in markers),
        fading(name, choice),
        touchable(whole_row, tooltip, choice),
    ]
