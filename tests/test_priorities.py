"""Need and feasibility: the oracle to its printed digits, then the edges and what must change nothing."""

from __future__ import annotations

import inspect
import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ratings.priorities import DIMENSIONS, RatingEstimates, estimate
from analysis.resampling import resampling
from analysis.strata import strata
from consultation.rules import Rules
from tests import f1
from tests.drawn import GROUPS as PLAN
from tests.drawn import consultations, objectives, scale, toy
from tests.f1 import rating_table

MONTE_CARLO = replace(f1.RULES, exact_up_to=0)


def oracle(rules: Rules = f1.RULES) -> RatingEstimates:
    return estimate(f1.ratings(), f1.OBJECTIVES, f1.GROUPS, rules)


def only(result: RatingEstimates) -> pd.Series:
    (row,) = (row for _, row in result.table.iterrows())
    return row


# the oracle


def test_balanced_scores() -> None:
    table = oracle().table
    assert table["importance"].tolist() == pytest.approx([3.75, 4.138889, 3.722222], abs=5e-7)
    assert table["urgency"].tolist() == pytest.approx([3.916667, 4.138889, 3.638889], abs=5e-7)
    assert (1 + table["feasibility"] / 25).tolist() == pytest.approx([2.277778, 3.833333, 4.444444], abs=5e-7)
    assert table["need"].tolist() == pytest.approx([70.833333, 78.472222, 67.013889], abs=5e-7)
    assert table["feasibility"].tolist() == pytest.approx([31.944444, 70.833333, 86.111111], abs=5e-7)
    assert table["n_ratings"].tolist() == [9, 9, 9]
    assert table["n_groups"].tolist() == [3, 3, 3]
    assert table["ranked"].all()


def test_stability_intervals_over_all_resamples() -> None:
    result = oracle()
    assert result.exact
    assert result.need_replicates.shape == result.feasibility_replicates.shape == (1152, 3)
    assert result.table["need_low"].tolist() == pytest.approx([65.2778, 73.6111, 62.5], abs=5e-5)
    assert result.table["need_high"].tolist() == pytest.approx([76.3889, 83.3333, 71.5278], abs=5e-5)
    assert result.need_replicates.std(axis=0).tolist() == pytest.approx(
        [3.402069, 3.027013, 2.430556], abs=5e-7
    )


def test_quadrants_and_lines() -> None:
    result = oracle()
    assert result.need_line == pytest.approx(72.106481, abs=5e-7)
    assert result.feasibility_line == pytest.approx(62.962963, abs=5e-7)
    table = result.table
    assert table["quadrant"].tolist() == ["keep_watching", "act_now", "quick_opportunities"]
    assert table["quadrant_other"].tolist() == ["prepare_and_invest", "quick_opportunities", ""]
    first, second, third = table["quadrant_probability"]
    assert first == pytest.approx(0.645, abs=5e-4)
    assert second == pytest.approx(0.9939, abs=5e-5)
    assert third == 1


def test_the_replicates_rank_as_worked_out_by_hand() -> None:
    """Shares of the ranks over the 1,152 resamples, a tie shared: whatever ranks later rests on these."""
    need = oracle().need_replicates.round(9)
    shares = np.zeros((3, 3))
    for row in need:
        for objective, score in enumerate(row):
            above, alike = (row > score).sum(), (row == score).sum()
            shares[objective, above : above + alike] += 1 / alike
    np.testing.assert_allclose(shares, np.array([[111.5, 834.5, 206], [1040.5, 111.5, 0], [0, 206, 946]]))


