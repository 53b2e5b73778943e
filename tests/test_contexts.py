"""Concordance lines: the word as it is written, and what stands beside it in the same answer."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.contexts import CUT, Order, contexts
from analysis.text.corpus import read_words
from tests.test_words import LEXICONS, corpus, rows


def lines(*texts: str, key: str, room: int = 60) -> list[tuple[str, str, str]]:
    table = contexts(corpus(*((f"p{n}", text) for n, text in enumerate(texts))), key, room=room)
    return list(table[["left", "written", "right"]].itertuples(index=False, name=None))


def test_every_form_of_the_word_with_both_its_sides() -> None:
    assert lines("Per gli anziani soli, sempre.", "L'anziana", key="anziano") == [
        ("Per gli", "anziani", "soli, sempre."),
        ("L'", "anziana", ""),
    ]


def test_a_word_said_twice_has_two_lines() -> None:
    assert lines("rete, più rete", key="rete") == [("", "rete", ", più rete"), ("rete, più", "rete", "")]


def test_a_pair_stands_with_the_word_between() -> None:
    assert lines("la domanda e offerta di case", key="domanda offerta") == [
        ("la", "domanda e offerta", "di case")
    ]


def test_a_unit_of_the_field_is_one_word() -> None:
    assert lines("Il terzo  settore aiuta", key="terzo settore") == [("Il", "terzo settore", "aiuta")]


def test_nothing_crosses_answers() -> None:
    assert lines("prima", "rete", "dopo", key="rete") == [("", "rete", "")]


def test_lines_are_cut_between_words() -> None:
    text = "uno due tre quattro cinque rete sei sette otto nove"
    assert lines(text, key="rete", room=12) == [(f"{CUT} cinque", "rete", f"sei sette {CUT}")]


@pytest.mark.parametrize("room", [1, 5, 9, 10, 11])
def test_a_word_longer_than_the_room_is_left_out_whole(room: int) -> None:
    ((left, _, right),) = lines("precipitevolissimevolmente rete indipendentemente", key="rete", room=room)
    assert (left, right) == (CUT, CUT)


def test_line_breaks_and_numbers_stay_in_one_line() -> None:
    assert lines("Legge 104:\n\nrete di\taiuto 24/7", key="rete") == [("Legge 104:", "rete", "di aiuto 24/7")]


@pytest.mark.parametrize("key", ["castello", "rete castello", "la", ""])
def test_what_nobody_says_has_no_lines(key: str) -> None:
    table = contexts(corpus(("a", "la rete")), key)
    assert table.empty
    assert list(table.columns) == ["answer_id", "start", "left", "written", "right"]


def test_lines_stand_in_the_order_of_their_answers() -> None:
    read = corpus(("a", "una rete"), ("b", "rete e rete"))
    assert [row[:2] for row in rows(contexts(read, "rete"))] == [("a0", 4), ("a1", 0), ("a1", 7)]


def test_what_is_said_alike_stands_together() -> None:
    read = corpus(
        ("a", "fare rete, tra vicini"), ("b", "la Rete ampia"), ("c", "Fare rete (tra) enti"), ("d", "rete")
    )
    by_right = contexts(read, "rete", order="right")
    assert by_right["answer_id"].tolist() == ["a3", "a1", "a2", "a0"]
    by_left = contexts(read, "rete", order="left")
    assert by_left["answer_id"].tolist() == ["a3", "a0", "a2", "a1"]


def test_left_neighbours_are_read_from_the_word_outwards() -> None:
    read = corpus(("a", "zeta una rete"), ("b", "alfa una rete"), ("c", "beta la rete"))
    assert contexts(read, "rete", order="left")["answer_id"].tolist() == ["a2", "a1", "a0"]


@given(st.text("rete aà\n,.'1", max_size=80), st.integers(0, 30))
def test_every_line_is_a_part_of_its_answer(text: str, room: int) -> None:
    read = corpus(("a", f"{text} rete {text}"))
    whole = " ".join(f"{text} rete {text}".split())
    table = contexts(read, "rete", room=room)
    for side in [*table["left"], *table["right"]]:
        assert side.strip(f" {CUT}") in whole
        assert len(side.strip(f" {CUT}")) <= room
    assert set(table["written"]) == {"rete"}


@given(st.permutations(range(5)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    table = pd.DataFrame(
        {
            "answer_id": list("abcde"),
            "contribution_id": list("xxyyz"),
            "text": ["una rete", "Una rete", "rete", "rete di rete", "casa"],
        }
    )
    orders: tuple[Order, ...] = ("answer", "left", "right")
    for by in orders:
        first = contexts(read_words(table, LEXICONS), "rete", order=by).to_csv()
        assert contexts(read_words(table.iloc[order], LEXICONS), "rete", order=by).to_csv() == first
