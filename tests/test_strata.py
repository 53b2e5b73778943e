"""Which groups are balanced, and what each unit says in all."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.strata import group_sizes, merges, strata

ROWS = pd.DataFrame(
    [
        ("c1", "coop", "large"),
        ("c2", "coop", "large"),
        ("c3", "c3", "large"),
        ("c3", "c3", "large"),
        ("c4", "c4", "large"),
        ("c5", "c5", "small"),
        ("c6", "c6", "small"),
        ("c7", "c7", "non_indicato"),
        ("c8", "c8", "non_indicato"),
        ("c9", "c9", "non_indicato"),
        ("d1", "d1", "unheard_of"),
    ],
    columns=["contribution_id", "unit", "group"],
    dtype="str",
)
PLAN = ["small", "silent", "large"]


def test_a_group_is_balanced_from_its_third_unit_on() -> None:
    """Two contributions of one organisation are one unit; rows are none."""
    assert strata(ROWS, PLAN, 3).groups == ("large",)
    assert strata(ROWS, PLAN, 4).groups == ()
    assert strata(ROWS, PLAN, 2).groups == ("small", "large")


def test_whoever_named_no_group_is_never_balanced() -> None:
    assert "non_indicato" not in strata(ROWS, [*PLAN, "non_indicato"], 1).groups


def test_units_stand_by_group_and_name() -> None:
    assert list(strata(ROWS, PLAN, 2).units) == [
        ("small", "c5"), ("small", "c6"), ("large", "c3"), ("large", "c4"), ("large", "coop"),
    ]  # fmt: skip


def test_sizes_count_everybody_once() -> None:
    sizes = group_sizes(ROWS, PLAN)
    assert [tuple(row) for row in sizes.itertuples(index=False)] == [
        ("small", 2, 2), ("silent", 0, 0), ("large", 4, 3), ("non_indicato", 4, 4),
    ]  # fmt: skip


def test_non_indicato_stands_only_where_somebody_is() -> None:
    assert list(group_sizes(ROWS[ROWS["group"] == "large"], PLAN)["group"]) == PLAN


def test_one_unit_in_two_groups_is_a_unit_of_each() -> None:
    rows = pd.DataFrame(
        [("a", "coop", "x"), ("b", "u", "x"), ("c", "coop", "y"), ("d", "v", "y")],
        columns=["contribution_id", "unit", "group"],
        dtype="str",
    )
    both = strata(rows, ["x", "y"], 2)
    totals = both.totals(rows, np.zeros(4, dtype=np.int64), 1, np.array([1.0, 2.0, 4.0, 8.0]))
    assert totals.ravel().tolist() == [1, 2, 4, 8]


def test_totals_add_up_what_a_unit_says_and_leave_others_out() -> None:
    columns = (ROWS["contribution_id"] == "c2").to_numpy().astype(np.int64)
    totals = strata(ROWS, PLAN, 3).totals(ROWS, columns, 2)
    assert totals.tolist() == [[2, 0], [1, 0], [1, 1]]  # c3 twice, c4, coop once in each column


@settings(deadline=None)
@given(st.permutations(range(len(ROWS))))
def test_the_order_of_rows_is_forgotten(order: list[int]) -> None:
    shuffled = ROWS.iloc[list(order)]
    assert strata(shuffled, PLAN, 2).units.equals(strata(ROWS, PLAN, 2).units)
    pd.testing.assert_frame_equal(group_sizes(shuffled, PLAN), group_sizes(ROWS, PLAN))


def test_no_group_is_weighed_in_one_that_is_not_looked_at() -> None:
    rows = pd.DataFrame({"group": ["a", "b"], "unit": ["u", "v"], "contribution_id": ["u", "v"]})
    into = {"a": "b", "b": "c"}
    assert merges(rows, ["a", "b", "c"], 3, into) == into
    assert merges(rows[:1], ["a"], 3, into) == {}
