"""How each objective is recognised: bars of its answers by who says so, and how often counting was right."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.points import DRAWN, symbols
from analysis.charts.rows import FIGURE_SIZE, MARKER, ROW, down, listed, stacked
from analysis.charts.theme import GRID, PAPER, SECONDARY, TEXT, Width, filled_share, finished, rows_of
from analysis.protocols import Language
from analysis.sentences import Basis, each, named
from analysis.sentences.objectives_found import bar_figures, basis_name, of_objectives_found, precision
from analysis.text.checks import BASES

FACES = {
    "author": ("#1F4F8F", PAPER, PAPER),
    "reviewed": ("#86AFE0", PAPER, TEXT),
    "learned": ("#FCE6D5", "#8F4412", TEXT),
    "proposed": (PAPER, "#8F4412", TEXT),
}
"""How each basis looks: fill, edge, and the ink of its figure.

What people said is full and without an edge, what counting says light and edged: in grey too.
"""

BAR = 11  # px above and below a bar's middle
MIDDLE = 39  # px from the top of a row
DOT, FIGURE = 33, 51  # px from the top of a row: precision, and of how many it is
LEAST_SEGMENT = 20  # px: a narrower one has no figure
HEAD_SIZE = 13

_SYMBOL, _BAR_FROM = 8, 24  # px from the left edge
_APART = "(width < 480 ? 118 : 300)"  # px at the right; only the drawn chart knows how wide it is
_GAP = "(width < 480 ? 14 : 40)"
_HEAD = -16  # px from the plot to the middle of what is written above
_BEGINS = f"(width - {_APART} + {_GAP})"
_LENGTH = f"({_APART} - {_GAP} - 6)"  # px of 0 to 100 %; half a dot stands beyond


def objective_bars(
    checks: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    language: Language,
    *,
    width: Width = "container",
    linked: bool = False,
) -> alt.LayerChart:
    """The objectives in the plan's order, each with its answers by basis and its measured precision.

    `checks` is a table of `analysis.text.checks`. Where nobody has checked, "not checked" stands in the
    place of the dot. Readable from 300 px of width; choosing works as on map A.
    """
    table = _rows(checks, objectives, language)
    n, most = len(table), max(1, int(table["n"].max()))
    chart, segments = alt.Chart(rows_of(table)), _segments(table, language)

    def x(field: str) -> alt.X:
        scale = alt.Scale(
            domain=[0, most], range=[_BAR_FROM, alt.ExprRef(f"width - {_APART}")], nice=False, zero=False
        )
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    bars = alt.Chart(rows_of(segments))
    drawn = [
        _coloured(bars, language).encode(x("begins"), down("above", n), x2="ends:Q", y2="below:Q"),
        bars.transform_filter(
            f"(datum.ends - datum.begins) / {most} * (width - {_APART} - {_BAR_FROM}) >= {LEAST_SEGMENT}"
        )
        .mark_text(baseline="middle", fontSize=FIGURE_SIZE, aria=False)
        .encode(x("centre"), down("middle", n), text="figure:N", color=alt.Color("ink:N", scale=None)),
        chart.transform_filter("datum.n === 0")
        .mark_text(
            align="left", baseline="middle", x=_BAR_FROM, color=SECONDARY, fontSize=FIGURE_SIZE, aria=False
        )
        .encode(down("middle", n), text="told_answers:N"),
        *_precision(chart, n),
        *_headings(language),
    ]
    markers = symbols(
        chart.encode(x=alt.value(_SYMBOL), y=down("middle", n), size=alt.Size("size:Q", scale=None)),
        objectives,
        room=30,
    )
    tooltip = [
        alt.Tooltip("name:N", title="title"),
        alt.Tooltip("told_answers:N", title=language.say("Answers, and who says so")),
        alt.Tooltip("told_precision:N", title=language.say("Proposals found right")),
    ]
    layers = listed(chart, n, drawn, markers, tooltip, linked=linked)
    return finished(layers, of_objectives_found(checks, basis, language), width, ROW * n)


def _rows(checks: pd.DataFrame, objectives: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The objectives with their places and what is told of each."""
    table = objectives.merge(checks, on="objective", validate="one_to_one")
    rows = each(table)
    table = table.assign(
        name=table["objective"].map(named(objectives)),
        question=table["question_title"],
        n=table[[f"n_{basis}" for basis in BASES]].sum(axis=1),
        ranked=True,  # being hollow is a matter of need
        size=MARKER / table["symbol"].map(filled_share),
        told_answers=[bar_figures(row, language) for row in rows],
        told_precision=[precision(row, language) for row in rows],
        # as on a narrow plot: how many of how many
        told_right=[
            language.say(
                "{right} of {judged}",
                right=language.number(row.n_right),
                judged=language.number(row.n_judged),
            )
            if row.checked
            else language.say("not checked")
            for row in rows
        ],
    )
    counts = [f"n_{basis}" for basis in BASES]
    columns = [*DRAWN, *counts, "n", "ranked", "size", "checked", "precision", "low", "high"]
    table = stacked(table[[*columns, "told_answers", "told_precision", "told_right"]])
    middle = table["top"] + MIDDLE
    return table.assign(
        above=middle - BAR,
        middle=middle,
        below=middle + BAR,
        at_dot=table["top"] + DOT,
        at_figure=table["top"] + FIGURE,
    )


