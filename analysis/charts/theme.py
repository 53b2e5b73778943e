"""One face for every chart: colours, type, frame, and the heading of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from analysis.charts.labels import wrapped
from analysis.sentences import Reading

TEXT = "#22262E"
SECONDARY = "#5A616C"  # 6:1 on white
FRAME = "#C9CED6"
GRID = "#E9ECF0"
TINT = "#EFF4FA"
PAPER = "#FFFFFF"
RAMP = ("#E9F0FA", "#7DA8DC")  # few to many; dark figures stay readable on all of it

SCREEN_FONT = "Titillium Web, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"

Width = int | Literal["container", "wall"]
"""Of a whole picture, in px; as wide as its container; or for a projector. Only the first has a heading."""

WALL, WALL_PLOT = 960, 380
"""px at which a chart for a projector is drawn, and of its plot: shown twice as large, 12 px are 24."""
NARROWEST = 300  # px: the narrowest container, for which names and headings are broken into lines

TITLE_SIZE, SUBTITLE_SIZE = 20, 13
SMALL_TITLE_SIZE, SMALL_SUBTITLE_SIZE = 16, 12
SMALL_BELOW = 560  # px of width
MARGIN = 12
BESIDE = {"left": 2, "right": 4, "top": 6, "bottom": 6}  # px around a chart under the page's heading

# by the outlines that Vega draws
_FILLED = {
    "circle": 0.785,
    "square": 1.0,
    "triangle": 0.433,
    "diamond": 0.5,
    "cross": 0.64,
    "wedge": 0.433,
    "stroke": 0.35,
    "arrow": 0.433,
}
# Vega's own stroke, wedge and arrow are too thin to fill
_SHAPES = {
    "triangle": "triangle-up",
    "wedge": "triangle-down",
    "arrow": "triangle-right",
    "stroke": "M-1,-0.35H1V0.35H-1Z",
}


def question_scales(objectives: pd.DataFrame) -> tuple[alt.Scale, alt.Scale]:
    """The colour scale and the symbol scale of strategic questions, by their titles."""
    questions = objectives.drop_duplicates("strategic_question")
    titles = list(questions["question_title"])
    symbols = [vega_symbol(symbol) for symbol in questions["symbol"]]
    return alt.Scale(domain=titles, range=list(questions["colour"])), alt.Scale(domain=titles, range=symbols)


def vega_symbol(symbol: str) -> str:
    """The shape that Vega draws for a symbol of the plan."""
    return _SHAPES.get(symbol, symbol)


def filled_share(symbol: str) -> float:
    """How much of the square that Vega calls its size a symbol fills: equal shares must look equal."""
    return _FILLED.get(symbol, 1.0)


def legend_of_questions(room: int) -> alt.Legend:
    """One row on a screen, two columns on a telephone, with `room` px below it."""
    return alt.Legend(
        title=None,
        orient="top",
        direction="horizontal",
        columns=alt.ExprRef("width < 440 ? 2 : 8"),
        symbolSize=130,
        symbolStrokeWidth=0,
        labelFontSize=13,
        labelColor=TEXT,
        columnPadding=16,
        rowPadding=4,
        offset=room,
    )


def finished(layers: Sequence[alt.Chart], reading: Reading, width: Width, height: int) -> alt.LayerChart:
    """The chart of `layers`: `width` is the whole picture's, `height` (px) that of the plot alone."""
    chart = alt.LayerChart(layer=list(layers)).properties(
        width=WALL if width == "wall" else width,
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        # on the chart, not in its configuration, which an app may replace
        padding=MARGIN if isinstance(width, int) else BESIDE,
    )
    if isinstance(width, int):
        chart = chart.properties(title=_heading(reading, width))
    configured: alt.LayerChart = chart.configure(
        background=PAPER,
        font=SCREEN_FONT,
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            domainColor=FRAME,
            tickColor=FRAME,
            gridColor=GRID,
            labelColor=SECONDARY,
            labelFont=SCREEN_FONT,
            labelFontSize=12,
            titleColor=TEXT,
            titleFont=SCREEN_FONT,
            titleFontSize=13,
            titleFontWeight="normal",
            titlePadding=8,
        ),
        legend=alt.LegendConfig(labelFont=SCREEN_FONT),
    )
    return configured


def _heading(reading: Reading, width: int) -> alt.TitleParams:
    small = width < SMALL_BELOW
    size = SMALL_TITLE_SIZE if small else TITLE_SIZE
    subtitle_size = SMALL_SUBTITLE_SIZE if small else SUBTITLE_SIZE
    room = 0.95 * (width - 2 * MARGIN)  # widths are measured in another typeface than the screen may have
    return alt.TitleParams(
        text=wrapped(reading.finding, size, room, bold=True),
        subtitle=[
            *wrapped(reading.basis, subtitle_size, room),
            *wrapped(reading.caution, subtitle_size, room),
        ],
        anchor="start",
        frame="bounds",
        color=TEXT,
        fontSize=size,
        fontWeight="bold",
        lineHeight=round(size * 1.25),
        subtitleColor=SECONDARY,
        subtitleFontSize=subtitle_size,
        subtitleLineHeight=round(subtitle_size * 1.4),
        subtitlePadding=6,
        offset=14,
    )


def narrowest(width: Width) -> int:
    """The px there surely are for names above a plot."""
    if width == "container":
        return NARROWEST
    return WALL - BESIDE["left"] - BESIDE["right"] if width == "wall" else width - 2 * MARGIN


def rows_of(table: pd.DataFrame) -> alt.InlineData:
    """`table` as the plain rows a chart holds; missing numbers are left null."""
    rows: list[dict[str, Any]] = [
        {str(name): None if pd.isna(value) else _plain(value) for name, value in row.items()}
        for row in table.to_dict("records")
    ]
    return alt.InlineData(values=rows)


def _plain(value: Any) -> Any:
    """Python's own number for numpy's, rounded to what a picture can show."""
    value = value.item() if hasattr(value, "item") else value
    return round(value, 4) if isinstance(value, float) else value
