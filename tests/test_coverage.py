"""Every cell and every group stands in the tables, the empty ones above all."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.coverage import coverage, participation
from consultation.rules import Rules
from tests.f1 import answer_table, rating_table

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
    people = participation(written(), rating_table([]), GROUPS, Rules())
    assert people.to_dict("list") == {
        "group": GROUPS, "n_contributions": [0, 0], "n_units": [0, 0], "balanced": [False, False],
    }  # fmt: skip


@settings(deadline=None)
@given(st.permutations(range(len(ANSWERS))))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    pd.testing.assert_frame_equal(
        coverage(ANSWERS.iloc[list(order)], GROUPS, STRATEGIC, GUIDING),
        coverage(ANSWERS, GROUPS, STRATEGIC, GUIDING),
    )


def test_participation_counts_who_wrote_and_who_only_rated() -> None:
    answers = answer_table([("1", "p", "coop", "a"), ("2", "p", "coop", "a"), ("3", "q", "coop", "a")])
    ratings = rating_table([
        ("p", "coop", "a", "o", "importance", 5),
        ("r", "r", "a", "o", "importance", None),
        ("s", "s", "elsewhere", "o", "importance", 2),
    ])  # fmt: skip
    table = participation(answers, ratings, GROUPS, Rules())
    assert [tuple(row) for row in table.itertuples(index=False)] == [
        ("b", 0, 0, False), ("a", 3, 2, False), ("non_indicato", 1, 1, False),
    ]  # fmt: skip


def test_a_group_is_balanced_when_enough_units_wrote_or_rated() -> None:
    answers = answer_table([(f"a{n}", f"a{n}", f"a{n}", "a") for n in range(3)])
    ratings = rating_table([(f"b{n}", f"b{n}", "b", "o", "urgency", 1) for n in range(3)])
    assert participation(answers, ratings, GROUPS, Rules())["balanced"].tolist() == [True, True]
    assert participation(answers[1:], ratings[1:], GROUPS, Rules())["balanced"].tolist() == [False, False]


def test_neither_a_non_so_nor_one_group_unnamed_makes_a_balanced_group() -> None:
    unsure = rating_table([(f"b{n}", f"b{n}", "b", "o", "urgency", None) for n in range(3)])
    unnamed = answer_table([(f"z{n}", f"z{n}", f"z{n}", "non_indicato") for n in range(5)])
    table = participation(unnamed, unsure, GROUPS, Rules())
    assert table["balanced"].tolist() == [False, False, False]
    assert table["n_units"].tolist() == [3, 0, 5]
