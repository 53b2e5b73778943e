"""Confirmed themes and candidates by how many people speak of each: full bars, and empty ones."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.points import fading
from analysis.charts.rows import FIGURE_SIZE, NAME_SIZE, ROW, down, stacked
from analysis.charts.theme import GRID, PAPER, SECONDARY, TEXT, Width, finished, rows_of
from analysis.protocols import Language
from analysis.sentences import Reading
from analysis.sentences.themes_found import CONFIRMED

MOST = 14
"""Bars at most: others are in the list below."""
BLUE = "#1F5FA8"

_ABOVE, _BELOW = 25, 40  # px from the top of a row
_TOLD = 53
_NUMBER_ROOM = 40  # px behind the longest bar


def theme_bars(
    rows: pd.DataFrame, reading: Reading, language: Language, *, width: Width = "container"
) -> alt.LayerChart:
    """The first `MOST` of `rows`, as `theme_rows` orders them; choosing one gives its id as `theme`.

    Readable from 300 px of width. A candidate's bar has an edge and no filling, dashed where it is not to
    be trusted; what it is stands in words below it too.
    """
    table = stacked(rows.head(MOST)).assign(
        above=lambda of: of["top"] + _ABOVE,
        below=lambda of: of["top"] + _BELOW,
        middle=lambda of: of["top"] + (_ABOVE + _BELOW) / 2,
        at_told=lambda of: of["top"] + _TOLD,
        n=[language.number(n) for n in rows["n_participants"].head(MOST)],
        people=[
            language.count("{n} participant", "{n} participants", n)
            for n in rows["n_participants"].head(MOST)
        ],
    )
    n, most = len(table), max(1, int(table["n_participants"].max()))
    picked = alt.selection_point(name="theme", fields=["theme"])
    chart = alt.Chart(rows_of(table))
    length = f"datum.n_participants / {most} * (width - {_NUMBER_ROOM})"
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "aria": False}

    def bars(where: str, **face: Any) -> alt.Chart:
        bar = chart.transform_filter(where).mark_rect(
            x=1, x2=alt.ExprRef(f"1 + {length}"), strokeWidth=1.5, aria=False, **face
        )
        return fading(bar.encode(down("above", n), y2="below:Q"), picked)

    layers = [
        chart.mark_rule(color=GRID, x=0, x2=alt.ExprRef("width"), aria=False).encode(down("bottom", n)),
        bars(f"datum.standing === '{CONFIRMED}'", fill=BLUE, stroke=BLUE),
        bars(
            f"datum.standing !== '{CONFIRMED}' && datum.standing !== 'not_to_trust'", fill=PAPER, stroke=BLUE
        ),
        bars("datum.standing === 'not_to_trust'", fill=PAPER, stroke=SECONDARY, strokeDash=[4, 3]),
        chart.mark_text(x=alt.ExprRef(f"{length} + 8"), color=TEXT, fontSize=FIGURE_SIZE, **text).encode(
            down("middle", n), text="n:N"
        ),
        fading(
            chart.mark_text(
                x=0, limit=alt.ExprRef("width"), color=TEXT, fontSize=NAME_SIZE, fontWeight=600, **text
            ).encode(down("at_name", n), text="name:N"),
            picked,
        ),
        chart.mark_text(
            x=0, limit=alt.ExprRef("width"), color=SECONDARY, fontSize=FIGURE_SIZE, **text
        ).encode(down("at_told", n), text="told:N"),
        chart.mark_rect(fill=PAPER, opacity=0, cursor="pointer", x=0, x2=alt.ExprRef("width"))
        .encode(
            down("top", n),
            y2="bottom:Q",
            description=alt.Description("name:N"),
            tooltip=[
                alt.Tooltip("name:N", title=language.say("Theme")),
                alt.Tooltip("people:N", title=" "),
                alt.Tooltip("told:N", title=" "),
            ],
        )
        .add_params(picked),
    ]
    return finished(layers, reading, width, ROW * n)
