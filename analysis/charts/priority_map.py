"""Map A: objectives by feasibility and need, their uncertainty as crosses, opposed opinions as rings."""

from __future__ import annotations

from math import isnan
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.points import (
    LEAST_AREA,
    NAMES_FROM,
    SMALLER,
    Plane,
    Segment,
    areas,
    haloed,
    points,
    spanning,
)
from analysis.charts.theme import SECONDARY, TINT, Width, finished, rows_of
from analysis.charts.told import told, tooltip
from analysis.protocols import Language, Rules
from analysis.sentences import Basis, each, of_priorities, quadrant_name
from analysis.sentences.priorities import DIVIDED

HEIGHT = 600
VALUE_SIZE = 11
_RING = 2.6  # areas of a marker: a ring stands clear of it
_THICKEST = 8.0  # px of a ring where half of the ratings stand at either end


def priority_map(
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    width: Width = "container",
    height: int = HEIGHT,
    linked: bool = False,
) -> alt.LayerChart:
    """The objectives of `priorities` by feasibility and need; hollow ones were rated by too few groups.

    `width` is the whole picture's in px, `height` the plot's. A click chooses an objective: the selection
    `objective` then holds its id; with `linked` it leads to `#<id>` in the page instead. Raises `ValueError`
    when no objective has a place.
    """
    table = _placed(told(priorities, objectives, basis, rules, language))
    if table.empty:
        raise ValueError("no objective has a place: ask why_no_priority_map first")
    plane = Plane(
        x=spanning([*table["x_low"], *table["x_high"], *table["x"], basis.feasibility_line]),
        y=spanning([*table["y_low"], *table["y_high"], *table["y"], basis.need_line], margin=0.1),
        x_title=language.say("Feasibility (0–100) →"),
        y_title=language.say("Need (0–100) →"),
        height=height,
        corners=(
            quadrant_name("prepare_and_invest", language),
            quadrant_name("act_now", language),
            quadrant_name("keep_watching", language),
            quadrant_name("quick_opportunities", language),
        ),
    )
    lines = _lines(plane, basis)
    layers = [
        *_quarters(plane, basis, lines),
        *_student(plane, table),
        _crosses(plane, table),
        *_rings(plane, table),
        *_means(plane, basis, rules, language),
        *points(plane, table, objectives, tooltip(language), segments=[*_arms(table), *lines], linked=linked),
    ]
    reading = of_priorities(priorities, objectives, basis, rules, language)
    return finished(layers, reading, width, height)


def _placed(table: pd.DataFrame) -> pd.DataFrame:
    """The rated objectives, with need as y and feasibility as x; an interval that is not known is a point."""
    table = table[table["need"].notna() & table["feasibility"].notna()]
    return table.assign(
        x=table["feasibility"],
        x_low=table["feasibility_low"].fillna(table["feasibility"]),
        x_high=table["feasibility_high"].fillna(table["feasibility"]),
        y=table["need"],
        y_low=table["need_low"].fillna(table["need"]),
        y_high=table["need_high"].fillna(table["need"]),
        area=areas(table["salience"]),
    )


def _arms(table: pd.DataFrame) -> list[Segment]:
    return [
        arm
        for row in each(table)
        for arm in ((row.x_low, row.y, row.x_high, row.y), (row.x, row.y_low, row.x, row.y_high))
    ]


def _crosses(plane: Plane, table: pd.DataFrame) -> alt.Chart:
    """Both stability intervals of each objective, as the arms of a cross."""
    x, y = plane.axes
    colours = [colour for colour in table["colour"] for _arm in range(2)]
    arms = [
        {"x": x1, "y": y1, "x2": x2, "y2": y2, "colour": colour}
        for (x1, y1, x2, y2), colour in zip(_arms(table), colours, strict=True)
    ]
    crosses: alt.Chart = (
        alt.Chart(rows_of(pd.DataFrame(arms)))
        .mark_rule(strokeWidth=2, opacity=0.42, aria=False)
        .encode(x, y, x2="x2:Q", y2="y2:Q", color=alt.Color("colour:N", scale=None))
    )
    return crosses


