"""Counted in parts is counted at once: any cut, any order, people in several parts, any language."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text.corpus import read_words
from analysis.text.counting import PartCounts, added, count_part, merged, outline_part, whole_of
from analysis.text.words import count_words
from tests.test_words import LEXICONS, rows

TEXTS = [
    "Più ascolto per gli anziani, e una rete di quartiere che non lasci indietro nessuno.",
    "Anziane sole: il terzo settore c'è, il Comune no.",
    "We need more places for young people and less waiting at the health centre.",
    "More houses for the old, and the young.",
    "casa popolare",
    "waiting centre young houses places",  # only clear answers elsewhere tell that this is English
    "rete ascolto quartiere anziani Comune",
    "il faut plus de logements pour les jeunes et moins de temps d'attente",
    "нужно больше домов",
    "Rete!",
    "",
]
ANSWER = st.tuples(st.sampled_from("abcd"), st.sampled_from(TEXTS), st.sampled_from(["it", "en", ""]))


def table(said: list[tuple[str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(f"a{n:02}", *answer) for n, answer in enumerate(said)],
        columns=["answer_id", "contribution_id", "text", "language"],
    ).astype("str")


def counted(parts: list[pd.DataFrame]) -> list[PartCounts]:
    whole = whole_of(outline_part(part, LEXICONS) for part in parts)
    return [count_part(part, LEXICONS, whole) for part in parts]


def cut(answers: pd.DataFrame, places: list[int]) -> list[pd.DataFrame]:
    """The part of each row by its place in the list; parts may be empty."""
    return [answers[np.array(places) == place] for place in range(3)]


@settings(max_examples=40)
@given(st.lists(st.tuples(ANSWER, st.integers(0, 2)), min_size=1, max_size=14), st.randoms())
def test_any_cut_counts_what_the_whole_counts(
    said: list[tuple[tuple[str, str, str], int]], chance: object
) -> None:
    answers = table([answer for answer, _ in said])
    parts = counted(cut(answers, [place for _, place in said]))
    expected = count_words(read_words(answers, LEXICONS))
    pd.testing.assert_frame_equal(merged(parts), expected)
    chance.shuffle(parts)  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(merged(parts), expected)
    together = added(parts)
    assert together.answers == len(answers)
    assert together.all_participants == answers["contribution_id"].nunique()


@settings(max_examples=20)
@given(st.lists(st.tuples(ANSWER, st.integers(0, 2)), min_size=1, max_size=8))
def test_parts_may_be_added_in_any_order_and_any_brackets(
    said: list[tuple[tuple[str, str, str], int]],
) -> None:
    one, two, three = counted(cut(table([answer for answer, _ in said]), [place for _, place in said]))
    assert (one + two) + three == one + (two + three) == three + (two + one)
    pd.testing.assert_frame_equal(merged([one + two, three]), merged([one, two, three]))


def test_a_person_in_two_parts_counts_once() -> None:
    answers = table([("anna", "La rete.", "it"), ("anna", "Rete e rete!", "it"), ("bruno", "rete", "it")])
    parts = counted([answers[:1], answers[1:]])
    assert rows(merged(parts)) == [("rete", "rete", 2, 3)]
    assert [part.n_participants.get("rete", 0) for part in parts] == [0, 1]
    assert added(parts).all_participants == 2
    assert "anna" not in str([part.in_several for part in parts])


def test_a_part_does_not_decide_its_language_for_itself() -> None:
    """Two words tell nothing: they are in the language of most of the table, not of most of the part."""
    english = [("e", "we should have more of the places for the young and the old", "")] * 1
    italian = [("i", "la rete di quartiere è per gli anziani e per i giovani che sono soli", "")] * 3
    answers = table([*english, ("d", "case", ""), *italian])
    whole = count_words(read_words(answers, LEXICONS))
    assert "casa" in set(whole["word"])
    alone = count_words(read_words(answers[:2], LEXICONS))
    assert "casa" not in set(alone["word"])
    pd.testing.assert_frame_equal(merged(counted([answers[:2], answers[2:]])), whole)


def test_a_word_of_two_clear_answers_in_two_parts_is_familiar() -> None:
    answers = table([("a", TEXTS[2], ""), ("b", TEXTS[3], ""), ("c", TEXTS[0], "")])
    each = [outline_part(answers[n : n + 1], LEXICONS) for n in range(3)]
    assert "young" in whole_of(each).evidence.familiar["en"]
    assert "young" not in whole_of(each[1:]).evidence.familiar["en"]
    assert whole_of(each).evidence == whole_of([outline_part(answers, LEXICONS)]).evidence


def test_what_workers_send_is_counts_without_texts() -> None:
    answers = table([("anna", "Un segreto di quartiere.", "it"), ("bruno", "rete", "it")])
    (part,) = counted([answers])
    sent = pickle.dumps(part)
    assert pickle.loads(sent) == part
    assert b"Un segreto di quartiere" not in sent
    assert b"anna" not in sent


def test_nothing_said_is_an_empty_table_with_the_same_columns() -> None:
    empty = table([])
    pd.testing.assert_frame_equal(merged(counted([empty])), count_words(read_words(empty, LEXICONS)))
    pd.testing.assert_frame_equal(merged([]), count_words(read_words(empty, LEXICONS)))


@pytest.mark.parametrize("order", [[2, 0, 1], [1, 2, 0]])
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    answers = table([("a", TEXTS[0], ""), ("b", TEXTS[2], ""), ("a", TEXTS[6], "")])
    assert counted([answers]) == counted([answers.iloc[order]])
