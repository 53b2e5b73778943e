"""Copied texts by how many contributions say each: bars empty until somebody decides, then full or light."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.points import fading, touchable
from analysis.charts.rows import FIGURE_SIZE, NAME_SIZE, ROW, down, stacked
from analysis.charts.theme import GRID, PAPER, SECONDARY, TEXT, Width, finished, rows_of
from analysis.protocols import Language
from analysis.sentences import Basis
from analysis.sentences.copies_found import LARGE, copies_rows, of_copies
from analysis.text.copies_decided import COUNTED_ONCE

MOST = 14
"""Bars at most: others are in the table below."""
BLUE, LIGHT = "#1F5FA8", "#DCE4EE"

_ABOVE, _BELOW = 25, 40  # px from the top of a row
_TOLD = 53
_NUMBER_ROOM = 60  # px behind the longest bar


def copies_bars(
    clusters: pd.DataFrame,
    beginnings: pd.Series,
    basis: Basis,
    language: Language,
    *,
    width: Width = "container",
) -> alt.LayerChart:
    """The first `MOST` of `clusters`, as `copies_decided.beside` orders them; choosing gives the `cluster`.

    `beginnings` as in `copies_found.copies_rows`. What was decided stands in words below each bar too.
    Readable from 300 px of width. Raises `ValueError` without any cluster.
    """
    if clusters.empty:
        raise ValueError("nothing is copied: ask why_no_copies first")
    rows = copies_rows(clusters.head(MOST), beginnings, language)
    table = stacked(rows[["cluster", "n_contributions", "flagged", "kind", "name", "told"]]).assign(
        above=lambda of: of["top"] + _ABOVE,
        below=lambda of: of["top"] + _BELOW,
        middle=lambda of: of["top"] + (_ABOVE + _BELOW) / 2,
        at_told=lambda of: of["top"] + _TOLD,
        face=rows["kind"].map(_face),
        n=[
            language.number(n) + (f" {LARGE}" if flagged else "")
            for n, flagged in zip(rows["n_contributions"], rows["flagged"], strict=True)
        ],
        people=[language.count("{n} contribution", "{n} contributions", n) for n in rows["n_contributions"]],
    )
    n, most = len(table), int(table["n_contributions"].max())
    choice = alt.selection_point(name="cluster", fields=["cluster"])
    chart = alt.Chart(rows_of(table))
    length = f"datum.n_contributions / {most} * (width - {_NUMBER_ROOM})"
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "aria": False}

    def bars(face: str, **look: Any) -> alt.Chart:
        drawn: alt.Chart = (
            chart.transform_filter(f"datum.face === '{face}'")
            .mark_rect(x=1, x2=alt.ExprRef(f"1 + {length}"), strokeWidth=1.5, aria=False, **look)
            .encode(down("above", n), y2="below:Q")
        )
        return fading(drawn, choice)

    layers = [
        chart.mark_rule(color=GRID, x=0, x2=alt.ExprRef("width"), aria=False).encode(down("bottom", n)),
        bars("once", fill=BLUE, stroke=BLUE),
        bars("each", fill=LIGHT, stroke=BLUE),
        bars("open", fill=PAPER, stroke=SECONDARY, strokeDash=[4, 3]),
        chart.mark_text(x=alt.ExprRef(f"{length} + 8"), color=TEXT, fontSize=FIGURE_SIZE, **text).encode(
            down("middle", n), text="n:N"
        ),
        fading(
            chart.mark_text(
                x=0, limit=alt.ExprRef("width"), color=TEXT, fontSize=NAME_SIZE, fontWeight=600, **text
            ).encode(down("at_name", n), text="name:N"),
            choice,
        ),
        chart.mark_text(
            x=0, limit=alt.ExprRef("width"), color=SECONDARY, fontSize=FIGURE_SIZE, **text
        ).encode(down("at_told", n), text="told:N"),
        touchable(
            chart.mark_rect(fill=PAPER, opacity=0, cursor="pointer", x=0, x2=alt.ExprRef("width")).encode(
                down("top", n), y2="bottom:Q"
            ),
            [
                alt.Tooltip("name:N", title=language.say("Text")),
                alt.Tooltip("read:N", title=" "),
            ],
            choice,
        ),
    ]
    return finished(layers, of_copies(clusters, basis, language), width, ROW * n)


def _face(kind: str) -> str:
    """How a bar looks: `open` while undecided, `once` or `each` by how its contributions count."""
    if not kind:
        return "open"
    return "once" if kind in COUNTED_ONCE else "each"
