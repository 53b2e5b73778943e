"""What weights cost, by Kish's worked numbers."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ratings.effective_size import design_effect, effective_size

WEIGHTS = st.lists(st.floats(0.01, 100), min_size=1, max_size=30)


def test_kishs_worked_numbers() -> None:
    weights = np.array([1.0, 1, 1, 1, 2, 2])
    assert effective_size(weights) == pytest.approx(5.333333, abs=5e-7)
    assert design_effect(weights) == pytest.approx(1.125)


def test_balancing_twenty_three_and_two_people_leaves_the_voice_of_ten() -> None:
    groups = [20, 3, 2]
    weights = np.concatenate([np.full(n, sum(groups) / len(groups) / n) for n in groups])
    assert weights[[0, 20, 23]].tolist() == pytest.approx([0.416667, 2.777778, 4.166667], abs=5e-7)
    assert effective_size(weights) == pytest.approx(10.188679, abs=5e-7)


def test_whoever_weighs_nothing_is_no_voice() -> None:
    assert effective_size(np.array([1.0, 1.0, 0.0])) == 2
    assert effective_size(np.zeros(3)) == effective_size(np.array([])) == 0
    assert np.isnan(design_effect(np.zeros(3)))


@pytest.mark.parametrize("bad", [-1.0, float("nan"), float("inf")])
def test_a_weight_that_is_none_is_a_mistake(bad: float) -> None:
    with pytest.raises(ValueError, match="weight"):
        effective_size(np.array([1.0, bad]))


@given(WEIGHTS, st.floats(0.1, 10), st.randoms())
def test_neither_scale_nor_order_matter_and_alike_is_best(
    weights: list[float], scale: float, chance: random.Random
) -> None:
    size = effective_size(np.array(weights))
    assert 1 - 1e-9 <= size <= len(weights) + 1e-9
    assert effective_size(scale * np.array(weights)) == pytest.approx(size)
    shuffled = list(weights)
    chance.shuffle(shuffled)
    assert effective_size(np.array(shuffled)) == size
    assert design_effect(np.full(len(weights), weights[0])) == pytest.approx(1)
