"""Who has come so far: the people of each group as bars, beside those invited and those in the room."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.named_rows import NamedRows
from analysis.charts.theme import GRID, PAPER, TEXT, Width, finished
from analysis.protocols import Language
from analysis.sentences.attendance import attendance_rows, of_attendance
from analysis.sentences.basis import Basis

BLUE = "#1F5FA8"
ROMB = 220  # px² of the diamond
MOST_TIMES = 3  # the scale is at most so many times the longest bar


def attendance_bars(
    attendance: pd.DataFrame,
    groups: pd.DataFrame,
    basis: Basis,
    language: Language,
    *,
    width: Width = "container",
) -> alt.LayerChart:
    """The people of each group of `attendance`, with a line at those invited and a diamond at those counted.

    `groups` has `group` and `label`. More invited than `MOST_TIMES` what the largest group sent would leave
    no bar to see: an arrow points to them, and the figure tells how many. Readable from 300 px of width.
    """
    table = attendance_rows(attendance, groups, language)
    came = max(1, int(table["n_contributions"].max()), int(table["present"].fillna(0).max()))
    invited = table["invited"].fillna(0)
    span = max(came, int(invited[invited <= MOST_TIMES * came].max()))
    rows = NamedRows.of(
        table.assign(beyond=invited > span, invited_at=table["invited"].clip(upper=span)),
        width,
        language,
    )
    chart = rows.chart
    mark: dict[str, Any] = {"opacity": 1, "aria": False}

    def at(field: str) -> alt.ExprRef:
        return rows.x(f"0.99 * datum.{field} / {span}")

    layers = [
        rows.track(GRID),
        chart.mark_rect(x=rows.x("0"), x2=at("n_contributions"), color=BLUE, aria=False)
        .transform_filter("datum.n_contributions > 0")
        .encode(rows.y("bar_top"), y2="bar_bottom:Q"),
        chart.transform_filter("datum.invited > 0 && !datum.beyond")
        .mark_rect(
            x=at("invited"), width=4, yOffset=-3, y2Offset=3, fill=TEXT, stroke=PAPER, strokeWidth=1, **mark
        )
        .encode(rows.y("bar_top"), y2="bar_bottom:Q"),
        chart.transform_filter("datum.beyond")
        .mark_point(x=rows.x("0.99"), shape="triangle-right", size=150, fill=TEXT, stroke=TEXT, **mark)
        .encode(rows.y("middle")),
        chart.transform_filter("isValid(datum.present)")
        .mark_point(
            x=at("present"), shape="diamond", size=ROMB, fill=PAPER, stroke=TEXT, strokeWidth=2.2, **mark
        )
        .encode(rows.y("middle")),
        *rows.texts(),
    ]
    return finished(layers, of_attendance(attendance, groups, basis, language), width, rows.height)
