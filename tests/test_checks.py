"""How objectives are recognised: on whose word, how rightly, and what none of them holds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.shares import wilson
from analysis.text.checks import BASES, COLUMNS, checks
from analysis.text.reading_order import ORDERS, reading_order
from analysis.text.thresholds import at_thresholds, tried_thresholds
from analysis.text.unassigned import unassigned

OBJECTIVES = pd.DataFrame({"objective": ["net", "listen", "meet"]})


def codings(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["answer_id", "objective", "basis", "score"])


CODINGS = codings(
    ("a1", "listen", "author", 1.0),
    ("a2", "listen", "proposed", 0.3),
    ("a3", "listen", "proposed", 0.2),
    ("a3", "net", "learned", 0.12),
    ("a4", "net", "reviewed", 1.0),
)


def test_each_objective_in_the_plans_order_by_who_says_so() -> None:
    table = checks(CODINGS, OBJECTIVES, {}, 0.9)
    assert list(table.columns) == COLUMNS
    assert list(table["objective"]) == ["net", "listen", "meet"]
    counts = table[[f"n_{basis}" for basis in BASES]]
    assert counts.to_numpy().tolist() == [[0, 1, 1, 0], [1, 0, 0, 2], [0, 0, 0, 0]]


def test_nobody_has_judged_is_not_checked_and_has_no_precision() -> None:
    row = checks(CODINGS, OBJECTIVES, {"listen": (0, 0)}, 0.9).loc[1]
    assert not row["checked"]
    assert row[["precision", "low", "high"]].isna().all()


def test_ten_of_ten_is_not_surely_right() -> None:
    """Wilson's interval for 10 of 10 at 95 %: 0.7225 to 1; a plain normal one would say 1 to 1."""
    row = checks(CODINGS, OBJECTIVES, {"listen": (10, 10)}, 0.95).loc[1]
    assert row["checked"]
    assert row["precision"] == 1.0
    assert row["low"] == pytest.approx(0.7225, abs=5e-5)
    assert row["high"] == 1.0


def test_judged_and_all_wrong_is_checked() -> None:
    row = checks(CODINGS, OBJECTIVES, {"net": (0, 4)}, 0.9).loc[0]
    assert row["checked"]
    assert row["precision"] == 0.0
    assert (row["low"], row["high"]) == wilson(0, 4, 0.9)


def test_more_right_than_judged_is_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        checks(CODINGS, OBJECTIVES, {"net": (3, 2)}, 0.9)


def test_without_any_coding_every_objective_still_has_a_row() -> None:
    table = checks(codings(), OBJECTIVES, {}, 0.9)
    assert list(table["n_proposed"]) == [0, 0, 0]


@given(st.permutations(range(len(CODINGS))))
def test_the_order_of_codings_changes_nothing(order: list[int]) -> None:
    pd.testing.assert_frame_equal(
        checks(CODINGS.iloc[order], OBJECTIVES, {"net": (1, 2)}, 0.9),
        checks(CODINGS, OBJECTIVES, {"net": (1, 2)}, 0.9),
    )


# ── thresholds ────────────────────────────────────────────────────────────


def test_a_threshold_holds_for_what_is_counted_never_for_what_people_said() -> None:
    table = at_thresholds(CODINGS, 6, [0.1, 0.2, 0.25, 0.9]).set_index("at_least")
    assert list(table["n_codings"]) == [5, 4, 3, 2]
    assert list(table["n_assigned"]) == [4, 4, 3, 2]
    assert list(table["n_several"]) == [1, 0, 0, 0]
    assert list(table["n_none"]) == [2, 2, 3, 4]


def test_a_score_at_the_threshold_itself_is_enough() -> None:
    """0.1 + 0.2 is a little above 0.3 for a computer."""
    assert at_thresholds(codings(("a", "net", "proposed", 0.3)), 1, [0.1 + 0.2])["n_assigned"].item() == 1