def _student(plane: Plane, table: pd.DataFrame) -> list[alt.Chart]:
    """Student's intervals where groups are small, as a thin line beyond the arms of the cross."""
    x, y = plane.axes
    across = [(r.feasibility_t_low, r.y, r.feasibility_t_high, r.y, r.colour) for r in each(table)]
    up = [(r.x, r.need_t_low, r.x, r.need_t_high, r.colour) for r in each(table)]
    arms = pd.DataFrame([*across, *up], columns=["x", "y", "x2", "y2", "colour"]).dropna()
    if arms.empty:
        return []
    return [
        alt.Chart(rows_of(arms))
        .mark_rule(strokeWidth=1, opacity=0.6, aria=False)
        .encode(x, y, x2="x2:Q", y2="y2:Q", color=alt.Color("colour:N", scale=None))
    ]


def _rings(plane: Plane, table: pd.DataFrame) -> list[alt.Chart]:
    """A ring around each marker where opinions on its importance are divided, the thicker the more."""
    x, y = plane.axes
    rings = table.loc[table["polarisation"] >= DIVIDED, ["x", "y", "area", "polarisation"]]
    rings = rings.assign(
        size=_RING * rings["area"].clip(lower=LEAST_AREA), stroke=_THICKEST * rings["polarisation"]
    )
    if rings.empty:
        return []
    return [
        alt.Chart(rows_of(rings))
        .transform_calculate(drawn=f"datum.size * (width < {NAMES_FROM} ? {SMALLER} : 1)")
        .mark_point(shape="circle", filled=False, color=SECONDARY, opacity=0.75, aria=False)
        .encode(
            x,
            y,
            size=alt.Size("drawn:Q", scale=None, legend=None),
            strokeWidth=alt.StrokeWidth("stroke:Q", scale=None, legend=None),
        )
    ]


def _lines(plane: Plane, basis: Basis) -> list[Segment]:
    """The quadrant lines from edge to edge; none when they are unknown."""
    if isnan(basis.need_line) or isnan(basis.feasibility_line):
        return []
    return [
        (basis.feasibility_line, plane.y[0], basis.feasibility_line, plane.y[1]),
        (plane.x[0], basis.need_line, plane.x[1], basis.need_line),
    ]


def _quarters(plane: Plane, basis: Basis, lines: list[Segment]) -> list[alt.Chart]:
    """A light tint on the quarter to act on, and the dashed lines between the four."""
    if not lines:
        return []
    x, y = plane.axes
    act_now = {"x": basis.feasibility_line, "y": basis.need_line, "x2": plane.x[1], "y2": plane.y[1]}
    ends = [dict(zip(("x", "y", "x2", "y2"), line, strict=True)) for line in lines]
    return [
        alt.Chart(alt.InlineData(values=[act_now]))
        .mark_rect(color=TINT, aria=False)
        .encode(x, y, x2="x2:Q", y2="y2:Q"),
        alt.Chart(alt.InlineData(values=ends))
        .mark_rule(strokeDash=[5, 4], color=SECONDARY, opacity=0.65, strokeWidth=1, aria=False)
        .encode(x, y, x2="x2:Q", y2="y2:Q"),
    ]


def _line_told(line: float, basis: Basis, rules: Rules, language: Language) -> str:
    """Which line it is, and its value."""
    if rules.lines == "scale":
        return language.say("middle of the scale, {number}", number=language.number(line))
    return language.say("mean {number}", number=language.number(line, basis.digits))


def _means(plane: Plane, basis: Basis, rules: Rules, language: Language) -> list[alt.Chart]:
    """The values of the quadrant lines: above the upright one, at the left end of the level one."""
    if isnan(basis.need_line) or isnan(basis.feasibility_line):
        return []
    x, y = plane.axes
    above, beside = (
        {
            "x": at_x,
            "y": at_y,
            "text": _line_told(line, basis, rules, language),
        }
        for at_x, at_y, line in (
            (basis.feasibility_line, plane.y[1], basis.feasibility_line),
            (plane.x[0], basis.need_line, basis.need_line),
        )
    )
    text: dict[str, Any] = {"color": SECONDARY, "fontSize": VALUE_SIZE, "baseline": "bottom", "dy": -4}
    return [
        alt.Chart(alt.InlineData(values=[above])).mark_text(aria=False, **text).encode(x, y, text="text:N"),
        *haloed(
            alt.Chart(alt.InlineData(values=[beside])).encode(x, y, text="text:N"), align="left", dx=6, **text
        ),
    ]
