"""Ranks whatever importance and urgency weigh: published shares, and the same by brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ranks.ranking import acceptability
from analysis.ranks.smaa import any_weights, drawn_weights
from analysis.ratings.priorities import anyhow, estimate
from analysis.strata import Floats
from tests import f1

NAN = float("nan")
STEPS = 2000


def test_two_criteria_worked_by_hand() -> None:
    """A = (0.9, 0.2) is above B = (0.5, 0.7) from the weight 5/9 of the first criterion on."""
    shares = any_weights(np.array([[0.9, 0.5]]), np.array([[0.2, 0.7]]))
    np.testing.assert_allclose(shares, [[4 / 9, 5 / 9], [5 / 9, 4 / 9]], atol=1e-9)


def test_three_criteria_within_the_error_of_drawing() -> None:
    exact = np.array([[9 / 49, 115 / 441, 5 / 9], [1 / 10, 41 / 90, 4 / 9], [351 / 490, 139 / 490, 0]])
    criteria = np.array([[0.9, 0.5, 0.6], [0.2, 0.7, 0.6], [0.5, 0.5, 0.9]])
    draws = 20_000
    drawn = drawn_weights(criteria, draws, seed=20261122)
    assert (np.abs(drawn - exact) <= 4 * np.sqrt(exact * (1 - exact) / draws)).all()
    assert drawn[2, 2] == 0
    assert drawn_weights(criteria, draws, seed=20261122).tobytes() == drawn.tobytes()


def test_drawn_weights_come_near_what_two_criteria_have_exactly() -> None:
    criteria = np.array([[0.9, 0.5], [0.2, 0.7]])
    assert drawn_weights(criteria, 20_000, seed=1)[0, 0] == pytest.approx(4 / 9, abs=4 * 0.5 / 20_000**0.5)


def test_the_shares_of_the_oracle() -> None:
    found = estimate(f1.ratings(), f1.OBJECTIVES, f1.GROUPS, f1.RULES)
    random = anyhow(found.scores, found.evidence.ranked, f1.RULES)
    expected = [
        [0.112153, 0.657083, 0.230764],
        [0.877234, 0.112158, 0.010608],
        [0.010613, 0.230759, 0.758628],
    ]
    np.testing.assert_allclose(random.shares, expected, atol=5e-7)
    assert found.table["p_top_random"].tolist() == random.p_top.tolist()


def test_what_is_level_at_every_weight_shares_its_places() -> None:
    assert any_weights(np.array([[2.0, 2.0]]), np.array([[3.0, 3.0]])).tolist() == [[0.5, 0.5]] * 2


def test_what_is_level_at_one_end_only_is_ranked_by_the_other() -> None:
    assert any_weights(np.array([[2.0, 2.0]]), np.array([[3.0, 1.0]])).tolist() == [[1, 0], [0, 1]]


def test_an_objective_without_one_criterion_takes_no_place() -> None:
    shares = any_weights(np.array([[NAN, 2.0, 1.0]]), np.array([[3.0, 1.0, 2.0]]))
    assert np.isnan(shares[0]).all()
    assert shares[1:].tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0]]


@st.composite
def criteria(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """Two criteria of few different scores, replicates × objectives."""
    n, width = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    cells = st.lists(st.integers(1, 5), min_size=n * width, max_size=n * width)
    first, second = (np.array(draw(cells), dtype=np.float64).reshape(n, width) for _ in range(2))
    return first, second


@settings(max_examples=40)
@given(criteria())
def test_a_fine_grid_of_weights_gives_nearly_the_same(both: tuple[Floats, Floats]) -> None:
    """Between the middles of 2,000 steps an objective can be misplaced only in a step with a crossing."""
    first, second = both
    middles = (np.arange(STEPS) + 0.5) / STEPS
    every = np.concatenate([w * first + (1 - w) * second for w in middles])
    n_pairs = first.shape[1] * (first.shape[1] - 1) / 2
    np.testing.assert_allclose(any_weights(first, second), acceptability(every), atol=(n_pairs + 1) / STEPS)


@given(criteria(), st.randoms(use_true_random=False))
def test_the_order_of_replicates_changes_no_byte(both: tuple[Floats, Floats], random: object) -> None:
    first, second = both
    order = list(range(len(first)))
    random.shuffle(order)  # type: ignore[attr-defined]
    assert any_weights(first[order], second[order]).tobytes() == any_weights(first, second).tobytes()


@given(criteria())
def test_the_two_criteria_may_change_places(both: tuple[Floats, Floats]) -> None:
    first, second = both
    np.testing.assert_allclose(any_weights(first, second), any_weights(second, first), atol=1e-9)


@given(criteria())
def test_every_place_is_taken_once(both: tuple[Floats, Floats]) -> None:
    shares = any_weights(*both)
    np.testing.assert_allclose(shares.sum(axis=0), 1)
    np.testing.assert_allclose(shares.sum(axis=1), 1)


def test_replicates_are_taken_block_by_block_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.Generator(np.random.PCG64(3))
    first, second = (random.integers(1, 6, size=(30, 5)).astype(np.float64) for _ in range(2))
    whole = any_weights(first, second)
    monkeypatch.setattr("analysis.ranks.smaa._REPLICATES", 7)
    assert any_weights(first, second).tobytes() == whole.tobytes()
