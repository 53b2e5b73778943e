"""What the maps share: a plane with two axes, and on it symbols, labels and places to touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import Any, Literal

import altair as alt
import pandas as pd

from analysis.charts.labels import LINE, LONGEST, Box, Marker, placed, text_width
from analysis.charts.theme import (
    PAPER,
    SECONDARY,
    TEXT,
    filled_share,
    legend_of_questions,
    question_scales,
    rows_of,
)
from analysis.sentences import each

LABEL_SIZE = 13
CORNER_SIZE = 11
SMALL_CORNER_SIZE = 9

LAYOUTS = (220, 320, 420, 520, 640, 780, 900, 1030)
"""Widths of the plot (px) for which labels are placed; a chart shows those of the widest that fits it."""
NAMES_FROM = 420  # px: on narrower plots labels are codes alone, and markers smaller
SMALLER = 0.6

MOST_AREA, LEAST_AREA = 480.0, 60.0  # px²; below the least a marker could not be found again
STEPPED_BACK = 0.5  # opacity of what is not chosen: it can still be read
_TOUCH = 900.0  # px²: 30 px across, whatever the marker's own area

DRAWN = ("objective", "question", "colour", "symbol", "code", "name")

Segment = tuple[float, float, float, float]
"""x and y of both ends, in the units of the axes."""


@dataclass(frozen=True)
class Plane:
    """The two axes of a map: what they span, how they are titled, and the plot's height in px.

    `corners` names the four quarters: upper left, upper right, lower left, lower right. Where there are none,
    a light grid helps the eye.
    """

    x: tuple[float, float]
    y: tuple[float, float]
    x_title: str
    y_title: str
    height: int
    corners: tuple[str, ...] = ()

    @property
    def axes(self) -> tuple[alt.X, alt.Y]:
        return (
            alt.X("x:Q", scale=_scale(self.x), axis=self._axis(self.x, self.x_title)),
            alt.Y("y:Q", scale=_scale(self.y), axis=self._axis(self.y, self.y_title)),
        )

    def _axis(self, span: tuple[float, float], title: str) -> alt.Axis:
        return alt.Axis(title=title, values=ticks(span), grid=not self.corners, labelFlush=False, format="d")

    def at(self, x: float, y: float, width: float) -> tuple[float, float]:
        """The place of a point on a plot `width` px wide, in px from its upper left corner."""
        return (
            (x - self.x[0]) / (self.x[1] - self.x[0]) * width,
            (self.y[1] - y) / (self.y[1] - self.y[0]) * self.height,
        )


def spanning(values: Iterable[float], least: float = 12.0, margin: float = 0.08) -> tuple[float, float]:
    """From the smallest to the largest of `values` with room around, at least `least` units wide."""
    known = [value for value in values if pd.notna(value)]
    low, high = min(known), max(known)
    if high - low < least:
        middle = (low + high) / 2
        low, high = middle - least / 2, middle + least / 2
    room = margin * (high - low)
    return round(low - room, 2), round(high + room, 2)


def areas(values: pd.Series) -> pd.Series:
    """Marker areas in px², in proportion to `values`; the same for all when none is above 0."""
    known = values.fillna(0.0)
    most = known.max()
    if not most > 0:
        return pd.Series(MOST_AREA / 3, index=values.index)
    in_proportion: pd.Series = (MOST_AREA * known / most).clip(lower=LEAST_AREA)
    return in_proportion


def haloed(chart: alt.Chart, **text: Any) -> list[alt.Chart]:
    """The texts of `chart`, readable over whatever lies under them."""
    halo = {**text, "color": PAPER, "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}
    return [chart.mark_text(aria=False, **halo), chart.mark_text(aria=False, **text)]


def points(
    plane: Plane,
    table: pd.DataFrame,
    objectives: pd.DataFrame,
    tooltip: Sequence[alt.Tooltip],
    *,
    segments: Sequence[Segment] = (),
    linked: bool = False,
) -> list[alt.Chart]:
    """The layers of symbols, names and places to touch.

    `table` has x, y, area (px²), ranked (hollow when not), what `DRAWN` lists and what `tooltip` names;
    labels keep off `segments` where they can.
    """
    choice = None if linked else chosen_objective()
    columns = ["x", "y", "area", "ranked", *DRAWN, *(t.shorthand.removesuffix(":N") for t in tooltip)]
    table = table[list(dict.fromkeys(columns))]
    table = table.assign(size=table["area"] / table["symbol"].map(filled_share))
    # smaller markers last, so that none lies hidden under a larger one
    table = table.sort_values("area", ascending=False, kind="stable")
    markers = symbols(
        alt.Chart(rows_of(table))
        .transform_calculate(drawn=f"datum.size * (width < {NAMES_FROM} ? {SMALLER} : 1)")
        .encode(*plane.axes, size=alt.Size("drawn:Q", scale=None)),
        objectives,
        room=20 if plane.corners else 10,  # px: the value of the upright line stands above the plot
    )
    return [
        *(fading(marker, choice) for marker in markers),
        *_corner_names(plane),
        *_labels(plane, table, segments),
        touchable(
            alt.Chart(rows_of(table.assign(touch=table["size"].clip(lower=_TOUCH))))
            .mark_point(shape="circle", filled=True, fill=PAPER, opacity=0, cursor="pointer")
            .encode(*plane.axes, size=alt.Size("touch:Q", scale=None, legend=None)),
            tooltip,
            choice,
        ),
    ]


def chosen_objective() -> alt.Parameter:
    """The choice of one objective, by the name under which a page reads it."""
    return alt.selection_point(name="objective", fields=["objective"])


def touchable(chart: alt.Chart, tooltip: Sequence[alt.Tooltip], choice: alt.Parameter | None) -> alt.Chart:
    """`chart` as the layer to point at: it tells, and it chooses, or without a choice leads into the page."""
    chart = chart.properties(name="objectives").encode(
        tooltip=list(tooltip), description=alt.Description("name:N")
    )
    if choice is None:
        return chart.transform_calculate(link="'#' + datum.objective").encode(href=alt.Href("link:N"))
    return chart.add_params(choice)


def fading(chart: alt.Chart, choice: alt.Parameter | None) -> alt.Chart:
    """`chart` with what is not chosen stepping back while something is."""
    if choice is None:
        return chart
    return chart.encode(opacity=alt.when(choice).then(alt.value(1.0)).otherwise(alt.value(STEPPED_BACK)))


def _scale(span: tuple[float, float]) -> alt.Scale:
    return alt.Scale(domain=list(span), nice=False, zero=False)


def ticks(span: tuple[float, float]) -> list[int]:
    """Round numbers within the span and the scale of 0 to 100, at most eight of them."""
    low, high = max(span[0], 0), min(span[1], 100)
    step = next(step for step in (1, 2, 5, 10, 20, 50) if (high - low) / step <= 8)
    return [value for value in range(0, 101, step) if low <= value <= high]


def symbols(placed_chart: alt.Chart, objectives: pd.DataFrame, room: int) -> list[alt.Chart]:
    """Filled symbols with a white edge, hollow ones for what is not ranked; `room` px below the legend."""
    colour, symbol = question_scales(objectives)
    legend = legend_of_questions(room)
    shaped = placed_chart.encode(shape=alt.Shape("question:N", scale=symbol, legend=legend))
    filled = shaped.transform_filter("datum.ranked").mark_point(
        stroke=PAPER, strokeWidth=1.5, opacity=1, aria=False
    )
    hollow = shaped.transform_filter("!datum.ranked").mark_point(
        fill=PAPER, strokeWidth=2.2, opacity=1, aria=False
    )
    return [
        filled.encode(fill=alt.Fill("question:N", scale=colour, legend=legend)),
        hollow.encode(stroke=alt.Stroke("colour:N", scale=None)),
    ]


def _corner_names(plane: Plane) -> list[alt.Chart]:
    layers = []
    for (x, y, align, baseline), name in zip(_corners(plane), plane.corners, strict=True):
        inwards = 8 if align == "left" else -8
        layers.append(
            alt.Chart(alt.InlineData(values=[{"x": x, "y": y, "text": name.upper()}]))
            .mark_text(
                align=align,
                baseline=baseline,
                dx=inwards,
                dy=8 if baseline == "top" else -8,
                fontSize=alt.ExprRef(f"width < {NAMES_FROM} ? {SMALL_CORNER_SIZE} : {CORNER_SIZE}"),
                fontWeight=600,
                color=SECONDARY,
                aria=False,
            )
            .encode(*plane.axes, text="text:N")
        )
    return layers


def _corners(plane: Plane) -> list[tuple[float, float, Literal["left", "right"], Literal["top", "bottom"]]]:
    if not plane.corners:
        return []
    return [
        (plane.x[0], plane.y[1], "left", "top"),
        (plane.x[1], plane.y[1], "right", "top"),
        (plane.x[0], plane.y[0], "left", "bottom"),
        (plane.x[1], plane.y[0], "right", "bottom"),
    ]


def _corner_boxes(plane: Plane, width: int) -> list[Box]:
    size = SMALL_CORNER_SIZE if width < NAMES_FROM else CORNER_SIZE
    boxes = []
    for (_x, _y, align, baseline), name in zip(_corners(plane), plane.corners, strict=True):
        length = text_width(name.upper(), size, bold=True) + 12
        left = 0.0 if align == "left" else width - length
        top = 0.0 if baseline == "top" else plane.height - 12 - size
        boxes.append(Box(left, top, left + length, top + 12 + size))
    return boxes


def _labels(plane: Plane, table: pd.DataFrame, segments: Sequence[Segment]) -> list[alt.Chart]:
    """Leaders, white halos and names, for every layout; the width of the plot picks one."""
    table = table.sort_values("objective", kind="stable")
    rows = [row for at, width in enumerate(LAYOUTS) for row in _layout(plane, table, segments, at, width)]
    chart = alt.Chart(alt.InlineData(values=rows)).transform_filter(
        "datum.least <= width && width < datum.most"
    )
    leader = chart.transform_filter("datum.leader").mark_rule(
        color=SECONDARY,
        strokeWidth=0.8,
        opacity=0.8,
        aria=False,
        x2Offset=alt.ExprRef("datum.leader_dx"),
        y2Offset=alt.ExprRef("datum.leader_dy"),
    )
    text: dict[str, Any] = {
        "align": alt.ExprRef("datum.align"),
        "baseline": "middle",
        "dx": alt.ExprRef("datum.dx"),
        "dy": alt.ExprRef("datum.dy"),
        "fontSize": LABEL_SIZE,
        "limit": LONGEST,
    }
    x, y = plane.axes
    names = chart.encode(x, y, text="text:N")
    return [leader.encode(x, y, x2="x:Q", y2="y:Q"), *haloed(names, color=TEXT, **text)]


def _layout(
    plane: Plane, table: pd.DataFrame, segments: Sequence[Segment], at: int, width: int
) -> list[dict[str, object]]:
    """One row per label, for plots from `width` up to the next layout's."""
    texts = list(table["code"] if width < NAMES_FROM else table["name"])
    shrink = SMALLER if width < NAMES_FROM else 1.0
    markers = [
        Marker(*plane.at(row.x, row.y, width), radius=sqrt(row.size * shrink) / 2 + 1) for row in each(table)
    ]
    lines = []
    for x, y, x2, y2 in segments:
        (left, top), (right, bottom) = plane.at(x, y2, width), plane.at(x2, y, width)
        lines.append(Box(left - 3, top - 2, right + 3, bottom + 2))
    places = placed(
        texts,
        markers,
        Box(2, 2, width - 2, plane.height - 2),
        LABEL_SIZE,
        walls=_corner_boxes(plane, width),
        lines=lines,
    )
    most = LAYOUTS[at + 1] if at + 1 < len(LAYOUTS) else inf
    half = LABEL_SIZE * LINE / 2
    return [
        {
            "objective": row.objective,
            "x": round(row.x, 4),
            "y": round(row.y, 4),
            "text": text,
            "dx": place.dx,
            "dy": place.dy,
            "align": place.align,
            "leader": place.leader,
            "leader_dx": round(min(max(0.0, place.box.left - marker.x), place.box.right - marker.x), 2),
            "leader_dy": round(place.dy - (half if place.dy > 0 else -half), 2) if place.leader else 0.0,
            "least": 0 if at == 0 else width,
            "most": 100_000 if most == inf else most,
        }
        for row, text, marker, place in zip(each(table), texts, markers, places, strict=True)
    ]
