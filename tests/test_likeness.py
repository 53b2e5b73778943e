"""How much answers speak of labels: words, the company they keep, and how many there are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from analysis.text.likeness import FEW_WORDS, Likeness, likeness
from analysis.text.neighbourhood import neighbourhood
from analysis.text.seeded_kmeans import blocks


def unit(lines: np.ndarray) -> np.ndarray:
    length = np.sqrt((lines**2).sum(axis=1, keepdims=True))
    return np.asarray(lines / np.where(length > 0, length, 1))


def drawn(seed: int, n_rows: int = 14, n_features: int = 9) -> tuple[np.ndarray, np.ndarray]:
    """Random answers and three random labels, the third without a seed that anyone says."""
    generator = np.random.default_rng(seed)
    rows = generator.random((n_rows, n_features)) * (generator.random((n_rows, n_features)) < 0.4)
    seeds = generator.random((3, n_features)) * (generator.random((3, n_features)) < 0.4)
    seeds[2] = 0
    return unit(rows), unit(seeds)


def compared(rows: np.ndarray, seeds: np.ndarray) -> Likeness:
    everything = np.ones((len(rows), len(seeds)), dtype=bool)
    return likeness(csr_matrix(rows), seeds, everything, [[]] * len(rows))


def said(*answers: str, seeds: list[str]) -> np.ndarray:
    """The scores of answers of one-letter words for labels of one-letter seeds, no word weighing more."""
    words = sorted(set("".join((*answers, *seeds))))
    lines = [[float(word in text) for word in words] for text in (*answers, *seeds)]
    vectors = unit(np.array(lines))
    return compared(vectors[: len(answers)], vectors[len(answers) :]).scores()


@pytest.mark.parametrize("seed", range(8))
def test_the_neighbourhood_is_the_likeness_to_the_same_other_answers(seed: int) -> None:
    """Where few steps reach every word, against the definition: profiles of likeness to each other answer."""
    rows, _ = drawn(seed)
    seeds = unit(np.random.default_rng(seed).random((3, 9)))
    found = neighbourhood(csr_matrix(rows), seeds)
    assert found.basis.shape == (9, 9)
    scores = found.scores(csr_matrix(rows))
    for row in range(len(rows)):
        others = np.delete(rows, row, axis=0)
        profile = others @ rows[row]
        for label in range(3):
            of_seeds = others @ seeds[label]
            length = np.linalg.norm(profile) * np.linalg.norm(of_seeds)
            expected = profile @ of_seeds / length if length > 1e-6 else 0.0
            assert scores[row, label] == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("seed", range(8))
def test_the_parts_of_words_add_up_to_the_score(seed: int) -> None:
    rows, seeds = drawn(seed)
    found = compared(rows, seeds)
    row, label = (places.ravel() for places in np.indices((len(rows), 3)))
    parts = found.parts(row, label)
    assert np.asarray(parts.sum(axis=1)).ravel() == pytest.approx(found.scores().ravel(), abs=2e-6)
    assert found.scores().max() > 0
    assert (parts.toarray()[rows[row] == 0] == 0).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 30), st.integers(1, 12))
def test_scores_are_shares_whatever_was_said(seed: int, n_rows: int, n_features: int) -> None:
    scores = compared(*drawn(seed, n_rows, n_features)).scores()
    assert scores.shape == (n_rows, 3)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert (scores[:, 2] == 0).all()


@pytest.mark.parametrize("seed", range(4))
def test_neither_the_order_of_answers_nor_that_of_labels_changes_a_score(seed: int) -> None:
    rows, seeds = drawn(seed, 60, 20)
    expected = compared(rows, seeds).scores()
    order = np.random.default_rng(seed).permutation(60)
    assert compared(rows[order], seeds).scores().tolist() == expected[order].tolist()
    assert compared(rows, seeds[::-1]).scores().tolist() == expected[:, ::-1].tolist()


def test_a_word_that_is_no_seed_counts_for_the_company_it_keeps() -> None:
    """Who asks for (m)edicines does not say s(h)opping, but others ask for both, and none for a (g)ame."""
    scores = said("hm", "hm", "m", *["gx"] * 9, "g", seeds=["h"])[:, 0]
    assert scores[2] > 0
    assert (scores[3:] == 0).all()


def test_an_answer_that_has_nothing_in_common_gets_nothing() -> None:
    scores = said("ab", "ab", "xy", "", seeds=["a", "q"])
    assert (scores[2:] == 0).all()
    assert (scores[:, 1] == 0).all()
    assert (scores[:2, 0] > 0).all()


def test_seeds_that_nobody_says_find_nobody() -> None:
    assert (said("ab", "cd", seeds=["x", "y"]) == 0).all()
    assert compared(np.zeros((3, 4)), np.zeros((2, 4))).scores().tolist() == [[0, 0]] * 3
    assert compared(np.zeros((0, 4)), np.eye(2, 4)).scores().shape == (0, 2)


def test_a_single_answer_is_compared_with_the_seeds_alone() -> None:
    """Half the score asks how other answers relate the two, and there are none."""
    assert said("a", seeds=["a"])[0, 0] == pytest.approx(1 / 2 / (1 + FEW_WORDS))
    assert said("ab", seeds=["a"])[0, 0] == pytest.approx(round(np.sqrt(1 / 2) / 2 * 2 / (2 + FEW_WORDS), 6))


def test_a_stray_seed_word_is_not_confirmed_by_its_own_answer() -> None:
    """The one who says (a) also says xyz; that others say xyz makes none of them speak of it."""
    rows = np.zeros((6, 4))
    rows[0], rows[1:, 1:] = 1, 1
    around = neighbourhood(csr_matrix(unit(rows)), np.eye(1, 4)).scores(csr_matrix(unit(rows)))
    assert around[0, 0] == 0
    assert (around[1:, 0] > 0).all()


def test_more_words_of_a_label_are_surer_than_one() -> None:
    scores = said("abc", "a", "abc", "a", "pq", "qr", seeds=["abc", "r"])[:, 0]
    assert scores[0] > scores[1] > 0


def test_a_room_that_agrees_is_heard() -> None:
    alike = said(*["ab"] * 40, seeds=["a"])
    some = said(*["ab"] * 4, *["xy"] * 36, seeds=["a"])
    assert (alike > 0.2).all()
    assert some[0, 0] > 0.2


def test_answers_are_worked_out_in_blocks_that_leave_none_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, seeds = drawn(3, 50, 12)
    whole = compared(rows, seeds).scores()
    monkeypatch.setattr("analysis.text.seeded_kmeans.MOST_ROWS", 7)
    assert [part.stop - part.start for part in blocks(50)] == [7] * 7 + [1]
    assert compared(rows, seeds).scores().tolist() == whole.tolist()
