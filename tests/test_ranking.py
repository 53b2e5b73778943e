"""Places and how sure they are: the worked numbers, ties, and what has no score."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ranks.ranking import (
    acceptability,
    at_the_top,
    average_ranks,
    compatible_places,
    kendall_tau,
    mid_ranks,
    places,
    rank_interval,
    top_places,
)
from analysis.ratings.priorities import estimate
from analysis.strata import Floats
from consultation.rules import Rules
from tests import f1
from tests.drawn import objectives
from tests.f1 import rating_table

NAN = float("nan")


def scores(*replicates: list[float]) -> Floats:
    return np.array(replicates, dtype=np.float64)


def oracle_replicates() -> Floats:
    return estimate(f1.ratings(), f1.OBJECTIVES, f1.GROUPS, f1.RULES).need_replicates


@st.composite
def replicates(draw: st.DrawFn) -> Floats:
    """Replicates × objectives of few different scores, so that many are level."""
    n, width = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    cells = st.lists(st.integers(0, 3), min_size=n * width, max_size=n * width)
    return np.array(draw(cells), dtype=np.float64).reshape(n, width)


# acceptability


def test_one_group_of_three_worked_by_hand() -> None:
    """Of the nine draws of two, six put the first item first, one the second, two make them level."""
    rows = [
        (unit, unit, "A", objective, dimension, value)
        for unit, values in {"u": (5, 4), "v": (3, 4), "w": (5, 3)}.items()
        for objective, value in zip(("one", "two"), values, strict=True)
        for dimension in ("importance", "urgency")
    ]
    found = estimate(rating_table(rows), objectives("one", "two"), ["A"], Rules())
    assert len(found.need_replicates) == 9
    assert found.table["p_top"].tolist() == pytest.approx([7 / 9, 2 / 9])


def test_the_places_of_the_oracle() -> None:
    shares = acceptability(oracle_replicates())
    np.testing.assert_allclose(
        shares * 1152, np.array([[111.5, 834.5, 206], [1040.5, 111.5, 0], [0, 206, 946]]), atol=1e-9
    )


def test_level_scores_share_the_places_they_stand_on() -> None:
    assert acceptability(scores([3, 3, 1])).tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]
    assert acceptability(scores([2, 2, 2])).tolist() == [[1 / 3] * 3] * 3
    assert acceptability(scores([0.1 + 0.2, 0.3])).tolist() == [[0.5, 0.5]] * 2


def test_an_objective_without_a_score_takes_no_place_in_that_replicate() -> None:
    shares = acceptability(scores([NAN, 2, 1], [3, 2, 1]))
    assert shares.tolist() == [[1, 0, 0], [0.5, 0.5, 0], [0, 0.5, 0.5]]
    never = acceptability(scores([NAN, 2], [NAN, 1]))
    assert np.isnan(never[0]).all()
    assert never[1].tolist() == [1, 0]


@given(replicates())
def test_every_objective_has_one_place_and_every_place_one_objective(drawn: Floats) -> None:
    shares = acceptability(drawn)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    np.testing.assert_allclose(shares.sum(axis=0), 1)


@given(replicates(), st.randoms(use_true_random=False))
def test_the_order_of_replicates_and_objectives_changes_no_share(drawn: Floats, random: object) -> None:
    order = list(range(drawn.shape[1]))
    random.shuffle(order)  # type: ignore[attr-defined]
    shares = acceptability(drawn)
    assert acceptability(drawn[::-1]).tobytes() == shares.tobytes()
    assert acceptability(drawn[:, order]).tobytes() == shares[order].tobytes()


@given(replicates())
def test_a_plain_count_of_places_finds_the_same(drawn: Floats) -> None:
    expected = np.zeros((drawn.shape[1], drawn.shape[1]))
    for row in drawn:
        for objective, score in enumerate(row):
            above, level = (row > score).sum(), (row == score).sum()
            expected[objective, above : above + level] += 1 / level / len(drawn)
    np.testing.assert_allclose(acceptability(drawn), expected, atol=1e-12)


def test_many_replicates_are_counted_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = acceptability(oracle_replicates())
    monkeypatch.setattr("analysis.ranks.ranking._CELLS", 45)
    assert acceptability(oracle_replicates()).tobytes() == whole.tobytes()


# the top, and runs of places


@pytest.mark.parametrize(
    ("n", "share", "top"),
    [(14, 1 / 3, 5), (3, 1 / 3, 1), (15, 1 / 3, 5), (10, 0.3, 3), (1, 0.1, 1), (0, 1 / 3, 0)],
)
def test_the_top_is_a_share_of_the_ranked_rounded_up(n: int, share: float, top: int) -> None:
    assert top_places(n, share) == top


def test_the_top_of_the_oracle() -> None:
    shares = acceptability(oracle_replicates())
    assert at_the_top(shares, 1).tolist() == pytest.approx([0.0968, 0.9032, 0], abs=5e-5)
    assert at_the_top(shares, 2) @ np.array([1, 0, 0]) == pytest.approx(1 - 0.1788, abs=5e-5)
    assert at_the_top(shares, 3).tolist() == pytest.approx([1, 1, 1])


def test_the_rank_intervals_of_the_oracle() -> None:
    low, high = rank_interval(acceptability(oracle_replicates()), 0.9)
    assert list(zip(low.tolist(), high.tolist(), strict=True)) == [(2, 3), (1, 1), (2, 3)]


@pytest.mark.parametrize(
    ("shares", "run"),
    [
        ([0.9, 0.1, 0.0, 0.0], (1, 1)),
        ([0.3 + 0.3 + 0.3, 0.1, 0.0, 0.0], (1, 1)),  # a rounding below 0.9
        ([0.89, 0.11, 0.0, 0.0], (1, 2)),
        ([0.05, 0.45, 0.5, 0.0], (2, 3)),
        ([0.5, 0.45, 0.05, 0.0], (1, 2)),
        ([0.04, 0.46, 0.46, 0.04], (2, 3)),
        ([0.5, 0.0, 0.0, 0.5], (1, 4)),
        ([0.05, 0.05, 0.85, 0.05], (2, 3)),  # as good as 3-4: the first
        ([0.0, 0.06, 0.85, 0.09], (3, 4)),  # both reach 0.9: the likeliest
        ([NAN] * 4, (0, 0)),
    ],
)
def test_the_shortest_run_of_places(shares: list[float], run: tuple[int, int]) -> None:
    low, high = rank_interval(np.array([shares]), 0.9)
    assert (low[0], high[0]) == run


# the conservative set


def test_the_compatible_places_of_the_oracle() -> None:
    need = estimate(f1.ratings(), f1.OBJECTIVES, f1.GROUPS, f1.RULES).table["need"].to_numpy()
    found = compatible_places(need, oracle_replicates(), 0.9)
    assert list(zip(found.low.tolist(), found.high.tolist(), strict=True)) == [(1, 3), (1, 2), (2, 3)]
    assert found.critical.tolist() == pytest.approx([1.832542, 1.941451, 1.941451], abs=5e-7)


def test_differences_that_never_vary_are_compared_as_they_are() -> None:
    """All three move together, so nothing could change their order; two of them are level."""
    base = np.array([50.0, 50.0, 60.0])
    together = base + np.array([[-5.0], [0.0], [5.0]])
    found = compatible_places(base, together, 0.9)
    assert found.low.tolist() == [2, 2, 1]
    assert found.high.tolist() == [3, 3, 1]
    assert found.critical.tolist() == [0, 0, 0]


def test_one_objective_alone_is_first() -> None:
    found = compatible_places(np.array([3.0]), scores([2], [4]), 0.9)
    assert (found.low.tolist(), found.high.tolist()) == ([1], [1])
    assert compatible_places(np.empty(0), np.empty((4, 0)), 0.9).low.tolist() == []


def test_replicates_without_a_score_do_not_make_a_place_surer() -> None:
    """A draw that has nobody who rated says nothing of how far the difference moves."""
    random = np.random.Generator(np.random.PCG64(1))
    drawn = random.normal(size=(50, 3))
    drawn -= drawn.mean(axis=0)
    gone = np.full((450, 3), NAN)
    gone[:, 1:] = 0.0
    assert compatible_places(np.zeros(3), np.vstack([drawn, gone]), 0.9).critical[0] == pytest.approx(
        compatible_places(np.zeros(3), drawn, 0.9).critical[0]
    )


@given(replicates())
def test_the_place_of_the_estimate_is_among_the_compatible(drawn: Floats) -> None:
    estimates = drawn.mean(axis=0)
    low, high, _ = compatible_places(estimates, drawn, 0.9)
    own = places(estimates)
    assert (low <= own.low).all()
    assert (high >= own.high).all()


# places, τ and mid-ranks


def test_level_scores_have_all_of_their_places() -> None:
    low, high = places(np.array([3.0, 5.0, 3.0, NAN, 1.0]))
    assert low.tolist() == [2, 1, 2, 0, 4]
    assert high.tolist() == [3, 1, 3, 0, 4]


@pytest.mark.parametrize(
    ("first", "second", "tau"),
    [
        ([1, 2, 3, 4], [1, 3, 2, 4], 0.666667),
        ([1, 2, 2, 4], [1, 3, 2, 4], 0.912871),
        ([1, 2, 3], [3, 2, 1], -1),
        ([1, 2, 3], [1, 2, 3], 1),
    ],
)
def test_worked_correlations_of_rankings(first: list[float], second: list[float], tau: float) -> None:
    assert kendall_tau(np.array(first, dtype=float), np.array(second, dtype=float)) == pytest.approx(
        tau, abs=5e-7
    )


@pytest.mark.parametrize("flat", [[2.0, 2.0, 2.0], [0.3, 0.1 + 0.2, 0.3]])
def test_a_ranking_without_two_places_is_like_no_other(flat: list[float]) -> None:
    assert np.isnan(kendall_tau(np.array(flat), np.array([1.0, 2.0, 3.0])))
    assert np.isnan(kendall_tau(np.array([]), np.array([])))


def test_mid_ranks_worked_by_hand() -> None:
    assert mid_ranks(np.array([3.0, 3.0, 1.0, 5.0])).tolist() == [50, 50, 12.5, 87.5]


@given(replicates())
def test_average_ranks_share_out_all_places(drawn: Floats) -> None:
    n = drawn.shape[1]
    np.testing.assert_allclose(average_ranks(drawn).sum(axis=1), n * (n + 1) / 2)
