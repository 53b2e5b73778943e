"""How people rated each objective on one dimension: bars around the middle, "don't know" apart."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.points import DRAWN, symbols
from analysis.charts.rows import FIGURE_SIZE, MARKER, ROW, down, listed, stacked
from analysis.charts.theme import PAPER, SECONDARY, TEXT, Width, filled_share, finished, rows_of
from analysis.charts.told import TOLD, told, tooltip
from analysis.protocols import Language, Rules
from analysis.ratings.distribution import SCALE
from analysis.sentences import Basis, each, share
from analysis.sentences.rating_bars import (
    LEAST_BASE,
    Dimension,
    dimension_name,
    of_rating_bars,
    ratings_of,
)

FACES = {
    1: ("#F5C49B", "#8F4412", TEXT),
    2: ("#FCE6D5", "#8F4412", TEXT),
    3: ("#D5D9DF", PAPER, TEXT),
    4: ("#86AFE0", PAPER, TEXT),
    5: ("#1F4F8F", PAPER, PAPER),
}
"""How each value looks: fill, edge, and the ink of its figure.

Low values are light and edged, high ones full and without an edge: in grey too no side looks like the other.
"""

HEAD_SIZE = 13
BAR = 11  # px above and below a bar's middle
MIDDLE = 39  # px from the top of a row
LEAST_SEGMENT = 28  # px: a narrower one has no figure

_SYMBOL, _BAR_FROM = 8, 24  # px from the left edge
_NUMBER_ROOM = 64  # px for how many ratings there are
_FIGURE = 34  # px for the figure behind the bar of "don't know"
_APART = "(width < 480 ? 86 : 150)"  # px at the right, only the drawn chart knows how wide it is
_GAP = "(width < 480 ? 18 : 40)"
_NARROWER = 4  # px: bars of "don't know" are so much thinner at each edge
_LEAST_SPAN = 0.20  # the bars of "don't know" have at least this share across
_HEAD = -16  # px from the plot to the middle of what is written above


def rating_bars(
    distribution: pd.DataFrame,
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    dimension: Dimension,
    width: Width = "container",
    linked: bool = False,
) -> alt.LayerChart:
    """The objectives by their share of 4 and 5, each as a bar of its ratings centred on the middle of the 3s.

    Those with too few ratings for a bar follow. Readable from 300 px of width; choosing works as on map A.
    Raises `ValueError` when there is no bar at all.
    """
    reading = of_rating_bars(
        distribution, priorities, objectives, basis, rules, language, dimension=dimension
    )
    table = _rows(distribution, priorities, objectives, basis, rules, language, dimension)
    n = len(table)
    segments = _segments(table, language)
    span = [segments["begins"].min(), segments["ends"].max()]

    def x(field: str) -> alt.X:
        scale = alt.Scale(
            domain=span, range=[_BAR_FROM, alt.ExprRef(f"width - {_APART}")], nice=False, zero=False
        )
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    chart, bars = alt.Chart(rows_of(table)), alt.Chart(rows_of(segments))
    drawn = [
        chart.transform_filter("datum.drawn")
        .transform_calculate(zero="0")
        .mark_rule(color=SECONDARY, yOffset=-5, y2Offset=5, aria=False)
        .encode(x("zero"), down("above", n), y2="below:Q"),
        _coloured(bars, language).encode(x("begins"), down("above", n), x2="ends:Q", y2="below:Q"),
        bars.transform_filter(
            f"(datum.ends - datum.begins) / {span[1] - span[0]} * (width - {_APART} - {_BAR_FROM})"
            f" >= {LEAST_SEGMENT}"
        )
        .mark_text(baseline="middle", fontSize=FIGURE_SIZE, aria=False)
        .encode(x("centre"), down("middle", n), text="figure:N", color=alt.Color("ink:N", scale=None)),
        chart.transform_filter("!datum.drawn")
        .mark_text(
            align="left", baseline="middle", x=_BAR_FROM, color=SECONDARY, fontSize=FIGURE_SIZE, aria=False
        )
        .encode(down("middle", n), text="told_why:N"),
        chart.mark_text(
            align="right",
            baseline="middle",
            x=alt.ExprRef("width"),
            color=SECONDARY,
            fontSize=FIGURE_SIZE - 1,
            aria=False,
        ).encode(down("at_name", n), text="told_number:N"),
        *_unsure(chart, table, language),
        _heading(dimension, language),
    ]
    markers = symbols(
        chart.encode(x=alt.value(_SYMBOL), y=down("middle", n), size=alt.Size("size:Q", scale=None)),
        objectives,
        room=30,
    )
    layers = listed(
        chart, n, drawn, markers, _tooltip(dimension, language), linked=linked, beside=_NUMBER_ROOM
    )
    return finished(layers, reading, width, ROW * n)


def _rows(
    distribution: pd.DataFrame,
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    dimension: Dimension,
) -> pd.DataFrame:
    """The objectives from the top of the list down, with their places and what is told of each."""
    table = ratings_of(distribution, objectives, dimension).merge(
        told(priorities, objectives, basis, rules, language), on="objective", validate="one_to_one"
    )
    # as texts: what is drawn would carry the numbers along, to be told or not
    table = table.assign(**{f"figure_{value}": _figures(table, value, language) for value in SCALE})
    rows = each(table)
    table = table.assign(
        drawn=table["high"].notna(),
        ranked=True,  # being hollow is a matter of need
        size=MARKER / table["symbol"].map(filled_share),
        told_answers=[_answers(row) for row in rows],
        told_unsure=[
            _figure(row.n_unsure, row.share_unsure, row.n_asked < LEAST_BASE, language) for row in rows
        ],
        told_number=[language.say("n = {number}", number=language.number(row.n)) for row in rows],
        told_why=language.say("too few for a bar"),
    )
    figures = [f"{figure}_{value}" for value in SCALE for figure in ("figure", "share")]
    columns = [*DRAWN, *TOLD, *figures, "n", "share_unsure", "drawn", "ranked", "size"]
    table = stacked(table[[*columns, "told_answers", "told_unsure", "told_number", "told_why"]])
    middle = table["top"] + MIDDLE
    return table.assign(above=middle - BAR, middle=middle, below=middle + BAR)


def _segments(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The parts of the bars, `begins` and `ends` in shares from the middle of the 3s."""
    names = answer_names(language)
    segments = []
    for row in each(table[table["drawn"]]):
        shares = [getattr(row, f"share_{value}") for value in SCALE]
        ends = pd.Series(shares).cumsum() - (shares[0] + shares[1] + shares[2] / 2)
        segments += [
            {
                "objective": row.objective,
                "answer": names[value],
                "begins": end - width,
                "centre": end - width / 2,
                "ends": end,
                "above": row.above,
                "middle": row.middle,
                "below": row.below,
                "edge": FACES[value][1],
                "ink": FACES[value][2],
                "figure": getattr(row, f"figure_{value}"),
            }
            for value, width, end in zip(SCALE, shares, ends, strict=True)
            if width > 0
        ]
    return pd.DataFrame(segments[::-1])  # low ones last, so that no full neighbour covers their edge


