"""The draws: every one or some, always the same, and never too many at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.resampling import (
    BLOCK_CELLS,
    Resampling,
    balanced_means,
    group_means,
    once,
    percentile,
    resampling,
    stability_interval,
)
from analysis.strata import Floats, Strata, strata
from consultation.rules import Rules
from tests import f1


def people(*sizes: int) -> Strata:
    """Groups of these sizes, one contribution per unit."""
    rows = [(f"g{group}", f"u{unit:05}") for group, size in enumerate(sizes) for unit in range(size)]
    table = pd.DataFrame(rows, columns=["group", "unit"], dtype="str")
    return strata(table, [f"g{group}" for group in range(len(sizes))], 2)


def all_draws(sampling: Resampling) -> Floats:
    return np.concatenate(list(sampling.blocks()))


def column(*values: float) -> Floats:
    return np.array(values, dtype=float)[:, None]


def test_every_draw_of_n_minus_one_units_is_enumerated_once() -> None:
    sampling = resampling(people(3), Rules())
    assert sampling.exact
    multiplicities, times = np.unique(all_draws(sampling), axis=0, return_counts=True)
    # nine ordered pairs of three units: each twice the same in one way, each mixture in two
    assert dict(zip(map(tuple, multiplicities.tolist()), times.tolist(), strict=True)) == {
        (2, 0, 0): 1, (0, 2, 0): 1, (0, 0, 2): 1, (1, 1, 0): 2, (1, 0, 1): 2, (0, 1, 1): 2,
    }  # fmt: skip


def test_groups_are_drawn_independently_of_each_other() -> None:
    draws = all_draws(resampling(people(4, 3, 2), Rules()))
    assert len(draws) == 4**3 * 3**2 * 2 == 1152
    every, times = np.unique(draws, axis=0, return_counts=True)
    assert times.sum() == 1152
    # 20 ways to put three draws on four units, 6 to put two on three, 2 to put one on two
    assert len(every) == 20 * 6 * 2


def test_the_variance_of_a_mean_over_all_draws_is_the_textbook_one() -> None:
    three = people(3)
    values = column(3, 2, 4)
    means = balanced_means(three, all_draws(resampling(three, Rules())), values, np.ones_like(values))
    assert means.var() == pytest.approx(1 / 3)


def test_the_standard_error_of_a_balanced_mean_is_the_analytic_one() -> None:
    groups = people(4, 3, 2)
    values = column(5, 4, 5, 4, 3, 2, 4, 2, 4)
    ones = np.ones_like(values)
    assert balanced_means(groups, once(groups), values, ones).item() == pytest.approx(3.5)
    assert balanced_means(
        groups, all_draws(resampling(groups, Rules())), values, ones
    ).std() == pytest.approx(0.396746, abs=5e-7)


def test_the_items_of_a_unit_travel_together() -> None:
    three = people(3)
    values = np.array([[5.0, 4.0], [3.0, 4.0], [5.0, 3.0]])
    first, second = balanced_means(
        three, all_draws(resampling(three, Rules())), values, np.ones_like(values)
    ).T.round(9)
    wins = (first > second).sum() + (first == second).sum() / 2
    assert ((first > second).sum(), (first < second).sum()) == (6, 1)
    assert wins / 9 == pytest.approx(7 / 9)


def test_ratings_and_mentions_follow_the_same_draws() -> None:
    """A mention made by exactly those who rate 5 moves with the rating, draw by draw."""
    groups = strata(f1.ratings(), f1.GROUPS, 2)
    importance = f1.ratings().query("objective == 'O1' and dimension == 'importance'")
    nowhere = np.zeros(len(importance), dtype=np.int64)
    fives = (importance["value"] == 5).to_numpy(float)
    ones = groups.totals(importance, nowhere, 1)
    ratings = groups.totals(importance, nowhere, 1, np.where(fives, 5.0, 1.0))
    answers = f1.answers()
    speakers = answers[answers["unit"].isin(importance.loc[fives > 0, "unit"])]
    mentions = groups.totals(speakers, np.zeros(len(speakers), dtype=np.int64), 1)
    for block in resampling(groups, Rules(exact_up_to=0)).blocks():
        rated = balanced_means(groups, block, ratings, ones)
        spoken = balanced_means(groups, block, mentions, ones)
        np.testing.assert_allclose(rated, 1 + 4 * spoken, atol=1e-9)


@pytest.mark.parametrize(
    ("sizes", "exact_up_to", "exact", "replicates"),
    [
        ((4, 3, 2), 1152, True, 1152),
        ((4, 3, 2), 1151, False, 300),
        ((6,), 20_000, True, 7776),
        ((7,), 20_000, False, 300),
        ((20_000,), 20_000, False, 300),
        ((), 20_000, True, 1),
    ],
)
def test_all_draws_are_made_only_when_they_are_few(
    sizes: tuple[int, ...], exact_up_to: int, exact: bool, replicates: int
) -> None:
    sampling = resampling(people(*sizes), Rules(exact_up_to=exact_up_to, replicates=300))
    assert (sampling.exact, sampling.replicates) == (exact, replicates)


@pytest.mark.parametrize("exact", [True, False])
def test_the_size_of_a_block_changes_no_draw(exact: bool) -> None:
    sampling = replace(resampling(people(4, 3, 2), Rules()), exact=exact)
    whole = all_draws(sampling)
    for cells in (1, 100, 1000):
        blocks = list(sampling.blocks(cells))
        assert len(blocks) > 1
        np.testing.assert_array_equal(np.concatenate(blocks), whole)


@settings(deadline=None)
@given(st.lists(st.integers(2, 9), min_size=1, max_size=5), st.integers(0, 2**32))
def test_every_random_draw_takes_one_unit_fewer_than_there_are(sizes: list[int], seed: int) -> None:
    groups = people(*sizes)
    draws = all_draws(resampling(groups, Rules(exact_up_to=0, replicates=100, seed=seed)))
    for place, size in zip(groups.slices, sizes, strict=True):
        assert (draws[:, place].sum(axis=1) == size - 1).all()


def test_each_unit_is_drawn_as_often_as_the_others() -> None:
    draws = all_draws(resampling(people(5), Rules(exact_up_to=0, replicates=20_000)))
    # 80,000 draws, each unit with probability 1/5: a standard deviation of 113 around 16,000
    assert np.abs(draws.sum(axis=0) - 16_000).max() < 4 * 113


def test_a_seed_is_a_set_of_draws() -> None:
    few = Rules(exact_up_to=0, replicates=100)
    same, again, other = (all_draws(resampling(people(9), replace(few, seed=seed))) for seed in (1, 1, 2))
    assert (same == again).all()
    assert (same != other).any()


def test_however_many_take_part_a_block_stays_small() -> None:
    block = next(resampling(people(15_000, 5_000), Rules()).blocks())
    assert block.shape == (BLOCK_CELLS // 20_000, 20_000)


def test_a_group_without_a_value_in_a_draw_is_left_out_of_that_replicate() -> None:
    groups = people(2, 2)
    sums, counts = column(4, 0, 1, 1), column(1, 0, 1, 1)  # the second unit did not rate
    blocks = all_draws(resampling(groups, Rules()))
    # either unit of the first group with either of the second: (4 + 1) / 2, or the second group alone
    assert sorted(balanced_means(groups, blocks, sums, counts).ravel().tolist()) == [1.0, 1.0, 2.5, 2.5]
    first, _ = group_means(groups, blocks, sums, counts)
    assert np.isnan(first).sum() == 2


def test_without_any_value_there_is_no_mean() -> None:
    groups = people(2, 3)
    nothing = np.zeros((5, 1))
    assert np.isnan(balanced_means(groups, all_draws(resampling(groups, Rules())), nothing, nothing)).all()


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 50).map(float), min_size=1, max_size=60),
    st.integers(1, 63).map(lambda part: part / 64),  # shares that a float holds exactly
)
def test_percentiles_are_numpys_inverted_distribution(values: list[float], share: float) -> None:
    expected = np.quantile(np.array(values), share, method="inverted_cdf")
    assert percentile(column(*values), share).item() == expected


@pytest.mark.parametrize(("width", "ends"), [(0.90, (100, 1900)), (0.95, (50, 1950)), (0.99, (10, 1990))])
def test_a_percentile_at_a_whole_rank_is_that_value(width: float, ends: tuple[int, int]) -> None:
    """(1 - 0.95) / 2 × 2000 is 50 and a little in floating point; the value sought is still the 50th."""
    low, high = stability_interval(column(*range(1, 2001)), width)
    assert (low.item(), high.item()) == ends


def test_replicates_without_a_value_do_not_count_in_percentiles() -> None:
    replicates = np.array([[np.nan, np.nan], [2.0, np.nan], [1.0, np.nan]])
    half = percentile(replicates, 0.5)
    assert half[0] == 1.0
    assert np.isnan(half[1])
