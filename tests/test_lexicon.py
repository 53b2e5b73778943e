"""The word lists of a language: units of several words, and what people add and take away."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.text.folding import folded
from analysis.text.lemmas import keys
from analysis.text.lexicon import Lexicon, read_lexicon, read_lexicons
from analysis.text.tokens import tokens
from tests.conftest import PROJECT

LEXICONS = read_lexicons(PROJECT / "data" / "lexicon")
ITALIAN = LEXICONS["it"]


def unit(text: str, lexicon: Lexicon = ITALIAN) -> str | None:
    """The unit that the whole of `text` is, if any."""
    surfaces = [token.surface for token in tokens(text)]
    key_of = keys(surfaces, lexicon)
    return lexicon.units.get(tuple(key_of[surface] for surface in surfaces))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("terzo settore", "terzo settore"),
        ("Terzo Settore", "terzo settore"),
        ("presa in carico", "presa in carico"),
        ("prese in carico", "presa in carico"),
        ("casa popolare", "casa popolare"),
        ("Case Popolari", "casa popolare"),
        ("lista d'attesa", "lista d'attesa"),
        ("liste di attesa", "lista d'attesa"),
        ("liste d’attesa", "lista d'attesa"),
        ("dopo di noi", "dopo di noi"),
        ("unità di strada", "unita di strada"),
        ("assistenti sociali", "assistente sociale"),
        ("servizio sociale", "servizi sociali"),
        ("co-housing", None),
        ("co housing", "cohousing"),
        ("servizio comunale", None),
        ("settore terzo", None),
    ],
)
def test_a_unit_is_known_in_singular_and_plural_and_however_written(text: str, name: str | None) -> None:
    assert unit(text) == name


@pytest.mark.parametrize("language", sorted(LEXICONS))
def test_shipped_units_are_several_words_and_none_takes_the_way_of_another(language: str) -> None:
    lexicon = LEXICONS[language]
    assert len(lexicon.units) >= len(lexicon.unit_names)
    names = [folded(ways[0]) for ways in lexicon.unit_names]
    assert len(set(names)) == len(names)
    for ways in lexicon.unit_names:
        for way in ways:
            assert unit(way, lexicon) in (None, folded(ways[0])), (
                f"{way!r} is also a way to write another unit"
            )


@pytest.mark.parametrize("language", sorted(LEXICONS))
def test_a_unit_with_a_name_of_one_word_meets_that_word(language: str) -> None:
    """`co housing` is counted with `cohousing`: the name must be the word's own key."""
    lexicon = LEXICONS[language]
    for name in (ways[0] for ways in lexicon.unit_names if len(tokens(ways[0])) == 1):
        assert keys([name], lexicon)[name] == folded(name)


def test_words_are_added_and_taken_away_as_people_type_them() -> None:
    changed = ITALIAN.with_words(
        function_words=["Dunque", "Milano"],
        no_function_words=["Senza", "perché"],
        question_words=["quartieri", "Terzo Settore", "il nostro futuro"],
    )
    assert "milano" in changed.function_words
    assert not {"senza", "perche"} & changed.function_words
    assert changed.question_words == {"quartiere", "terzo settore", "futuro"}
    assert ITALIAN.question_words == frozenset()
    assert "milano" not in ITALIAN.function_words


def test_taking_a_question_word_away_undoes_adding_it() -> None:
    added = ITALIAN.with_words(question_words=["i quartieri", "città"])
    assert added.with_words(no_question_words=["Quartiere"]).question_words == {"citta"}
    assert ITALIAN.with_words(question_words=["casa"], no_question_words=["case"]) == ITALIAN


def test_a_function_word_that_counts_again_is_counted_under_its_headword_and_its_units_still_meet() -> None:
    changed = ITALIAN.with_words(no_function_words=["prima"])
    assert unit("prima infanzia", changed) == "prima infanzia"


def write(folder: Path, units: str | None) -> Path:
    place = folder / "it"
    place.mkdir()
    (place / "function_words.txt").write_text("di in\n", encoding="utf-8")
    (place / "lemmas.csv").write_text("form,lemma\n", encoding="utf-8")
    if units is not None:
        (place / "units.txt").write_text(units, encoding="utf-8")
    return place


def test_a_language_may_do_without_units(tmp_path: Path) -> None:
    assert read_lexicon(write(tmp_path, None)).units == {}


def test_comments_say_nothing_and_ways_stand_behind_the_name(tmp_path: Path) -> None:
    lexicon = read_lexicon(write(tmp_path, "# units\n\nlista  d'attesa = lista di attesa # waiting\n"))
    assert lexicon.unit_names == (("lista d'attesa", "lista di attesa"),)


@pytest.mark.parametrize(
    "line",
    [
        "settore",
        "terzo settore =",
        "casa, popolare",
        "senza tetto = senzatetto",
        "articolo 3",
        "= settore terzo",
    ],
)
def test_a_line_that_is_no_unit_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match=r"units.txt, line 2: .* is no unit: write two words or more"):
        read_lexicon(write(tmp_path, f"terzo settore\n{line}\n"))
