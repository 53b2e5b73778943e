"""When to stop asking: on answers that no longer move."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from analysis.ballots.rounds import net_change, stability, weighted_kappa
from tests import f1
from tests.f1 import rating_table

ONE = pd.DataFrame({"objective": ["o"]})
ANXIETY = (
    [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
    [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
)
RATINGS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=30)


def rated(values: dict[str, int | None]) -> pd.DataFrame:
    """One rating of the importance of `o` by each of these."""
    return rating_table([(who, who, "G", "o", "importance", value) for who, value in values.items()])


def spread(*frequencies: int) -> pd.DataFrame:
    """People who give 1 to 5 so many times."""
    values = [value for value, n in enumerate(frequencies, 1) for _ in range(n)]
    return rated({f"p{n}": value for n, value in enumerate(values)})


def importance(first: pd.DataFrame, second: pd.DataFrame, at_most: float = 0.15) -> pd.Series:
    table = stability(first, second, ONE, at_most)
    assert table["dimension"].tolist() == ["importance", "urgency", "feasibility"]
    return table.iloc[0]


def test_the_oracle() -> None:
    row = importance(spread(0, 1, 3, 4, 2), spread(0, 0, 3, 5, 2))
    assert row["net_change"] == pytest.approx(0.10)
    assert row["stable"]


@pytest.mark.parametrize(("moved", "stable"), [(2, True), (3, True), (4, False)])
def test_fifteen_in_a_hundred_may_move(moved: int, stable: bool) -> None:
    """3 of 20 are exactly the limit, whatever floating point makes of it."""
    row = importance(spread(0, 10, 10, 0, 0), spread(0, 10 - moved, 10 + moved, 0, 0))
    assert row["net_change"] == pytest.approx(moved / 20)
    assert row["stable"] == stable


def test_shares_are_compared_and_not_numbers_of_people() -> None:
    assert importance(spread(1, 1, 0, 0, 0), spread(7, 7, 0, 0, 0))["net_change"] == 0


def test_dropouts_are_told_and_a_non_so_is_one() -> None:
    row = importance(rated({"a": 4, "b": 3, "c": 5, "d": None}), rated({"a": 4, "b": None, "d": 2, "e": 1}))
    assert row[["n_first", "n_second", "n_paired", "dropped"]].tolist() == [3, 3, 1, 2]


def test_people_who_change_places_are_stable_together_and_disagree_with_themselves() -> None:
    row = importance(rated({"a": 1, "b": 5}), rated({"a": 5, "b": 1}))
    assert (row["net_change"], row["stable"], row["weighted_kappa"]) == (0, True, -1)


def test_a_round_without_ratings_is_not_stable() -> None:
    row = importance(rated({"a": 4}), rated({}))
    assert np.isnan(row["net_change"])
    assert not row["stable"]
    assert (row["n_first"], row["n_second"], row["dropped"]) == (1, 0, 1)


def test_ratings_are_paired_by_person_and_not_by_row() -> None:
    first, second = rated({"a": 1, "b": 3, "c": 5}), rated({"c": 5, "a": 1, "b": 3})
    assert importance(first, second)["weighted_kappa"] == 1


def test_objectives_stand_in_the_order_given_and_others_nowhere() -> None:
    table = stability(f1.ratings(), f1.ratings(), f1.OBJECTIVES.iloc[::-1].head(2), 0.15)
    assert table["objective"].tolist() == ["O3"] * 3 + ["O2"] * 3
    assert table["n_first"].tolist() == [9, 9, 9, 9, 9, 8]
    assert table["stable"].all()
    assert table["weighted_kappa"].tolist() == [1] * 6


@given(st.permutations(range(len(f1.ratings()))))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    shuffled = f1.ratings().iloc[list(order)]
    moved = f1.ratings().assign(value=lambda rows: rows["value"] % 5 + 1)
    pd.testing.assert_frame_equal(
        stability(shuffled, moved, f1.OBJECTIVES, 0.15),
        stability(f1.ratings(), moved, f1.OBJECTIVES, 0.15),
        check_exact=True,
    )


def test_net_change_needs_two_distributions() -> None:
    assert net_change(np.array([1.0, 0]), np.array([0, 3.0])) == 1
    assert np.isnan(net_change(np.zeros(2), np.ones(2)))


def test_kappa_of_the_anxiety_data() -> None:
    """Two raters of R's irr, squared weights: 0.297."""
    assert weighted_kappa(*map(np.array, ANXIETY)) == pytest.approx(0.297, abs=5e-4)


@given(RATINGS)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    first, second = np.array(pairs).T.astype(float)
    if len(set(first) | set(second)) == 1:
        assert np.isnan(weighted_kappa(first, second))
    else:
        peer = cohen_kappa_score(first, second, weights="quadratic", labels=[1, 2, 3, 4, 5])
        assert weighted_kappa(first, second) == pytest.approx(peer)
        assert -1 <= weighted_kappa(first, second) <= 1


def test_nobody_twice_has_no_kappa() -> None:
    assert np.isnan(weighted_kappa(np.array([]), np.array([])))