def test_random_draws_come_near_all_of_them() -> None:
    """With 2,000 draws a share p errs by a standard deviation of sqrt(p (1 − p) / 2000), a standard
    deviation by about 1/sqrt(4000) = 1.6 % of itself; four of either are allowed, so that another seed
    fails once in thousands. Percentiles are compared as shares: they are steps of 0.7 here.
    """
    exact, drawn = oracle(), oracle(MONTE_CARLO)
    assert not drawn.exact
    assert drawn.need_replicates.shape == (2000, 3)
    same = ["need", "feasibility", "quadrant", "importance", "urgency", "n_groups"]
    pd.testing.assert_frame_equal(drawn.table[same], exact.table[same])
    spread = exact.need_replicates.std(axis=0)
    np.testing.assert_allclose(drawn.need_replicates.std(axis=0), spread, rtol=4 / np.sqrt(4000))
    assert (np.abs(drawn.need_replicates.mean(axis=0) - exact.need_replicates.mean(axis=0))
            < 4 * spread / np.sqrt(2000)).all()  # fmt: skip
    p = exact.table["quadrant_probability"]
    assert ((drawn.table["quadrant_probability"] - p).abs() <= 4 * np.sqrt(p * (1 - p) / 2000)).all()
    error = 4 * np.sqrt(0.05 * 0.95 / 2000)
    for measure, replicates in (
        ("need", exact.need_replicates),
        ("feasibility", exact.feasibility_replicates),
    ):
        low = drawn.table[f"{measure}_low"].to_numpy()
        high = drawn.table[f"{measure}_high"].to_numpy()
        assert ((replicates <= low + 1e-9).mean(axis=0) >= 0.05 - error).all()
        assert ((replicates < low - 1e-9).mean(axis=0) <= 0.05 + error).all()
        assert ((replicates <= high + 1e-9).mean(axis=0) >= 0.95 - error).all()
        assert ((replicates < high - 1e-9).mean(axis=0) <= 0.95 + error).all()


# worked numbers of the method


def test_a_loud_group_has_one_voice() -> None:
    row = only(estimate(toy({"A": [5] * 20, "B": [3, 2, 4], "C": [2, 3]}), objectives("o"), ["A", "B", "C"],
                        f1.RULES))  # fmt: skip
    assert row["importance"] == pytest.approx(3.5)
    assert row["n_ratings"] == 25


def test_the_bootstrap_error_of_a_balanced_mean_is_the_analytic_one() -> None:
    result = estimate(
        toy({"A": [5, 4, 5, 4], "B": [3, 2, 4], "C": [2, 4]}), objectives("o"), ["A", "B", "C"], f1.RULES
    )
    assert result.need_replicates.std() / 25 == pytest.approx(0.396746, abs=5e-7)


