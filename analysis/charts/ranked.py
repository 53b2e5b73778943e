"""What the priority map becomes on a telephone: one objective under the other, from the most felt down."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.points import DRAWN, spanning, symbols, ticks
from analysis.charts.rows import FIGURE_SIZE, MARKER, ROW, down, listed, stacked
from analysis.charts.theme import SECONDARY, TEXT, Width, filled_share, finished, rows_of
from analysis.charts.told import TOLD, told, tooltip
from analysis.protocols import Language, Rules
from analysis.sentences import Basis, of_ranked
from analysis.sentences.figures import certain, each, quadrant_name

PLACE_ROOM = 112  # px for the name of a quadrant, nearly always

_ENDS = ("need", "need_low", "need_high", "feasibility", "feasibility_low", "feasibility_high")


def ranked_list(
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    width: Width = "container",
    linked: bool = False,
) -> alt.LayerChart:
    """The objectives from the most to the least felt, each with need and feasibility as dot and interval.

    Those rated by too few groups follow, hollow, then those not rated. Readable from 300 px of width;
    choosing works as on the map. Raises `ValueError` when no objective is rated.
    """
    table = told(priorities, objectives, basis, rules, language)
    table = _ordered(
        table.assign(place=[_place(row, rules, language) for row in each(table)]), basis, language
    )
    if table["need"].isna().all():
        raise ValueError("no objective is rated: ask why_no_priority_map first")
    low, high = spanning(table[list(_ENDS)].to_numpy().ravel(), margin=0.04)
    span = (low, high + 0.13 * (high - low))  # room for the figure behind the furthest interval
    axis = alt.Axis(
        orient="top",
        values=ticks(span),
        format="d",
        grid=True,
        domain=False,
        ticks=False,
        title=language.say("symbol: need · bar: feasibility (0–100)"),
        titleFontSize=12,
        titleColor=SECONDARY,
        titleAnchor="start",
    )

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=alt.Scale(domain=list(span), nice=False, zero=False), axis=axis)

    n = len(table)
    chart = alt.Chart(rows_of(table))
    figure: dict[str, Any] = {"align": "left", "baseline": "middle", "dx": 8, "aria": False}
    drawn = [
        chart.mark_rule(strokeWidth=3, opacity=0.45, aria=False).encode(
            x("need_low"), down("at_first", n), x2="need_high:Q", color=alt.Color("colour:N", scale=None)
        ),
        chart.mark_rule(strokeWidth=1.5, color=SECONDARY, opacity=0.6, aria=False).encode(
            x("feasibility_low"), down("at_second", n), x2="feasibility_high:Q"
        ),
        chart.mark_tick(thickness=3.5, height=11, color=SECONDARY, opacity=1, aria=False).encode(
            x("feasibility"), down("at_second", n)
        ),
        chart.mark_text(color=TEXT, fontSize=FIGURE_SIZE, fontWeight=600, **figure).encode(
            x("need_high"), down("at_first", n), text="need_figure:N"
        ),
        chart.mark_text(color=SECONDARY, fontSize=FIGURE_SIZE - 1, **figure).encode(
            x("feasibility_high"), down("at_second", n), text="feasibility_figure:N"
        ),
        chart.mark_text(
            align="right",
            baseline="middle",
            x=alt.ExprRef("width"),
            color=SECONDARY,
            fontSize=FIGURE_SIZE - 1,
            aria=False,
        ).encode(down("at_name", n), text="place:N"),
        chart.transform_filter("datum.need_figure === ''")
        .mark_text(align="left", baseline="middle", x=0, color=SECONDARY, fontSize=FIGURE_SIZE, aria=False)
        .encode(down("at_first", n), text="told_standing:N"),
    ]
    markers = symbols(
        chart.transform_filter("datum.need_figure !== ''").encode(
            x("need"), down("at_first", n), size=alt.Size("size:Q", scale=None)
        ),
        objectives,
        room=10,
    )
    layers = listed(chart, n, drawn, markers, tooltip(language), linked=linked, beside=PLACE_ROOM)
    return finished(layers, of_ranked(priorities, objectives, basis, rules, language), width, ROW * n)


def _place(row: Any, rules: Rules, language: Language) -> str:
    """The quadrant, where a phone shows no map to see it on."""
    if not row.quadrant or not row.ranked:
        return ""
    return quadrant_name(row.quadrant, language) if certain(row, rules) else language.say("On the border")


def _ordered(table: pd.DataFrame, basis: Basis, language: Language) -> pd.DataFrame:
    """The objectives from the top of the list down, and what is drawn of each."""

    def figures(values: pd.Series) -> list[str]:
        return ["" if pd.isna(value) else language.number(value, basis.digits) for value in values]

    table = table.assign(unrated=table["need"].isna(), hollow=~table["ranked"]).sort_values(
        ["unrated", "hollow", "need"], ascending=[True, True, False], kind="stable", ignore_index=True
    )
    for measure in ("need", "feasibility"):  # an interval that is not known is a point
        for end in ("low", "high"):
            table[f"{measure}_{end}"] = table[f"{measure}_{end}"].fillna(table[measure])
    table = table.assign(
        size=MARKER / table["symbol"].map(filled_share),
        need_figure=figures(table["need"]),
        feasibility_figure=figures(table["feasibility"]),
    )
    columns = [*DRAWN, *TOLD, *_ENDS, "ranked", "place", "size", "need_figure", "feasibility_figure"]
    return stacked(table[columns])
