"""What holds in every group, and how far groups stand apart: the worked numbers, and one group alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.accord.agreement import agreement
from analysis.accord.consensus import (
    balanced_frequencies,
    divergence,
    group_informed_consensus,
    mean_ratings,
    smoothed_shares,
)
from analysis.strata import Floats
from tests import f1


def importance(objective: str) -> Floats:
    """The importance ratings of the oracle's objective, groups × five categories."""
    ratings = f1.ratings()
    rows = ratings[(ratings["dimension"] == "importance") & (ratings["objective"] == objective)]
    table = pd.crosstab(rows["group"], rows["value"]).reindex(
        index=f1.GROUPS, columns=range(1, 6), fill_value=0
    )
    return table.to_numpy(np.float64)


def column(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)[:, None]


def consensus_of(*groups: tuple[float, float]) -> tuple[float, float, int]:
    """Raw and mean consensus on one item, from (agreeing, seen) of each group."""
    result = group_informed_consensus(column(*(a for a, _ in groups)), column(*(s for _, s in groups)))
    return float(result.raw[0]), float(result.mean[0]), int(result.n_groups[0])


@pytest.mark.parametrize(
    ("groups", "raw", "mean"),
    [
        (((8, 10), (3, 5)), 0.428571, 0.654654),
        (((40, 50), (4, 5), (2, 6)), 0.211195, 0.5955176),  # ∛(615/2912), printed cut to 0.595517
        (((18, 20), (1, 10), (0, 5)), 0.020563, 0.273964),  # a loud group of three
    ],
)
def test_worked_consensus(groups: tuple[tuple[float, float], ...], raw: float, mean: float) -> None:
    assert consensus_of(*groups) == pytest.approx((raw, mean, len(groups)), abs=5e-7)


def test_the_consensus_of_the_oracle() -> None:
    tables = [importance(objective) for objective in ("O1", "O2", "O3")]
    agreeing = np.column_stack([table[:, 3:].sum(axis=1) for table in tables])
    seen = np.column_stack([table.sum(axis=1) for table in tables])
    raw, mean, n_groups = group_informed_consensus(agreeing, seen)
    assert raw.tolist() == pytest.approx([0.166667, 0.333333, 0.15], abs=5e-7)
    assert mean.tolist() == pytest.approx([0.550321, 0.693361, 0.531329], abs=5e-7)
    assert n_groups.tolist() == [3, 3, 3]


def test_a_majority_cannot_outvote_a_group() -> None:
    """Three quarters of all people agree in both; in the first, one group of three does not."""
    against = consensus_of((40, 50), (4, 5), (2, 6))[1]
    alike = consensus_of((38, 50), (4, 5), (5, 6))[1]
    assert against < 0.6 < alike


def test_a_group_that_has_seen_nothing_is_dropped_and_told_by_the_count() -> None:
    assert consensus_of((8, 10), (0, 0), (3, 5)) == consensus_of((8, 10), (3, 5))
    assert consensus_of((8, 10), (0, 0), (3, 5))[2] == 2


def test_one_group_alone_has_its_own_share() -> None:
    assert consensus_of((8, 10)) == (0.75, 0.75, 1)


def test_without_a_group_there_is_no_consensus() -> None:
    raw, mean, n_groups = consensus_of((0, 0), (0, 0))
    assert np.isnan([raw, mean]).all()
    assert n_groups == 0
    assert np.isnan(group_informed_consensus(np.empty((0, 2)), np.empty((0, 2))).mean).all()


def test_weights_make_fractions() -> None:
    assert consensus_of((0.5, 1.5))[0] == pytest.approx(1.5 / 3.5)


@pytest.mark.parametrize(("agreeing", "seen"), [(2.0, 1.0), (-1.0, 1.0)])
def test_more_agreement_than_voices_is_a_mistake(agreeing: float, seen: float) -> None:
    with pytest.raises(ValueError, match="agree"):
        smoothed_shares(column(agreeing), column(seen))
    with pytest.raises(ValueError, match="agree"):
        smoothed_shares(column(1, 1), column(1))


VOICES = st.lists(
    st.integers(0, 40).flatmap(lambda seen: st.tuples(st.integers(0, seen), st.just(seen))),
    min_size=1,
    max_size=9,
).filter(lambda groups: any(seen for _, seen in groups))


@given(VOICES, st.randoms(use_true_random=False))
def test_consensus_lies_among_the_groups_and_their_order_changes_no_digit(
    groups: list[tuple[int, int]], random: object
) -> None:
    raw, mean, n = consensus_of(*groups)
    shares = [(a + 1) / (s + 2) for a, s in groups if s]
    assert n == len(shares)
    assert min(shares) - 1e-12 <= mean <= max(shares) + 1e-12
    assert raw <= mean + 1e-12
    random.shuffle(groups)  # type: ignore[attr-defined]
    assert consensus_of(*groups) == (raw, mean, n)


