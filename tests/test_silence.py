"""Silent cells: only those are silent who were expected and asked, and whom to ask first is sure."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sentences import Basis
from analysis.sentences.silent import of_quietest, of_silent_cells
from analysis.silence import by_cell, quietest, silent_cells
from consultation.language import Language
from tests.test_coverage import written

GROUPS, QUESTIONS, GUIDES = ["b", "a", "c"], ["s2", "s1"], ["g1", "g2"]
CELLS = list(itertools.product(QUESTIONS, GUIDES))
BASIS, ENGLISH = Basis(3, 5, 1), Language("en")
SAID = st.lists(
    st.tuples(
        st.sampled_from("pqr"), st.sampled_from([*GROUPS, "x"]), *map(st.sampled_from, (QUESTIONS, GUIDES))
    ),
    max_size=15,
)


def cells(*rows: tuple[str, str, str, str], expected: tuple[str, ...] = tuple(GROUPS)) -> pd.DataFrame:
    return silent_cells(written(*rows), QUESTIONS, GUIDES, GROUPS, expected)


EVERYWHERE = [("p", "a", *cell) for cell in CELLS]
SOME = cells(*EVERYWHERE[1:], ("q", "b", "s1", "g1"))


def first(table: pd.DataFrame, most: int = 5, **asked: list[tuple[str, str]]) -> list[tuple[object, ...]]:
    return list(quietest(table, most, asked.get("asked")).itertuples(index=False, name=None))


def test_every_cell_stands_in_the_plans_order_with_every_group() -> None:
    table = cells()
    assert list(table.columns) == [
        "strategic_question", "guiding_question", "group", "n", "expected", "silent",
    ]  # fmt: skip
    assert list(table.iloc[:, :3].itertuples(index=False, name=None)) == [
        (*cell, group) for cell in CELLS for group in GROUPS
    ]
    assert table["silent"].all()


def test_whoever_is_not_expected_is_not_silent_and_is_heard_all_the_same() -> None:
    table = cells(("p", "a", "s1", "g1"), ("q", "", "s1", "g1"), expected=("b",))
    assert set(table.loc[table["silent"], "group"]) == {"b"}
    assert not table.loc[table["group"] == "non_indicato", "expected"].any()
    counts = by_cell(table)[["n", "spoken", "expected"]].to_numpy().tolist()
    assert dict(zip(CELLS, counts, strict=True))["s1", "g1"] == [2, 0, 1]


def test_people_are_counted_and_not_answers() -> None:
    table = cells(*[("p", "a", "s1", "g1")] * 3, ("q", "a", "s1", "g1"))
    assert table["n"].sum() == 2


def test_first_the_groups_nobody_heard_then_the_empty_cells_then_those_with_most_silent_groups() -> None:
    assert first(SOME) == [
        ("c", "", "", 4, False),
        ("", "s2", "g1", 3, True),
        ("", "s2", "g2", 1, False),
        ("", "s1", "g2", 1, False),
    ]
    assert first(SOME, 2) == first(SOME)[:2]


def test_what_nobody_was_asked_is_no_silence() -> None:
    assert first(SOME, asked=[("s1", "g1")]) == [("c", "", "", 1, False)]
    assert first(SOME, asked=[]) == []


def test_a_group_that_spoke_only_elsewhere_has_answered_nothing_of_what_was_asked() -> None:
    assert first(SOME, asked=[("s2", "g2")]) == [("b", "", "", 1, False), ("c", "", "", 1, False)]


def test_where_all_have_spoken_there_is_nobody_to_ask() -> None:
    assert first(cells(*[(group, group, *cell) for group in GROUPS for cell in CELLS])) == []


@given(SAID, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(said: list[tuple[str, str, str, str]], random: object) -> None:
    shuffled = list(said)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = cells(*said), cells(*shuffled)
    pd.testing.assert_frame_equal(one, other)
    assert len(first(one, 3)) <= 3
    assert one["silent"].sum() == (by_cell(one)["expected"] - by_cell(one)["spoken"]).sum()


# in words


@pytest.mark.parametrize(
    ("table", "asked", "told"),
    [
        (cells(), None, "Nobody has answered yet"),
        (cells(), [], "Nothing has been asked yet"),
        (SOME, None, "One question of 4 is silent"),
        (
            SOME,
            CELLS[1:],
            "Somebody has spoken on every question, every group expected on none",
        ),
        (
            cells(*[(group, group, *cell) for group in GROUPS for cell in CELLS]),
            None,
            "Every group expected has spoken on every question",
        ),
    ],
)
def test_the_title_of_the_grid(table: pd.DataFrame, asked: list[tuple[str, str]] | None, told: str) -> None:
    assert of_silent_cells(table, BASIS, ENGLISH, asked).finding == told


def test_blank_cells_are_told_only_where_there_are_any() -> None:
    assert "blank" not in of_silent_cells(SOME, BASIS, ENGLISH).basis
    assert "blank: not asked yet" in of_silent_cells(SOME, BASIS, ENGLISH, CELLS[1:]).basis


def test_whom_to_ask_first_in_sentences() -> None:
    names = {name: name.upper() for name in [*GROUPS, *QUESTIONS, *GUIDES]}
    assert of_quietest(quietest(SOME, 3), names, names, names, ENGLISH) == [
        "Expected, and not heard yet: “C”.",
        "S2, “G1”: nobody has spoken.",
        "S2, “G2”: one group that has spoken elsewhere is silent.",
    ]
    assert of_quietest(quietest(cells(), 3), names, names, names, ENGLISH) == [
        "Expected, and not heard yet: “B”, “A” and “C”."
    ]
