"""What a room chose: dots by both ways of counting side by side, and the points of a nominal group."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.named_rows import NamedRows
from analysis.charts.theme import GRID, PAPER, TEXT, Width, filled_share, finished, vega_symbol
from analysis.protocols import Language, Rules
from analysis.sentences.basis import Basis
from analysis.sentences.figures import each
from analysis.sentences.votes import figure_of_dots, figure_of_points, item_names, of_dots, of_points, weighed

STATEMENT = {"colour": TEXT, "symbol": "circle"}
"""How an item looks that is no objective of the plan."""
MARKER = 230.0  # px²


def dot_bars(
    tally: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    width: Width = "container",
) -> alt.LayerChart:
    """The items of `voting.dots`, the highest score first: score with its interval, and the simple share.

    Where fewer than two groups weigh there is only the share, and items stand in the order of their dots.
    `basis` is that of `turnout`. Raises `ValueError` while nobody has voted. Readable from 300 px of width.
    """
    if not basis.n_participants:
        raise ValueError("nobody has voted: say so instead")
    names, tally = item_names(list(tally["item"]), objectives), weighed(tally, basis)
    table = _looks(tally, objectives).assign(
        name=tally["item"].map(names),
        figure=[figure_of_dots(row, basis.digits, language) for row in each(tally)],
    )
    balanced = bool(tally["score"].notna().any())
    table = _highest_first(table, ["score", "points"] if balanced else ["points"])
    span = max([0.01, *tally[["score", "score_high", "share"]].max().dropna()])
    rows = NamedRows.of(table, width, language)

    def at(field: str) -> alt.ExprRef:
        return rows.x(f"0.98 * datum.{field} / {span}")

    text: dict[str, Any] = {"opacity": 1, "aria": False}
    layers = [rows.track(GRID)]
    if balanced:
        layers += [
            rows.chart.mark_rule(
                x=at("share"), strokeWidth=4, yOffset=-4, y2Offset=4, color=TEXT, **text
            ).encode(rows.y("bar_top"), y2="bar_bottom:Q"),
            rows.chart.mark_rule(x=at("score_low"), x2=at("score_high"), strokeWidth=4, aria=False).encode(
                rows.y("middle"), color=alt.Color("colour:N", scale=None)
            ),
            rows.chart.mark_point(x=at("score"), stroke=PAPER, strokeWidth=1.5, **text).encode(
                rows.y("middle"),
                fill=alt.Fill("colour:N", scale=None),
                shape=alt.Shape("shape:N", scale=None),
                size=alt.Size("size:Q", scale=None),
            ),
        ]
    else:
        layers.append(_bar(rows, at("share")))
    layers += rows.texts()
    return finished(layers, of_dots(tally, names, basis, rules, language), width, rows.height)


def point_bars(
    tally: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    language: Language,
    *,
    width: Width = "container",
) -> alt.LayerChart:
    """The items of `voting.ngt`, those with most points first, and by how many people they were chosen.

    Raises `ValueError` while nobody has voted. Readable from 300 px of width.
    """
    if not basis.n_participants:
        raise ValueError("nobody has voted: say so instead")
    names = item_names(list(tally["item"]), objectives)
    table = _looks(tally, objectives).assign(
        name=tally["item"].map(names), figure=[figure_of_points(row, language) for row in each(tally)]
    )
    rows = NamedRows.of(_highest_first(table, ["points", "n_choosers"]), width, language)
    most = max(1, int(tally["points"].max()))
    layers = [rows.track(GRID), _bar(rows, rows.x(f"datum.points / {most}")), *rows.texts()]
    return finished(layers, of_points(tally, names, basis, language), width, rows.height)


def _bar(rows: NamedRows, end: alt.ExprRef) -> alt.Chart:
    bar: alt.Chart = (
        rows.chart.transform_filter("datum.points > 0")
        .mark_rect(x=rows.x("0"), x2=end, aria=False)
        .encode(rows.y("bar_top"), y2="bar_bottom:Q", fill=alt.Fill("colour:N", scale=None))
    )
    return bar


def _looks(tally: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """`tally` with the colour and symbol of each item's strategic question."""
    known = objectives.set_index("objective")
    looks = {
        column: tally["item"].map(known[column]).fillna(default) for column, default in STATEMENT.items()
    }
    shape, size = looks["symbol"].map(vega_symbol), MARKER / looks["symbol"].map(filled_share)
    return tally.assign(colour=looks["colour"], shape=shape, size=size)


def _highest_first(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Level ones in the order of the ballot."""
    keys = table[by].astype("float64").round(9)
    return table.loc[keys.sort_values(by, ascending=False, kind="stable").index].reset_index(drop=True)
