"""Words that two sides use unlike: how many participants of each use them, back to back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.labels import wrapped
from analysis.charts.theme import GRID, PAPER, SECONDARY, TEXT, Width, finished, rows_of
from analysis.protocols import Language
from analysis.sentences import Basis, each, share
from analysis.sentences.rating_bars import LEAST_BASE
from analysis.sentences.words_compared import Compared, of_keyness
from analysis.text.keyness import most_apart

MOST = 10  # words of each side: what a telephone shows in two screens
ROW, NAME, BAR = 44, 14, 31  # px: a row, and where its word and its bars stand
HALF_BAR = 7
HERE, THERE, THERE_EDGE = (
    "#1F4F8F",
    "#F5C49B",
    "#8F4412",
)  # dark and plain, light and edged: unlike in grey too
NAME_SIZE, FIGURE_SIZE, HEAD_SIZE = 13, 12, 13
_LINE = 16
_FIGURE = 74  # px at each outer edge for "100% (99)"
_NARROWEST = 300


def keyness_bars(
    words: pd.DataFrame, sides: Compared, basis: Basis, language: Language, *, width: Width = "container"
) -> alt.LayerChart:
    """The words that differ most, those said more `here` first, with the bar of each side from the middle.

    Bars are shares of participants; words that may be chance have hollow ones. Choosing a word gives its key
    as `word`. Readable from 300 px of width. Raises `ValueError` when no word is to be shown.
    """
    shown = most_apart(words, MOST)
    if shown.empty:
        raise ValueError("no word differs: ask most_apart first")
    heads = [wrapped(label, HEAD_SIZE, _NARROWEST / 2 - 8, bold=True) for label in (sides.here, sides.there)]
    top = _LINE * max(map(len, heads)) + 8
    table = _rows(shown, sides, language, top)
    height = top + ROW * len(table)
    longest = float(max(shown["share_here"].max(), shown["share_there"].max()))
    choice = alt.selection_point(name="word", fields=["word"])
    chart = alt.Chart(rows_of(table)).transform_calculate(
        here=f"width / 2 - 1 - datum.share_here / {longest} * (width / 2 - {_FIGURE})",
        there=f"width / 2 + 1 + datum.share_there / {longest} * (width / 2 - {_FIGURE})",
        at_here="width / 2 - 1",
        at_there="width / 2 + 1",
    )

    def down(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)

    def across(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=None, axis=None)

    def fading(layer: alt.Chart) -> alt.Chart:
        faded: alt.Chart = layer.encode(
            opacity=alt.when(choice).then(alt.value(1.0)).otherwise(alt.value(0.5))
        )
        return faded

    bars = [
        fading(
            chart.transform_filter(f"datum.share_{side} > 0 && datum.key === {key}")
            .mark_rect(fill=fill if key == "true" else PAPER, stroke=edge, strokeWidth=1.2, aria=False)
            .encode(across(side), down("bar_top"), x2=f"at_{side}:Q", y2="bar_bottom:Q")
        )
        for side, fill, edge in (("here", HERE, HERE), ("there", THERE, THERE_EDGE))
        for key in ("true", "false")
    ]
    figure: dict[str, Any] = {
        "baseline": "middle",
        "fontSize": FIGURE_SIZE,
        "color": SECONDARY,
        "aria": False,
    }
    figures = [
        chart.mark_text(align="right", dx=-5, **figure).encode(
            across("here"), down("at_bar"), text="told_here:N"
        ),
        chart.mark_text(align="left", dx=5, **figure).encode(
            across("there"), down("at_bar"), text="told_there:N"
        ),
    ]
    layers = [
        chart.mark_rule(color=GRID, x=0, x2=alt.ExprRef("width"), aria=False).encode(down("bottom")),
        *bars,
        *figures,
        *(_head(lines, side) for lines, side in zip(heads, ("here", "there"), strict=True)),
        fading(
            chart.mark_text(
                baseline="middle",
                x=alt.ExprRef("width / 2"),
                fontSize=NAME_SIZE,
                fontWeight=600,
                color=TEXT,
                aria=False,
            ).encode(down("at_name"), text="shown:N")
        ),
        chart.mark_rect(fill=PAPER, opacity=0, cursor="pointer", x=0, x2=alt.ExprRef("width"))
        .encode(
            down("top"),
            y2="bottom:Q",
            tooltip=_tooltip(sides, language),
            description=alt.Description("read:N"),
        )
        .add_params(choice),
    ]
    return finished(layers, of_keyness(words, sides, basis, language), width, height)


def _rows(shown: pd.DataFrame, sides: Compared, language: Language, top: int) -> pd.DataFrame:
    """The words from the top down with their places in px and their figures in words."""
    at = top + pd.Series(range(len(shown)), index=shown.index) * ROW
    rows = each(shown)
    here = [_figure(r.share_here, r.n_here, sides.size_here.participants, language) for r in rows]
    there = [_figure(r.share_there, r.n_there, sides.size_there.participants, language) for r in rows]
    return shown[["word", "shown", "share_here", "share_there", "key"]].assign(
        top=at,
        bottom=at + ROW,
        at_name=at + NAME,
        at_bar=at + BAR,
        bar_top=at + BAR - HALF_BAR,
        bar_bottom=at + BAR + HALF_BAR,
        told_here=here,
        told_there=there,
        told_g2=[language.number(abs(r.g2), 1) for r in rows],
        told_sure=[language.say("clear") if r.key else language.say("may be chance") for r in rows],
        read=[
            f"{r.shown}: {sides.here} {one}, {sides.there} {other}"
            for r, one, other in zip(rows, here, there, strict=True)
        ],
    )


def _figure(part: float, n: int, whole: int, language: Language) -> str:
    """How many use a word: of few people as a count, of more as a share too."""
    if whole < LEAST_BASE:
        return language.say("{number} of {total}", number=language.number(n), total=language.number(whole))
    return f"{share(part, language)} ({language.number(n)})"


def _head(lines: Sequence[str], side: str) -> alt.Chart:
    """The name of one side above its bars, at the outer edge."""
    left = side == "here"
    head: alt.Chart = alt.Chart(alt.InlineData(values=[{"head": "\n".join(lines)}])).mark_text(
        align="left" if left else "right",
        baseline="top",
        x=0 if left else alt.ExprRef("width"),
        y=0,
        fontSize=HEAD_SIZE,
        fontWeight=600,
        lineHeight=_LINE,
        lineBreak="\n",
        color=HERE if left else THERE_EDGE,
        aria=False,
    )
    return head.encode(text="head:N")


def _tooltip(sides: Compared, language: Language) -> list[alt.Tooltip]:
    titles = {
        "shown": "title",
        "told_here": sides.here,
        "told_there": sides.there,
        "told_g2": language.say("How far apart (G²)"),
        "told_sure": language.say("Difference"),
    }
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in titles.items()]
