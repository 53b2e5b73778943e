"""Map C: two groups beside each other, each objective a line from the need of one to that of the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.labels import LONGEST
from analysis.charts.points import chosen_objective, fading, symbols, touchable
from analysis.charts.rows import MARKER
from analysis.charts.theme import FRAME, PAPER, TEXT, Width, filled_share, finished, narrowest
from analysis.charts.two_axes import (
    BELOW_HEADS,
    HEAD_LINE,
    HEAD_SIZE,
    LABEL_SIZE,
    SIDES,
    TO_FIGURE,
    TO_SYMBOL,
    Side,
    TwoAxes,
)
from analysis.protocols import Language, Rules
from analysis.ratings.differences import Pair, compared, known
from analysis.resampling import ROUNDING
from analysis.sentences import Basis, each, interval, named
from analysis.sentences.figures import joined
from analysis.sentences.groups import of_pattern

THINNEST, THICKEST = 1.2, 4.5  # px: groups alike, and furthest apart
SURE, UNSURE = 0.9, 0.4  # opacity of a line where groups clearly differ, and where they do not
BAND = 0.13
_POINT = 22  # px²
NEARLY = 0.75  # of the most objectives that two groups have in common: fewer say little of their likeness
_TOUCH = 16  # px across


def pattern_match(
    profiles: pd.DataFrame,
    patterns: pd.DataFrame,
    groups: pd.DataFrame,
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    pair: Pair,
    width: Width = "container",
    linked: bool = False,
) -> alt.LayerChart:
    """The needs of two groups, the first of `pair` at the left, for the objectives that both have rated.

    A line is the wider the further the groups are apart; where they clearly differ it is full, and its two
    intervals make a band. Choosing works as on map A. Readable from 300 px of width. Raises `ValueError`
    when there is no objective that enough people of both have rated.
    """
    both = compared(profiles, groups, objectives, pair)
    if both.empty:
        raise ValueError("the groups share no objective: ask why_no_pattern first")
    labels = dict(zip(groups["group"], groups["label"], strict=True))
    one, other = (labels[group] for group in pair)
    table = _drawn(both, priorities, objectives, basis, language)
    least = narrowest(width)
    axes = TwoAxes.of(table, [one, other], least)
    ends = axes.ends(table)
    choice = None if linked else chosen_objective()
    tooltip = [
        alt.Tooltip("name:N", title="title"),
        alt.Tooltip("told_one:N", title=one),
        alt.Tooltip("told_other:N", title=other),
        alt.Tooltip("told_ratings:N", title=language.say("Ratings")),
        alt.Tooltip("told_difference:N", title=language.say("Difference")),
        alt.Tooltip("told_together:N", title=language.say("All groups together")),
    ]
    layers = [
        *(layer for side in SIDES for layer in _axis(axes, side)),
        fading(_bands(axes, ends), choice),
        fading(_lines(axes, table), choice),
        *(fading(layer, choice) for side in SIDES for layer in _labels(axes, ends, side)),
        *(fading(marker, choice) for marker in _markers(axes, ends, objectives)),
        _at_lines(axes, table, tooltip, linked),
        touchable(_at_labels(axes, ends, tooltip), tooltip, choice),
    ]
    reading = of_pattern(profiles, patterns, groups, objectives, basis, rules, language, pair=pair)
    return finished(layers, reading, width, axes.height)


def default_pair(patterns: pd.DataFrame, profiles: pd.DataFrame) -> Pair:
    """The two groups that put the objectives in the least like order, the first of equals.

    Only groups with a figure to show are asked, and only pairs that have nearly as many objectives in common
    as any (`NEARLY`); a likeness that cannot be calculated is not called unlike. Raises `ValueError` when
    there are no two of them.
    """
    groups = profiles.loc[known(profiles), "group"]
    pairs = patterns[patterns["group_a"].isin(groups) & patterns["group_b"].isin(groups)]
    if pairs.empty:
        raise ValueError("there are no two groups to compare: ask why_no_groups first")
    pairs = pairs[pairs["n_objectives"] >= NEARLY * pairs["n_objectives"].max()]
    likeness = pairs["spearman"].fillna(1.0)
    least = pairs[likeness <= likeness.min() + ROUNDING].iloc[0]
    return str(least["group_a"]), str(least["group_b"])


def _drawn(
    both: pd.DataFrame, priorities: pd.DataFrame, objectives: pd.DataFrame, basis: Basis, language: Language
) -> pd.DataFrame:
    """`both` with the names and looks of objectives, and every figure in words; clear differences last."""

    def told(need: float, low: float, high: float, n: int) -> str:
        return interval(need, low, high, int(n), basis.digits, language)

    together = priorities[["objective", "need", "need_low", "need_high", "n_ratings"]]
    table = objectives.merge(both, on="objective", validate="one_to_one").merge(together, on="objective")
    rows = each(table)
    apart = table["difference"].abs()
    return table.assign(
        name=table["objective"].map(named(objectives)),
        question=table["question_title"],
        order=range(len(table)),
        ranked=True,  # being hollow is a matter of all groups together
        size=MARKER / table["symbol"].map(filled_share),
        thickness=THINNEST + (THICKEST - THINNEST) * (apart / apart.max()).fillna(0.0),
        strength=table["clear"].map({True: SURE, False: UNSURE}),
        figure_one=[language.number(r.need_one, basis.digits) for r in rows],
        figure_other=[language.number(r.need_other, basis.digits) for r in rows],
        told_one=[told(r.need_one, r.need_low_one, r.need_high_one, r.n_one) for r in rows],
        told_other=[told(r.need_other, r.need_low_other, r.need_high_other, r.n_other) for r in rows],
        told_ratings=[joined([language.number(r.n_one), language.number(r.n_other)], language) for r in rows],
        told_difference=[language.say("clear") if r.clear else language.say("not clear") for r in rows],
        told_together=[told(r.need, r.need_low, r.need_high, r.n_ratings) for r in rows],
    ).sort_values("clear", kind="stable", ignore_index=True)


def _axis(axes: TwoAxes, side: Side) -> list[alt.Chart]:
    """One axis, and above it its group: at the edge of the plot where there is no room beside the axis."""
    wide, narrow = (heads[SIDES.index(side)] for heads in (axes.wide_heads, axes.narrow_heads))
    chart = axes.chart(pd.DataFrame({"wide": [wide], "narrow": [narrow]})).transform_calculate(
        head=f"{axes.has_names} ? datum.wide : datum.narrow",
        head_at=f"{axes.has_names} ? datum.{side.axis} : {side.edge}",
    )
    lines = f"({axes.has_names} ? {wide.count(chr(10)) + 1} : {narrow.count(chr(10)) + 1})"
    inwards = "left" if side.align == "right" else "right"
    return [
        chart.mark_rule(color=FRAME, y=axes.top - BELOW_HEADS / 3, y2=axes.bottom, aria=False).encode(
            _x(side.axis)
        ),
        chart.mark_text(
            align=alt.ExprRef(f"{axes.has_names} ? '{side.align}' : '{inwards}'"),
            baseline="top",
            y=alt.ExprRef(f"{axes.top - BELOW_HEADS} - {HEAD_LINE} * {lines}"),
            lineHeight=HEAD_LINE,
            lineBreak="\n",
            fontSize=HEAD_SIZE,
            fontWeight=600,
            color=TEXT,
            aria=False,
        ).encode(_x("head_at"), text="head:N"),
    ]


def _bands(axes: TwoAxes, ends: pd.DataFrame) -> alt.Chart:
    """From one interval to the other, where the groups clearly differ."""
    clear = ends.loc[ends["clear"], ["objective", "side", "low", "high", "colour"]]
    bands: alt.Chart = (
        axes.chart(clear)
        .mark_area(fillOpacity=BAND, aria=False)
        .encode(
            _x("at"),
            axes.y("low"),
            y2="high:Q",
            detail="objective:N",
            color=alt.Color("colour:N", scale=None),
        )
    )
    return bands


def _lines(axes: TwoAxes, table: pd.DataFrame) -> alt.Chart:
    """From the need of one group to that of the other, in the colour of its question."""
    columns = ["objective", "need_one", "need_other", "colour", "thickness", "strength", "clear"]
    return _across(axes, axes.chart(table[columns]).mark_rule(aria=False)).encode(
        stroke=alt.Stroke("colour:N", scale=None),
        strokeWidth=alt.StrokeWidth("thickness:Q", scale=None),
        strokeOpacity=alt.StrokeOpacity("strength:Q", scale=None),
    )


def _at_lines(axes: TwoAxes, table: pd.DataFrame, tooltip: Sequence[alt.Tooltip], linked: bool) -> alt.Chart:
    """Each line to point at: it tells, and chooses, as its labels do."""
    chart = axes.chart(table[["objective", "need_one", "need_other", *_fields(tooltip)]])
    lines = chart.mark_rule(strokeWidth=_TOUCH, stroke=PAPER, opacity=0, cursor="pointer", aria=False)
    lines = _across(axes, lines).encode(tooltip=list(tooltip))
    if linked:
        lines = lines.transform_calculate(link="'#' + datum.objective").encode(href=alt.Href("link:N"))
    return lines


def _across(axes: TwoAxes, lines: alt.Chart) -> alt.Chart:
    across: alt.Chart = lines.encode(_x("left"), axes.y("need_one"), x2="right:Q", y2="need_other:Q")
    return across


def _labels(axes: TwoAxes, ends: pd.DataFrame, side: Side) -> list[alt.Chart]:
    """Beside every end of one side its figure and its label."""
    its = ends.loc[ends["side"] == side.axis, ["objective", "side", "place", "figure", "name", "code"]]
    chart = (
        axes.chart(its)
        .transform_calculate(label=f"{axes.has_names} ? datum.name : datum.code")
        .encode(_x("at"), axes.y("place"))
    )
    text: dict[str, Any] = {
        "align": side.align,
        "baseline": "middle",
        "fontSize": LABEL_SIZE,
        "color": TEXT,
        "aria": False,
    }
    return [
        chart.mark_text(dx=side.out * (TO_SYMBOL + TO_FIGURE), fontWeight=600, **text).encode(
            text="figure:N"
        ),
        chart.mark_text(dx=side.out * axes.labels_at, limit=LONGEST, **text).encode(text="label:N"),
    ]


def _markers(axes: TwoAxes, ends: pd.DataFrame, objectives: pd.DataFrame) -> list[alt.Chart]:
    """A point at every end, its symbol beside it where it covers no other, a thin line between the two."""
    columns = ["objective", "side", "need", "place", "question", "colour", "size", "ranked"]
    chart = axes.chart(ends[columns])
    colour = alt.Color("colour:N", scale=None)
    return [
        chart.mark_rule(strokeWidth=1, opacity=1, aria=False).encode(
            _x("at"), axes.y("need"), x2="beside:Q", y2="place:Q", color=colour
        ),
        chart.mark_point(shape="circle", filled=True, size=_POINT, opacity=1, aria=False).encode(
            _x("at"), axes.y("need"), color=colour
        ),
        *symbols(
            chart.encode(_x("beside"), axes.y("place"), size=alt.Size("size:Q", scale=None)),
            objectives,
            room=12,
        ),
    ]


def _at_labels(axes: TwoAxes, ends: pd.DataFrame, tooltip: Sequence[alt.Tooltip]) -> alt.Chart:
    """Each label to touch, from its axis to the edge: under a finger lines are too close to one another."""
    room = ends[["objective", "side", *_fields(tooltip)]].assign(
        above=ends["place"] + axes.half_label, below=ends["place"] - axes.half_label
    )
    labels: alt.Chart = (
        axes.chart(room)
        .transform_calculate(edge="datum.side === 'left' ? 0 : width")
        .mark_rect(fill=PAPER, opacity=0, cursor="pointer")
        .encode(_x("edge"), axes.y("above"), x2="at:Q", y2="below:Q")
    )
    return labels


def _fields(tooltip: Sequence[alt.Tooltip]) -> list[str]:
    return [told.shorthand.removesuffix(":N") for told in tooltip]


def _x(field: str) -> alt.X:
    """A place in px, not a value on a scale."""
    return alt.X(f"{field}:Q", scale=None, axis=None)