@pytest.mark.parametrize(
    ("objective", "pooled", "balanced"),
    [("O1", 0.444444, 0.444444), ("O2", 0.722222, 0.680556), ("O3", 0.555556, 0.569444)],
)
def test_the_agreement_of_the_oracle(objective: str, pooled: float, balanced: float) -> None:
    table = importance(objective)
    assert agreement(table.sum(axis=0)) == pytest.approx(pooled, abs=5e-7)
    assert agreement(balanced_frequencies(table)) == pytest.approx(balanced, abs=5e-7)


@pytest.mark.parametrize(
    ("objective", "eta_squared", "span", "lowest", "group"),
    [
        ("O1", 0.634375, 1.75, 3.0, "PA"),  # at exactly 3, the edge of a veto
        ("O2", 0.460938, 1.166667, 3.5, "CI"),
        ("O3", 0.491071, 1.5, 3.0, "TS"),
    ],
)
def test_the_divergence_of_the_oracle(
    objective: str, eta_squared: float, span: float, lowest: float, group: str
) -> None:
    found = divergence(importance(objective))
    assert found.eta_squared == pytest.approx(eta_squared, abs=5e-7)
    assert found.range == pytest.approx(span, abs=5e-7)
    assert found.lowest_mean == lowest
    assert found.lowest_group is not None
    assert f1.GROUPS[found.lowest_group] == group


def test_a_loud_group_has_one_voice_in_balanced_frequencies() -> None:
    table = np.array([[0, 0, 0, 0, 90], [1, 0, 0, 0, 0], [0, 0, 0, 0, 0]], dtype=np.float64)
    assert balanced_frequencies(table).tolist() == [0.5, 0, 0, 0, 0.5]
    assert agreement(table.sum(axis=0)) > 0.9
    assert agreement(balanced_frequencies(table)) == -1


def test_every_rating_weighs_as_given() -> None:
    """Two people of weight one half are one person."""
    table = np.array([[0, 0, 1, 0, 2], [1, 1, 0, 0, 0]], dtype=np.float64)
    assert divergence(table) == divergence(table * 0.5)
    heavier = divergence(np.array([[0, 0, 1, 0, 2], [2, 2, 0, 0, 0]], dtype=np.float64))
    assert heavier.range == divergence(table).range
    assert heavier.eta_squared != pytest.approx(divergence(table).eta_squared, abs=0.01)


def test_where_nobody_differs_there_is_no_share_of_variation() -> None:
    alike = divergence(np.array([[0, 0, 0, 0.1 + 0.2, 0], [0, 0, 0, 0.3, 0]]))
    assert np.isnan(alike.eta_squared)
    assert (alike.range, alike.lowest_mean, alike.lowest_group) == (0, 4, 0)


def test_groups_of_one_mind_each_make_all_the_variation() -> None:
    apart = divergence(np.array([[3, 0, 0, 0, 0], [0, 0, 0, 0, 1]], dtype=np.float64))
    assert (apart.range, apart.eta_squared) == (4, 1)


def test_one_group_alone_diverges_from_nobody() -> None:
    alone = divergence(np.array([[0, 0, 0, 0, 0], [1, 0, 0, 0, 1]], dtype=np.float64))
    assert np.isnan([alone.range, alone.eta_squared]).all()
    assert (alone.lowest_mean, alone.lowest_group) == (3, 1)


def test_without_ratings_nothing_is_claimed() -> None:
    nobody = np.zeros((3, 5))
    found = divergence(nobody)
    assert np.isnan([found.range, found.eta_squared, found.lowest_mean]).all()
    assert found.lowest_group is None
    assert np.isnan(mean_ratings(nobody)).all()
    assert np.isnan(agreement(balanced_frequencies(nobody)))


def test_of_several_lowest_groups_the_first_is_named() -> None:
    """The mean of the second's weights comes out a rounding below 3."""
    table = np.array([[0, 0, 1, 0, 0], [0.1, 0.5, 0, 0.5, 0.1], [0, 0, 0, 0, 1]])
    assert mean_ratings(table)[1] < 3
    assert divergence(table).lowest_group == 0
    assert divergence(table[[1, 0, 2]]).lowest_group == 0
    assert divergence(table[::-1]).lowest_group == 1


@given(st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=2, max_size=6))
def test_eta_squared_is_a_share(rows: list[list[int]]) -> None:
    found = divergence(np.array(rows, dtype=np.float64))
    rated = [row for row in rows if any(row)]
    varied = len({place for row in rated for place, n in enumerate(row) if n}) > 1
    assert np.isnan(found.eta_squared) == (len(rated) < 2 or not varied)
    assert np.isnan(found.eta_squared) or 0 <= found.eta_squared <= 1
