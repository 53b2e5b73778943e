"""The answers in columns: offsets, runs, units, and the languages that no lexicon knows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text import scanning
from analysis.text.corpus import Corpus, read_words
from analysis.text.phrases import find, phrases, places
from analysis.text.scanning import scanned
from analysis.text.tokens import neighbours, tokens
from tests.test_words import LEXICONS, corpus

ALPHABET = "ab cè'’.-\n\x00*[]@à1😀"


def words(read: Corpus) -> list[str]:
    """How every word is written in its text."""
    texts = read.answers["text"].tolist()
    return [
        texts[answer][start:end]
        for answer, start, end in zip(read.answer_of, read.starts, read.ends, strict=True)
    ]


def keys(read: Corpus) -> list[str]:
    return [read.vocabulary[key] for key in read.keys]


def test_offsets_lead_back_to_the_text() -> None:
    read = corpus(("a", "Più  ascolto\ndell’educatrice, 24."))
    assert words(read) == ["Più", "ascolto", "dell’", "educatrice"]
    assert keys(read) == ["piu", "ascolto", "dell", "educatore"]
    assert read.content.tolist() == [False, True, False, True]
    assert read.joined.tolist() == [False, True, False, True]


@given(st.lists(st.text(ALPHABET, max_size=30), max_size=8), st.integers(1, 3))
def test_many_texts_hold_the_words_that_each_holds(texts: list[str], at_once: int) -> None:
    """The columns, however many texts are scanned at once, against one text at a time."""
    usual = scanning.TEXTS_AT_ONCE
    scanning.TEXTS_AT_ONCE = at_once
    try:
        found = scanned(texts)
    finally:
        scanning.TEXTS_AT_ONCE = usual
    assert list(found.surfaces) == sorted(set(found.surfaces))
    for number, text in enumerate(texts):
        expected = tokens(text)
        where = slice(*found.bounds[number : number + 2])
        assert [found.surfaces[form] for form in found.forms[where]] == [t.surface for t in expected]
        assert found.starts[where].tolist() == [t.start for t in expected]
        assert found.ends[where].tolist() == [t.end for t in expected]
        assert found.joined[where].tolist() == [
            bool(place) and neighbours(text, expected[place - 1], token)
            for place, token in enumerate(expected)
        ]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Il terzo settore", ["il", "terzo settore"]),
        ("Terzo  Settore", ["terzo settore"]),
        ("il terzo, settore", ["il", "terzo", "settore"]),
        ("la casa popolare e le case popolari", ["la", "casa popolare", "e", "le", "casa popolare"]),
        ("presa in carico terzo settore", ["presa in carico", "terzo settore"]),
    ],
)
def test_a_unit_is_one_word(text: str, counted: Sequence[str]) -> None:
    read = corpus(("a", text))
    assert keys(read) == counted
    assert read.content.tolist() == [" " in key for key in counted] or "terzo" in counted


def test_a_unit_of_another_language_is_no_unit_here() -> None:
    read = corpus(("a", "We like the terzo settore and the way that they work with us"))
    assert "terzo settore" not in keys(read)


def test_a_unit_that_is_a_word_of_the_question_says_nothing() -> None:
    lexicons = {name: kept.with_words(question_words=["terzo settore"]) for name, kept in LEXICONS.items()}
    table = pd.DataFrame({"answer_id": ["a"], "contribution_id": ["a"], "text": ["Il terzo settore aiuta"]})
    read = read_words(table, lexicons)
    assert [keys(read)[place] for place in np.flatnonzero(read.content)] == ["aiutare"]


def test_a_language_without_lexicon_is_kept_and_counted_as_it_is_written() -> None:
    read = corpus(("a", "Більше допомоги для самотніх людей похилого віку"))
    assert "допомоги" in keys(read)
    assert read.content.any()


def test_a_pair_or_a_word_is_found_by_its_key() -> None:
    read = corpus(("a", "La porta di legno e le porte"), ("b", "porta"))
    assert len(places(read, "porta").first) == 3
    found = places(read, "porta legno")
    assert [words(read)[first] for first in found.first] == ["porta"]
    assert [words(read)[last] for last in found.last] == ["legno"]
    assert len(places(read, "zanzibar").first) == 0
    assert len(places(corpus(), "porta").first) == 0


def test_a_pair_with_a_unit_is_found_by_its_key() -> None:
    read = corpus(("a", "nuove case popolari"))
    assert len(places(read, "nuovo casa popolare").first) == 1


def test_a_seed_with_a_unit_is_found_whole() -> None:
    read = corpus(("a", "Lo sportello dei servizi sociali"), ("b", "servizi per i sociali"))
    (phrase,) = phrases("sportello servizi sociali", {"it": LEXICONS["it"]})
    found = find(read, phrase)
    assert read.answer_of[found.first].tolist() == [0]


@given(st.permutations(range(5)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    table = pd.DataFrame(
        {
            "answer_id": list("abcde"),
            "contribution_id": list("vvwxy"),
            "text": ["Il terzo settore", "la rete", "", "We need help with the rent", "case popolari, rete"],
            "language": ["it", "", "it", "it", ""],
        }
    )
    first, other = read_words(table, LEXICONS), read_words(table.iloc[order], LEXICONS)
    assert first.answers.to_csv() == other.answers.to_csv()
    for column in ("bounds", "starts", "ends", "forms", "keys", "content", "joined"):
        assert np.array_equal(getattr(first, column), getattr(other, column)), column
    assert (first.surfaces, first.vocabulary) == (other.surfaces, other.vocabulary)
