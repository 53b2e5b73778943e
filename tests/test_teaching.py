"""What coded answers teach, and when it takes over from seeds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from analysis.text.likeness import likeness
from analysis.text.teaching import ENOUGH_EXAMPLES, FOLDS, Taught, average_precision, folds, teach

N_ROWS = 120


def answers() -> tuple[csr_matrix, np.ndarray]:
    """Answers of two to five of twelve words; the label holds of those with the first or the second."""
    generator = np.random.default_rng(4)
    said = np.zeros((N_ROWS, 12))
    for row in said:
        row[generator.choice(12, generator.integers(2, 6), replace=False)] = 1
    holds = np.asarray(said[:, :2].any(axis=1))
    return csr_matrix(said / np.sqrt(said.sum(axis=1, keepdims=True))), holds


def judged(holds: np.ndarray, coded: int) -> np.ndarray:
    verdict = np.where(holds, 1, -1)
    verdict[coded:] = 0
    return verdict[:, None]


def taught(seed_scores: np.ndarray, coded: int = 80) -> Taught:
    rows, holds = answers()
    units = [f"u{row}" for row in range(N_ROWS)]
    return teach(rows, seed_scores[:, None], judged(holds, coded), units, 1)


def test_average_precision_is_the_mean_precision_at_each_answer_that_holds() -> None:
    holds = np.array([True, False, True, False])
    assert average_precision(np.array([0.9, 0.8, 0.7, 0.1]), holds) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(np.array([0.9, 0.1, 0.8, 0.2]), holds) == 1
    assert np.isnan(average_precision(np.array([0.9]), np.array([False])))


@given(st.lists(st.booleans(), min_size=1, max_size=20).filter(any))
def test_no_order_is_lucky_among_answers_of_the_same_score(holds: list[bool]) -> None:
    expected = pytest.approx(sum(holds) / len(holds))
    assert average_precision(np.full(len(holds), 0.5), np.array(holds)) == expected


def test_what_one_contribution_said_is_in_one_fold_whatever_the_order() -> None:
    units = [f"u{number % 23}" for number in range(100)]
    found = folds(units, 7)
    by_unit = {unit: {int(fold) for fold in found[np.array(units) == unit]} for unit in units}
    assert all(len(of) == 1 for of in by_unit.values())
    sizes = np.bincount([next(iter(of)) for of in by_unit.values()], minlength=FOLDS)
    assert sizes.max() - sizes.min() <= 1
    assert folds(units[::-1], 7).tolist() == found[::-1].tolist()


def test_a_model_takes_over_where_it_ranks_better_than_the_seeds() -> None:
    _, holds = answers()
    found = taught(np.random.default_rng(0).random(N_ROWS))
    (lesson,) = found.lessons
    assert lesson.way == "linear"
    assert (lesson.examples, lesson.coded) == (int(holds[:80].sum()), 80)
    assert lesson.linear > 0.9 > lesson.seeds
    scores = found.scores()[:, 0]
    assert ((scores >= 0) & (scores <= 1)).all()
    assert ((scores[80:] >= 0.5) == holds[80:]).mean() > 0.9


def test_seeds_that_find_all_keep_their_label_and_their_scores() -> None:
    _, holds = answers()
    seed_scores = np.where(holds, 0.6, 0.1)
    found = taught(seed_scores)
    (lesson,) = found.lessons
    assert (lesson.way, lesson.seeds) == ("seeds", 1)
    assert found.scores()[:, 0].tolist() == seed_scores.tolist()


def test_too_few_examples_teach_nothing() -> None:
    """One fewer than enough, either of those that hold or of those that do not; nothing is measured."""
    rows, holds = answers()
    for some, others in ((ENOUGH_EXAMPLES - 1, 40), (40, ENOUGH_EXAMPLES - 1), (0, 40), (0, 0)):
        verdict = np.zeros((N_ROWS, 1), dtype=np.int8)
        verdict[np.flatnonzero(holds)[:some]] = 1
        verdict[np.flatnonzero(~holds)[:others]] = -1
        found = teach(rows, np.zeros((N_ROWS, 1)), verdict, [""] * N_ROWS, 1)
        (lesson,) = found.lessons
        assert (lesson.way, lesson.examples, lesson.coded) == ("seeds", some, some + others)
        assert np.isnan(lesson.seeds)
        assert np.isnan(lesson.linear)


def test_one_contribution_alone_cannot_be_checked() -> None:
    rows, holds = answers()
    found = teach(rows, np.zeros((N_ROWS, 1)), judged(holds, 80), ["same"] * N_ROWS, 1)
    assert found.lessons[0].way == "seeds"


def test_the_order_of_answers_changes_nothing() -> None:
    rows, holds = answers()
    seed_scores = np.random.default_rng(0).random((N_ROWS, 1))
    units = np.array([f"u{row // 2}" for row in range(N_ROWS)])
    verdict = judged(holds, 80)
    expected = teach(rows, seed_scores, verdict, units.tolist(), 1)
    order = np.random.default_rng(1).permutation(N_ROWS)
    found = teach(rows[order], seed_scores[order], verdict[order], units[order].tolist(), 1)
    assert found.scores() == pytest.approx(expected.scores()[order], abs=2e-5)
    assert found.lessons[0].linear == pytest.approx(expected.lessons[0].linear, abs=1e-9)
    assert found.lessons[0]._replace(linear=0) == expected.lessons[0]._replace(linear=0)


def test_the_parts_of_words_add_up_to_the_odds_and_the_seeds_share_is_told_by_its_words() -> None:
    rows, holds = answers()
    seeds = np.zeros((2, 12))
    seeds[0, 0] = seeds[1, 5] = 1
    near = likeness(rows, seeds, np.ones((N_ROWS, 2), dtype=bool), [[]] * N_ROWS)
    by_seeds = near.scores()
    verdict = np.hstack([judged(holds, 80), np.zeros((N_ROWS, 1), dtype=int)])
    found = teach(rows, by_seeds, verdict, [f"u{row}" for row in range(N_ROWS)], 1)
    assert [lesson.way for lesson in found.lessons] == ["linear", "seeds"]
    row = np.arange(N_ROWS)
    for label in (0, 1):
        labels = np.full(N_ROWS, label)
        sums = np.asarray(found.parts(row, labels, near.parts(row, labels)).sum(axis=1)).ravel()
        told = 1 / (1 + np.exp(-sums - found.bases[0])) if label == 0 else sums
        assert told == pytest.approx(found.scores()[:, label], abs=1e-5)


def test_nobody_has_coded_anything() -> None:
    rows, _ = answers()
    by_seeds = np.random.default_rng(0).random((N_ROWS, 3))
    found = teach(rows, by_seeds, np.zeros((N_ROWS, 3), dtype=np.int8), [""] * N_ROWS, 1)
    assert found.scores().tolist() == by_seeds.tolist()
    empty = teach(rows[:0], by_seeds[:0], np.zeros((0, 3), dtype=np.int8), [], 1)
    assert empty.scores().shape == (0, 3)