def _figures(table: pd.DataFrame, value: int, language: Language) -> list[str]:
    """The figure of one value in each row."""
    cells = zip(table[f"n_{value}"], table[f"share_{value}"], table["counted"], strict=True)
    return [_figure(n, of_all, counted, language) for n, of_all, counted in cells]


def _figure(n: int, of_all: float, counted: bool, language: Language) -> str:
    """A share as it is printed; where people are `counted`, how many that is."""
    return language.number(n) if counted else share(of_all, language)


def _answers(row: Any) -> str:
    """The five figures of an objective in one line."""
    return " · ".join(f"{value}: {getattr(row, f'figure_{value}')}" for value in SCALE)


def _coloured(bars: alt.Chart, language: Language) -> alt.Chart:
    """The parts of the bars, each value with its face, and the legend of these."""
    legend = alt.Legend(
        title=None,
        orient="bottom",
        direction="horizontal",
        columns=alt.ExprRef("width < 440 ? 3 : 5"),
        symbolType="square",
        symbolSize=240,
        symbolStrokeWidth=1,
        labelFontSize=12,
        labelColor=TEXT,
        columnPadding=14,
        offset=12,
    )
    names = list(answer_names(language).values())
    fills = [FACES[value][0] for value in SCALE]
    coloured: alt.Chart = bars.mark_rect(strokeWidth=1, aria=False).encode(
        color=alt.Color("answer:N", scale=alt.Scale(domain=names, range=fills), legend=legend),
        # from the rows: a scale of its own would give the legend twice in some versions of Vega-Lite
        stroke=alt.Stroke("edge:N", scale=None),
    )
    return coloured


def answer_names(language: Language) -> dict[int, str]:
    """What each value means, in the words in which people were asked."""
    return {
        1: language.say("1 very little"),
        **{value: str(value) for value in SCALE[1:-1]},
        5: language.say("5 very much"),
    }


def _unsure(chart: alt.Chart, table: pd.DataFrame, language: Language) -> list[alt.Chart]:
    """How many answered "don't know", as bars of their own under a heading of their own."""
    n = len(table)
    begins = f"width - {_APART} + {_GAP}"
    span = max(_LEAST_SPAN, table["share_unsure"].max())
    ends = f"{begins} + ({_APART} - {_GAP} - {_FIGURE}) * datum.share_unsure / {span}"
    answered = chart.transform_filter("datum.share_unsure !== null")
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "aria": False}
    return [
        answered.mark_rect(
            x=alt.ExprRef(begins),
            x2=alt.ExprRef(ends),
            yOffset=_NARROWER,
            y2Offset=-_NARROWER,
            fill=PAPER,
            stroke=SECONDARY,
            strokeWidth=1,
            aria=False,
        ).encode(down("above", n), y2="below:Q"),
        answered.mark_text(
            x=alt.ExprRef(f"{ends} + 6"), color=SECONDARY, fontSize=FIGURE_SIZE, **text
        ).encode(down("middle", n), text="told_unsure:N"),
        alt.Chart(rows_of(pd.DataFrame([{"heading": language.say("Don't know")}])))
        .mark_text(x=alt.ExprRef(begins), y=_HEAD, color=TEXT, fontSize=HEAD_SIZE, **text)
        .encode(text="heading:N"),
    ]


def _heading(dimension: Dimension, language: Language) -> alt.Chart:
    """The question that was asked, above the bars."""
    heading: alt.Chart = (
        alt.Chart(rows_of(pd.DataFrame([{"heading": dimension_name(dimension, language)}])))
        .mark_text(align="left", baseline="middle", x=0, y=_HEAD, color=TEXT, fontSize=HEAD_SIZE, aria=False)
        .encode(text="heading:N")
    )
    return heading


def _tooltip(dimension: Dimension, language: Language) -> list[alt.Tooltip]:
    """What a point of map A tells, and before it what people answered here."""
    name, *figures = tooltip(language)
    return [
        name,
        alt.Tooltip("told_answers:N", title=dimension_name(dimension, language)),
        alt.Tooltip("told_unsure:N", title=language.say("Don't know")),
        *figures,
    ]
