"""What is too small to show stays hidden, and groups differ only where their intervals are apart."""

from __future__ import annotations

from math import nan
from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ratings.differences import clearly_apart, compared, furthest_apart, ranges, shown
from analysis.resampling import ROUNDING

GROUPS = pd.DataFrame({"group": ["x", "y", "z"], "label": ["Schools", "Unions", "Citizens"]})
OBJECTIVES = pd.DataFrame(
    {
        "objective": ["a", "b", "c"],
        "strategic_question": ["one", "one", "two"],
        "code": ["O1", "O2", "T1"],
        "short": ["Listen", "Prevent", "Connect"],
        "title": ["To listen", "To prevent", "To connect"],
        "question_title": ["First", "First", "Second"],
        "colour": ["#1F5FA8", "#1F5FA8", "#C8501A"],
        "symbol": ["circle", "circle", "square"],
    }
)


def profile(needs: dict[str, list[float]], around: float = 4.0, n: int = 8) -> pd.DataFrame:
    """The needs of each group for the objectives a, b, c, each with an interval of `around` to both sides."""
    rows = [
        {
            "group": group,
            "objective": objective,
            "n": n,
            "n_units": n,
            "importance": 1 + need / 25,
            "need": need,
            "need_low": need - around,
            "need_high": need + around,
            "feasibility": 50.0,
            "feasibility_low": 45.0,
            "feasibility_high": 55.0,
            "published": True,
        }
        for group, its in needs.items()
        for objective, need in zip(OBJECTIVES["objective"], its, strict=True)
    ]
    return pd.DataFrame(rows)


def hidden(profiles: pd.DataFrame, group: str, objectives: str = "abc", n: int = 4) -> pd.DataFrame:
    """`profiles` with figures of one group that rest on too few people to be published."""
    its = (profiles["group"] == group) & profiles["objective"].isin(list(objectives))
    return profiles.assign(published=profiles["published"] & ~its, n=profiles["n"].where(~its, n))


class Interval(NamedTuple):
    need: float
    need_low: float
    need_high: float


@pytest.mark.parametrize(
    ("high", "low", "apart"),
    [(60.0, 60.1, True), (60.0, 60.0, False), (60.0, 60.0 + ROUNDING / 2, False), (61.0, 60.0, False)],
)
def test_intervals_that_touch_make_no_difference(high: float, low: float, apart: bool) -> None:
    below, above = Interval(55.0, 50.0, high), Interval(65.0, low, 70.0)
    assert clearly_apart(below, above) is apart
    assert clearly_apart(above, below) is apart


def test_an_interval_without_width_is_no_certainty() -> None:
    assert not clearly_apart(Interval(20.0, 20.0, 20.0), Interval(80.0, 75.0, 85.0))
    assert not clearly_apart(Interval(20.0, 15.0, 25.0), Interval(80.0, 80.0, 80.0))


def test_an_unknown_interval_is_never_apart() -> None:
    assert not clearly_apart(Interval(20.0, nan, nan), Interval(80.0, 75.0, 85.0))


def test_the_furthest_pair_is_one_that_is_clearly_apart() -> None:
    """The lowest figure is rough: it may be anywhere."""
    table = profile({"x": [10.0, 0, 0], "y": [30.0, 0, 0], "z": [60.0, 0, 0]})
    its = table[table["objective"] == "a"]
    rough = its.assign(need_low=[0.0, 26.0, 56.0], need_high=[58.0, 34.0, 64.0])
    above, below = furthest_apart(rough) or (None, None)
    assert (above.group, below.group) == ("z", "y")  # type: ignore[union-attr]
    assert furthest_apart(rough.assign(need_high=99.0)) is None


def test_only_published_and_rated_figures_are_shown_in_the_order_of_groups() -> None:
    table = profile({"z": [10.0, 20.0, nan], "x": [40.0, 50.0, 60.0], "elsewhere": [1.0, 2.0, 3.0]})
    figures = shown(hidden(table, "x", "b"), GROUPS)
    assert list(zip(figures["label"], figures["objective"], strict=True)) == [
        ("Schools", "a"),
        ("Schools", "c"),
        ("Citizens", "a"),
        ("Citizens", "b"),
    ]


def test_two_groups_are_compared_where_both_have_a_figure() -> None:
    table = hidden(profile({"x": [40.0, 50.0, 60.0], "y": [80.0, 52.0, 20.0]}), "y", "c")
    both = compared(table.iloc[::-1], GROUPS, OBJECTIVES, ("y", "x"))
    assert list(both["objective"]) == ["a", "b"]
    assert list(both["difference"]) == [40.0, 2.0]
    assert list(both["clear"]) == [True, False]
    assert list(both["need_one"]) == [80.0, 52.0]


def test_groups_that_share_nothing_give_an_empty_comparison() -> None:
    table = profile({"x": [40.0, nan, nan], "y": [nan, 52.0, 20.0]})
    assert compared(table, GROUPS, OBJECTIVES, ("x", "y")).empty


def test_objectives_go_from_the_widest_range_down_and_level_ones_in_the_plans_order() -> None:
    table = ranges(profile({"x": [40.0, 50.0, 60.0], "y": [50.0, 90.0, 70.0]}), GROUPS, OBJECTIVES)
    assert list(table["objective"]) == ["b", "a", "c"]
    assert list(table["range"]) == [40.0, 10.0, 10.0]
    assert list(table["clear"]) == [True, True, True]


def test_an_objective_of_one_group_has_no_range_and_comes_last() -> None:
    table = hidden(profile({"x": [0.0, 50.0, 60.0], "y": [99.0, 51.0, 60.0]}), "y", "a")
    found = ranges(table, GROUPS, OBJECTIVES)
    assert list(found["objective"]) == ["b", "c", "a"]
    assert list(found["range"].isna()) == [False, False, True]
    assert not found["clear"].any()
    assert list(found["n_shown"]) == [2, 2, 1]
    assert list(found["n_hidden"]) == [0, 0, 1]


def test_groups_that_are_level_share_an_end() -> None:
    table = profile({"x": [40.0, 0, 0], "y": [40.0 + ROUNDING / 2, 0, 0], "z": [70.0, 0, 0]})
    found = ranges(table, GROUPS, OBJECTIVES).iloc[0]
    assert found["lowest"] == ["Schools", "Unions"]
    assert found["highest"] == ["Citizens"]


@given(st.permutations(range(9)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    table = hidden(
        profile({"x": [40.0, 50.0, 60.0], "y": [50.0, 90.0, 70.0], "z": [1.0, 2.0, 3.0]}), "z", "b"
    )
    shuffled = table.iloc[order]
    pd.testing.assert_frame_equal(ranges(shuffled, GROUPS, OBJECTIVES), ranges(table, GROUPS, OBJECTIVES))
    pd.testing.assert_frame_equal(
        compared(shuffled, GROUPS, OBJECTIVES, ("x", "z")), compared(table, GROUPS, OBJECTIVES, ("x", "z"))
    )
