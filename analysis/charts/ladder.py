"""Map D: how often each objective takes each position, as a ladder, and the same as a list for telephones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.labels import LONGEST, text_width
from analysis.charts.points import DRAWN, chosen_objective, fading, symbols, touchable
from analysis.charts.rows import FIGURE_SIZE, FIRST, MARKER, ROW, down, listed, stacked
from analysis.charts.theme import FRAME, GRID, PAPER, SECONDARY, TEXT, Width, filled_share, finished, rows_of
from analysis.charts.told import TOLD, told, tooltip
from analysis.protocols import Language, Rules
from analysis.ranks.ranking import top_places
from analysis.resampling import ROUNDING
from analysis.sentences import Basis, each
from analysis.sentences.ladder import among_the_first, chance, compatible, in_order, of_ladder, position

RUNG = 36  # px of one objective
NAME_SIZE, CELL_SIZE = 13, 12

STEPS = (
    (0.005, "#E1EBF8", TEXT),
    (0.10, "#BAD2EE", TEXT),
    (0.25, "#86AFE0", TEXT),
    (0.50, "#2F6CB3", PAPER),
    (0.75, "#123C73", PAPER),
)
"""The blue ramp: the share of resamples from which a cell is so dark, and the ink of a figure in it.

The steps are as far apart in grey, and on each of them its ink is readable. Below half a percent a cell
stays white.
"""
PRINTED_FROM = 0.10  # share of resamples from which a cell has its figure

_SYMBOL, _NAME = 8, 24  # px from the left edge; a list's strip begins where a name does
_BAR, _BAR_GAP, _BAR_FIGURE = 84, 24, 42  # px: a bar of 100 %, before it, and for the figure behind it
_BESIDE = _BAR_GAP + _BAR + _BAR_FIGURE
_HEAD = -30  # px from the plot to the middle of what is written above
_LEAST_CELL = 20  # px: where names would leave less, labels are codes alone
_SIGNED_CELL = 36  # px from which a figure has its % sign
_INSET = 5  # px above and below the cells of a rung
_STRIP = 7  # px of a list's strip above and below its middle
_AROUND = 2  # px between cells and their outline


def priority_ladder(
    ranks: pd.DataFrame,
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    width: Width = "container",
    linked: bool = False,
) -> alt.LayerChart:
    """The ranked objectives from the first position down, and across how often each takes each position.

    An outline holds the positions compatible with the ratings; bars tell how often the objective is among the
    first, which end at the dashed line. Choosing works as on map A. Raises `ValueError` when fewer than two
    objectives are ranked.
    """
    table = _rungs(priorities, objectives, basis, rules, language)
    top = table.index.to_series() * RUNG
    table = table.assign(
        top=top, bottom=top + RUNG, above=top + _INSET, middle=top + RUNG / 2, below=top + RUNG - _INSET
    )
    grid = _grid(table, rules, language)
    choice = None if linked else chosen_objective()
    chart, cells = alt.Chart(rows_of(table)), _cells(ranks, table, language)
    placed = chart.encode(x=alt.value(_SYMBOL), y=grid.y("middle"), size=alt.Size("size:Q", scale=None))
    whole_row = chart.mark_rect(fill=PAPER, opacity=0, cursor="pointer", x=0, x2=alt.ExprRef("width"))
    whole_line = {"end": grid.end, "above": 0, "below": grid.height}
    layers = [
        chart.mark_rule(color=GRID, x=0, x2=alt.ExprRef("width"), aria=False).encode(grid.y("bottom")),
        fading(_coloured(cells, grid, language), choice),
        fading(_outlined(chart, grid), choice),
        fading(_figures(cells, grid), choice),
        _end_of_the_first(alt.Chart(alt.InlineData(values=[whole_line])), grid),
        *_bars(chart, grid, choice, language),
        fading(_names(chart, grid), choice),
        *(fading(marker, choice) for marker in symbols(placed, objectives, room=12)),
        touchable(whole_row.encode(grid.y("top"), y2="bottom:Q"), _tooltip(language), choice),
    ]
    reading = of_ladder(ranks, priorities, objectives, basis, rules, language)
    return finished(layers, reading, width, grid.height)


def ladder_list(
    ranks: pd.DataFrame,
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    width: Width = "container",
    linked: bool = False,
) -> alt.LayerChart:
    """The same, each objective's name above a strip of its positions, and below it the figures that matter.

    Readable from 300 px of width; choosing works as on map A. Raises `ValueError` when fewer than two
    objectives are ranked.
    """
    table = stacked(_rungs(priorities, objectives, basis, rules, language))
    n, n_top = len(table), top_places(len(table), rules.top_share)
    grid = _Grid(n, n_top, ROW * n, left=str(_NAME), right="width", title=language.say("Position"))
    top = among_the_first(n_top, language)
    middle = table["top"] + FIRST
    table = table.assign(
        above=middle - _STRIP,
        middle=middle,
        below=middle + _STRIP,
        figures=[f"{top}: {row.told_top} · {row.told_compatible}" for row in each(table)],
        end=grid.end,
    )
    chart, cells = alt.Chart(rows_of(table)), _cells(ranks, table, language)
    drawn = [
        chart.mark_rule(color=GRID, x=_NAME, x2=alt.ExprRef("width"), aria=False).encode(grid.y("middle")),
        _outlined(chart, grid).mark_rect(fill=PAPER, aria=False),
        _coloured(cells, grid, language),
        _outlined(chart, grid),
        _end_of_the_first(chart, grid),
        chart.mark_text(
            align="left", baseline="middle", x=0, color=SECONDARY, fontSize=FIGURE_SIZE, aria=False
        ).encode(down("at_second", n), text="figures:N"),
    ]
    markers = symbols(
        chart.encode(x=alt.value(_SYMBOL), y=grid.y("middle"), size=alt.Size("size:Q", scale=None)),
        objectives,
        room=10,
    )
    layers = listed(chart, n, drawn, markers, _tooltip(language), linked=linked)
    reading = of_ladder(ranks, priorities, objectives, basis, rules, language)
    return finished(layers, reading, width, grid.height)


@dataclass(frozen=True)
class _Grid:
    """Where things stand: positions 1 to `n` from `left` to `right`, on a plot `height` px high.

    Both edges are expressions, for only the drawn chart knows how wide it is, and so is `has_names`.
    """

    n: int
    n_top: int
    height: int
    left: str
    right: str
    title: str
    has_names: str = "false"

    @property
    def cell(self) -> str:
        """The width of a cell in px."""
        return f"({self.right} - {self.left}) / {self.n}"

    @property
    def end(self) -> float:
        """The place behind the first positions."""
        return self.n_top + 0.5

    def x(self, field: str) -> alt.X:
        scale = alt.Scale(
            domain=[0.5, self.n + 0.5],
            range=[alt.ExprRef(self.left), alt.ExprRef(self.right)],
            nice=False,
            zero=False,
        )
        axis = alt.Axis(
            orient="top",
            title=self.title,
            titleY=_HEAD,
            titleBaseline="middle",
            values=list(range(1, self.n + 1)),
            format="d",
            grid=False,
            domain=False,
            ticks=False,
            labelPadding=5,
            labelFlush=False,
        )
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    def y(self, field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[self.height, 0], nice=False), axis=None)


def _grid(table: pd.DataFrame, rules: Rules, language: Language) -> _Grid:
    """The positions of the ladder, between labels and bars."""
    n = len(table)
    codes, names = (
        _NAME + 10 + round(max(min(text_width(label, NAME_SIZE), LONGEST) for label in table[column]))
        for column in ("code", "name")
    )
    has_names = f"width >= {names + _BESIDE + _LEAST_CELL * n}"
    return _Grid(
        n,
        top_places(n, rules.top_share),
        RUNG * n,
        left=f"({has_names} ? {names} : {codes})",
        right=f"(width - {_BESIDE})",
        title=language.say("Position"),
        has_names=has_names,
    )


def _rungs(
    priorities: pd.DataFrame, objectives: pd.DataFrame, basis: Basis, rules: Rules, language: Language
) -> pd.DataFrame:
    """The ranked objectives from the first position down, with what is drawn and told of each."""
    table = in_order(told(priorities, objectives, basis, rules, language))
    rows = each(table)
    table = table.assign(
        size=MARKER / table["symbol"].map(filled_share),
        set_begins=table["rank_set_low"] - 0.5,
        set_ends=table["rank_set_high"] + 0.5,
        told_position=[position(row.rank, row.rank_tied, language) for row in rows],
        told_compatible=[compatible(row.rank_set_low, row.rank_set_high, language) for row in rows],
    )
    columns = [*DRAWN, *TOLD, "told_position", "told_compatible"]
    return table[[*columns, "ranked", "size", "p_top", "set_begins", "set_ends"]]


def _cells(ranks: pd.DataFrame, table: pd.DataFrame, language: Language) -> alt.Chart:
    """The cells that are not white, in the places of their rungs."""
    steps = _step_names(language)
    places = table[["objective", "above", "middle", "below"]]
    cells = places.merge(ranks, on="objective", validate="one_to_many")
    cells = cells[cells["probability"] >= STEPS[0][0] - ROUNDING].sort_values(["middle", "rank"])
    reached = [
        max(at for at, (least, _, _) in enumerate(STEPS) if probability >= least - ROUNDING)
        for probability in cells["probability"]
    ]
    cells = cells.assign(
        begins=cells["rank"] - 0.5,
        ends=cells["rank"] + 0.5,
        step=[steps[at] for at in reached],
        ink=[STEPS[at][2] for at in reached],
        signed=[chance(probability, language) for probability in cells["probability"]],
        unsigned=[chance(probability, language, sign=False) for probability in cells["probability"]],
    )
    return alt.Chart(rows_of(cells))


def _step_names(language: Language) -> list[str]:
    """The steps of the ramp as its legend has them: from 1 % up to 100 %."""
    starts = [max(1, round(100 * least)) for least, _, _ in STEPS]
    ends = [start - 1 for start in starts[1:]] + [100]
    return [
        language.say("{low}–{high}%", low=language.number(low), high=language.number(high))
        for low, high in zip(starts, ends, strict=True)
    ]


def _coloured(cells: alt.Chart, grid: _Grid, language: Language) -> alt.Chart:
    """Cells as dark as their objective is often there."""
    legend = alt.Legend(
        title=language.say("How often in that position"),
        orient="bottom",
        direction="horizontal",
        columns=alt.ExprRef("width < 440 ? 3 : 5"),
        symbolType="square",
        symbolSize=240,
        symbolStrokeColor=FRAME,
        symbolStrokeWidth=1,
        titleFontSize=12,
        titleFontWeight="normal",
        titleColor=SECONDARY,
        titleLimit=300,
        labelFontSize=12,
        labelColor=TEXT,
        columnPadding=14,
        offset=12,
    )
    scale = alt.Scale(domain=_step_names(language), range=[colour for _, colour, _ in STEPS])
    coloured: alt.Chart = cells.mark_rect(stroke=PAPER, strokeWidth=1.5, aria=False).encode(
        grid.x("begins"),
        grid.y("above"),
        x2="ends:Q",
        y2="below:Q",
        color=alt.Color("step:N", scale=scale, legend=legend),
    )
    return coloured


def _figures(cells: alt.Chart, grid: _Grid) -> alt.Chart:
    """The figures of the cells that have one, without their sign where cells are narrow."""
    figures: alt.Chart = (
        cells.transform_filter(f"datum.probability >= {PRINTED_FROM - ROUNDING}")
        .transform_calculate(figure=f"{grid.cell} >= {_SIGNED_CELL} ? datum.signed : datum.unsigned")
        .mark_text(baseline="middle", fontSize=CELL_SIZE, aria=False)
        .encode(grid.x("rank"), grid.y("middle"), text="figure:N", color=alt.Color("ink:N", scale=None))
    )
    return figures


def _outlined(chart: alt.Chart, grid: _Grid) -> alt.Chart:
    """Around the positions compatible with the ratings."""
    outlined: alt.Chart = chart.mark_rect(
        filled=False,
        stroke=SECONDARY,
        strokeWidth=1.2,
        cornerRadius=4,
        xOffset=-_AROUND,
        x2Offset=_AROUND,
        yOffset=-_AROUND,
        y2Offset=_AROUND,
        aria=False,
    ).encode(grid.x("set_begins"), grid.y("above"), x2="set_ends:Q", y2="below:Q")
    return outlined


def _end_of_the_first(chart: alt.Chart, grid: _Grid) -> alt.Chart:
    """The dashed line that parts the first positions from the others."""
    line: alt.Chart = chart.mark_rule(color=SECONDARY, strokeDash=[5, 4], opacity=0.8, aria=False).encode(
        grid.x("end"), grid.y("above"), y2="below:Q"
    )
    return line


def _names(chart: alt.Chart, grid: _Grid) -> alt.Chart:
    names: alt.Chart = (
        chart.transform_calculate(label=f"{grid.has_names} ? datum.name : datum.code")
        .mark_text(
            align="left",
            baseline="middle",
            x=_NAME,
            limit=LONGEST,
            fontSize=NAME_SIZE,
            color=TEXT,
            aria=False,
        )
        .encode(grid.y("middle"), text="label:N")
    )
    return names


def _bars(chart: alt.Chart, grid: _Grid, choice: alt.Parameter | None, language: Language) -> list[alt.Chart]:
    """How often each objective is among the first: a bar out of a whole one, and its figure."""
    begins = f"{grid.right} + {_BAR_GAP}"
    rows = chart.encode(grid.y("middle"))
    bar: dict[str, Any] = {"x": alt.ExprRef(begins), "strokeWidth": 10, "aria": False}
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "color": TEXT, "aria": False}
    heading = pd.DataFrame([{"heading": _sentence_case(among_the_first(grid.n_top, language))}])
    return [
        rows.mark_rule(x2=alt.ExprRef(f"{begins} + {_BAR}"), color=GRID, **bar),
        fading(
            rows.mark_rule(x2=alt.ExprRef(f"{begins} + {_BAR} * datum.p_top"), color=STEPS[3][1], **bar),
            choice,
        ),
        fading(
            rows.mark_text(
                x=alt.ExprRef(f"{begins} + {_BAR + 6}"), fontSize=CELL_SIZE, fontWeight=600, **text
            ).encode(text="told_top:N"),
            choice,
        ),
        alt.Chart(rows_of(heading))
        .mark_text(x=alt.ExprRef(begins), y=_HEAD, fontSize=NAME_SIZE, **text)
        .encode(text="heading:N"),
    ]


def _tooltip(language: Language) -> list[alt.Tooltip]:
    """What a point of map A tells, and before it the position."""
    name, *figures = tooltip(language)
    return [name, alt.Tooltip("told_position:N", title=language.say("Position")), *figures]


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
