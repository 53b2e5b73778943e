"""Kendall's W on the published data, what undoes it, and how alike two groups' profiles are."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.accord.concordance import (
    MOST_SHUFFLED,
    PERMUTATIONS,
    chi_square_p,
    concordance,
    pattern_match,
)
from analysis.ranks.ranking import average_ranks
from analysis.strata import Floats
from tests import f1

SEED = 20251124
NAN = float("nan")

PROJECTS = np.array(
    [
        [1, 3, 4, 5, 2, 8, 6, 7, 10, 9],
        [2, 1, 4, 5, 6, 3, 8, 7, 10, 9],
        [3, 2, 1, 5, 7, 4, 6, 8, 9, 10],
        [4, 2, 3, 1, 6, 7, 5, 9, 8, 10],
    ],
    dtype=np.float64,
)
ANXIETY = np.array(
    [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ],
    dtype=np.float64,
)
THREE = np.array([[1, 2, 3, 4], [2, 1, 3, 4], [1, 3, 2, 4]], dtype=np.float64)


def f1_needs(rows: str) -> Floats:
    """Importance plus urgency in the oracle, each unit's or the mean of each group, × objectives."""
    ratings = f1.ratings()
    needs = ratings[ratings["dimension"] != "feasibility"].astype({"value": "float64"})
    by_unit = needs.groupby(["group", "unit", "objective"])["value"].sum().unstack()
    table = by_unit if rows == "unit" else by_unit.groupby("group").mean().loc[f1.GROUPS]
    return table.to_numpy(np.float64)


def test_ten_projects_before_four_judges() -> None:
    found = concordance(PROJECTS, SEED)
    assert (found.m, found.n, found.df) == (4, 10, 9)
    assert (found.sum_of_squares, found.ties) == (1048, 0)
    assert found.w == pytest.approx(0.793939, abs=5e-7)
    assert found.chi2 == pytest.approx(28.5818, abs=5e-5)


def test_twenty_subjects_before_three_raters_with_many_ties() -> None:
    """The data of R's irr and DescTools."""
    found = concordance(ANXIETY, SEED)
    assert found.w == pytest.approx(0.539657, abs=5e-7)
    assert found.chi2 == pytest.approx(30.7604, abs=5e-5)
    assert found.df == 19
    assert chi_square_p(found.chi2, found.df) == pytest.approx(0.042883, abs=5e-7)
    uncorrected = 12 * found.sum_of_squares / (3**2 * (20**3 - 20))
    assert uncorrected == pytest.approx(0.501921, abs=5e-7)


def test_four_objects_before_three_raters() -> None:
    found = concordance(THREE, SEED)
    assert found.sum_of_squares == 35
    assert found.w == pytest.approx(0.777778, abs=5e-7)
    assert found.chi2 == pytest.approx(7)


def test_the_concordance_of_the_oracle() -> None:
    people = concordance(f1_needs("unit"), SEED)
    assert (people.m, people.sum_of_squares, people.ties) == (9, 12.5, 12)
    assert people.w == pytest.approx(0.081699, abs=5e-7)
    assert concordance(f1_needs("group"), SEED).w == pytest.approx(0.030303, abs=5e-7)


def test_the_p_value_of_few_is_that_of_all_shuffles() -> None:
    """All 24² ways to shuffle two of the three rankings, the first as it stands."""
    found = concordance(THREE, SEED)
    sums = [
        ((THREE[0] + np.array(second) + np.array(third) - 7.5) ** 2).sum()
        for second, third in product(permutations(range(1, 5)), repeat=2)
    ]
    exact = np.mean([total >= 35 for total in sums])
    assert found.basis == "permutation"
    assert found.p == pytest.approx(exact, abs=3 * np.sqrt(exact * (1 - exact) / PERMUTATIONS))


def test_no_p_value_of_shuffles_is_zero() -> None:
    """What was found is one of the shuffles too."""
    assert concordance(np.tile(PROJECTS[0], (5, 1)), SEED).p == 1 / (PERMUTATIONS + 1)


@pytest.mark.parametrize(
    ("m", "n", "basis"), [(8, 7, "chi_square"), (7, 7, "permutation"), (8, 6, "permutation")]
)
def test_chi_square_needs_many_raters_and_objects(m: int, n: int, basis: str) -> None:
    random = np.random.default_rng(1)
    found = concordance(random.permuted(np.tile(np.arange(n, dtype=np.float64), (m, 1)), axis=1), SEED)
    assert found.basis == basis
    if basis == "chi_square":
        assert found.p == chi_square_p(found.chi2, found.df)
    else:
        assert found.p == pytest.approx(chi_square_p(found.chi2, found.df), abs=0.1)


@pytest.mark.parametrize(
    "ratings",
    [
        PROJECTS[:1],  # one rater always agrees with itself: no W of 1 is shown
        np.array([[1.0, 2, 3], [1, NAN, 3]]),
        np.full((4, 5), 3.0),
        np.array([[0.3, 0.1 + 0.2], [0.1 + 0.2, 0.3]]),
        np.ones((3, 1)),
        np.empty((0, 4)),
    ],
    ids=["one", "one complete", "all tied", "tied but for rounding", "one object", "nobody"],
)
def test_where_nothing_can_be_said_nothing_is(ratings: Floats) -> None:
    found = concordance(ratings, SEED)
    assert np.isnan([found.w, found.chi2, found.p]).all()
    assert found.basis == ""


