"""Map B: objectives by how much they are spoken of and how widely, and the same as a list for telephones."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.points import DRAWN, Plane, areas, points, spanning, symbols
from analysis.charts.rows import FIGURE_SIZE, MARKER, ROW, down, listed, stacked
from analysis.charts.theme import SECONDARY, Width, filled_share, finished, rows_of
from analysis.charts.told import TOLD, told, tooltip
from analysis.protocols import Language, Rules
from analysis.sentences import Basis, each, of_theme_list, of_themes

HEIGHT = 560
_ENDS = ("salience", "salience_low", "salience_high")


def theme_map(
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    width: Width = "container",
    height: int = HEIGHT,
    linked: bool = False,
) -> alt.LayerChart:
    """The objectives that are spoken of, by salience (%) and breadth (0–100); choosing as on map A.

    Those without a breadth have no place: the basis names them and the list shows them. Raises `ValueError`
    when none has one.
    """
    table = told(priorities, objectives, basis, rules, language)
    table = table[table["breadth"].notna()]
    if table.empty:
        raise ValueError("no objective has a breadth: ask why_no_theme_map first")
    table = table.assign(
        x=100 * table["salience"],
        y=100 * table["breadth"],
        area=areas(table["n_participants"]),
        ranked=True,  # being hollow is a matter of ratings
    )
    plane = Plane(
        x=spanning([*(100 * table["salience_low"]), *(100 * table["salience_high"]), *table["x"]]),
        y=spanning(table["y"], least=20, margin=0.1),
        x_title=language.say("How much it is spoken of (% of those who answered) →"),
        y_title=language.say("How widely (0 = one group only, 100 = all groups alike) →"),
        height=height,
    )
    segments = [(100 * row.salience_low, row.y, 100 * row.salience_high, row.y) for row in each(table)]
    layers = [
        _intervals(plane, table),
        *points(plane, table, objectives, tooltip(language), segments=segments, linked=linked),
    ]
    return finished(layers, of_themes(priorities, objectives, basis, rules, language), width, height)


def _intervals(plane: Plane, table: pd.DataFrame) -> alt.Chart:
    """The stability interval of each salience, as a line through its point."""
    x, y = plane.axes
    lines = table[["y", "colour"]].assign(x=100 * table["salience_low"], x2=100 * table["salience_high"])
    drawn: alt.Chart = (
        alt.Chart(rows_of(lines))
        .mark_rule(strokeWidth=2, opacity=0.42, aria=False)
        .encode(x, y, x2="x2:Q", color=alt.Color("colour:N", scale=None))
    )
    return drawn


def theme_list(
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    width: Width = "container",
    linked: bool = False,
) -> alt.LayerChart:
    """The objectives from the most to the least spoken of, as bars; also what is drawn for one group alone.

    Readable from 300 px of width.
    """
    table = told(priorities, objectives, basis, rules, language)
    table = table.assign(
        figures=[_figures(row, language) for row in each(table)],
        salience=100 * table["salience"].fillna(0.0),
        salience_low=100 * table["salience_low"],
        salience_high=100 * table["salience_high"],
        ranked=True,
        size=MARKER / table["symbol"].map(filled_share),
    ).sort_values("salience", ascending=False, kind="stable", ignore_index=True)
    table = stacked(table[[*DRAWN, *TOLD, *_ENDS, "ranked", "figures", "size"]])
    n = len(table)
    most = max(10.0, 1.08 * float(table[list(_ENDS)].max().max()))
    x = alt.X("salience:Q", scale=alt.Scale(domain=[0, most], nice=False), axis=None)
    chart = alt.Chart(rows_of(table))
    drawn = [
        chart.mark_bar(size=9, orient="horizontal", opacity=0.55, aria=False).encode(
            x, down("at_first", n), color=alt.Color("colour:N", scale=None)
        ),
        chart.mark_rule(strokeWidth=2, color=SECONDARY, opacity=0.7, aria=False).encode(
            alt.X("salience_low:Q", scale=alt.Scale(domain=[0, most], nice=False), axis=None),
            down("at_first", n),
            x2="salience_high:Q",
        ),
        chart.mark_text(
            align="left", baseline="middle", x=0, color=SECONDARY, fontSize=FIGURE_SIZE, aria=False
        ).encode(down("at_second", n), text="figures:N"),
    ]
    markers = symbols(
        chart.transform_filter("datum.salience > 0").encode(
            x, down("at_first", n), size=alt.Size("size:Q", scale=None)
        ),
        objectives,
        room=10,
    )
    layers = listed(chart, n, drawn, markers, tooltip(language), linked=linked)
    return finished(layers, of_theme_list(priorities, objectives, basis, rules, language), width, ROW * n)


def _figures(row: Any, language: Language) -> str:
    """Who speaks of it, how much and how widely, in one line."""
    figures = [language.count("{n} participant", "{n} participants", int(row.n_participants))]
    if pd.notna(row.salience):
        figures.append(row.told_salience)
    if pd.notna(row.breadth):
        figures.append(language.say("breadth {number} of 100", number=row.told_breadth))
    return " · ".join(figures)
