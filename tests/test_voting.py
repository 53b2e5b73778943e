"""Dots, points and rankings: who is a voter, what a dot is worth, and what a merge may not change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ballots.voting import borda, dots, merged, ngt, rankings
from consultation.rules import Rules
from tests.f1 import rating_table

BUDGET, CAP = 5, 2
BALLOTS = {
    "a1 A": {"x": 2, "y": 2, "z": 1},
    "a2 A": {"x": 2, "y": 1},
    "a3 A": {"x": 1},
    "a4 A": {"": 0},
    "b1 B": {"y": 2, "z": 2},
    "b2 B": {"z": 2},
    "b3 B": {"z": 1, "x": 1},
    "c1 C": {"x": 2},
    "n1 non_indicato": {"y": 1},
}
COMPARISONS = [
    (5, "ACBED"),
    (5, "ADECB"),
    (8, "BEDAC"),
    (3, "CABED"),
    (7, "CAEBD"),
    (2, "CBADE"),
    (7, "DCEBA"),
    (8, "EBADC"),
]
PEOPLE = st.lists(
    st.tuples(st.sampled_from("AB"), st.lists(st.integers(0, 1), min_size=4, max_size=4)),
    min_size=1,
    max_size=12,
)


def vote_table(rows: Sequence[tuple[str, str, str, str, int]]) -> pd.DataFrame:
    """Rows of contribution, unit, group, item and points, with the tidy table's types."""
    names = ["contribution_id", "unit", "group", "item", "points"]
    return pd.DataFrame(rows, columns=names).astype(dict.fromkeys(names[:-1], "str") | {"points": "Int64"})


def votes(ballots: dict[str, dict[str, int]]) -> pd.DataFrame:
    """The ballots of people called `name group`."""
    return vote_table(
        [
            (who.split()[0], who.split()[0], who.split()[1], item, points)
            for who, ballot in ballots.items()
            for item, points in ballot.items()
        ]
    )


def tally(
    table: pd.DataFrame,
    items: Sequence[str] = "xyz",
    rules: Rules | None = None,
    groups: Sequence[str] = "ABC",
) -> pd.DataFrame:
    return dots(table, list(items), list(groups), rules or Rules(), BUDGET, CAP)


def scores(table: pd.DataFrame) -> list[float]:
    return [float(score) for score in table["score"]]


# dots


def test_each_group_has_one_voice_and_unspent_dots_are_abstention() -> None:
    table = tally(votes(BALLOTS))
    assert table["item"].tolist() == ["x", "y", "z"]
    assert table["n_voters"].tolist() == [5, 4, 4]
    assert table["points"].tolist() == [8, 6, 6]
    assert table["share"].tolist() == pytest.approx([8 / 45, 6 / 45, 6 / 45])
    # of 4 voters of A and 3 of B, 5 dots each; C and non_indicato are too few
    assert scores(table) == pytest.approx(
        [(5 / 20 + 1 / 15) / 2, (3 / 20 + 2 / 15) / 2, (1 / 20 + 5 / 15) / 2]
    )


def test_an_abstainer_is_a_voter() -> None:
    without = {who: ballot for who, ballot in BALLOTS.items() if who != "a4 A"}
    assert scores(tally(votes(without)))[0] == pytest.approx((5 / 15 + 1 / 15) / 2)


def test_a_zero_beside_an_item_chooses_nothing() -> None:
    row = tally(votes({**BALLOTS, "a5 A": {"x": 0}})).iloc[0]
    assert (row["n_voters"], row["score"]) == (5, pytest.approx((5 / 25 + 1 / 15) / 2))


def test_the_interval_is_of_all_draws_of_voters() -> None:
    """Of the nine draws of two from 1, ½ and 0 of the budget: 0, ¼ ¼, ½ ½ ½, ¾ ¾, 1."""
    ballots = votes({"a A": {"x": 2}, "b A": {"x": 1}, "c A": {"": 0}})
    rules = replace(Rules(), interval=0.5)
    row = dots(ballots, ["x"], ["A"], rules, budget=2, cap=2).iloc[0]
    assert row[["score", "score_low", "score_high"]].tolist() == [0.5, 0.25, 0.75]


