"""Where things stand on two upright axes: ends of lines, and beside them symbols that do not collide.

The axes are as far apart as the picture allows, which only the drawn chart knows; what stands on them is
placed downwards alone, and so the same for every width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import altair as alt
import pandas as pd

from analysis.charts.labels import LINE, LONGEST, text_width, wrapped
from analysis.charts.points import spanning
from analysis.charts.theme import rows_of

LABEL_SIZE, HEAD_SIZE = 13, 14
HEAD_LINE = round(HEAD_SIZE * 1.3)  # px
BELOW_HEADS = 20  # px
TO_SYMBOL, TO_FIGURE, TO_LABEL = 16, 11, 7  # px from an end to its symbol, on to its figure, on to its label
LEAST_BETWEEN = 180  # px between the axes: where names would leave less, labels are codes alone

_LEAST_HEIGHT, _PER_LINE = 240, 34  # px of the axes: labels must find room beside the ends
_LABEL_LINE = LABEL_SIZE * LINE


@dataclass(frozen=True)
class Side:
    """One axis: whose needs stand there, where the plot ends, and which way labels go (`out`, `align`)."""

    group: Literal["one", "other"]
    opposite: Literal["other", "one"]
    axis: Literal["left", "right"]
    edge: Literal["0", "width"]
    align: Literal["right", "left"]
    out: Literal[-1, 1]


SIDES = (Side("one", "other", "left", "0", "right", -1), Side("other", "one", "right", "width", "left", 1))


@dataclass(frozen=True)
class TwoAxes:
    """Both axes, from `top` to `bottom` (px of the plot), holding needs of the `span`.

    Beside them is room (px) for symbols, figures and, from `labels_at` on, labels: `names` where the plot is
    wide enough, else `codes`. Headings of the axes are broken into lines for either.
    """

    span: tuple[float, float]
    top: int
    bottom: int
    labels_at: int
    codes: int
    names: int
    wide_heads: tuple[str, ...]
    narrow_heads: tuple[str, ...]

    @classmethod
    def of(cls, table: pd.DataFrame, heads: Sequence[str], narrowest: float) -> TwoAxes:
        """The axes of the rows of `table` (code and name; need, need_low, need_high and figure of each side).

        `narrowest` is the least width (px) that the plot will have.
        """
        needs = table[[f"need{end}_{side.group}" for side in SIDES for end in ("", "_low", "_high")]]
        figures = max(
            text_width(figure, LABEL_SIZE, bold=True)
            for side in SIDES
            for figure in table[f"figure_{side.group}"]
        )
        labels_at = TO_SYMBOL + TO_FIGURE + figures + TO_LABEL
        codes, names = (
            round(labels_at + 2 + max(min(text_width(label, LABEL_SIZE), LONGEST) for label in table[column]))
            for column in ("code", "name")
        )
        wide_heads, narrow_heads = (
            tuple("\n".join(wrapped(head, HEAD_SIZE, room, bold=True)) for head in heads)
            for room in (names, narrowest / 2 - 6)
        )
        lines = max(head.count("\n") + 1 for head in (*wide_heads, *narrow_heads))
        top = HEAD_LINE * lines + BELOW_HEADS
        return cls(
            span=spanning(needs.to_numpy().ravel(), margin=0.02),
            top=top,
            bottom=top + max(_LEAST_HEIGHT, _PER_LINE * len(table)),
            labels_at=round(labels_at),
            codes=codes,
            names=names,
            wide_heads=wide_heads,
            narrow_heads=narrow_heads,
        )

    @property
    def height(self) -> int:
        """The plot's, in px: the lowest label has room below its end."""
        return self.bottom + round(_LABEL_LINE / 2)

    @property
    def has_names(self) -> str:
        """Whether the plot is wide enough for names, as an expression."""
        return f"width >= {2 * self.names + LEAST_BETWEEN}"

    @property
    def half_label(self) -> float:
        """Half the height of a label, in the units of need."""
        low, high = self.span
        return _LABEL_LINE / 2 * (high - low) / (self.bottom - self.top)

    def y(self, field: str) -> alt.Y:
        scale = alt.Scale(domain=list(self.span), range=[self.bottom, self.top], nice=False, zero=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=None)

    def chart(self, table: pd.DataFrame) -> alt.Chart:
        """The rows of `table` with `left` and `right`, the places of the axes.

        Those with a `side` have `at`, the place of its axis, and `beside`, that of its symbols.
        """
        room = f"({self.has_names} ? {self.names} : {self.codes})"
        chart: alt.Chart = alt.Chart(rows_of(table)).transform_calculate(left=room, right=f"width - {room}")
        if "side" in table:  # fields spelt out: the renderer looks for those that an expression names
            chart = chart.transform_calculate(
                at="datum.side === 'left' ? datum.left : datum.right",
                beside=f"datum.side === 'left' ? datum.left - {TO_SYMBOL} : datum.right + {TO_SYMBOL}",
            )
        return chart

    def ends(self, table: pd.DataFrame) -> pd.DataFrame:
        """Two rows for each of `table`: its `side`, and need, low, high and figure there.

        `place` is where symbol, figure and label stand, in the units of need: as near as they find room,
        those of level needs in their `order` from the top.
        """
        low, high = self.span
        ends = []
        for side in SIDES:
            order = table.assign(
                side=side.axis,
                need=table[f"need_{side.group}"],
                low=table[f"need_low_{side.group}"],
                high=table[f"need_high_{side.group}"],
                figure=table[f"figure_{side.group}"],
                beyond=table[f"need_{side.opposite}"],  # so that leaders of level ends cross no line
            ).sort_values(
                ["need", "beyond", "order"],
                ascending=[True, True, False],
                key=lambda values: values.round(9),
                kind="stable",
                ignore_index=True,
            )
            places = spread(list(order["need"]), 2 * self.half_label, low, high + self.half_label)
            ends.append(order.assign(place=places))
        return pd.concat(ends, ignore_index=True).drop(columns="beyond")


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places from `low` to `high`, at least `apart` from one another, as near as can be to those `wanted`.

    `wanted` goes upwards, and so do the places (least squares: neighbours that are too close part together).
    Where there is not room for all, they share what there is.
    """
    if len(wanted) > 1:
        apart = min(apart, (high - low) / (len(wanted) - 1))
    runs: list[tuple[float, int]] = []  # where a run of touching places begins, and how many they are
    for index, place in enumerate(wanted):
        start, n = place - index * apart, 1
        while runs and runs[-1][0] > start:
            before, n_before = runs.pop()
            start, n = (before * n_before + start * n) / (n_before + n), n_before + n
        runs.append((start, n))
    last = high - (len(wanted) - 1) * apart
    starts = [min(max(start, low), last) for start, n in runs for _place in range(n)]
    return [start + index * apart for index, start in enumerate(starts)]
