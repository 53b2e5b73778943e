"""What the groups feel about one objective: dot, interval and figure of each."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.group_dots import BETWEEN, need_x
from analysis.charts.labels import text_width
from analysis.charts.points import haloed, spanning
from analysis.charts.rows import FIGURE_SIZE, MARKER, NAME_SIZE
from analysis.charts.theme import (
    GRID,
    PAPER,
    SECONDARY,
    TEXT,
    TINT,
    Width,
    filled_share,
    finished,
    rows_of,
    vega_symbol,
)
from analysis.protocols import Language, Rules
from analysis.ratings.differences import shown
from analysis.sentences import Basis, each, interval
from analysis.sentences.groups import of_group_intervals

HEAD, ROW, HIDDEN_ROW = 22, 46, 26  # px: the figure of all groups, a group, one with nothing to show
_NAME, _DOT = 14, 32  # px from the top of a group's row


def group_intervals(
    profiles: pd.DataFrame,
    groups: pd.DataFrame,
    objective: str,
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    width: Width = "container",
) -> alt.LayerChart:
    """The groups by the need they feel for one `objective`, each with its interval, figure and ratings.

    The upright line is the need of all groups together, on the band of its interval; groups with too few
    ratings are named at the end. Readable from 300 px of width. Raises `ValueError` when no group has a
    figure to show.
    """
    its = profiles[profiles["objective"] == objective]
    figures = shown(its, groups)
    if figures.empty:
        raise ValueError("no group has a figure to show: ask why_no_group_intervals first")
    together = priorities.loc[priorities["objective"] == objective, ["need", "need_low", "need_high"]].iloc[0]
    table = _listed_groups(figures, basis, language)
    hidden = groups[groups["group"].isin(its["group"]) & ~groups["group"].isin(figures["group"])]
    low, high = spanning([*table["need_low"], *table["need_high"], *together], margin=0.04)
    span = (low, high + 0.13 * (high - low))  # room for the figure behind the furthest interval
    ends = HEAD + ROW * len(table)
    height = ends + HIDDEN_ROW * len(hidden)
    look = objectives[objectives["objective"] == objective].iloc[0]
    layers = [
        *_together(together, span, ends, basis, language),
        *_too_few(hidden, ends, height, language),
        *_intervals(table, span, height, look, language),
    ]
    reading = of_group_intervals(profiles, groups, objective, priorities, objectives, basis, rules, language)
    return finished(layers, reading, width, height)


def _listed_groups(figures: pd.DataFrame, basis: Basis, language: Language) -> pd.DataFrame:
    """The groups from the one that feels the need most down, level ones in the plan's order."""
    table = figures.assign(order=figures["need"].round(9)).sort_values(
        "order", ascending=False, kind="stable", ignore_index=True
    )
    for end in ("need_low", "need_high"):  # an interval that is not known is a point
        table[end] = table[end].fillna(table["need"])
    top = HEAD + ROW * pd.Series(range(len(table)))
    rows = each(table)
    return table[["group", "label", "need", "need_low", "need_high"]].assign(
        top=top,
        bottom=top + ROW,
        at_name=top + _NAME,
        at_dot=top + _DOT,
        figure=[language.number(r.need, basis.digits) for r in rows],
        raters=[
            language.count("{n} rating", "{n} ratings", int(r.n))
            if r.need_low < r.need_high
            else language.count("only one rating", "no variation in {n} ratings", int(r.n))
            for r in rows
        ],
        told_need=[interval(r.need, r.need_low, r.need_high, int(r.n), basis.digits, language) for r in rows],
        told_feasibility=[
            interval(r.feasibility, r.feasibility_low, r.feasibility_high, int(r.n), basis.digits, language)
            for r in rows
        ],
        told_ratings=[language.number(r.n) for r in rows],
    )