def test_dots_of_one_person_on_one_item_count_up_to_the_cap() -> None:
    ballots = votes({"a A": {"x": 2}, "b A": {"x": 2}, "c A": {"y": 1}})
    heavy = pd.concat([ballots, vote_table([("a", "a", "A", "x", 3)])])
    row = tally(heavy).iloc[0]
    assert (row["points"], row["n_voters"], row["score"]) == (4, 2, 4 / 15)


def test_whoever_gives_more_than_the_budget_is_told_and_not_cut() -> None:
    over = votes({**BALLOTS, "a5 A": {"x": 2, "y": 2, "z": 2}})
    with pytest.raises(ValueError, match="more than 5 points: a5"):
        tally(over)


@pytest.mark.parametrize("points", [-1, 1.5, float("nan")])
def test_points_are_whole_and_not_negative(points: float) -> None:
    broken = votes(BALLOTS).astype({"points": "float64"})
    broken.loc[0, "points"] = points
    with pytest.raises(ValueError, match="whole"):
        tally(broken)


def test_votes_for_other_items_are_votes_all_the_same() -> None:
    assert scores(tally(votes(BALLOTS), "xq")) == [scores(tally(votes(BALLOTS)))[0], 0]


def test_an_organisation_is_one_unit_and_its_people_are_voters() -> None:
    table = votes({"a A": {"x": 2}, "b A": {"x": 2}, "c A": {"": 0}, "d A": {"": 0}})
    assert scores(tally(table, "x")) == [pytest.approx(4 / 20)]
    together = table.assign(unit=table["unit"].replace({"a": "coop", "b": "coop"}))
    assert scores(tally(together, "x")) == [pytest.approx(4 / 20)]
    smaller = together.assign(unit=together["unit"].replace({"c": "coop"}))
    assert np.isnan(scores(tally(smaller, "x"))).all()


def test_a_small_group_is_weighed_where_the_rules_declare() -> None:
    rules = replace(Rules(), merged_groups=(("C", "B"),))
    assert scores(tally(votes(BALLOTS), rules=rules))[0] == pytest.approx((5 / 20 + 3 / 20) / 2)


def test_without_voters_there_is_no_score() -> None:
    table = tally(vote_table([]))
    assert table["points"].tolist() == [0, 0, 0]
    assert table[["share", "score", "score_low", "score_high"]].isna().all(axis=None)


@given(PEOPLE)
def test_scores_and_shares_add_up_to_what_was_spent(people: list[tuple[str, list[int]]]) -> None:
    table = votes(
        {f"p{n} {group}": dict(zip("xyzw", given, strict=True)) for n, (group, given) in enumerate(people)}
    )
    result = tally(table, "xyzw", Rules(smallest_group=2, replicates=100, exact_up_to=100))
    spent = sum(sum(given) for _, given in people)
    assert result["share"].sum() == pytest.approx(spent / (BUDGET * len(people)))
    assert result["score"].sum() <= 1 + 1e-9
    assert ((result["score_low"] <= result["score_high"]) | result["score"].isna()).all()


@given(st.permutations(range(len(votes(BALLOTS)))))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    table = votes(BALLOTS)
    shuffled = tally(table.iloc[list(order)])
    pd.testing.assert_frame_equal(shuffled, tally(table), check_exact=True)
    pd.testing.assert_frame_equal(table, votes(BALLOTS))


# merging


def test_a_theme_merged_after_the_vote_has_each_persons_capped_sum() -> None:
    """a1 gave x and y two each: two of them remain, not four; a2 gave three, and b1 its two."""
    one = merged(votes(BALLOTS), {"x": "xy", "y": "xy"}, CAP)
    given = one[one["item"] == "xy"].set_index("contribution_id")["points"].to_dict()
    assert given == {"a1": 2, "a2": 2, "a3": 1, "b1": 2, "b3": 1, "c1": 2, "n1": 1}
    assert tally(one, ["xy", "z"])["points"].tolist() == [11, 6]


