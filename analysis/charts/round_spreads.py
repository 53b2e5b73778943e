"""Both rounds of ratings, one above the other: how answers to one question spread before and after."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import altair as alt
import pandas as pd

from analysis.ballots.second_round import Again
from analysis.charts.labels import text_width
from analysis.charts.named_rows import NamedRows
from analysis.charts.rating_bars import FACES, answer_names
from analysis.charts.theme import GRID, TEXT, Width, finished, rows_of
from analysis.protocols import Language
from analysis.sentences.basis import Basis
from analysis.sentences.figures import named
from analysis.sentences.rating_bars import Dimension
from analysis.sentences.second_round import of_spreads

DRAWN = 40  # px: two bars and a gap
_BAR = 19  # px of one of them
_HEAD = 34  # px for the legend
_SQUARE, _BESIDE, _APART = 14, 4, 9  # px in the legend: a square, to its name, and to the next one
FIGURE_SIZE, LEGEND_SIZE = 13, 12
_LEAST = 0.05  # of a bar: a narrower part has no room for its number


def round_spreads(
    spreads: pd.DataFrame,
    people: Again,
    objectives: pd.DataFrame,
    basis: Basis,
    language: Language,
    *,
    dimension: Dimension,
    width: Width = "container",
) -> alt.LayerChart:
    """The ratings of `second_round.spreads`, the first round above the second, in the order of `objectives`.

    In each part of a bar stands how many people gave that value. A round with too few ratings is an empty
    band. Readable from 300 px of width.
    """
    n = spreads.groupby(["objective", "round"])["n"].sum(min_count=1).unstack("round")
    table = objectives[["objective"]].assign(name=objectives["objective"].map(named(objectives)))
    table = table.assign(
        figure=[
            language.say(
                "ratings: {first}, then {second}",
                first=_ratings(n.loc[objective, 1], language),
                second=_ratings(n.loc[objective, 2], language),
            )
            for objective in table["objective"]
        ]
    )
    rows = NamedRows.of(table, width, language, head=_HEAD, drawn=DRAWN)
    parts = _parts(spreads, rows.table, language)
    chart = alt.Chart(rows_of(parts))
    bands = [
        rows.chart.mark_rect(
            x=rows.x("0"), x2=rows.x("1"), color=GRID, yOffset=above, y2Offset=below, aria=False
        ).encode(rows.y("bar_top"), y2="bar_bottom:Q")
        for above, below in ((0, _BAR - DRAWN), (DRAWN - _BAR, 0))
    ]
    layers = [
        *_legend(language),
        *bands,
        chart.mark_rect(x=rows.x("datum.begins"), x2=rows.x("datum.ends"), strokeWidth=1, aria=False).encode(
            rows.y("top"),
            y2="bottom:Q",
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
        ),
        chart.transform_filter(f"datum.ends - datum.begins >= {_LEAST}")
        .mark_text(x=rows.x("(datum.begins + datum.ends) / 2"), fontSize=FIGURE_SIZE, aria=False)
        .encode(rows.y("centre"), text="figure:N", color=alt.Color("ink:N", scale=None)),
        *rows.texts(),
    ]
    return finished(layers, of_spreads(people, dimension, basis, language), width, rows.height)


def _parts(spreads: pd.DataFrame, placed: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The parts of all bars, `begins` and `ends` in shares of 0 to 1, `top` and `bottom` in px."""
    given = spreads[spreads["n"] > 0].assign(
        ends=lambda its: its.groupby(["objective", "round"])["share"].cumsum(),
        begins=lambda its: its["ends"] - its["share"],
        fill=lambda its: [FACES[value][0] for value in its["value"]],
        edge=lambda its: [FACES[value][1] for value in its["value"]],
        ink=lambda its: [FACES[value][2] for value in its["value"]],
        figure=lambda its: [language.number(n) for n in its["n"]],
    )
    parts = given.merge(placed[["objective", "bar_top"]], on="objective")
    top = parts["bar_top"] + (parts["round"] - 1) * (DRAWN - _BAR)
    return parts.assign(top=top, bottom=top + _BAR, centre=top + _BAR / 2)


def _ratings(n: Any, language: Language) -> str:
    if pd.isna(n):
        return language.say("too few")
    return language.number(int(n))


def _legend(language: Language) -> list[alt.Chart]:
    """What each face means, in a line above the bars."""
    names = answer_names(language)
    starts = accumulate(
        (_SQUARE + _BESIDE + text_width(name, LEGEND_SIZE) + _APART for name in names.values()), initial=0.0
    )
    values = pd.DataFrame(
        [
            {"x": x, "name": name, "fill": FACES[value][0], "edge": FACES[value][1]}
            for x, (value, name) in zip(starts, names.items(), strict=False)
        ]
    )
    chart = alt.Chart(rows_of(values))
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "color": TEXT, "aria": False}
    return [
        chart.mark_rect(
            x=alt.ExprRef("datum.x + 1"),
            x2=alt.ExprRef(f"datum.x + 1 + {_SQUARE}"),
            y=4,
            y2=4 + _SQUARE,
            strokeWidth=1,
            aria=False,
        ).encode(fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("edge:N", scale=None)),
        chart.mark_text(
            x=alt.ExprRef(f"datum.x + 1 + {_SQUARE + _BESIDE}"),
            y=4 + _SQUARE / 2,
            fontSize=LEGEND_SIZE,
            **text,
        ).encode(text="name:N"),
    ]
