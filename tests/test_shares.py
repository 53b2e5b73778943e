"""Intervals of a share, and how unevenly amounts are spread."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.shares import gini, wilson


@pytest.mark.parametrize(
    ("n_yes", "n", "width", "low", "high", "digits"),
    [
        (0, 5, 0.90, 0, 0.3511, 4),
        (3, 5, 0.90, 0.2725, 0.8573, 4),
        (8, 10, 0.90, 0.5408, 0.9314, 4),
        (8, 10, 0.95, 0.490162, 0.943318, 6),
    ],
)
def test_published_intervals(n_yes: int, n: int, width: float, low: float, high: float, digits: int) -> None:
    assert wilson(n_yes, n, width) == pytest.approx((low, high), abs=0.5 * 10**-digits)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.99))
def test_an_interval_holds_its_share_and_mirrors_its_opposite(share: tuple[int, int], width: float) -> None:
    n_yes, n = share
    low, high = wilson(n_yes, n, width)
    assert 0 <= low <= n_yes / n + 1e-12
    assert n_yes / n - 1e-12 <= high <= 1
    assert high - low > 0
    assert wilson(n - n_yes, n, width) == pytest.approx((1 - high, 1 - low))


def test_without_anybody_there_is_no_interval() -> None:
    assert np.isnan(wilson(0, 0, 0.9)).all()


@pytest.mark.parametrize(("n_yes", "n"), [(-1, 3), (4, 3)])
def test_more_than_all_is_a_mistake(n_yes: int, n: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(n_yes, n, 0.9)


@pytest.mark.parametrize(
    ("amounts", "unevenness"), [([1, 1, 1, 1], 0), ([1, 2, 3, 4], 0.25), ([0, 0, 0, 4], 0.75)]
)
def test_published_unevenness(amounts: list[float], unevenness: float) -> None:
    assert gini(np.array(amounts, dtype=float)) == pytest.approx(unevenness, abs=1e-12)


def test_nothing_is_spread_neither_evenly_nor_unevenly() -> None:
    assert np.isnan(gini(np.zeros(3)))
    assert np.isnan(gini(np.array([])))
    with pytest.raises(ValueError, match="negative"):
        gini(np.array([1.0, -1.0]))


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any))
def test_unevenness_is_the_mean_difference_between_two_people(amounts: list[int]) -> None:
    values = np.array(amounts, dtype=float)
    between = np.abs(np.subtract.outer(values, values)).mean() / (2 * values.mean())
    assert gini(values) == pytest.approx(between)
    assert gini(values[::-1]) == gini(values)
