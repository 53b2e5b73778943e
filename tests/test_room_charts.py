"""What stands on a wall: large type, everything in one look, no colour alone, and nothing dropped unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd
import pytest

from analysis.attendance import attendance, expected_groups
from analysis.ballots.second_round import again, second_round, spreads
from analysis.ballots.turnout import turnout
from analysis.ballots.voting import dots, ngt
from analysis.charts.attendance_bars import attendance_bars
from analysis.charts.named_rows import NamedRows
from analysis.charts.rendering import svg
from analysis.charts.round_change import round_change
from analysis.charts.round_spreads import round_spreads
from analysis.charts.silence_grid import silence_grid
from analysis.charts.theme import WALL, WALL_PLOT, Width
from analysis.charts.vote_bars import dot_bars, point_bars
from analysis.sentences import Basis
from analysis.silence import silent_cells
from consultation import tables
from consultation.language import Language
from consultation.plan import Plan
from consultation.rules import Rules
from tests.f1 import answer_table, rating_table
from tests.test_charts import data_of, spec, texts
from tests.test_voting import vote_table

ENGLISH, RULES, BASIS = Language("en"), Rules(), Basis(60, 200, 7)
LONGEST = (
    "Open the counters in the evening and on Saturday morning too, in turns among the nine districts, by day"
)
Draw = Callable[[Width], alt.LayerChart]


@pytest.fixture(scope="module")
def objectives(milan: Plan) -> pd.DataFrame:
    return tables.objectives(milan, ENGLISH)


@pytest.fixture(scope="module")
def people(milan: Plan) -> pd.DataFrame:
    """Ten came from the first group, nobody from the last, which has a thousand members invited."""
    ids = list(milan.groups)
    invited = pd.DataFrame({"group": [ids[0], ids[1], ids[-1]], "invited": [20, 4, 1000]})
    answers = answer_table([(f"{n}", f"p{n}", f"p{n}", ids[0]) for n in range(10)] + [("x", "x", "x", "-")])
    return attendance(answers, rating_table([]), None, ids, invited, {ids[0]: 12})


def votes_of(items: list[str], groups: list[str], each_group: int = 3) -> pd.DataFrame:
    """Everybody gives two dots to the first item, and one to the second."""
    return vote_table(
        [
            (f"{group}{n}", f"{group}{n}", group, item, points)
            for group in groups
            for n in range(each_group)
            for item, points in zip(items[:2], (2, 1), strict=True)
        ]
    )


def dot_chart(items: list[str], objectives: pd.DataFrame, each_group: int = 3) -> Draw:
    votes = votes_of(items, ["A", "B"], each_group)
    tally = dots(votes, items, ["A", "B"], RULES, 5, 2)
    basis = Basis.of(turnout(votes, ["A", "B"], RULES), 0)
    return lambda width: dot_bars(tally, objectives, basis, RULES, ENGLISH, width=width)


@pytest.fixture(scope="module")
def charts(milan: Plan, objectives: pd.DataFrame, people: pd.DataFrame) -> dict[str, Draw]:
    """Every chart of a room, as full as the shipped plan makes it."""
    labels, guides = tables.groups(milan, ENGLISH), tables.guiding_questions(milan, ENGLISH)
    cells = silent_cells(
        answer_table([("1", "p", "p", next(iter(milan.groups)))]).assign(
            strategic_question=next(iter(milan.questions)), guiding_question=next(iter(milan.guides))
        ),
        list(milan.questions), list(milan.guides), list(milan.groups), expected_groups(people),
    )  # fmt: skip
    items = list(objectives["objective"])
    votes = votes_of(items, ["A", "B"])
    voted = Basis.of(turnout(votes, ["A", "B"], RULES), 0)
    asked = objectives.head(6)
    first, second = (
        rating_table([
            (f"p{n}", f"p{n}", "A", o, "importance", value)
            for o in asked["objective"] for n in range(8)
        ]) for value in (3, 4)
    )  # fmt: skip
    rounds, both = second_round(first, second, asked, RULES), again(first, second, asked)
    spread = spreads(first, second, asked, "importance", RULES)
    return {
        "attendance": lambda width: attendance_bars(people, labels, BASIS, ENGLISH, width=width),
        "silence": lambda width: silence_grid(cells, objectives, guides, BASIS, ENGLISH, width=width),
        "dots": dot_chart(items, objectives),
        "points": lambda width: point_bars(ngt(votes, items), objectives, voted, ENGLISH, width=width),
        "change": lambda width: round_change(rounds, both, asked, BASIS, RULES, ENGLISH, width=width),
        "spreads": lambda width: round_spreads(
            spread, both, asked, BASIS, ENGLISH, dimension="importance", width=width
        ),
    }


KINDS = ["attendance", "silence", "dots", "points", "change", "spreads"]


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_wall_all_of_it_fits_in_type_that_is_read_from_afar(charts: dict[str, Draw], kind: str) -> None:
    """Shown 1920 px wide, no letter is smaller than 22 px, and 320 px stay for the title."""
    picture = svg(charts[kind]("wall")).decode()
    width, height = (
        float(side) for side in re.findall(r'(?:width|height)="([\d.]+)"', picture.split(">", 1)[0])
    )
    assert width == WALL
    assert height <= WALL_PLOT + 20
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', picture)]
    assert min(sizes) * 1920 / WALL >= 22
    assert " more" not in " ".join(texts(picture.encode()))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", ["container", 360, 1100])
def test_only_a_picture_of_its_own_has_a_heading(charts: dict[str, Draw], kind: str, width: Width) -> None:
    found = spec(charts[kind](width))
    assert ("title" in found) == (width != "container")
    assert texts(svg(charts[kind](width), 330))


def test_everybody_stands_in_the_attendance_with_their_number(charts: dict[str, Draw], milan: Plan) -> None:
    written = texts(svg(charts["attendance"]("wall")))
    assert {ENGLISH.pick(group.label) for group in milan.stakeholder_groups} <= set(written)
    assert "10 of 20 invited · 12 in the room" in written
    assert "0 of 1,000 invited" in written


def test_a_long_list_of_invited_leaves_bars_to_see(charts: dict[str, Draw]) -> None:
    rows = data_of(spec(charts["attendance"]("wall")), "text", text="figure")
    assert [row["invited"] for row in rows if row["beyond"]] == [1000]


def test_silence_is_written_and_what_was_not_asked_is_blank(milan: Plan, objectives: pd.DataFrame) -> None:
    guides = tables.guiding_questions(milan, ENGLISH)
    group, question, guide = (next(iter(ids)) for ids in (milan.groups, milan.questions, milan.guides))
    said = answer_table([("1", "p", "p", group), ("2", "q", "q", "-")]).assign(strategic_question=question)
    said["guiding_question"] = [guide, list(milan.guides)[1]]
    cells = silent_cells(
        said, list(milan.questions), list(milan.guides), list(milan.groups), [*milan.groups][:2]
    )
    asked = [(question, its) for its in milan.guides]
    found = spec(silence_grid(cells, objectives, guides, BASIS, ENGLISH, asked))
    shown = [row["shown"] for row in data_of(found, "text", text="shown")]
    assert shown == ["1 of 2", "0 of 2", "nobody", "nobody", "nobody"]  # the second spoke for no group


def test_both_ways_of_counting_stand_in_each_row(charts: dict[str, Draw]) -> None:
    found = spec(charts["dots"]("wall"))
    rows = data_of(found, "text", text="figure")
    assert [row["figure"] for row in rows[:3]] == ["40 · 12 dots", "20 · 6 dots", "0 · 0 dots"]
    marks = [layer["mark"]["type"] for layer in found["layer"]]
    assert {"point", "rule"} <= set(marks)


def test_without_a_score_there_are_bars_of_dots_alone(objectives: pd.DataFrame) -> None:
    found = spec(dot_chart(["x", "y"], objectives, each_group=2)("wall"))
    assert "point" not in {layer["mark"]["type"] for layer in found["layer"]}
    assert [row["figure"] for row in data_of(found, "text", text="figure")] == ["8 dots", "4 dots"]


def test_level_items_stand_as_on_the_ballot(objectives: pd.DataFrame) -> None:
    rows = data_of(spec(dot_chart(["q", "r", "c", "b", "a"], objectives)("wall")), "text", text="figure")
    assert [row["item"] for row in rows] == ["q", "r", "c", "b", "a"]


def test_a_vote_that_nobody_cast_is_no_chart(objectives: pd.DataFrame) -> None:
    votes = votes_of(["x", "y"], [])
    with pytest.raises(ValueError, match="nobody has voted"):
        dot_bars(dots(votes, ["x"], ["A"], RULES, 5, 2), objectives, Basis(0, 0, 0), RULES, ENGLISH)
    with pytest.raises(ValueError, match="nobody has voted"):
        point_bars(ngt(votes, ["x"]), objectives, Basis(0, 0, 0), ENGLISH)
    nothing = second_round(rating_table([]), rating_table([]), objectives.head(0), RULES)
    with pytest.raises(ValueError, match="asked again"):
        round_change(
            nothing, again(rating_table([]), rating_table([]), objectives), objectives, BASIS, RULES, ENGLISH
        )


def test_stable_or_not_is_written_and_drawn_without_colour(objectives: pd.DataFrame) -> None:
    two = objectives.head(2)
    one, other = two["objective"]
    first = rating_table(
        [(f"p{n}", f"p{n}", "A", o, "importance", 3) for o in two["objective"] for n in range(9)]
    )
    second = first.assign(value=first["value"].where(first["objective"] != other, 5)).replace({"p8": "new"})
    second.loc[0, "value"] = 4
    rounds = second_round(first, second, two, RULES)
    found = spec(round_change(rounds, again(first, second, two), two, BASIS, RULES, ENGLISH, width="wall"))
    rows = data_of(found, "text", text="figure")
    assert [(row["objective"], row["figure"]) for row in rows] == [
        (one, "0.11 · stable"), (other, "1.00 · not stable"),
    ]  # fmt: skip
    bars = [layer for layer in found["layer"] if "datum.status === 'stable'" in str(layer.get("transform"))]
    assert bars[0]["mark"]["fill"] == "#FFFFFF"


# rows


def rows_of(*names: str, width: Width = "wall") -> NamedRows:
    return NamedRows.of(pd.DataFrame({"name": names, "figure": "1 dot"}), width, ENGLISH)


def test_type_on_a_wall_is_as_large_as_its_height_allows_and_the_rest_is_told() -> None:
    few, many, too_many = (rows_of(*["Name"] * n) for n in (5, 15, 40))
    assert few.size > many.size > too_many.size == 15
    assert not many.left_out
    assert len(many.table) == 15
    assert too_many.left_out == f"and {40 - len(too_many.table)} more"
    assert all(rows.height <= WALL_PLOT for rows in (few, many, too_many))


@pytest.mark.parametrize("width", ["wall", "container", 360])
def test_long_statements_are_broken_and_never_cut(width: Width) -> None:
    rows = rows_of(LONGEST, "Short", width=width)
    assert rows.table["broken"][0].replace("\n", " ") == LONGEST
    assert "\n" in rows.table["broken"][0]
    tops: list[Any] = list(rows.table["bar_top"])
    assert 0 < tops[0] < tops[1] < rows.height


def test_a_page_shows_every_row_and_no_rows_are_no_error() -> None:
    assert len(rows_of(*["Name"] * 40, width="container").table) == 40
    assert rows_of().height == 0
    assert rows_of(width="container").table.empty


def test_a_net_change_that_is_not_known_is_no_bar(objectives: pd.DataFrame) -> None:
    one = objectives.head(1)
    first = rating_table([("p", "p", "A", one["objective"][0], "importance", 3)])
    rounds = second_round(first, first.head(0), one, RULES)
    assert rounds["net_change"].isna().all()
    chart = round_change(rounds, again(first, first.head(0), one), one, BASIS, RULES, ENGLISH)
    assert [row["figure"] for row in data_of(spec(chart), "text", text="figure")] == ["too few ratings"]
