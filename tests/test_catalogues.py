"""Both languages say everything, with the same values in their places."""

from __future__ import annotations

import string

import pytest
from babel.messages import Catalog, Message

from consultation.language import LANGUAGES
from tests.messages import extracted, kept, untranslated


@pytest.fixture(scope="module")
def found() -> Catalog:
    return extracted()


def sentences(catalogue: Catalog) -> set[object]:
    return {message.id for message in catalogue if message.id}


def places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def wordings(message: Message) -> list[tuple[str, str]]:
    """Pairs of source and translation: one, or one for each plural form."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(map(str, message.id), map(str, message.string or ()), strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_code_is_in_the_catalogue_and_no_other(language: str, found: Catalog) -> None:
    assert sentences(kept(language)) == sentences(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    assert untranslated(kept(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_same_places(language: str) -> None:
    for message in kept(language):
        if message.id:
            for source, translation in wordings(message):
                in_words = {"n"} if message.pluralizable else set()  # a singular may say "one" instead of {n}
                assert places(source) ^ places(translation) <= in_words, source
