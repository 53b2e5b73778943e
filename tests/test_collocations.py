"""Pairs of words: what counts as side by side, and which are more than chance."""

from __future__ import annotations

from math import log

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.collocations import count_pairs
from analysis.text.corpus import read_words
from tests.test_words import LEXICONS, corpus, rows


def pairs(*texts: str) -> set[str]:
    """What is found in these answers, each by another person, if one person is enough."""
    filler = ["Sole mare monte", "lago fiume bosco"]
    table = count_pairs(corpus(*((f"p{n}", text) for n, text in enumerate([*texts, *filler]))), at_least=1)
    return set(table["words"]) - {"solo mare", "mare monte", "lago fiume", "fiume bosco"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("piazze allegre", {"piazza allegro"}),
        ("porta di legno", {"porta legno"}),
        ("cambio d'aria", {"cambio aria"}),
        ("nuove case popolari", {"nuovo casa popolare"}),  # a unit is one word
        ("case popolari", set()),
        ("domanda e offerta", {"domanda offerta"}),
        ("lavoro con l'università", set()),  # two words between
        ("casa, popolare", set()),
        ("casa. Popolare", set()),
        ("casa\npopolare", set()),
        ("legge 104 disabilità", set()),
        ("rete, di quartiere", set()),
        ("rete rete", set()),
        ("", set()),
    ],
)
def test_what_is_side_by_side(text: str, found: set[str]) -> None:
    assert pairs(text) == found


def test_pairs_never_cross_answers() -> None:
    assert pairs("casa", "popolare") == set()


def test_a_pair_is_shown_as_people_write_it() -> None:
    table = count_pairs(
        corpus(
            ("a", "Porta di legno"),
            ("b", "la porta  di legno"),
            ("c", "porte di legno"),
            ("d", "altro tema"),
        ),
        at_least=1,
    )
    assert rows(table)[0][:4] == ("porta legno", "porta di legno", 3, 3)


def test_one_person_repeating_is_not_enough() -> None:
    loud = [("anna", "piazze allegre")] * 9
    some = [
        ("bruno", "cortili aperti"),
        ("carla", "cortili aperti"),
        ("dario", "cortile aperto"),
        ("e", "altro tema"),
    ]
    table = count_pairs(corpus(*loud, *some))
    assert rows(table)[0][:4] == ("cortile aperto", "cortili aperti", 3, 3)
    assert len(table) == 1


def test_the_ratio_is_dunnings() -> None:
    """G² = 2 Σ observed · ln(observed / expected) over the four cells, by hand."""
    said = ["terzo piano"] * 4 + ["terzo giorno", "piano comune", "tema giorno", "comune tema"]
    table = count_pairs(corpus(*((f"p{n}", text) for n, text in enumerate(said))))
    # 16 content words; terzo 5, piano 5, together 4
    observed = [4, 1, 1, 10]
    expected = [5 * 5 / 16, 5 * 11 / 16, 11 * 5 / 16, 11 * 11 / 16]
    ratio = 2 * sum(o * log(o / e) for o, e in zip(observed, expected, strict=True))
    assert table["words"].tolist() == ["terzo piano"]
    assert table["likelihood_ratio"].tolist() == pytest.approx([ratio], abs=1e-6)


def test_pairs_rarer_than_chance_are_left_out() -> None:
    """ "rete casa" stands once where chance would put it more often."""
    said = ["rete"] * 8 + ["casa"] * 8 + ["rete casa"]
    assert count_pairs(corpus(*((f"p{n}", text) for n, text in enumerate(said))), at_least=1).empty


def test_no_answers_no_pairs() -> None:
    table = count_pairs(corpus())
    assert table.empty
    assert list(table.columns) == ["words", "shown", "n_answers", "n_participants", "likelihood_ratio"]


@given(st.permutations(range(7)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    said = [
        "Case popolari",
        "case popolari",
        "casa popolare",
        "cortili aperti",
        "Orti condivisi",
        "orti",
        "rete",
    ]
    table = pd.DataFrame({"answer_id": list("abcdefg"), "contribution_id": list("tuvwxyz"), "text": said})
    first = count_pairs(read_words(table, LEXICONS), at_least=2).to_csv()
    assert count_pairs(read_words(table.iloc[order], LEXICONS), at_least=2).to_csv() == first