def _together(
    need: pd.Series, span: tuple[float, float], ends: int, basis: Basis, language: Language
) -> list[alt.Chart]:
    """The need of all groups together through all rows, and above them its figure; nothing when unknown."""
    if pd.isna(need["need"]):
        return []
    left = need["need"] < sum(span) / 2
    figure = language.number(need["need"], basis.digits)
    row = need.to_frame().T.assign(figure=language.say("all groups together {number}", number=figure))
    chart = alt.Chart(rows_of(row))
    return [
        chart.transform_filter("isValid(datum.need_low)")
        .mark_rect(color=TINT, y=HEAD, y2=ends, aria=False)
        .encode(need_x("need_low", span, language), x2="need_high:Q"),
        chart.mark_rule(
            color=SECONDARY, strokeDash=[5, 4], strokeWidth=1.2, y=HEAD - 2, y2=ends, aria=False
        ).encode(need_x("need", span, language)),
        chart.mark_text(
            align="left" if left else "right",
            baseline="middle",
            y=HEAD / 2,
            color=SECONDARY,
            fontSize=FIGURE_SIZE,
            aria=False,
        ).encode(need_x("need", span, language), text="figure:N"),
    ]


def _intervals(
    table: pd.DataFrame, span: tuple[float, float], height: int, look: pd.Series, language: Language
) -> list[alt.Chart]:
    """One row per group: its name and number of ratings, and below them dot, interval and figure."""

    def x(field: str) -> alt.X:
        return need_x(field, span, language)

    chart = alt.Chart(rows_of(table))
    beside = max(text_width(raters, FIGURE_SIZE) for raters in table["raters"]) + BETWEEN
    text: dict[str, Any] = {"baseline": "middle", "color": TEXT, "fontWeight": 600}
    return [
        chart.mark_rule(color=GRID, x=0, x2=alt.ExprRef("width"), aria=False).encode(_down("bottom", height)),
        chart.mark_rule(color=look["colour"], strokeWidth=3, opacity=0.45, aria=False).encode(
            x("need_low"), _down("at_dot", height), x2="need_high:Q"
        ),
        chart.mark_point(
            shape=vega_symbol(look["symbol"]),
            filled=True,
            fill=look["colour"],
            stroke=PAPER,
            strokeWidth=1.5,
            size=MARKER / filled_share(look["symbol"]),
            opacity=1,
            aria=False,
        ).encode(x("need"), _down("at_dot", height)),
        *haloed(
            chart.encode(x("need_high"), _down("at_dot", height), text="figure:N"),
            align="left",
            dx=10,
            fontSize=FIGURE_SIZE,
            **text,
        ),
        *haloed(
            chart.encode(_down("at_name", height), text="label:N"),
            align="left",
            x=0,
            limit=alt.ExprRef(f"width - {round(beside)}"),
            fontSize=NAME_SIZE,
            **text,
        ),
        chart.mark_text(
            align="right",
            baseline="middle",
            x=alt.ExprRef("width"),
            color=SECONDARY,
            fontSize=FIGURE_SIZE - 1,
            aria=False,
        ).encode(_down("at_name", height), text="raters:N"),
        chart.mark_rect(fill=PAPER, opacity=0, x=0, x2=alt.ExprRef("width")).encode(
            _down("top", height),
            y2="bottom:Q",
            tooltip=[
                alt.Tooltip("label:N", title="title"),
                alt.Tooltip("told_need:N", title=language.say("Need")),
                alt.Tooltip("told_feasibility:N", title=language.say("Feasibility")),
                alt.Tooltip("told_ratings:N", title=language.say("Ratings")),
            ],
            description=alt.Description("label:N"),
        ),
    ]


def _too_few(hidden: pd.DataFrame, ends: int, height: int, language: Language) -> list[alt.Chart]:
    """The groups that have no figure to show, one under the other."""
    if hidden.empty:
        return []
    at = ends + HIDDEN_ROW * (pd.Series(range(len(hidden)), index=hidden.index) + 0.5)
    row = hidden[["label"]].assign(at=at, reason=language.say("too few ratings to show"))
    beside = round(text_width(row["reason"].iloc[0], FIGURE_SIZE)) + BETWEEN
    chart = alt.Chart(rows_of(row))
    text: dict[str, Any] = {"baseline": "middle", "color": SECONDARY, "aria": False}
    return [
        chart.mark_text(
            align="left", x=0, limit=alt.ExprRef(f"width - {beside}"), fontSize=NAME_SIZE, **text
        ).encode(_down("at", height), text="label:N"),
        chart.mark_text(align="right", x=alt.ExprRef("width"), fontSize=FIGURE_SIZE - 1, **text).encode(
            _down("at", height), text="reason:N"
        ),
    ]


def _down(field: str, height: int) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
