"""Student's interval beside the percentiles: worked by hand, and only where a group is small."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from analysis.ratings.estimates import Estimates, estimates
from analysis.ratings.priorities import estimate
from analysis.ratings.sample import need_weights, valid
from analysis.ratings.t_interval import TInterval, has_small_group, t_interval
from analysis.ratings.weighting import group_weights
from consultation.rules import Rules
from tests import f1
from tests.drawn import GROUPS, consultations, objectives, scale, toy


def interval(
    ratings: pd.DataFrame, ids: list[str], groups: list[str], rules: Rules = f1.RULES
) -> tuple[Estimates, TInterval]:
    made = estimates(valid(ratings, ids), ids, groups, rules)
    weights = group_weights(rules.group_weights, made.sample, rules)
    return made, t_interval(made.sample, made.means, weights, need_weights(rules), rules.interval)


def test_three_groups_worked_by_hand() -> None:
    """On the scale of 1 to 5: error 0.396746 with 1.897155 degrees of freedom, 2.297522 to 4.702478."""
    ratings = toy({"A": [5, 4, 5, 4], "B": [3, 2, 4], "C": [2, 4]})
    _, found = interval(ratings, ["o"], ["A", "B", "C"])
    assert found.error[0] / 25 == pytest.approx(0.396746, abs=5e-7)
    assert found.freedom[0] == pytest.approx(1.897155, abs=5e-7)
    assert 1 + found.low[0] / 25 == pytest.approx(2.297522, abs=5e-7)
    assert 1 + found.high[0] / 25 == pytest.approx(4.702478, abs=5e-7)
    row = estimate(ratings, objectives("o"), ["A", "B", "C"], f1.RULES).table.iloc[0]
    assert (row["need_t_low"], row["need_t_high"]) == (found.low[0], found.high[0])
    assert (row["feasibility_t_low"], row["feasibility_t_high"]) == pytest.approx(
        (found.low[0], found.high[0])
    )


def test_the_error_of_the_oracle_is_the_bootstraps() -> None:
    made, found = interval(f1.ratings(), ["O1", "O2", "O3"], f1.GROUPS)
    assert found.error.tolist() == pytest.approx([3.402069, 3.027013, 2.430556], abs=5e-7)
    need = made.scores(group_weights("equal", made.sample, f1.RULES)).need(need_weights(f1.RULES))[1]
    np.testing.assert_allclose(found.error, need.std(axis=0))


@settings(max_examples=40)
@given(consultations(scale))
def test_where_all_rate_alike_often_the_error_is_that_of_all_draws(ratings: pd.DataFrame) -> None:
    """One contribution for each unit: its group's mean is no ratio, and the bootstrap has s²/n exactly."""
    ratings = ratings[ratings["contribution_id"].str.endswith("c0")]
    made, found = interval(ratings, ["a", "b"], GROUPS)
    if made.sample.strata.groups:
        need = made.scores(group_weights("equal", made.sample, f1.RULES)).need(need_weights(f1.RULES))[1]
        np.testing.assert_allclose(found.error, need.std(axis=0), atol=1e-9)


def test_without_any_variation_it_is_a_point() -> None:
    _, found = interval(toy({"A": [4, 4, 4], "B": [2, 2]}), ["o"], ["A", "B"])
    assert found.error.tolist() == [0]
    assert np.isnan(found.freedom).all()
    assert (found.low.tolist(), found.high.tolist()) == ([50], [50])


def test_its_ends_stay_on_the_scale() -> None:
    _, found = interval(toy({"A": [1, 5], "B": [1, 5]}), ["o"], ["A", "B"])
    assert (found.low.tolist(), found.high.tolist()) == ([0], [100])


def test_what_nobody_rated_has_none() -> None:
    _, found = interval(toy({"A": [4, 3, 4]}), ["o", "silent"], ["A"])
    assert np.isnan([found.error[1], found.low[1], found.high[1]]).all()
    assert not np.isnan(found.low[0])
    _, nothing = interval(toy({}), ["o"], ["A"])
    assert np.isnan([*nothing.error, *nothing.low, *nothing.high]).all()


def test_need_without_one_of_its_halves_has_none() -> None:
    _, found = interval(toy({"A": [4, 3, 4]}, dimensions=["importance"]), ["o"], ["A"])
    assert np.isnan([*found.error, *found.low, *found.high]).all()


def test_units_that_rated_nothing_there_are_still_among_those_drawn() -> None:
    """Linearised: two of three rated, 2 and 4; residuals 3/2 of −1 and 1 on three units."""
    ratings = pd.concat([toy({"A": [3, 3, 3]}, "o"), toy({"A": [2, 4, None]}, "part")])
    _, found = interval(ratings, ["o", "part"], ["A"])
    assert found.error[1] / 25 == pytest.approx(np.sqrt(2 * 1.5**2 / (3 * 2)))
    assert found.freedom[1] == pytest.approx(2)


@pytest.mark.parametrize(("size", "told"), [(9, True), (10, False)])
def test_it_is_told_only_where_a_group_is_under_ten(size: int, told: bool) -> None:
    values = [2, 4] * 10
    ratings = toy({"A": values, "B": values[:size]})
    made, _ = interval(ratings, ["o"], ["A", "B"])
    assert has_small_group(made.sample, need_weights(f1.RULES)).tolist() == [told]
    row = estimate(ratings, objectives("o"), ["A", "B"], Rules(replicates=100)).table.iloc[0]
    assert row[["need_t_low", "need_t_high", "feasibility_t_low"]].notna().all() == told
    assert not np.isnan(row["need_low"])


def test_a_small_group_elsewhere_does_not_count() -> None:
    values = [2, 4] * 10
    ratings = pd.concat([toy({"A": values, "B": [3, 3, 3]}), toy({"A": values}, "other")])
    made, _ = interval(ratings, ["o", "other"], ["A", "B"], Rules(replicates=100))
    assert has_small_group(made.sample, need_weights(Rules())).tolist() == [True, False]
