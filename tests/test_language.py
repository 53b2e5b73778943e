"""What a reader reads: sentences, numbers, wordings and problems, in Italian and English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from consultation import language
from consultation.errors import BrokenContribution, BrokenPlan
from consultation.language import Language, Wording

CATALOGUE = """
msgid ""
msgstr ""
"Language: it\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "The answer of {who}"
msgstr "La risposta di {who}"

msgid "{n} answer in {place}"
msgid_plural "{n} answers in {place}"
msgstr[0] "una risposta a {place}"
msgstr[1] "{n} risposte a {place}"

msgid "Shorten it to {most} signs."
msgstr "Accorciala a {most} caratteri."
"""

ITALIAN, ENGLISH = Language("it"), Language("en")


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An Italian catalogue of three sentences, an English one of none."""
    (tmp_path / "it.po").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "en.po").write_text('msgid ""\nmsgstr ""\n"Language: en\\n"\n', encoding="utf-8")
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    language._catalogue.cache_clear()
    yield
    language._catalogue.cache_clear()


@pytest.mark.usefixtures("catalogues")
def test_a_sentence_is_said_in_the_readers_language() -> None:
    assert ITALIAN.say("The answer of {who}", who="Ada") == "La risposta di Ada"
    assert ENGLISH.say("The answer of {who}", who="Ada") == "The answer of Ada"


@pytest.mark.usefixtures("catalogues")
def test_a_sentence_not_translated_yet_is_said_in_english() -> None:
    assert ITALIAN.say("Nobody has translated this") == "Nobody has translated this"


@pytest.mark.usefixtures("catalogues")
def test_what_people_write_may_hold_braces() -> None:
    assert ITALIAN.say("The answer of {who}", who="{boom} {0}") == "La risposta di {boom} {0}"


@pytest.mark.usefixtures("catalogues")
@pytest.mark.parametrize(
    ("n", "italian", "english"),
    [
        (0, "0 risposte a Riva", "0 answers in Riva"),
        (1, "una risposta a Riva", "1 answer in Riva"),
        (1234, "1.234 risposte a Riva", "1,234 answers in Riva"),
    ],
)
def test_counts_agree_with_their_number(n: int, italian: str, english: str) -> None:
    one, many = "{n} answer in {place}", "{n} answers in {place}"
    assert ITALIAN.count(one, many, n, place="Riva") == italian
    assert ENGLISH.count(one, many, n, place="Riva") == english


@pytest.mark.usefixtures("catalogues")
def test_a_problem_is_told_with_its_numbers_as_people_write_them() -> None:
    problem = BrokenContribution("Shorten it to {most} signs.", most=5000)
    assert ITALIAN.tell(problem) == "Accorciala a 5.000 caratteri."
    assert ENGLISH.tell(problem) == "Shorten it to 5,000 signs."
    assert str(problem) == "Shorten it to 5000 signs."


def test_a_problem_shows_other_values_as_they_are() -> None:
    problem = BrokenPlan("{key}: {path}", key="rules.seed", path=Path("a/b.toml"))
    assert ITALIAN.tell(problem) == "rules.seed: a/b.toml"


@pytest.mark.parametrize(
    ("value", "digits", "italian", "english"),
    [
        (0, 0, "0", "0"),
        (1666, 0, "1.666", "1,666"),
        (1234567.891, 1, "1.234.567,9", "1,234,567.9"),
        (-0.5, 2, "-0,50", "-0.50"),
        (2.5, 0, "2", "2"),
    ],
)
def test_numbers_have_the_languages_signs(value: float, digits: int, italian: str, english: str) -> None:
    assert ITALIAN.number(value, digits) == italian
    assert ENGLISH.number(value, digits) == english


def test_a_wording_falls_back_to_italian() -> None:
    both, one = Wording("Protezione", "Protection"), Wording.read({"it": "Luoghi"})
    assert (ITALIAN.pick(both), ENGLISH.pick(both)) == ("Protezione", "Protection")
    assert (ITALIAN.pick(one), ENGLISH.pick(one)) == ("Luoghi", "Luoghi")


def test_a_language_that_is_not_spoken_here_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        Language("fr").say("Anything")
