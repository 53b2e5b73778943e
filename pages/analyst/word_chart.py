"""The words most people use, as bars."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.charts.theme import TEXT, WALL_PLOT, Width, finished, rows_of
from analysis.protocols import Language
from analysis.sentences import Reading

MOST = 20
SIZE, WALL_SIZE = 13, 17  # px
ROW = 26  # px: a bar that a finger can hit beside another
BLUE = "#1F5FA8"


def word_chart(
    words: pd.DataFrame, reading: Reading, language: Language, *, width: Width = "container"
) -> alt.LayerChart:
    """The words of most participants, each with their number; choosing gives its key as `word`."""
    top = words.head(MOST if width != "wall" else min(MOST, WALL_PLOT // ROW))
    top = top.assign(
        told=[language.count("{n} participant", "{n} participants", n) for n in top["n_participants"]],
        n=[language.number(n) for n in top["n_participants"]],
    )
    size = WALL_SIZE if width == "wall" else SIZE
    picked = alt.selection_point(name="word", fields=["word"])
    chart = alt.Chart(rows_of(top)).encode(
        alt.X("n_participants:Q", axis=None, scale=alt.Scale(domainMin=0)),
        alt.Y(
            "shown:N",
            sort=None,
            axis=alt.Axis(
                title=None,
                ticks=False,
                domain=False,
                labelFontSize=size,
                labelLimit=10 * size,
                labelPadding=8,
                labelColor=TEXT,
            ),
        ),
        tooltip=[alt.Tooltip("shown:N", title=language.say("Word")), alt.Tooltip("told:N", title=" ")],
    )
    layers = [
        chart.mark_bar(color=BLUE, height=16, cornerRadiusEnd=3, cursor="pointer")
        .encode(opacity=alt.condition(picked, alt.value(0.85), alt.value(0.3)))
        .add_params(picked),
        chart.mark_text(align="left", dx=6, fontSize=size - 1, aria=False).encode(text="n:N"),
    ]
    return finished(layers, reading, width, ROW * len(top))
