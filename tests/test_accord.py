"""How far people and groups agree on importance: the oracle's rows, and when a figure is not told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
import pytest

from analysis.accord.table import LEAST_RATINGS
from analysis.clusters import counted_once
from analysis.ratings.priorities import estimate
from consultation.rules import Rules
from tests import f1
from tests.drawn import objectives, toy


def oracle() -> pd.DataFrame:
    return estimate(f1.ratings(), f1.OBJECTIVES, f1.GROUPS, f1.RULES).agreements


def only(groups: Mapping[str, Sequence[int | None]], rules: Rules | None = None) -> pd.Series:
    found = estimate(toy(groups), objectives("o"), ["A", "B", "C"], rules or Rules())
    return found.agreements.iloc[0]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("gic_raw", [0.166667, 0.333333, 0.15]),
        ("gic", [0.550321, 0.693361, 0.531329]),
        ("agreement_pooled", [0.444444, 0.722222, 0.555556]),
        ("agreement", [0.444444, 0.680556, 0.569444]),
        ("polarisation", [0.277778, 0.159722, 0.215278]),
        ("eta_squared", [0.634375, 0.460938, 0.491071]),
        ("range", [1.75, 1.166667, 1.5]),
        ("share_high", [6 / 9, 8 / 9, 5 / 9]),
        ("median", [4, 4, 4]),
        ("iqr", [2, 1, 1]),
    ],
)
def test_the_rows_of_the_oracle(column: str, expected: list[float]) -> None:
    assert oracle()[column].tolist() == pytest.approx(expected, abs=5e-7)


def test_the_oracle_stands_in_the_order_of_its_objectives_with_its_numbers() -> None:
    table = oracle()
    assert table["objective"].tolist() == ["O1", "O2", "O3"]
    assert (table["n"].tolist(), table["n_groups"].tolist()) == ([9, 9, 9], [3, 3, 3])
    # nobody is published in groups of four, three and two
    assert table["lowest_group"].tolist() == ["", "", ""]
    assert table["lowest_mean"].isna().all()
    assert not table["veto"].any()


def test_delphis_descriptors_worked_by_hand() -> None:
    row = only({"A": [3, 4, 4, 5, 5, 2, 4, 4]})
    assert (row["share_high"], row["median"], row["iqr"]) == (0.75, 4, 0.5)
    row = only({"A": [1, 2, 5, 5, 5, 4]})
    assert (row["median"], row["iqr"]) == (4.5, 2.5)
    assert only({"A": [3, 3, *[4] * 5, 5, 5, 5]})["interpolated_median"] == pytest.approx(4.1)


@pytest.mark.parametrize(("n", "told"), [(LEAST_RATINGS - 1, False), (LEAST_RATINGS, True)])
def test_agreement_is_told_from_five_ratings_on(n: int, told: bool) -> None:
    row = only({"A": [4, 2, 3, 5, 3][:n]})
    assert row[["agreement", "agreement_pooled", "polarisation"]].notna().all() == told
    assert (row["n"], row["median"]) == (n, {4: 3.5, 5: 3}[n])


def test_one_group_alone_has_no_consensus_and_no_divergence() -> None:
    row = only({"A": [5, 4, 5, 4, 5], "B": [1, 1]})
    assert row[["gic", "gic_raw", "range", "eta_squared"]].isna().all()
    assert row["n_groups"] == 1
    # four fifths of a layer of two neighbours, one fifth of one category
    assert row["agreement"] == pytest.approx(0.8 * 0.75 + 0.2)


def test_a_group_that_saw_nothing_of_an_objective_is_dropped_there() -> None:
    two = {"A": [5, 5, 5], "B": [4, 4, 4]}
    ratings = pd.concat([toy({**two, "C": [1, 1, 1]}), toy(two, "p")])
    found = estimate(ratings, objectives("o", "p"), ["A", "B", "C"], Rules()).agreements
    assert found["n_groups"].tolist() == [3, 2]
    assert found["gic_raw"].tolist() == pytest.approx([4 / 5 * 4 / 5 * 1 / 5, 4 / 5 * 4 / 5])
    assert found["gic"].tolist() == pytest.approx([(16 / 125) ** (1 / 3), 4 / 5])


def test_whoever_stands_outside_the_balanced_groups_is_in_pooled_figures_only() -> None:
    row = only({"A": [5, 5, 5], "B": [4, 4, 4], "C": [1, 1]})
    assert (row["n"], row["n_groups"], row["range"]) == (8, 2, 1)
    assert row["agreement"] > row["agreement_pooled"]


@pytest.mark.parametrize(
    ("values", "lowest", "veto"),
    [
        ([3, 3, 3, 3, 3], 3.0, False),
        ([3, 3, 3, 3, 2], 2.8, True),
        ([4, 4, 4, 4, 4], 4.0, False),
    ],
)
def test_a_group_objects_strictly_below_the_declared_mean(
    values: list[int], lowest: float, veto: bool
) -> None:
    row = only({"A": [5] * 6, "B": values})
    assert (row["lowest_group"], row["lowest_mean"], row["veto"]) == ("B", pytest.approx(lowest), veto)


def test_the_mean_below_which_a_group_objects_is_declared() -> None:
    groups = {"A": [5] * 6, "B": [3, 3, 3, 3, 2]}
    assert not only(groups, Rules(contested_mean=2.8))["veto"]
    assert only(groups, Rules(contested_mean=2.9))["veto"]


def test_only_a_group_that_may_be_published_objects() -> None:
    """Four people in B find it unimportant; to say that a group objects would be to say what they rated."""
    row = only({"A": [5] * 6, "B": [1, 1, 1, 1]})
    assert (row["lowest_group"], row["lowest_mean"], row["veto"]) == ("A", 5, False)
    row = only({"A": [5] * 6, "B": [1, 1, 1, 1]}, Rules(smallest_cell=4))
    assert (row["lowest_group"], row["veto"]) == ("B", True)
    row = only({"A": [5] * 4})
    assert (row["lowest_group"], row["veto"]) == ("", False)
    assert pd.isna(row["lowest_mean"])


def test_a_mean_of_three_made_of_fractions_objects_no_more_than_a_plain_one() -> None:
    """Two campaigns of seven that say 2 and 4: their sevenths add up exactly."""
    ratings = toy({"A": [5] * 6, "B": [*[2] * 7, *[4] * 7, 3, 3, 3]})
    members = [("low" if n < 7 else "high", f"B{n}") for n in range(14)]
    clusters = pd.DataFrame(members, columns=["cluster", "contribution_id"]).assign(kind="campaign")
    found = estimate(counted_once(ratings, clusters), objectives("o"), ["A", "B"], Rules()).agreements.iloc[0]
    assert found["lowest_group"] == "B"
    assert found["lowest_mean"] == 3
    assert not found["veto"]


def test_of_two_groups_as_low_the_first_of_the_plan_is_named() -> None:
    rated = toy({"A": [3] * 5, "B": [3] * 5})
    for order in (["A", "B"], ["B", "A"]):
        found = estimate(rated, objectives("o"), order, Rules()).agreements.iloc[0]
        assert found["lowest_group"] == order[0]


def test_what_nobody_rated_has_a_row_without_figures() -> None:
    row = estimate(toy({"A": [3, 4, 5]}), objectives("o", "silent"), ["A"], Rules()).agreements.iloc[1]
    assert (row["objective"], row["n"], row["n_groups"], row["lowest_group"], row["veto"]) == (
        "silent", 0, 0, "", False
    )  # fmt: skip
    figures = [
        "share_high",
        "median",
        "interpolated_median",
        "iqr",
        "agreement",
        "polarisation",
        "gic",
        "range",
    ]
    assert row[figures].isna().all()


def test_consensus_of_the_oracle_is_not_moved_by_a_rule_of_need() -> None:
    rules = replace(f1.RULES, importance_weight=0.2, group_weights="one_person_one_voice")
    found = estimate(f1.ratings(), f1.OBJECTIVES, f1.GROUPS, rules).agreements
    pd.testing.assert_frame_equal(found, oracle())