def test_a_merge_makes_nobody_vanish() -> None:
    table = votes(BALLOTS)
    one = merged(table, {"x": "z", "y": "z"}, CAP)
    assert set(one["contribution_id"]) == set(table["contribution_id"])
    assert scores(tally(one, "z")) == [pytest.approx((5 / 20 + 6 / 15) / 2)]


@given(PEOPLE)
def test_merging_in_steps_is_merging_at_once(people: list[tuple[str, list[int]]]) -> None:
    table = votes(
        {f"p{n} {group}": dict(zip("xyzw", given, strict=True)) for n, (group, given) in enumerate(people)}
    )
    at_once = merged(table, {"x": "w", "y": "w", "z": "w"}, CAP)
    in_steps = merged(merged(table, {"x": "y"}, CAP), {"y": "w", "z": "w"}, CAP)
    pd.testing.assert_frame_equal(in_steps, at_once)


def test_an_item_is_not_merged_into_one_that_goes_away() -> None:
    with pytest.raises(ValueError, match="merged away themselves: y"):
        merged(votes(BALLOTS), {"x": "y", "y": "z"}, CAP)


# nominal groups


def test_points_and_choosers_are_both_told() -> None:
    """One person's first place has as many points as five people's last."""
    first = {"p A": {"x": 5, "z": 4}}
    last = {f"q{n} A": {"y": 1, "z": 0} for n in range(5)}
    table = ngt(votes(first | last), ["y", "x", "z", "nobody's"])
    assert table["points"].tolist() == [5, 5, 4, 0]
    assert table["n_choosers"].tolist() == [5, 1, 1, 0]


# Borda


def ranking_table(ballots: Sequence[tuple[int, str]]) -> pd.DataFrame:
    """So many people who rank like this."""
    people = [order for n, order in ballots for _ in range(n)]
    return pd.DataFrame(
        [(f"p{n}", item, place) for n, order in enumerate(people) for place, item in enumerate(order, 1)],
        columns=["contribution_id", "item", "place"],
    )


def test_bordas_count_of_the_textbook_ballots() -> None:
    table = borda(ranking_table(COMPARISONS))
    assert dict(zip(table["item"], table["points"], strict=True)) == {
        "A": 98,
        "B": 92,
        "C": 89,
        "D": 69,
        "E": 102,
    }
    assert table["share"].tolist() == [points / (45 * 4) for points in (98, 92, 89, 69, 102)]


def test_level_items_share_the_points_of_their_places() -> None:
    ratings = rating_table(
        [
            ("a", "a", "G", objective, "importance", value)
            for objective, value in zip("xyzw", (5, 3, 3, 1), strict=True)
        ]
    )
    assert borda(rankings(ratings))["points"].tolist() == [0, 3, 1.5, 1.5]  # w, x, y, z


def test_a_non_so_is_no_last_place() -> None:
    ratings = rating_table(
        [
            ("a", "a", "G", "x", "importance", 4),
            ("a", "a", "G", "y", "importance", 2),
            ("a", "a", "G", "z", "importance", None),
            ("b", "b", "G", "z", "importance", 1),
        ]
    )
    table = borda(rankings(ratings))
    assert table["n_rankings"].tolist() == [1, 1, 1]
    assert table["points"].tolist() == [1, 0, 0]
    assert table["share"].tolist()[:2] == [1, 0]
    assert np.isnan(table["share"][2])  # nobody compared z with anything


@given(st.permutations(range(20)))
def test_the_order_of_rankings_changes_nothing(order: list[int]) -> None:
    table = ranking_table([(2, "ACBED"), (2, "EBADC")])
    pd.testing.assert_frame_equal(borda(table.iloc[list(order)]), borda(table), check_exact=True)
