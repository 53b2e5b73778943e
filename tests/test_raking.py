"""Weights that match declared shares, and when it would not be honest to give any."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ratings.raking import REFUSALS, Raking, rake

SAMPLE = {("r1", "c1"): 30, ("r1", "c2"): 10, ("r2", "c1"): 10, ("r2", "c2"): 10}
ROWS = {"r1": 30.0, "r2": 30.0}
COLUMNS = {"c1": 24.0, "c2": 36.0}


def people(cells: Mapping[tuple[str, str], int]) -> pd.DataFrame:
    """So many people of each row and column."""
    rows = [(row, column) for (row, column), n in cells.items() for _ in range(n)]
    ids = [f"p{n:03}" for n in range(len(rows))]
    return pd.DataFrame(
        [(who, who, *cell) for who, cell in zip(ids, rows, strict=True)],
        columns=["contribution_id", "unit", "row", "column"],
        dtype="str",
    )


def totals(raking: Raking, cells: Mapping[tuple[str, str], int], *by: str) -> list[float]:
    """The weights of all people together, by row, column or both."""
    table = people(cells).set_index("contribution_id").assign(weight=raking.weights)
    return [float(total) for total in table.groupby(list(by))["weight"].sum()]


def raked(cells: Mapping[tuple[str, str], int] = SAMPLE, **targets: dict[str, float]) -> Raking:
    return rake(people(cells), targets or {"row": ROWS, "column": COLUMNS})


def test_the_oracle() -> None:
    raking = raked()
    assert totals(raking, SAMPLE, "row", "column") == pytest.approx(
        [15.846606, 14.153394, 8.153394, 21.846606], abs=5e-7
    )
    assert raking.weights.drop_duplicates().tolist() == pytest.approx(
        [0.528220, 1.415339, 0.815339, 2.184661],
        abs=5e-7,  # the cells over 30, 10, 10 and 10 people
    )
    assert raking.effective_size == pytest.approx(43.490049, abs=5e-7)
    assert raking.design_effect == pytest.approx(60 / 43.490049, abs=5e-8)
    assert (raking.refused, raking.settled, raking.n_trimmed) == ("", True, 0)


def test_one_variable_is_matched_at_once() -> None:
    raking = raked(row=ROWS)
    assert totals(raking, SAMPLE, "row", "column") == pytest.approx([22.5, 7.5, 15, 15])
    assert raking.settled


def test_only_proportions_count_and_no_order() -> None:
    other = raked(
        column={"c2": 0.6, "c1": 0.4},
        row={"r2": 0.5, "r1": 0.5},
    )
    pd.testing.assert_series_equal(other.weights, raked().weights)
    backwards = rake(people(SAMPLE).iloc[::-1], {"row": ROWS, "column": COLUMNS})
    pd.testing.assert_series_equal(backwards.weights, raked().weights, check_exact=True)


@given(
    st.lists(st.integers(5, 40), min_size=4, max_size=4),
    st.floats(0.35, 0.65),
    st.floats(0.35, 0.65),
)
def test_weights_match_every_target_and_are_one_on_average(n: list[int], row: float, column: float) -> None:
    cells = dict(zip(SAMPLE, n, strict=True))
    raking = raked(cells, row={"r1": row, "r2": 1 - row}, column={"c1": column, "c2": 1 - column})
    everybody = sum(n)
    assert raking.settled
    assert raking.weights.mean() == pytest.approx(1)
    assert totals(raking, cells, "row") == pytest.approx([everybody * row, everybody * (1 - row)], rel=1e-4)
    assert totals(raking, cells, "column") == pytest.approx(
        [everybody * column, everybody * (1 - column)], rel=1e-4
    )
    assert 0 < raking.effective_size <= everybody + 1e-9


def test_extreme_weights_are_cut_once_and_the_targets_matched_again() -> None:
    """Of 100, ten in one corner would have to speak for more than thirty."""
    cells = {("r1", "c1"): 80, ("r1", "c2"): 5, ("r2", "c1"): 5, ("r2", "c2"): 10}
    raking = raked(cells, row={"r1": 0.5, "r2": 0.5}, column={"c1": 0.5, "c2": 0.5})
    corner = raking.weights.iloc[-1]
    assert raking.n_trimmed > 0
    assert totals(raking, cells, "row") == pytest.approx([50, 50], rel=1e-4)
    assert totals(raking, cells, "column") == pytest.approx([50, 50], rel=1e-4)
    uncut = (
        100 * np.sqrt(80 * 10) / (np.sqrt(80 * 10) + np.sqrt(5 * 5)) / 2 / 10
    )  # with the odds ratio as it was
    assert uncut > 3
    assert corner < uncut - 0.1


@pytest.mark.parametrize(
    ("share", "n_trimmed"),
    [(0.15, 0), (0.14, 50), (0.85, 0), (0.86, 50)],
)
def test_a_weight_below_three_tenths_of_the_mean_is_cut(share: float, n_trimmed: int) -> None:
    """Half of a hundred should be 15: each weighs 0.3, and 0.28 where they should be 14."""
    halves = {("r1", "c1"): 50, ("r2", "c1"): 50}
    assert raked(halves, row={"r1": share, "r2": 1 - share}).n_trimmed == n_trimmed


def test_targets_that_contradict_each_other_do_not_settle() -> None:
    """All of r1 are in c1, so r1 cannot be half and c1 two fifths."""
    cells = {("r1", "c1"): 10, ("r2", "c1"): 10, ("r2", "c2"): 10}
    raking = raked(cells, row={"r1": 0.5, "r2": 0.5}, column={"c1": 0.4, "c2": 0.6})
    assert not raking.settled
    assert np.isfinite(raking.weights).all()


@pytest.mark.parametrize(
    ("targets", "refused", "variable", "category"),
    [
        ({"row": {**ROWS, "r3": 5.0}}, "empty_category", "row", "r3"),
        ({"row": {"r1": 30.0}}, "no_target", "row", "r2"),
        ({"row": {"r1": 60.0, "r2": 0.0}}, "empty_target", "row", "r2"),
        ({"row": {"r1": 60.0, "r2": float("nan")}}, "empty_target", "row", "r2"),
        ({"row": ROWS, "age": {"young": 1.0}}, "unknown_variable", "age", ""),
    ],
)
def test_a_refusal_says_why_and_where(
    targets: dict[str, dict[str, float]], refused: str, variable: str, category: str
) -> None:
    raking = rake(people(SAMPLE), targets)
    assert (raking.refused, raking.variable, raking.category) == (refused, variable, category)
    assert refused in REFUSALS
    assert raking.weights.empty
    assert np.isnan([raking.effective_size, raking.design_effect]).all()


def test_five_units_may_speak_for_a_category_and_four_may_not() -> None:
    cells = {**SAMPLE, ("r2", "c1"): 2, ("r2", "c2"): 3}
    table = people(cells)
    assert rake(table, {"row": ROWS}).refused == ""
    assert raked({**cells, ("r2", "c2"): 2}, row=ROWS).refused == "small_category"
    members = table["row"] == "r2"
    together = table.assign(unit=table["unit"].where(~members | (table["unit"] < "p042"), "coop"))
    refusal = rake(together, {"row": ROWS})
    assert (refusal.refused, refusal.category) == ("small_category", "r2")


def test_whoever_does_not_say_has_no_target() -> None:
    table = people(SAMPLE)
    table.loc[0, "row"] = None
    assert rake(table, {"row": ROWS}).refused == "no_target"


def test_without_targets_there_is_nothing_to_match() -> None:
    with pytest.raises(ValueError, match="no target"):
        rake(people(SAMPLE), {})