def test_lines_of_a_go_zone_worked_by_hand() -> None:
    """Importance 4.5, 4.1, 3.2, 3.6 and feasibility 2.5, 4.0, 4.2, 2.3 put the lines at 3.85 and 3.25."""
    tenths = {"a": (45, 25), "b": (41, 40), "c": (32, 42), "d": (36, 23)}
    rows = [
        (f"u{n}", f"u{n}", "G", objective, dimension, mean // 10 + (n < mean % 10))
        for objective, means in tenths.items()
        for dimension, mean in zip(("importance", "feasibility"), means, strict=True)
        for n in range(10)
    ]
    result = estimate(rating_table(rows), objectives(*tenths), ["G"], Rules(importance_weight=1.0))
    assert 1 + result.need_line / 25 == pytest.approx(3.85)
    assert 1 + result.feasibility_line / 25 == pytest.approx(3.25)


# the edges


def test_one_group_alone_is_a_plain_mean() -> None:
    row = only(estimate(toy({"A": [5, 4, 2]}), objectives("o"), ["A", "B"], Rules()))
    assert row["importance"] == pytest.approx(11 / 3)
    assert (row["n_groups"], row["ranked"]) == (1, True)
    assert (row["quadrant"], row["quadrant_probability"]) == ("act_now", 1.0)


def test_what_nobody_rated_is_not_ranked() -> None:
    result = estimate(toy({"A": [5, 4, 2]}), objectives("o", "silent"), ["A"], Rules())
    row = result.table.set_index("objective").loc["silent"]
    assert (row["n_ratings"], row["n_groups"], row["quadrant"], row["quadrant_other"]) == (0, 0, "", "")
    assert not row["ranked"]
    measures = ["importance", "urgency", "need", "need_low", "need_high", "feasibility", "feasibility_low",
                "feasibility_high", "quadrant_probability"]  # fmt: skip
    assert row[measures].isna().all()


@pytest.mark.parametrize("ratings", [
    rating_table([]),
    toy({"A": [None, None, None]}),
    toy({"A": [5, 5], "non_indicato": [1, 2, 3, 4]}),
])  # fmt: skip
def test_without_a_group_large_enough_there_is_no_estimate(ratings: pd.DataFrame) -> None:
    result = estimate(ratings, objectives("o"), ["A"], Rules())
    row = only(result)
    assert row[["need", "need_low", "need_high", "feasibility", "quadrant_probability"]].isna().all()
    assert (row["quadrant"], row["ranked"]) == ("", False)
    assert np.isnan([result.need_line, result.feasibility_line]).all()


def test_a_point_where_all_agree() -> None:
    row = only(estimate(toy({"A": [4] * 5, "B": [2] * 3}), objectives("o"), ["A", "B"], Rules()))
    assert row["need_low"] == row["need"] == row["need_high"] == 50


def test_a_small_group_stays_out_and_is_listed() -> None:
    ratings = toy({"A": [5, 4, 3], "B": [1, 1], "non_indicato": [1]})
    result = estimate(ratings, objectives("o"), ["A", "B", "C"], Rules())
    assert only(result)["importance"] == 4
    assert only(result)["n_ratings"] == 6
    assert [tuple(row) for row in result.left_out.itertuples(index=False)] == [
        ("B", 2, 2),
        ("non_indicato", 1, 1),
    ]
    assert result.pairs == ()


def test_groups_of_two_count_only_when_the_rules_say_so_and_are_named() -> None:
    result = estimate(toy({"A": [5, 4, 3], "B": [1, 3]}), objectives("o"), ["A", "B"], f1.RULES)
    row = only(result)
    assert result.pairs == ("B",)
    assert row["importance"] == 3
    # both of B's values stand at the ends: 1 with two 3s, or 3 with two 5s, is 1 draw in 18
    assert (row["need_low"], row["need_high"]) == (25, 75)


def test_a_group_needs_enough_ratings_of_the_objective_itself() -> None:
    """Two of the three in B rated `late`: B is balanced, but not there."""
    ratings = pd.concat([
        toy({"A": [5, 5, 5], "B": [1, 1, 1]}),
        toy({"A": [5, 5, 5], "B": [1, 1, None]}, "late"),
    ])  # fmt: skip
    table = estimate(ratings, objectives("o", "late"), ["A", "B"], Rules()).table.set_index("objective")
    assert table["importance"].to_dict() == {"o": 3, "late": 5}
    assert table["n_groups"].to_dict() == {"o": 2, "late": 1}


@pytest.mark.parametrize(("rating_groups", "ranked"), [(4, True), (3, True), (2, False)])
def test_an_objective_rated_by_too_few_groups_is_shown_but_not_ranked(
    rating_groups: int, ranked: bool
) -> None:
    groups = ["A", "B", "C", "D"]
    ratings = pd.concat([
        toy({group: [4, 4, 4] for group in groups}),
        toy({group: [2, 2, 2] for group in groups[:rating_groups]}, "part"),
    ])  # fmt: skip
    row = estimate(ratings, objectives("o", "part"), groups, Rules()).table.set_index("objective").loc["part"]
    assert (row["n_groups"], row["ranked"]) == (rating_groups, ranked)
    assert (row["need"], row["quadrant"]) == (25, "keep_watching")


def test_an_objective_without_feasibility_has_a_need_but_no_place_on_the_map() -> None:
    ratings = pd.concat([toy({"A": [2, 2, 2]}), toy({"A": [4, 4, 4]}, "half")])
    ratings = ratings[(ratings["objective"] == "o") | (ratings["dimension"] != "feasibility")]
    result = estimate(ratings, objectives("o", "half"), ["A"], Rules())
    row = result.table.set_index("objective").loc["half"]
    assert (row["need"], row["quadrant"], row["ranked"]) == (75, "", True)
    assert (result.need_line, result.feasibility_line) == (25, 25)


@pytest.mark.parametrize(("weight", "need"), [(1.0, 100), (0.0, 25), (0.5, 62.5), (0.25, 43.75)])
def test_need_weighs_importance_and_urgency_as_declared(weight: float, need: float) -> None:
    values = {"importance": 5, "urgency": 2, "feasibility": 1}
    rows = [(u, u, "A", "o", dimension, value) for u in "abc" for dimension, value in values.items()]
    assert only(estimate(rating_table(rows), objectives("o"), ["A"], Rules(importance_weight=weight)))[
        "need"
    ] == pytest.approx(need)


def test_a_dimension_without_weight_need_not_be_asked() -> None:
    ratings = toy({"A": [5, 4, 3]}).query("dimension != 'urgency'")
    assert np.isnan(only(estimate(ratings, objectives("o"), ["A"], Rules()))["need"])
    row = only(estimate(ratings, objectives("o"), ["A"], Rules(importance_weight=1.0)))
    assert (row["need"], row["n_groups"], row["ranked"]) == (75, 1, True)


def test_contributions_of_one_organisation_count_each_and_travel_together() -> None:
    """Three voices of one association move the mean, but nothing tells them apart in the draws."""
    rows = [
        (contribution, unit, "A", "o", dimension, value)
        for contribution, unit, value in [("a", "coop", 5), ("b", "coop", 5), ("c", "u", 1), ("d", "v", 1)]
        for dimension in DIMENSIONS
    ]
    result = estimate(rating_table(rows), objectives("o"), ["A"], Rules())
    assert only(result)["importance"] == 3
    importance = 1 + result.need_replicates.ravel() / 25
    # two draws of three units: coop twice; coop once and another (5 + 5 + 1) / 3; never coop
    assert sorted(importance.round(9)) == sorted([5.0] + [round(11 / 3, 9)] * 4 + [1.0] * 4)


def test_two_non_so_and_absent_rows_are_the_same_to_the_estimates() -> None:
    with_gaps = f1.ratings()
    without = with_gaps.dropna(subset="value")
    assert len(without) < len(with_gaps)
    pd.testing.assert_frame_equal(
        estimate(without, f1.OBJECTIVES, f1.GROUPS, f1.RULES).table, oracle().table, check_exact=True
    )


def test_nothing_written_can_reach_need() -> None:
    assert list(inspect.signature(estimate).parameters) == ["ratings", "objectives", "group_ids", "rules"]


# what must change nothing, whatever was rated

few = settings(max_examples=60, deadline=None)


@few
@given(consultations(), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_rows_changes_nothing(ratings: pd.DataFrame, random: object, exact: bool) -> None:
    rules = replace(f1.RULES, exact_up_to=20_000 if exact else 0, replicates=100)
    order = list(range(len(ratings)))
    random.shuffle(order)  # type: ignore[attr-defined]
    kept = ratings.copy()
    first = estimate(ratings, objectives("a", "b"), PLAN, rules)
    second = estimate(ratings.iloc[order], objectives("a", "b"), PLAN, rules)
    pd.testing.assert_frame_equal(first.table, second.table, check_exact=True)
    assert first.table.to_csv() == second.table.to_csv()
    assert first.need_replicates.tobytes() == second.need_replicates.tobytes()
    pd.testing.assert_frame_equal(first.left_out, second.left_out)
    pd.testing.assert_frame_equal(ratings, kept)


@few
@given(consultations(scale))
def test_an_interval_holds_its_estimate_on_the_scale(ratings: pd.DataFrame) -> None:
    """Where everybody rates everything; with most ratings missing, few draws may have a value at all."""
    result = estimate(ratings, objectives("a", "b"), PLAN, f1.RULES)
    assert result.exact
    table = result.table
    for measure in ("need", "feasibility"):
        rated = table[table[measure].notna()]
        assert (rated[f"{measure}_low"] <= rated[measure] + 1e-9).all()
        assert (rated[measure] <= rated[f"{measure}_high"] + 1e-9).all()
        assert (rated[f"{measure}_low"] >= 0).all()
        assert (rated[f"{measure}_high"] <= 100).all()


@few
@given(consultations(), st.booleans(), st.booleans())
def test_an_unrated_objective_changes_no_other(ratings: pd.DataFrame, exact: bool, unsure: bool) -> None:
    rules = replace(f1.RULES, exact_up_to=20_000 if exact else 0, replicates=100)
    alone = estimate(ratings, objectives("a", "b"), PLAN, rules)
    if unsure:  # somebody new, who says "non so" to it and nothing else
        ratings = pd.concat([ratings, toy({"g0": [None, None]}, "new")])
    joined = estimate(ratings, objectives("new", "a", "b"), PLAN, rules)
    pd.testing.assert_frame_equal(joined.table.iloc[1:].reset_index(drop=True), alone.table, check_exact=True)
    np.testing.assert_array_equal(joined.need_replicates[:, 1:], alone.need_replicates)


@few
@given(consultations(), consultations())
def test_another_rated_objective_changes_no_score(ratings: pd.DataFrame, others: pd.DataFrame) -> None:
    """Same raters, one objective more: scores and intervals stay, only the lines (and quadrants) may move."""
    more = others[others["objective"] == "a"].assign(objective="c")
    more = more[more["contribution_id"].isin(ratings.loc[ratings["value"].notna(), "contribution_id"])]
    own = ["objective", "n_ratings", "n_groups", "importance", "urgency", "need", "need_low", "need_high",
           "feasibility", "feasibility_low", "feasibility_high", "ranked"]  # fmt: skip
    alone = estimate(ratings, objectives("a", "b"), PLAN, f1.RULES).table
    joined = estimate(pd.concat([ratings, more]), objectives("a", "b", "c"), PLAN, f1.RULES).table
    pd.testing.assert_frame_equal(joined[own].iloc[:2], alone[own], check_exact=True)


@few
@given(consultations())
def test_names_of_groups_and_units_change_nothing(ratings: pd.DataFrame) -> None:
    """Renamed so that units and groups sort the other way round; the plan keeps its order."""
    names = sorted(set(ratings["unit"]))
    backwards = dict(zip(names, reversed(names), strict=True))
    renamed = ratings.assign(
        unit=ratings["unit"].map(backwards), group=ratings["group"].map({"g0": "z", "g1": "y", "g2": "x"})
    )
    before = estimate(ratings, objectives("a", "b"), PLAN, f1.RULES)
    after = estimate(renamed, objectives("a", "b"), ["z", "y", "x"], f1.RULES)
    assert before.exact
    pd.testing.assert_frame_equal(after.table, before.table, check_exact=True)


def test_a_plain_loop_over_the_same_draws_finds_the_same() -> None:
    """Uneven groups, two voices in some units, a third of the ratings missing; 40 replicates by hand."""
    random = np.random.Generator(np.random.PCG64(5))
    rows: list[tuple[str, str, str, str, str, int | None]] = [
        (f"{unit}c{voice}", unit, f"g{group}", objective, dimension,
         None if random.random() < 1 / 3 else int(random.integers(1, 6)))
        for group, size in enumerate((3, 4, 7))
        for unit in [f"g{group}u{n}" for n in range(size)]
        for voice in range(1 + (unit[-1] in "02"))
        for objective, dimension in itertools.product(("a", "b", "c"), DIMENSIONS)
    ]  # fmt: skip
    ratings = rating_table(rows)
    rules = Rules(exact_up_to=0, replicates=40, importance_weight=0.3)
    result = estimate(ratings, objectives("a", "b", "c"), PLAN, rules)
    valid = ratings.dropna().astype({"value": float})
    enough = valid.groupby(["group", "objective", "dimension"])["value"].transform("size") >= 3
    units = strata(valid, PLAN, 3)
    draws = np.concatenate(list(resampling(units, rules).blocks()))
    for replicate, drawn in enumerate(draws):
        times = pd.Series(drawn, index=units.units).rename("times").reset_index()
        rows_drawn = valid[enough].merge(times, on=["group", "unit"])
        repeated = rows_drawn.loc[rows_drawn.index.repeat(rows_drawn["times"].astype(int))]
        cells = repeated.groupby(["group", "objective", "dimension"])["value"].mean()
        balanced = cells.groupby(["objective", "dimension"]).mean().unstack()
        score = 25 * (balanced.reindex(index=["a", "b", "c"], columns=list(DIMENSIONS)) - 1)
        np.testing.assert_allclose(
            result.need_replicates[replicate], 0.3 * score["importance"] + 0.7 * score["urgency"], atol=1e-9
        )
        np.testing.assert_allclose(result.feasibility_replicates[replicate], score["feasibility"], atol=1e-9)
