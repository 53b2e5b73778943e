"""Where groups agree and where not: the need that each group feels, objective by objective."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import altair as alt
import pandas as pd

from analysis.charts.labels import text_width
from analysis.charts.points import DRAWN, spanning, symbols, ticks
from analysis.charts.rows import FIGURE_SIZE, MARKER, ROW, down, listed, stacked
from analysis.charts.theme import PAPER, SECONDARY, Width, filled_share, finished, rows_of
from analysis.protocols import Language, Rules
from analysis.ratings.differences import ranges, shown
from analysis.sentences import Basis, each, interval, named
from analysis.sentences.groups import of_group_dots, of_little_importance

DOT, FOUND = 34.0, 300.0  # px²: what is seen of a group, and what a finger finds
BETWEEN = 12  # px between the texts at both ends of a range
END_SIZE = FIGURE_SIZE - 1
NAME, ENDS = 12, 56  # px from the top of a row: dots need more room between these than figures do
LANES, LANE = (0, -1, 1, -2, 2), 5.5  # where dots stand that would cover each other; px apart
OUTER_LANES = (-2, 2)  # beside the symbol of all groups
SIDE_BY_SIDE, BESIDE_SYMBOL = 0.009, 0.022  # of the axis: what they take up on a plot of middling width


def group_dots(
    profiles: pd.DataFrame,
    groups: pd.DataFrame,
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    width: Width = "container",
    linked: bool = False,
) -> alt.LayerChart:
    """One row per objective, the one on which groups are furthest apart first, a dot for each group's need.

    The line from the lowest to the highest is dashed where no groups clearly differ; the symbol is the need
    of all groups together, on the band of its interval. Readable from 300 px of width; choosing works as on
    map A. Raises `ValueError` when no group has a figure to show.
    """
    figures = shown(profiles, groups)
    if figures.empty:
        raise ValueError("no group has a figure to show: ask why_no_groups first")
    table = stacked(_objectives(profiles, groups, priorities, objectives, basis, language))
    table = table.assign(at_name=table["top"] + NAME, at_second=table["top"] + ENDS)
    balanced = table[["need", "need_low", "need_high"]].to_numpy().ravel()
    span = spanning([*figures["need"], *balanced], margin=0.04)
    dots = _dots(figures, table, span, basis, language)

    def x(field: str) -> alt.X:
        return need_x(field, span, language)

    n = len(table)
    rows, of_groups = _in_line(table, span), alt.Chart(rows_of(dots))
    drawn = [
        rows.transform_filter("isValid(datum.need_low)")
        .mark_rule(strokeWidth=11, opacity=0.22, aria=False)
        .encode(
            x("need_low"), down("at_first", n), x2="need_high:Q", color=alt.Color("colour:N", scale=None)
        ),
        *(
            rows.transform_filter(f"isValid(datum.range) && datum.clear === {clear}")
            .mark_rule(color=SECONDARY, strokeWidth=1.2, strokeDash=dash, aria=False)
            .encode(x("low"), down("at_first", n), x2="high:Q")
            for clear, dash in (("true", [1, 0]), ("false", [2, 4]))
        ),
        *(_end(rows, end, n) for end in ("lowest", "highest")),
    ]
    together = rows.transform_filter("isValid(datum.need)").encode(
        x("need"), down("at_first", n), size=alt.Size("size:Q", scale=None)
    )
    ring = of_groups.mark_point(
        shape="circle", size=DOT, fill=PAPER, strokeWidth=1.6, opacity=1, aria=False
    ).encode(x("need"), down("at", n), stroke=alt.Stroke("colour:N", scale=None))
    markers = [ring, *symbols(together, objectives, room=10)]
    layers = [
        *listed(rows, n, drawn, markers, _tooltip(language), linked=linked),
        _found(of_groups.encode(x("need"), down("at", n)), language, linked),
    ]
    reading = of_group_dots(profiles, groups, priorities, objectives, basis, rules, language)
    return finished(layers, reading, width, ROW * n)


def need_x(field: str, span: tuple[float, float], language: Language) -> alt.X:
    """A need on the axis of the `span`, which stands above the rows."""
    axis = alt.Axis(
        orient="top",
        values=ticks(span),
        format="d",
        grid=True,
        domain=False,
        ticks=False,
        title=language.say("need (0–100)"),
        titleFontSize=12,
        titleColor=SECONDARY,
        titleAnchor="start",
    )
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=list(span), nice=False, zero=False), axis=axis)


def _objectives(
    profiles: pd.DataFrame,
    groups: pd.DataFrame,
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    language: Language,
) -> pd.DataFrame:
    """The rows of the overview, from the widest range down, with every figure in words."""
    balanced = priorities[["objective", "need", "need_low", "need_high", "n_ratings", "veto"]]
    table = (
        ranges(profiles, groups, objectives)
        .merge(objectives, on="objective", validate="one_to_one")
        .merge(balanced, on="objective", validate="one_to_one")
    )
    rows = each(table)
    labels = table["objective"].map(named(objectives))
    table = table.assign(
        name=labels.where(~table["veto"].astype(bool), labels + " *"),
        question=table["question_title"],
        ranked=True,  # being hollow is a matter of how many groups have rated it
        size=MARKER / table["symbol"].map(filled_share),
        lowest=[_ending(r.lowest, r.low, basis, language) for r in rows],
        highest=[_ending(r.highest, r.high, basis, language) if r.range > 0 else "" for r in rows],
        told_need=[
            interval(r.need, r.need_low, r.need_high, r.n_ratings, basis.digits, language) for r in rows
        ],
        told_difference=[language.say("clear") if r.clear else language.say("not clear") for r in rows],
        told_importance=[of_little_importance(language) if r.veto else "–" for r in rows],
        told_hidden=[language.number(r.n_hidden) for r in rows],
    )
    columns = ["low", "high", "range", "need", "need_low", "need_high", "ranked", "size", "clear"]
    told = ["lowest", "highest", "told_need", "told_difference", "told_importance", "told_hidden"]
    return table[[*DRAWN, *columns, *told]]


def _ending(labels: Sequence[str], need: float, basis: Basis, language: Language) -> str:
    """The need at one end of a range and whose it is: the figure first, should the name be cut."""
    if not labels:
        return language.say("too few ratings to show")
    figure = language.number(need, basis.digits)
    if len(labels) == 1:
        return f"{figure} {labels[0]}"
    return f"{figure} · " + language.count("{n} group", "{n} groups", len(labels))


def _tooltip(language: Language) -> list[alt.Tooltip]:
    titles = {
        "name": "title",
        "told_need": language.say("All groups together"),
        "lowest": language.say("Lowest"),
        "highest": language.say("Highest"),
        "told_difference": language.say("Difference"),
        "told_importance": language.say("Importance"),
        "told_hidden": language.say("Groups with too few ratings to show"),
    }
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in titles.items()]


def _dots(
    figures: pd.DataFrame, table: pd.DataFrame, span: tuple[float, float], basis: Basis, language: Language
) -> pd.DataFrame:
    """One row per group and objective: figures in words, and `at` (px), its place in the objective's row."""
    its = table[["objective", "name", "colour", "at_first"]].assign(together=table["need"])
    dots = figures.merge(its, on="objective").sort_values(
        ["objective", "need"], kind="stable", ignore_index=True
    )
    length = span[1] - span[0]
    lanes = [
        lane
        for _objective, rows in dots.groupby("objective", sort=False)
        for lane in _lanes(list(rows["need"] / length), rows["together"].iloc[0] / length)
    ]
    rows = each(dots)
    return dots[["objective", "group", "label", "name", "need", "colour"]].assign(
        at=dots["at_first"] + LANE * pd.Series(lanes),
        told_need=[interval(r.need, r.need_low, r.need_high, r.n, basis.digits, language) for r in rows],
        told_ratings=[language.number(r.n) for r in rows],
        read=dots["label"] + ", " + dots["name"],
    )


