"""Clusters of answers by factors of their words, where the words say less than is asked of them."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from analysis.text.factors import factorised


def of_two_kinds(first: int, second: int) -> np.ndarray:
    """Answers of which all of a kind say the same three words."""
    counts = np.zeros((first + second, 8))
    counts[:first, :3] = counts[first:, 3:6] = 1
    return counts


@pytest.mark.parametrize("number", [2, 3, 5, 8])
def test_where_answers_say_two_things_more_clusters_are_asked_for_in_vain(number: int) -> None:
    found = factorised(csr_matrix(of_two_kinds(7, 5)), number, 1)
    assert found.labels.tolist() == [0] * 7 + [1] * 5
    assert found.likeness.tolist() == pytest.approx([1.0] * 12)


@given(st.permutations(range(12)))
def test_clusters_that_are_not_there_do_not_hang_on_the_order_of_answers(order: list[int]) -> None:
    counts = of_two_kinds(7, 5)
    one, other = (factorised(csr_matrix(rows), 5, 1) for rows in (counts, counts[order]))
    assert other.labels.tolist() == one.labels[order].tolist()
    assert other.words == pytest.approx(one.words, abs=1e-6)


def test_an_exact_fit_warns_of_nothing() -> None:
    """Of these answers, made of three kinds of words, the error comes out below nothing in some."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for seed in range(40):
            random = np.random.default_rng(seed)
            counts = random.integers(0, 2, (30, 3)) @ random.integers(0, 3, (3, 31))
            factorised(csr_matrix(counts.astype(float)), 3, 1)


def test_answers_without_words_stand_in_no_cluster() -> None:
    found = factorised(csr_matrix((4, 3)), 2, 1)
    assert found.labels.tolist() == [-1] * 4
    assert found.words.shape == (0, 0)
