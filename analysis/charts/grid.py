"""Cells of rows and columns with their counts: each row under its name, what is empty told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from analysis.charts.labels import text_width, wrapped
from analysis.charts.theme import (
    PAPER,
    RAMP,
    SECONDARY,
    TEXT,
    WALL_PLOT,
    Width,
    finished,
    narrowest,
    rows_of,
)
from analysis.sentences import Reading


class _Type(NamedTuple):
    """px of what is written, and of a line of it."""

    name: int
    head: int
    figure: int
    line: int


_PAGE, _WALL = _Type(13, 12, 13, 16), _Type(16, 16, 20, 20)
_HEAD_GAP = 4  # px between two headings
_NAME_GAP, _ROW_GAP = 4, 12  # px between a name and its cells, and below them
_LOWEST = 22  # px: a cell that still holds its count


def grid(
    cells: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    reading: Reading,
    width: Width,
    cell: int,
    choice: alt.Parameter | None = None,
) -> alt.LayerChart:
    """The chart of `cells`, `cell` px high (on a wall as high as there is room), under column headings.

    `cells` has `row` and `column` (places in `rows` and `columns`), `n` (0 is dashed), `shade`, what is
    `shown` in the cell and `told` of it, and the fields of a `choice`, which is made by pointing. A place
    without a row stays blank.
    """
    room, type_ = narrowest(width), _WALL if width == "wall" else _PAGE
    names = [wrapped(name, type_.name, room) for name in rows]
    heads = [wrapped(head, type_.head, room / len(columns) - _HEAD_GAP, bold=True) for head in columns]
    below_heads = type_.line * max(map(len, heads)) + 4
    if width == "wall":
        taken = below_heads + sum(type_.line * len(name) + _NAME_GAP + _ROW_GAP for name in names)
        cell = max(_LOWEST, (WALL_PLOT - taken) // len(rows))
    tops, height = [], below_heads
    for lines in names:
        tops.append(height)
        height += type_.line * len(lines) + _NAME_GAP + cell + _ROW_GAP
    cell_tops = [top + type_.line * len(lines) + _NAME_GAP for top, lines in zip(tops, names, strict=True)]
    at = cells["row"].map(cell_tops.__getitem__)
    grid = cells.assign(
        top=at,
        bottom=at + cell,
        middle=at + cell / 2,
        told=[
            f"{rows[row]} · {columns[column]}: {told}"
            for row, column, told in zip(cells["row"], cells["column"], cells["told"], strict=True)
        ],
    )
    x = alt.X("column:O", scale=alt.Scale(paddingInner=0.03, paddingOuter=0), axis=None)
    data = alt.Chart(rows_of(grid))
    cell_place = data.encode(x, _y("top", height), y2="bottom:Q")
    text: dict[str, Any] = {"color": TEXT, "aria": False}
    above: dict[str, Any] = {**text, "baseline": "top", "lineHeight": type_.line, "lineBreak": "\n"}
    layers = [
        cell_place.transform_filter("datum.n > 0")
        .mark_rect(cornerRadius=3, aria=False)
        .encode(
            color=alt.Color(
                "shade:Q",
                scale=alt.Scale(domain=[0, max(1, cells["shade"].max())], range=list(RAMP)),
                legend=None,
            )
        ),
        cell_place.transform_filter("datum.n == 0").mark_rect(
            cornerRadius=3, fill=PAPER, stroke=SECONDARY, strokeDash=[4, 3], aria=False
        ),
        data.mark_text(fontSize=type_.figure, fontWeight=600, baseline="middle", **text).encode(
            x, _y("middle", height), text="shown:N"
        ),
        _heads(columns, heads, type_)
        .mark_text(fontSize=type_.head, fontWeight=600, **above)
        .encode(x, _y("top", height), text="head:N"),
        alt.Chart(rows_of(pd.DataFrame({"top": tops, "name": [_joined(name) for name in names]})))
        .mark_text(fontSize=type_.name, align="left", x=0, **above)
        .encode(_y("top", height), text="name:N"),
        _touchable(
            cell_place.encode(
                tooltip=[alt.Tooltip("told:N", title="title")], description=alt.Description("told:N")
            ),
            choice,
        ),
    ]
    return finished(layers, reading, width, height)


def _heads(columns: Sequence[str], broken: Sequence[Sequence[str]], type_: _Type) -> alt.Chart:
    """The column headings, `top` and `head`: each in one line where all have room for that, else `broken`."""
    most_lines = max(map(len, broken))
    rows = [
        {
            "column": place,
            "whole": whole,
            "whole_top": type_.line * (most_lines - 1),
            "broken": _joined(lines),
            "broken_top": type_.line * (most_lines - len(lines)),
        }
        for place, (whole, lines) in enumerate(zip(columns, broken, strict=True))
    ]
    widest = max(text_width(head, type_.head, bold=True) for head in columns) + _HEAD_GAP
    fits = f"width >= {round(len(columns) * widest)}"  # only the drawn chart knows how wide it is
    heads: alt.Chart = alt.Chart(rows_of(pd.DataFrame(rows))).transform_calculate(
        head=f"{fits} ? datum.whole : datum.broken", top=f"{fits} ? datum.whole_top : datum.broken_top"
    )
    return heads


def _touchable(cells: alt.Chart, choice: alt.Parameter | None) -> alt.Chart:
    """The layer to point at; the chosen cell gets an edge."""
    touched: alt.Chart = cells.mark_rect(
        fill=PAPER, fillOpacity=0, strokeWidth=2.5, cornerRadius=3, cursor="pointer" if choice else "default"
    )
    if choice is not None:
        edge = alt.when(choice, empty=False).then(alt.value(TEXT)).otherwise(alt.value("transparent"))
        touched = touched.encode(stroke=edge).add_params(choice)
    return touched


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def _y(field: str, height: int) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