def _lanes(places: Sequence[float], symbol: float) -> list[int]:
    """For each dot, from the lowest up, the lane nearest to the middle (0) in which it covers nothing.

    `places` and `symbol` are shares of the axis; where no lane is free, dots cover each other.
    """
    last: dict[int, float] = {}
    lanes: list[int] = []
    for place in places:
        open_to_it = OUTER_LANES if abs(place - symbol) < BESIDE_SYMBOL else LANES
        free = [lane for lane in open_to_it if place - last.get(lane, -inf) >= SIDE_BY_SIDE]
        lane = free[0] if free else open_to_it[len(lanes) % len(open_to_it)]
        last[lane] = place
        lanes.append(lane)
    return lanes


def _in_line(table: pd.DataFrame, span: tuple[float, float]) -> alt.Chart:
    """The rows of the overview, with the places (px) of the texts at both ends of a range.

    Each stands below its end as far as the other and the edges let it; where there is not room for both, each
    has half of the line.
    """
    for end in ("lowest", "highest"):
        table = table.assign(**{f"{end}_width": [text_width(text, END_SIZE) for text in table[end]]})
    half = f"(width - {BETWEEN}) / 2"
    fits = f"datum.lowest_width + datum.highest_width + {BETWEEN} <= width"

    def under(end: str, need: str) -> str:
        return f"(datum.{need} - {span[0]}) / {span[1] - span[0]} * width - datum.{end}_room / 2"

    beyond = f"width - datum.highest_room - {BETWEEN} - datum.lowest_room"
    before = f"datum.at_lowest + datum.lowest_room + {BETWEEN}"
    chart: alt.Chart = alt.Chart(rows_of(table)).transform_calculate(
        lowest_room=f"{fits} ? datum.lowest_width : min(datum.lowest_width, {half})",
        highest_room=f"{fits} ? datum.highest_width : min(datum.highest_width, {half})",
    )
    return chart.transform_calculate(
        at_lowest=f"max(0, min({under('lowest', 'low')}, {beyond}))",
    ).transform_calculate(
        at_highest=f"max({before}, min(width - datum.highest_room, {under('highest', 'high')}))",
    )


def _end(rows: alt.Chart, end: str, n_rows: int) -> alt.Chart:
    text: alt.Chart = rows.mark_text(
        align="left",
        baseline="middle",
        fontSize=END_SIZE,
        color=SECONDARY,
        limit=alt.ExprRef(f"datum.{end}_room + 2"),
        aria=False,
    ).encode(alt.X(f"at_{end}:Q", scale=None, axis=None), down("at_second", n_rows), text=f"{end}:N")
    return text


def _found(dots: alt.Chart, language: Language, linked: bool) -> alt.Chart:
    """Each dot to point at, above the rows: it tells of its group, and chooses as its row does."""
    found: alt.Chart = dots.mark_point(
        shape="circle", filled=True, fill=PAPER, opacity=0, size=FOUND, cursor="pointer"
    ).encode(
        tooltip=[
            alt.Tooltip("label:N", title="title"),
            alt.Tooltip("name:N", title=language.say("Objective")),
            alt.Tooltip("told_need:N", title=language.say("Need")),
            alt.Tooltip("told_ratings:N", title=language.say("Ratings")),
        ],
        description=alt.Description("read:N"),
    )
    if linked:
        found = found.transform_calculate(link="'#' + datum.objective").encode(href=alt.Href("link:N"))
    return found
