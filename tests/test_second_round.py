"""The second round: only what is contested is asked again, and one stops on answers that no longer move."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ballots.second_round import (
    MOST_CHANGE,
    Again,
    again,
    by_objective,
    contested,
    second_round,
    spreads,
)
from analysis.sentences import Basis
from analysis.sentences.figures import each
from analysis.sentences.second_round import figure_of_change, of_second_round, of_spreads
from consultation.language import Language
from consultation.rules import Rules
from tests import f1
from tests.f1 import rating_table

RULES, BASIS, ENGLISH = Rules(), Basis(10, 0, 1), Language("en")
OBJECTIVES = pd.DataFrame(
    {"objective": ["o", "p"], "code": ["O", "P"], "short": ["Open", "Prevent"], "colour": ["#000", "#111"]}
)
ONE, OTHER = OBJECTIVES.iloc[:1], OBJECTIVES.iloc[1:]
BEFORE, AFTER = (0, 1, 3, 4, 2), (0, 0, 3, 5, 2)  # half of what they differ by is 0.10


def spread(
    *frequencies: int, objective: str = "o", dimension: str = "importance", start: int = 0
) -> pd.DataFrame:
    """People, numbered from `start`, who give 1 to 5 so many times."""
    values = [value for value, n in enumerate(frequencies, 1) for _ in range(n)]
    return rating_table(
        [(f"p{n}", f"p{n}", "G", objective, dimension, value) for n, value in enumerate(values, start)]
    )


def both(*tables: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)


def test_the_contested_are_asked_again_and_nothing_where_none_is() -> None:
    tiers = pd.DataFrame(
        {"objective": list("dcba"), "tier": ["contested", "robust", "contested", "not_classifiable"]}
    )
    assert contested(tiers) == ["d", "b"]
    assert contested(tiers[tiers["tier"] != "contested"]) == []


def test_the_oracle_is_stable() -> None:
    table = second_round(spread(*BEFORE), spread(*AFTER), ONE, RULES)
    assert table["dimension"].tolist() == ["importance"]
    row = table.iloc[0]
    assert row["net_change"] == pytest.approx(0.10)
    assert row["status"] == "stable"
    assert row[["n_first", "n_second", "n_paired", "dropped", "joined"]].tolist() == [10, 10, 10, 0, 0]


@pytest.mark.parametrize(("moved", "status"), [(3, "stable"), (4, "moving")])
def test_fifteen_in_a_hundred_may_move(moved: int, status: str) -> None:
    """3 of 20 are exactly the limit, whatever floating point makes of it."""
    assert MOST_CHANGE == 0.15
    table = second_round(spread(0, 10, 10), spread(0, 10 - moved, 10 + moved), ONE, RULES)
    assert table["status"].tolist() == [status]


@pytest.mark.parametrize(("n", "status"), [(4, "too_few"), (5, "stable")])
def test_of_few_ratings_nothing_is_said(n: int, status: str) -> None:
    few, many = spread(0, 0, n), spread(0, 0, 20)
    assert second_round(few, many, ONE, RULES)["status"].tolist() == [status]
    assert second_round(many, few, ONE, RULES)["status"].tolist() == [status]


def test_who_left_and_who_came_are_told() -> None:
    row = second_round(spread(0, 0, 8), spread(0, 0, 6, start=5), ONE, RULES).iloc[0]
    assert row[["n_paired", "dropped", "joined"]].tolist() == [3, 5, 3]
    assert again(spread(0, 0, 8), spread(0, 0, 6, start=5), ONE) == Again(8, 6, 3)


def test_whoever_only_did_not_know_or_rated_something_else_is_not_again() -> None:
    unsure = rating_table([("p0", "p0", "G", "o", "importance", None)])
    assert again(both(unsure, spread(1, objective="p", start=1)), spread(1), ONE) == Again(0, 1, 0)


def test_only_what_was_asked_again_is_compared() -> None:
    first = both(spread(*BEFORE), spread(*BEFORE, dimension="urgency"))
    assert second_round(first, spread(*AFTER), ONE, RULES)["dimension"].tolist() == ["importance"]
    nobody = second_round(first, spread(), ONE, RULES)
    assert nobody["dimension"].tolist() == ["importance", "urgency", "feasibility"]
    assert set(nobody["status"]) == {"too_few"}


def test_an_objective_is_settled_when_all_of_it_is() -> None:
    first = both(spread(0, 10, 10), spread(0, 10, 10, dimension="urgency"), spread(0, 10, 10, objective="p"))
    second = both(spread(0, 10, 10), spread(0, 5, 15, dimension="urgency"), spread(0, 2, objective="p"))
    table = by_objective(second_round(first, second, OBJECTIVES, RULES))
    assert table[["objective", "dimension", "status"]].to_numpy().tolist() == [
        ["o", "urgency", "moving"],
        ["p", "importance", "too_few"],
    ]
    assert table["net_change"][0] == pytest.approx(0.25)
    assert by_objective(second_round(first, second, OBJECTIVES.iloc[:0], RULES)).empty


def test_both_distributions_add_up_and_few_ratings_are_not_told() -> None:
    table = spreads(spread(*BEFORE), spread(0, 0, 4), ONE, "importance", RULES)
    assert table["n"][:5].tolist() == list(BEFORE)
    assert table["share"][:5].tolist() == pytest.approx([0, 0.1, 0.3, 0.4, 0.2])
    assert table.loc[table["round"] == 2, ["n", "share"]].isna().all().all()


@given(st.permutations(range(len(f1.ratings()))))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    moved = f1.ratings().assign(value=lambda rows: rows["value"] % 5 + 1)
    shuffled = moved.iloc[list(order)]
    for one, other in (
        (second_round(f1.ratings(), its, f1.OBJECTIVES, f1.RULES) for its in (moved, shuffled)),
        (spreads(f1.ratings(), its, f1.OBJECTIVES, "urgency", f1.RULES) for its in (moved, shuffled)),
    ):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


# in words


def finding(first: pd.DataFrame, second: pd.DataFrame, objectives: pd.DataFrame) -> str:
    rounds = second_round(first, second, objectives, RULES)
    people = again(first, second, objectives)
    return of_second_round(rounds, people, objectives, BASIS, RULES, ENGLISH).finding


FIRST = both(spread(0, 10, 10), spread(0, 10, 10, objective="p"))
STILL, MOVED = spread(0, 10, 10, objective="p"), spread(0, 5, 15, objective="p")


def test_one_can_stop_only_where_all_of_it_is_stable() -> None:
    assert finding(FIRST, both(spread(0, 9, 11), STILL), OBJECTIVES) == (
        "Stable on all 2 objectives: one can stop here"
    )
    for second, told in (
        (MOVED, "Stable on one objective of 2; “Prevent” still moves"),
        (spread(0, 0, 3, objective="p"), "Stable on one objective of 2; on “Prevent” too few have rated"),
        (spread(), "Stable on one objective of 2; on “Prevent” too few have rated"),
    ):
        text = finding(FIRST, both(spread(0, 9, 11), second), OBJECTIVES)
        assert text == told
        assert "stop" not in text
    assert finding(FIRST, MOVED, OTHER) == "Not stable on the only objective asked again"
    assert finding(FIRST, STILL, OTHER) == "Stable on the only objective asked again: one can stop here"


def test_nothing_to_ask_and_nobody_yet_are_said() -> None:
    assert finding(FIRST, spread(), OBJECTIVES) == "Nobody has rated a second time yet"
    assert finding(FIRST, spread(), OBJECTIVES.iloc[:0]).startswith("No objective is contested")


def test_who_did_not_come_back_stands_under_the_title() -> None:
    first, second = spread(0, 0, 8), spread(0, 0, 4, start=5)
    reading = of_second_round(
        second_round(first, second, ONE, RULES), again(first, second, ONE), ONE, BASIS, RULES, ENGLISH
    )
    assert reading.basis.split(" · ") == [
        "people who rated: 8 in the first round, 4 in the second",
        "5 did not rate again",
        "1 had not rated before",
        "line: net change of 0.15",
        "too few: fewer than 5 ratings in a round",
    ]
    assert "above, the second below" in of_spreads(Again(8, 4, 3), "importance", BASIS, ENGLISH).finding


def test_the_figure_of_an_objective_says_whether_it_is_stable() -> None:
    rounds = second_round(FIRST, both(spread(0, 9, 11), MOVED), OBJECTIVES, RULES)
    rows = each(by_objective(rounds))
    assert [figure_of_change(row, False, ENGLISH) for row in rows] == ["0.05 · stable", "0.25 · not stable"]
    assert figure_of_change(rows[1], True, ENGLISH) == "0.25 importance · not stable"