def test_raters_who_left_out_an_object_are_left_out() -> None:
    gap = PROJECTS[0].copy()
    gap[3] = NAN
    assert concordance(np.vstack([PROJECTS, gap]), SEED) == concordance(PROJECTS, SEED)


def test_a_rater_without_preference_neither_helps_nor_is_forgotten() -> None:
    with_him = concordance(np.vstack([THREE, np.full(4, 3.0)]), SEED)
    assert (with_him.m, with_him.sum_of_squares, with_him.ties) == (4, 35, 60)
    assert 0 < with_him.w < concordance(THREE, SEED).w


def test_two_opposite_raters_have_no_concordance() -> None:
    found = concordance(np.array([[1.0, 2, 3, 4], [4, 3, 2, 1]]), SEED)
    assert (found.w, found.p) == (0, 1)


@settings(max_examples=30)
@given(
    st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=2, max_size=6),
    st.permutations(range(4)),
    st.randoms(use_true_random=False),
)
def test_the_order_of_raters_and_objects_changes_no_digit(
    rows: list[list[int]], objects: list[int], random: object
) -> None:
    table = np.array(rows, dtype=np.float64)
    raters = list(range(len(rows)))
    random.shuffle(raters)  # type: ignore[attr-defined]
    one, other = concordance(table, SEED), concordance(table[raters][:, objects], SEED)
    np.testing.assert_equal(vars(one), vars(other))
    assert np.isnan(one.w) or 0 <= one.w <= 1
    assert np.isnan(one.p) or 0 < one.p <= 1


@given(st.lists(st.integers(1, 5), min_size=1, max_size=12))
def test_average_ranks_add_up_and_follow_the_values(values: list[int]) -> None:
    ranks = average_ranks(np.array([values], dtype=np.float64))[0]
    expected = [sum(other < value for other in values) + (values.count(value) + 1) / 2 for value in values]
    assert ranks.tolist() == expected


def test_ranks_of_values_that_differ_by_rounding_are_shared() -> None:
    assert average_ranks(np.array([[0.3, 0.1 + 0.2, 0.2]])).tolist() == [[2.5, 2.5, 1]]


def pair(*profiles: tuple[float, ...]) -> pd.Series:
    return pattern_match(np.array(profiles, dtype=np.float64), ["a", "b"]).iloc[0]


def test_worked_pattern_match() -> None:
    row = pair((4.2, 3.8, 4.6, 3.1), (3.9, 3.2, 4.4, 3.6))
    assert row["pearson"] == pytest.approx(0.692855, abs=5e-7)
    assert row["spearman"] == pytest.approx(0.8)
    assert row["n_objectives"] == 4


def test_the_pattern_match_of_the_oracle() -> None:
    table = pattern_match(f1_needs("group"), f1.GROUPS)
    assert list(zip(table["group_a"], table["group_b"], strict=True)) == [
        ("TS", "PA"),
        ("TS", "CI"),
        ("PA", "CI"),
    ]
    assert table["pearson"].tolist() == pytest.approx([-0.289474, -0.917663, -0.114708], abs=5e-7)


def test_only_objectives_that_both_rated_are_compared() -> None:
    row = pair((1, 2, 3, NAN, 5), (10, 20, 30, 40, NAN))
    assert (row["n_objectives"], row["pearson"], row["spearman"]) == (3, 1, 1)


def test_a_pattern_matches_whatever_its_level() -> None:
    row = pair((90, 80, 70, 85), (40, 30, 20, 35))
    assert (row["pearson"], row["spearman"]) == (pytest.approx(1), pytest.approx(1))


@pytest.mark.parametrize(
    "profiles",
    [
        ((1, 2, NAN), (3, 1, 2)),
        ((1, 2, 3), (4, 4, 4)),
        ((0.3, 0.1 + 0.2, 0.3), (1, 2, 3)),
        ((NAN, NAN, NAN), (1, 2, 3)),
    ],
    ids=["two in common", "no variation", "a rounding is no variation", "nothing in common"],
)
def test_what_cannot_be_correlated_is_not(profiles: tuple[tuple[float, ...], ...]) -> None:
    assert np.isnan(pair(*profiles)[["pearson", "spearman"]].astype(float)).all()


def test_one_group_has_no_pair() -> None:
    table = pattern_match(np.ones((1, 4)), ["a"])
    assert table.empty
    assert table.columns.tolist() == ["group_a", "group_b", "n_objectives", "pearson", "spearman"]


def test_a_profile_without_its_group_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="profile"):
        pattern_match(np.ones((2, 4)), ["a"])


def test_with_many_raters_of_few_objects_nothing_need_be_shuffled() -> None:
    ratings = np.tile([[1.0, 2.0, 3.0], [1.0, 3.0, 2.0]], (MOST_SHUFFLED, 1))
    assert concordance(ratings[:MOST_SHUFFLED], SEED).basis == "permutation"
    assert concordance(ratings, SEED).basis == "chi_square"