@given(st.floats(0.01, 1.0))
def test_the_declared_threshold_is_always_among_the_tried_ones(declared: float) -> None:
    tried = tried_thresholds(declared)
    assert declared in tried
    assert tried == sorted(set(tried))
    assert 0 < tried[0] <= tried[-1] <= 1


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a1", "a2", "a3"]),
            st.sampled_from(["net", "listen"]),
            st.sampled_from(BASES),
            st.floats(0.01, 1.0),
        ),
        unique_by=lambda row: row[:2],
    )
)
def test_a_higher_threshold_never_assigns_more(rows: list[tuple[str, str, str, float]]) -> None:
    table = at_thresholds(codings(*rows), 3, [0.05, 0.2, 0.5, 0.9])
    assert (np.diff(table[["n_codings", "n_assigned", "n_several"]], axis=0) <= 0).all()
    assert (table["n_assigned"] + table["n_none"] == 3).all()


# ── answers of no objective ───────────────────────────────────────────────


def said(*people: str, group: str = "schools") -> pd.DataFrame:
    return pd.DataFrame(
        [(f"{group}{n}", person, group) for n, person in enumerate(people)],
        columns=["answer_id", "contribution_id", "group"],
    )


def test_answers_without_any_coding_are_counted_where_they_stand() -> None:
    table = pd.concat([said("a", "b", "c", "d"), said("e", "f", "g", "h", group="clubs")])
    coded = codings(("schools0", "net", "author", 1.0), ("schools0", "listen", "proposed", 0.2))
    found = unassigned(table, coded, "group", 0.9, 3)
    assert found[["group", "n_answers", "n_none", "share"]].to_numpy().tolist() == [
        ["clubs", 4, 4, 1.0],
        ["schools", 4, 3, 0.75],
    ]
    assert (found.loc[1, "low"], found.loc[1, "high"]) == wilson(3, 4, 0.9)


def test_no_figure_of_too_few_people_is_told_however_much_they_write() -> None:
    found = unassigned(said("a", "a", "a", "a", "b", "b"), codings(), "group", 0.9, 3)
    assert found["n_answers"].item() == 6
    assert found[["n_none", "share", "low", "high"]].isna().all(axis=None)
    enough = unassigned(said("a", "a", "a", "b", "b", "c"), codings(), "group", 0.9, 3)
    assert enough["n_none"].item() == 6


# ── the order of reading ──────────────────────────────────────────────────


PROPOSED = pd.DataFrame(
    [
        ("a1", "net", "proposed", 0.4, 0.01),
        ("a2", "net", "learned", 0.2, 0.15),
        ("a3", "net", "proposed", 0.4, -0.1),
        ("a4", "net", "reviewed", 1.0, np.nan),
        ("a5", "listen", "proposed", 0.9, 0.9),
    ],
    columns=["answer_id", "objective", "basis", "score", "margin"],
)


def test_the_surest_come_first_or_those_nearest_to_another_objective() -> None:
    assert list(reading_order(PROPOSED, "net")["answer_id"]) == ["a1", "a3", "a2"]
    assert list(reading_order(PROPOSED, "net", "least_sure")["answer_id"]) == ["a3", "a1", "a2"]


def test_what_people_have_said_is_not_to_be_read_again() -> None:
    for order in ORDERS:
        assert {*reading_order(PROPOSED, "net", order)["answer_id"]} == {"a1", "a2", "a3"}


def test_drawn_by_chance_has_nothing_to_do_with_the_score_and_is_the_same_for_everyone() -> None:
    many = pd.DataFrame(
        {
            "answer_id": [f"a{n:03}" for n in range(200)],
            "objective": "net",
            "basis": "proposed",
            "score": np.linspace(1, 0.1, 200),
            "margin": 0.1,
        }
    )
    drawn = reading_order(many, "net", "by_chance")
    assert list(drawn["answer_id"]) == list(reading_order(many.iloc[::-1], "net", "by_chance")["answer_id"])
    assert abs(np.corrcoef(drawn["score"], range(200))[0, 1]) < 0.15
