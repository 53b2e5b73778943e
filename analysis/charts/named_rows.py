"""Rows with names of any length, their figures, and what is drawn of them.

On a page names stand above what is drawn and figures below, so that a telephone has room for them. What
stands on a wall is read from afar, and in one look: there each row is one line, in type as large as the
height allows, and rows for which there is no height are told of instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.labels import text_width, wrapped
from analysis.charts.theme import SECONDARY, TEXT, WALL_PLOT, Width, narrowest, rows_of
from analysis.protocols import Language

SIZE = 15  # px of names and figures on a page
_WALL_SIZES = (20, 18, 16, 15)  # px, of which 30 are read from the last row
_LINE = 1.25  # sizes
DRAWN = 14  # px of what is drawn
_GAP, _WALL_GAP, _WIDEST_GAP = 16, 5, 16  # px between rows: on a page, on a wall at least and at most
_BESIDE = 18  # px between a name, what is drawn, and a figure
_NAMES = 0.45  # of a wall's width: longer names are broken
_RISE = 0.15  # sizes: letters stand higher in their line than its middle
_BELOW = 5  # px from what is drawn to the figure below it


@dataclass(frozen=True)
class NamedRows:
    """The rows that are drawn, and where they stand, in px from the top of the plot.

    `table` has what was given, and the places `bar_top`, `middle` and `bar_bottom` of what is drawn, which
    reaches from `left` to `right` (px from the left edge of the plot, and from its right one). `size` is the
    type's, in px. `left_out` tells of the rows for which there is no room, "" if there are none.
    """

    table: pd.DataFrame
    height: int
    width: Width
    size: int = SIZE
    left: int = 0
    right: int = 0
    left_out: str = ""

    @classmethod
    def of(
        cls,
        table: pd.DataFrame,
        width: Width,
        language: Language,
        *,
        head: int = 0,
        drawn: int = DRAWN,
    ) -> NamedRows:
        """The rows of `table`, which has `name` and `figure`, from the top down, `head` px below it.

        What is drawn of each is `drawn` px high.
        """
        if width != "wall":
            return _under_names(table, width, head, drawn)
        rows = [_beside_names(table, size, language, head, drawn) for size in _WALL_SIZES]
        return next((its for its in rows if not its.left_out), rows[-1])

    @property
    def chart(self) -> alt.Chart:
        """The rows as data."""
        return alt.Chart(rows_of(self.table))

    def y(self, field: str) -> alt.Y:
        """A place in px from the top of the plot."""
        return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[self.height, 0], nice=False), axis=None)

    def x(self, share: str) -> alt.ExprRef:
        """The place of an expression of 0 (`left`) to 1 (`right`)."""
        return alt.ExprRef(f"{self.left} + (width - {self.left + self.right}) * ({share})")

    def track(self, color: str) -> alt.Chart:
        """A band from end to end, on which what is missing shows."""
        band: alt.Chart = self.chart.mark_rect(
            x=self.x("0"), x2=self.x("1"), color=color, opacity=0.6, aria=False
        ).encode(self.y("bar_top"), y2="bar_bottom:Q")
        return band

    def texts(self) -> list[alt.Chart]:
        """Names, figures, and what is told of the rows left out."""
        line = round(self.size * _LINE)
        text: dict[str, Any] = {"baseline": "top", "fontSize": self.size, "lineHeight": line, "aria": False}
        # only the drawn chart knows how wide its container is
        fits = "width >= datum.needed" if self.width == "container" else "false"
        figure: dict[str, Any] = {"align": "left", "x": 0, "color": SECONDARY}
        if self.width == "wall":
            figure = {"align": "right", "x": alt.ExprRef("width"), "color": TEXT}
        layers = [
            self.chart.transform_calculate(
                shown=f"{fits} ? datum.name : datum.broken",
                at=f"{fits} ? datum.bar_top - {line} : datum.name_top",
            )
            .mark_text(align="left", x=0, lineBreak="\n", fontWeight=600, color=TEXT, **text)
            .encode(self.y("at"), text="shown:N"),
            self.chart.mark_text(**figure, **text).encode(self.y("figure_top"), text="figure:N"),
        ]
        if self.left_out:
            last = pd.DataFrame([{"at": self.height - line, "told": self.left_out}])
            layers.append(
                alt.Chart(rows_of(last))
                .mark_text(align="left", x=0, color=SECONDARY, **text)
                .encode(self.y("at"), text="told:N")
            )
        return layers


def _under_names(table: pd.DataFrame, width: Width, head: int, drawn: int) -> NamedRows:
    line, room = round(SIZE * _LINE), narrowest(width)
    broken = _broken(table["name"], SIZE, room)
    names = [line * len(lines) for lines in broken]
    ends = list(accumulate((name + drawn + _BELOW + line + _GAP for name in names), initial=head))
    bars = pd.Series([top + name for top, name in zip(ends, names, strict=False)], dtype="float64")
    placed = _placed(table, broken, bars, SIZE, drawn).assign(
        name_top=pd.Series(ends[:-1], dtype="float64"),
        figure_top=bars + drawn + _BELOW,
    )
    return NamedRows(placed, ends[-1], width)


def _beside_names(table: pd.DataFrame, size: int, language: Language, head: int, drawn: int) -> NamedRows:
    line, room = round(size * _LINE), WALL_PLOT - head
    broken = _broken(table["name"], size, _NAMES * narrowest("wall"))
    heights = [max(line * len(lines), drawn) for lines in broken]
    shown = _fitting(heights, room, line)
    more = len(heights) - shown
    spare = room - sum(heights[:shown]) - (line if more else 0)
    gap = max(_WALL_GAP, min(_WIDEST_GAP, spare // max(1, shown)))
    tops = list(accumulate((height + gap for height in heights[:shown]), initial=head))
    middles = pd.Series(
        [top + height / 2 for top, height in zip(tops, heights, strict=False)], dtype="float64"
    )
    placed = _placed(table.head(shown), broken[:shown], middles - drawn / 2, size, drawn).assign(
        name_top=middles - pd.Series([len(lines) * line / 2 for lines in broken[:shown]]) + size * _RISE,
        figure_top=middles - line / 2 + size * _RISE,
    )
    widest = max((text_width(row, size, bold=True) for lines in broken for row in lines), default=0)
    figures = max((text_width(figure, size) for figure in table["figure"]), default=0)
    return NamedRows(
        placed,
        tops[-1] + (line if more else 0),
        "wall",
        size,
        left=round(widest) + _BESIDE,
        right=round(figures) + _BESIDE,
        left_out=language.count("and {n} more", "and {n} more", more) if more else "",
    )


def _placed(
    table: pd.DataFrame, broken: Sequence[Sequence[str]], bars: pd.Series, size: int, drawn: int
) -> pd.DataFrame:
    rows = table.reset_index(drop=True)
    return rows.assign(
        broken=["\n".join(lines) for lines in broken],
        needed=[text_width(name, size, bold=True) for name in rows["name"]],
        bar_top=bars,
        middle=bars + drawn / 2,
        bar_bottom=bars + drawn,
    )


def _broken(names: pd.Series, size: int, room: float) -> list[list[str]]:
    return [wrapped(name, size, room, bold=True) for name in names]


def _fitting(heights: Sequence[int], room: int, line: int) -> int:
    """How many of the rows there is room for, with a line below them if it is not all."""
    ends = list(accumulate(height + _WALL_GAP for height in heights))
    if not ends or ends[-1] <= room:
        return len(ends)
    return sum(end <= room - line for end in ends)