def _segments(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The parts of the bars, `begins` and `ends` in answers."""
    segments = []
    for row in each(table):
        ends = 0
        for basis in BASES:
            n = int(getattr(row, f"n_{basis}"))
            begins, ends = ends, ends + n
            if n:
                segments.append(
                    {
                        "objective": row.objective,
                        "basis": basis_name(basis, language),
                        "begins": begins,
                        "centre": begins + n / 2,
                        "ends": ends,
                        "above": row.above,
                        "middle": row.middle,
                        "below": row.below,
                        "edge": FACES[basis][1],
                        "ink": FACES[basis][2],
                        "figure": language.number(n),
                    }
                )
    return pd.DataFrame(segments)


def _coloured(bars: alt.Chart, language: Language) -> alt.Chart:
    """The parts of the bars, each basis with its face, and the legend of these."""
    legend = alt.Legend(
        title=None,
        orient="bottom",
        direction="horizontal",
        columns=alt.ExprRef("width < 440 ? 2 : 4"),
        symbolType="square",
        symbolSize=240,
        symbolStrokeWidth=1,
        symbolStrokeColor=SECONDARY,
        labelFontSize=12,
        labelColor=TEXT,
        columnPadding=14,
        offset=12,
    )
    names, fills = [basis_name(basis, language) for basis in BASES], [FACES[basis][0] for basis in BASES]
    coloured: alt.Chart = bars.mark_rect(strokeWidth=1, aria=False).encode(
        color=alt.Color("basis:N", scale=alt.Scale(domain=names, range=fills), legend=legend),
        # from the rows: a scale of its own would give the legend twice in some versions of Vega-Lite
        stroke=alt.Stroke("edge:N", scale=None),
    )
    return coloured


def _precision(chart: alt.Chart, n_rows: int) -> list[alt.Chart]:
    """A dot on its interval between 0 and 100 %, under its figure; or that nobody has checked."""

    def at(field: str) -> alt.ExprRef:
        return alt.ExprRef(f"{_BEGINS} + {_LENGTH} * datum.{field}")

    checked = chart.transform_filter("datum.checked")
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": FIGURE_SIZE, "aria": False}
    return [
        checked.mark_rule(
            x=alt.ExprRef(_BEGINS),
            x2=alt.ExprRef(f"{_BEGINS} + {_LENGTH}"),
            color=GRID,
            strokeWidth=2,
            aria=False,
        ).encode(down("at_dot", n_rows)),
        checked.mark_rule(
            x=at("low"), x2=at("high"), color=TEXT, strokeWidth=3, opacity=0.5, aria=False
        ).encode(down("at_dot", n_rows)),
        checked.mark_point(
            x=at("precision"), shape="circle", filled=True, fill=TEXT, size=90, opacity=1, aria=False
        ).encode(down("at_dot", n_rows)),
        checked.mark_text(x=alt.ExprRef(_BEGINS), color=SECONDARY, **text).encode(
            down("at_figure", n_rows), text="told_right:N"
        ),
        chart.transform_filter("!datum.checked")
        .mark_text(x=alt.ExprRef(_BEGINS), color=SECONDARY, fontStyle="italic", **text)
        .encode(down("middle", n_rows), text="told_right:N"),
    ]


def _headings(language: Language) -> list[alt.Chart]:
    """What stands at the left and at the right, above it."""
    text: dict[str, Any] = {
        "align": "left",
        "baseline": "middle",
        "y": _HEAD,
        "color": TEXT,
        "fontSize": HEAD_SIZE,
        "aria": False,
    }
    return [
        alt.Chart(rows_of(pd.DataFrame([{"heading": heading}])))
        .mark_text(x=x, **text)
        .encode(text="heading:N")
        for heading, x in (
            (language.say("Answers"), 0),
            (language.say("Right, 0–100%"), alt.ExprRef(_BEGINS)),
        )
    ]
