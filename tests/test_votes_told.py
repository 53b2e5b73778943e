"""A vote in words: both ways of counting named, ties told, and no more claimed than the dots say."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ballots.turnout import turnout
from analysis.ballots.voting import dots, ngt
from analysis.sentences import Basis
from analysis.sentences.figures import each
from analysis.sentences.votes import figure_of_dots, figure_of_points, item_names, of_dots, of_points
from consultation.language import Language
from consultation.rules import Rules
from tests.test_voting import votes

RULES, ENGLISH = Rules(), Language("en")
GROUPS, ITEMS = ["A", "B", "C"], ["x", "y", "z"]
NAMES = {item: item.upper() for item in ITEMS}
NOBODY = votes({"a A": {"x": 1}}).iloc[:0]


def told(ballots: dict[str, dict[str, int]], budget: int = 5, rules: Rules = RULES) -> tuple[str, str]:
    """The title and the basis."""
    table = votes(ballots) if ballots else NOBODY
    basis = Basis.of(turnout(table, GROUPS, rules), 0)
    reading = of_dots(dots(table, ITEMS, GROUPS, rules, budget, budget), NAMES, basis, rules, ENGLISH)
    return reading.finding, reading.basis


def group(name: str, *ballots: dict[str, int]) -> dict[str, dict[str, int]]:
    return {f"{name.lower()}{n} {name}": ballot for n, ballot in enumerate(ballots)}


def test_abstainers_have_voted_and_small_groups_do_not_weigh() -> None:
    table = turnout(
        votes({**group("B", *[{"x": 1}] * 3), **group("A", {"x": 1}, {"": 0}), "n1 elsewhere": {"y": 2}}),
        GROUPS,
        RULES,
    )
    assert table.to_numpy().tolist() == [
        ["A", 2, 2, False], ["B", 3, 3, True], ["C", 0, 0, False], ["non_indicato", 1, 1, False],
    ]  # fmt: skip


def test_a_group_merged_into_another_does_not_count_as_one_more() -> None:
    merging = Rules(merged_groups=(("A", "B"),))
    ballots = {**group("B", {"x": 1}, {"x": 1}), **group("A", {"x": 1})}
    assert not turnout(votes(ballots), GROUPS, RULES)["balanced"].any()
    assert turnout(votes(ballots), GROUPS, merging)["balanced"].tolist() == [False, True, False]
    assert "only counted" in told(ballots, rules=merging)[1]


@given(st.permutations(range(9)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    table = votes({**group("B", *[{"x": 1}] * 5), **group("A", *[{"y": 1}] * 4)})
    pd.testing.assert_frame_equal(
        turnout(table.iloc[list(order)], GROUPS, RULES), turnout(table, GROUPS, RULES)
    )


def test_a_loud_group_does_not_win_the_title_and_its_dots_are_told() -> None:
    """Ten of A for x; three of B and three of C for y: two thirds of the score, fewer of the dots."""
    title, basis = told(
        {**group("A", *[{"x": 5}] * 10), **group("B", *[{"y": 5}] * 3), **group("C", *[{"y": 5}] * 3)}
    )
    assert title == "Highest score: “Y”; with every person alike, most dots: “X”"
    assert "16 people have voted" in basis
    assert "score: 3 groups with at least 3 voters weigh the same" in basis


def test_overlapping_intervals_stand_in_the_title() -> None:
    mixed = [{"x": 3, "y": 2}, {"x": 2, "y": 3}, {"x": 4, "y": 1}]
    title, _ = told({**group("A", *mixed), **group("B", *mixed)})
    assert title == "Highest score: “X” (its interval overlaps with that of “Y”)"


def test_ties_are_told() -> None:
    even = [{"x": 2, "y": 2}] * 3
    assert told({**group("A", *even), **group("B", *even)})[0] == "Level at the top: “X” and “Y”"
    alike = [{"x": 1, "y": 1, "z": 1}] * 3
    assert told({**group("A", *alike), **group("B", *alike)})[0] == "All have the same score"


def test_without_two_groups_large_enough_dots_are_only_counted() -> None:
    title, basis = told({**group("A", *[{"x": 1}] * 4), **group("B", *[{"y": 5}] * 2)})
    assert title == "Most dots (10): “Y”"
    assert "there are no two groups with 3 voters, so dots are only counted" in basis
    assert "score" not in basis
    row = each(dots(votes(group("A", {"x": 2})), ITEMS, GROUPS, RULES, 5, 5))[0]
    assert figure_of_dots(row, 0, ENGLISH) == "2 dots"


def test_nobody_and_nothing_are_said() -> None:
    assert told({})[0] == "Nobody has voted yet"
    assert told(group("A", *[{"": 0}] * 3))[0] == "Nobody gave a dot to anything"


def test_dots_that_only_small_groups_gave_are_no_score() -> None:
    ballots = {**group("A", *[{"": 0}] * 3), **group("B", *[{"": 0}] * 3), **group("C", {"z": 2})}
    assert told(ballots)[0] == "Most dots (2): “Z”"


def test_no_title_speaks_of_an_election_and_every_reading_says_that_it_is_none() -> None:
    table = votes({**group("A", *[{"x": 5}] * 3), **group("B", *[{"x": 5}] * 3)})
    basis = Basis.of(turnout(table, GROUPS, RULES), 0)
    for reading in (
        of_dots(dots(table, ITEMS, GROUPS, RULES, 5, 5), NAMES, basis, RULES, ENGLISH),
        of_points(ngt(table, ITEMS), NAMES, basis, ENGLISH),
    ):
        assert "it is no election" in reading.caution
        assert not any(word in reading.finding.lower() for word in ("first", "win", "chosen", "elected"))


def test_points_and_choosers_are_both_told_where_they_differ() -> None:
    """Two who put x first, three who put y second: 10 points to 12, and the other way round of people."""
    table = votes({"a A": {"x": 5}, "b A": {"x": 5}, "c A": {"y": 3}, "d A": {"y": 3}, "e A": {"y": 3}})
    tally = ngt(table, ITEMS)
    basis = Basis.of(turnout(table, GROUPS, RULES), 0)
    assert of_points(tally, NAMES, basis, ENGLISH).finding == (
        "Most points (10): “X”; chosen by most people: “Y”"
    )
    assert [figure_of_points(row, ENGLISH) for row in each(tally)] == [
        "10 points · 2 people", "9 points · 3 people", "0 points · 0 people",
    ]  # fmt: skip
    assert of_points(ngt(NOBODY, ITEMS), NAMES, Basis(0, 0, 0), ENGLISH).finding == "Nobody has voted yet"


@pytest.mark.parametrize(("n", "shown"), [(48, "w" * 48), (49, "w" * 47 + "…")])
def test_a_long_statement_is_shortened_in_a_title_only(n: int, shown: str) -> None:
    none = pd.DataFrame({"objective": [], "code": [], "short": []}, dtype="str")
    names = item_names(["w" * n], none)
    assert names == {"w" * n: "w" * n}
    tally = ngt(votes({"a A": {"w" * n: 1}}), ["w" * n])
    assert of_points(tally, names, Basis(1, 0, 0), ENGLISH).finding == f"Most points (1): “{shown}”"
