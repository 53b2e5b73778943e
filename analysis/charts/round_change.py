"""A second round of ratings: how far each objective moved, against the line up to which it is stable."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.ballots.second_round import MOST_CHANGE, Again, by_objective
from analysis.charts.named_rows import NamedRows
from analysis.charts.theme import GRID, PAPER, TEXT, Width, finished
from analysis.protocols import Language, Rules
from analysis.sentences.basis import Basis
from analysis.sentences.figures import each, named
from analysis.sentences.second_round import figure_of_change, of_second_round

_LEAST_SPAN = 0.30  # of net change: the line stands in the middle unless something moved further


def round_change(
    rounds: pd.DataFrame,
    people: Again,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    width: Width = "container",
) -> alt.LayerChart:
    """The objectives of `second_round` in its order, each by the dimension on which it moved most.

    A full bar is not stable, an empty one is; the figure says it too. `people` as of `again`. Raises
    `ValueError` without an objective. Readable from 300 px of width.
    """
    if rounds.empty:
        raise ValueError("no objective was asked again: say so instead")
    several = rounds["dimension"].nunique() > 1
    table = by_objective(rounds)
    table = table.assign(
        name=table["objective"].map(named(objectives)),
        colour=table["objective"].map(objectives.set_index("objective")["colour"]),
        figure=[figure_of_change(row, several, language) for row in each(table)],
    )
    span = max([_LEAST_SPAN, *table["net_change"].dropna()])
    rows = NamedRows.of(table, width, language)
    ends = rows.x(f"datum.net_change / {span}")
    look: dict[str, Any] = {"x": rows.x("0"), "x2": ends, "aria": False}
    told = rows.chart.transform_filter("datum.status !== 'too_few' && datum.net_change > 0")
    layers = [
        rows.track(GRID),
        told.transform_filter("datum.status === 'moving'")
        .mark_rect(**look)
        .encode(rows.y("bar_top"), y2="bar_bottom:Q", fill=alt.Fill("colour:N", scale=None)),
        told.transform_filter("datum.status === 'stable'")
        .mark_rect(fill=PAPER, strokeWidth=2.5, **look)
        .encode(rows.y("bar_top"), y2="bar_bottom:Q", stroke=alt.Stroke("colour:N", scale=None)),
        rows.chart.mark_rule(
            x=rows.x(f"{MOST_CHANGE / span}"), strokeWidth=3, yOffset=-3, y2Offset=3, color=TEXT, aria=False
        ).encode(rows.y("bar_top"), y2="bar_bottom:Q"),
        *rows.texts(),
    ]
    reading = of_second_round(rounds, people, objectives, basis, rules, language)
    return finished(layers, reading, width, rows.height)
