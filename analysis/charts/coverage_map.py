"""Where people have answered and where nobody has yet, as cells with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.labels import text_width, wrapped
from analysis.charts.theme import MARGIN, PAPER, RAMP, SECONDARY, TEXT, Width, finished, rows_of
from analysis.protocols import Language
from analysis.sentences import Basis, Reading, of_coverage, of_silence

NAME_SIZE, HEAD_SIZE, COUNT_SIZE = 13, 12, 13
_NARROWEST = 300  # px: the narrowest container, for which names and headings are broken into lines
_LINE = 16  # px
_HEAD_GAP = 4  # px between two headings
_NAME_GAP, _ROW_GAP = 4, 12  # px between a name and its cells, and below them


def coverage_map(
    coverage: pd.DataFrame,
    objectives: pd.DataFrame,
    guiding_questions: pd.DataFrame,
    basis: Basis,
    language: Language,
    *,
    width: Width = "container",
) -> alt.LayerChart:
    """Guiding questions down, strategic questions across, in each cell its answers.

    `coverage` holds the rows of all groups, or of the one looked at. A cell with no answer is white with a
    dashed edge and a dash in it. Choosing a cell gives its ids as `cell`, "<strategic>/<guiding question>".
    """
    counts = coverage.groupby(["guiding_question", "strategic_question"], as_index=False, sort=False)[
        ["n_answers", "n_participants"]
    ].sum()
    columns = _columns(objectives)
    rows = dict(zip(guiding_questions["guiding_question"], guiding_questions["heading"], strict=True))
    cells = pd.DataFrame(
        {
            "row": counts["guiding_question"].map(list(rows).index),
            "column": counts["strategic_question"].map(list(columns).index),
            "n": counts["n_answers"],
            "shown": [language.number(n) if n else "–" for n in counts["n_answers"]],
            "told": [language.count("{n} answer", "{n} answers", int(n)) for n in counts["n_answers"]],
            "cell": counts["strategic_question"] + "/" + counts["guiding_question"],
        }
    )
    reading = of_coverage(coverage, objectives, basis, language)
    choice = alt.selection_point(name="cell", fields=["cell"])
    return _grid(cells, list(rows.values()), list(columns.values()), reading, width, cell=38, choice=choice)


def silence_map(
    coverage: pd.DataFrame,
    objectives: pd.DataFrame,
    groups: pd.DataFrame,
    basis: Basis,
    language: Language,
    *,
    width: Width = "container",
) -> alt.LayerChart:
    """Groups down, strategic questions across, in each cell how many guiding questions have been answered.

    Only groups of `groups` are shown: whoever named none is no silent part of the city.
    """
    heard = (
        coverage.assign(heard=coverage["n_answers"] > 0, asked=1)
        .groupby(["group", "strategic_question"], as_index=False, sort=False)[["heard", "asked"]]
        .sum()
    )
    columns = _columns(objectives)
    rows = dict(zip(groups["group"], groups["label"], strict=True))
    heard = heard[heard["group"].isin(rows)]
    pairs = list(zip(heard["heard"], heard["asked"], strict=True))
    cells = pd.DataFrame(
        {
            "row": heard["group"].map(list(rows).index),
            "column": heard["strategic_question"].map(list(columns).index),
            "n": heard["heard"],
            "shown": [
                language.say("{number} of {total}", number=language.number(n), total=language.number(total))
                if n
                else "–"
                for n, total in pairs
            ],
            "told": [
                language.count(
                    "one guiding question of {total} answered",
                    "{n} guiding questions of {total} answered",
                    int(n),
                    total=language.number(total),
                )
                for n, total in pairs
            ],
        }
    )
    reading = of_silence(coverage, groups, basis, language)
    return _grid(cells, list(rows.values()), list(columns.values()), reading, width, cell=26)


def _columns(objectives: pd.DataFrame) -> dict[str, str]:
    questions = objectives.drop_duplicates("strategic_question")
    return dict(zip(questions["strategic_question"], questions["question_title"], strict=True))


def _grid(
    cells: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    reading: Reading,
    width: Width,
    cell: int,
    choice: alt.Parameter | None = None,
) -> alt.LayerChart:
    """The cells of row and column, `cell` px high, each row under its name, with column headings above."""
    room = _NARROWEST if width == "container" else width - 2 * MARGIN
    names = [wrapped(name, NAME_SIZE, room) for name in rows]
    heads = [wrapped(head, HEAD_SIZE, room / len(columns) - _HEAD_GAP, bold=True) for head in columns]
    below_heads = _LINE * max(map(len, heads)) + 4
    tops, height = [], below_heads
    for lines in names:
        tops.append(height)
        height += _LINE * len(lines) + _NAME_GAP + cell + _ROW_GAP
    cell_tops = [top + _LINE * len(lines) + _NAME_GAP for top, lines in zip(tops, names, strict=True)]
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
    above: dict[str, Any] = {**text, "baseline": "top", "lineHeight": _LINE, "lineBreak": "\n"}
    layers = [
        cell_place.transform_filter("datum.n > 0")
        .mark_rect(cornerRadius=3, aria=False)
        .encode(
            color=alt.Color(
                "n:Q", scale=alt.Scale(domain=[0, max(1, cells["n"].max())], range=list(RAMP)), legend=None
            )
        ),
        cell_place.transform_filter("datum.n == 0").mark_rect(
            cornerRadius=3, fill=PAPER, stroke=SECONDARY, strokeDash=[4, 3], aria=False
        ),
        data.mark_text(fontSize=COUNT_SIZE, fontWeight=600, baseline="middle", **text).encode(
            x, _y("middle", height), text="shown:N"
        ),
        _heads(columns, heads)
        .mark_text(fontSize=HEAD_SIZE, fontWeight=600, **above)
        .encode(x, _y("top", height), text="head:N"),
        alt.Chart(rows_of(pd.DataFrame({"top": tops, "name": [_joined(name) for name in names]})))
        .mark_text(fontSize=NAME_SIZE, align="left", x=0, **above)
        .encode(_y("top", height), text="name:N"),
        _touchable(
            cell_place.encode(
                tooltip=[alt.Tooltip("told:N", title="title")], description=alt.Description("told:N")
            ),
            choice,
        ),
    ]
    return finished(layers, reading, width, height)


def _heads(columns: Sequence[str], broken: Sequence[Sequence[str]]) -> alt.Chart:
    """The column headings, `top` and `head`: each in one line where all have room for that, else `broken`."""
    most_lines = max(map(len, broken))
    rows = [
        {
            "column": place,
            "whole": whole,
            "whole_top": _LINE * (most_lines - 1),
            "broken": _joined(lines),
            "broken_top": _LINE * (most_lines - len(lines)),
        }
        for place, (whole, lines) in enumerate(zip(columns, broken, strict=True))
    ]
    widest = max(text_width(head, HEAD_SIZE, bold=True) for head in columns) + _HEAD_GAP
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
