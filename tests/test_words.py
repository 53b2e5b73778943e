"""Words by the people who use them; answers read once, each in its language."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.corpus import Corpus, read_words
from analysis.text.lexicon import Lexicon, read_lexicons
from analysis.text.words import commonest, count_words
from tests.conftest import PROJECT

LEXICONS = read_lexicons(PROJECT / "data" / "lexicon")


def corpus(*said: tuple[str, str], language: str = "it") -> Corpus:
    """Answers of (contribution, text)."""
    return read_words(
        pd.DataFrame(
            [(f"a{n}", person, text, language) for n, (person, text) in enumerate(said)],
            columns=["answer_id", "contribution_id", "text", "language"],
        ),
        LEXICONS,
    )


def rows(table: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(table.itertuples(index=False, name=None))


def test_people_count_not_repetitions() -> None:
    table = count_words(
        corpus(
            ("anna", "Rete, rete, rete!"), ("anna", "La rete."), ("bruno", "ascolto"), ("carla", "L'ascolto")
        )
    )
    assert rows(table) == [("ascolto", "ascolto", 2, 2), ("rete", "rete", 1, 2)]


def test_as_many_people_the_alphabet_decides() -> None:
    table = count_words(corpus(("a", "zona bosco"), ("a", "zona")))
    assert list(table["word"]) == ["bosco", "zona"]


def test_forms_meet_and_the_commonest_is_shown() -> None:
    table = count_words(corpus(("a", "Anziani"), ("b", "anziane"), ("c", "anziani"), ("d", "gli anziani")))
    assert rows(table) == [("anziano", "anziani", 4, 4)]


def test_accents_meet_however_typed() -> None:
    table = count_words(corpus(("a", "città"), ("b", "citta'"), ("c", "CITTÀ"), ("d", "la città")))
    assert rows(table) == [("citta", "città", 4, 4)]


def test_small_letters_win_a_tie() -> None:
    assert commonest({"Rete": 2, "rete": 2, "reti": 1}) == "rete"


@pytest.mark.parametrize("text", ["", "  ", "104", "e", "non c'è", "b", "😀", "[telefono] https://a.it"])
def test_an_answer_may_have_no_words(text: str) -> None:
    table = count_words(corpus(("a", text)))
    assert list(table.columns) == ["word", "shown", "n_participants", "n_answers"]
    assert table.empty


def test_no_answers_no_words() -> None:
    assert count_words(corpus()).empty


def test_an_english_answer_on_an_italian_form_is_read_in_english() -> None:
    table = count_words(corpus(("a", "We need more libraries and the volunteers that run them")))
    assert list(table["word"]) == ["library", "need", "run", "volunteer"]


def test_an_italian_answer_with_english_words_stays_italian() -> None:
    words = set(count_words(corpus(("a", "Il welfare, i caregiver e un team per le famiglie")))["word"])
    assert words == {"welfare", "caregiver", "team", "famiglia"}


def test_a_very_short_answer_is_in_the_language_of_its_form() -> None:
    assert list(count_words(corpus(("a", "The sole"), language="en"))["word"]) == ["sole"]
    assert "solo" in set(count_words(corpus(("a", "The sole"), language="it"))["word"])


def test_an_unknown_language_is_read_as_most_of_the_table() -> None:
    words = count_words(
        corpus(("a", "Gli anziani con la famiglia"), ("b", "donne sole"), ("c", "soli"), language="fr")
    )
    assert {"solo", "anziano"} <= set(words["word"])


@given(st.permutations(range(6)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    said = ["Anziani soli", "anziani Soli", "Soli!", "più rete", "Rete", "the people of the city"]
    table = pd.DataFrame(
        {"answer_id": list("abcdef"), "contribution_id": list("xxyyzz"), "text": said, "language": "it"}
    )
    first = count_words(read_words(table, LEXICONS)).to_csv()
    assert count_words(read_words(table.iloc[order], LEXICONS)).to_csv() == first


def test_the_table_that_came_in_stays_as_it_was() -> None:
    table = pd.DataFrame({"answer_id": ["b", "a"], "contribution_id": ["x", "y"], "text": ["Rete", None]})
    before = table.copy()
    read_words(table, LEXICONS)
    pd.testing.assert_frame_equal(table, before)


def test_a_table_without_texts_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no column contribution_id, text"):
        read_words(pd.DataFrame({"answer_id": ["a"]}), LEXICONS)


def test_without_a_lexicon_nothing_is_read() -> None:
    no_lexicons: dict[str, Lexicon] = {}
    with pytest.raises(ValueError, match="no lexicon"):
        read_words(pd.DataFrame({"answer_id": [], "contribution_id": [], "text": []}), no_lexicons)


def test_heavy_libraries_wait_until_words_are_read() -> None:
    """Participants' pages may import any of these modules without paying for them."""
    code = (
        "import sys\n"
        "from analysis.text import collocations, corpus, marks, proposals, words\n"
        "print(sorted({'nltk', 'sklearn', 'simplemma', 'scipy'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
