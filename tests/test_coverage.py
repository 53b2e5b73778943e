"""Every cell and every group stands in the tables, the empty ones above all."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.coverage import coverage

GROUPS = ["b", "a"]
STRATEGIC, GUIDING = ["s2", "s1"], ["g1", "g2"]


def written(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Rows of contribution, group, strategic and guiding question."""
    return pd.DataFrame(
        [(f"{who}/{n}", who, who, group, s, g) for n, (who, group, s, g) in enumerate(rows)],
        columns=["answer_id", "contribution_id", "unit", "group", "strategic_question", "guiding_question"],
        dtype="str",
    )


ANSWERS = written(
    ("p", "a", "s1", "g1"), ("p", "a", "s1", "g1"), ("p", "a", "s1", "g2"), ("q", "a", "s1", "g1"),
    ("r", "b", "s2", "g2"),
)  # fmt: skip


def cell(table: pd.DataFrame, group: str, strategic: str, guiding: str) -> tuple[int, int]:
    here = (
        (table["group"] == group)
        & (table["strategic_question"] == strategic)
        & (table["guiding_question"] == guiding)
    )
    assert here.sum() == 1
    return int(table.loc[here, "n_answers"].sum()), int(table.loc[here, "n_participants"].sum())


def test_every_cell_stands_in_the_plans_order() -> None:
    table = coverage(ANSWERS, GROUPS, STRATEGIC, GUIDING)
    places = ["group", "strategic_question", "guiding_question"]
    assert list(table.columns) == [*places, "n_answers", "n_participants"]
    assert list(table[places].itertuples(index=False, name=None)) == list(
        itertools.product(GROUPS, STRATEGIC, GUIDING)
    )


def test_answers_and_the_people_behind_them_are_counted() -> None:
    table = coverage(ANSWERS, GROUPS, STRATEGIC, GUIDING)
    assert cell(table, "a", "s1", "g1") == (3, 2)
    assert cell(table, "a", "s1", "g2") == (1, 1)
    assert cell(table, "b", "s1", "g1") == (0, 0)
    assert table["n_answers"].sum() == len(ANSWERS)


@pytest.mark.parametrize("group", ["non_indicato", "unheard_of"])
def test_whoever_names_no_group_of_the_plan_stands_last(group: str) -> None:
    table = coverage(pd.concat([ANSWERS, written(("z", group, "s1", "g1"))]), GROUPS, STRATEGIC, GUIDING)
    assert list(table["group"].unique()) == [*GROUPS, "non_indicato"]
    assert cell(table, "non_indicato", "s1", "g1") == (1, 1)


def test_an_answer_under_no_question_stands_in_no_cell() -> None:
    table = coverage(written(("z", "a", "", "")), GROUPS, STRATEGIC, GUIDING)
    assert len(table) == 8
    assert table["n_answers"].sum() == 0


def test_nobody_yet_is_a_table_of_zeros() -> None:
    table = coverage(written(), GROUPS, STRATEGIC, GUIDING)
    assert len(table) == 8
    assert not table[["n_answers", "n_participants"]].to_numpy().any()


@settings(deadline=None)
@given(st.permutations(range(len(ANSWERS))))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    pd.testing.assert_frame_equal(
        coverage(ANSWERS.iloc[list(order)], GROUPS, STRATEGIC, GUIDING),
        coverage(ANSWERS, GROUPS, STRATEGIC, GUIDING),
    )
