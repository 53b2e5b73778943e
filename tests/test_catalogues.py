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
    if message.pluralizable:
        return list(zip(message.id, message.string, strict=True))
    return [(str(message.id), str(message.string))]


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
                # a singular may say "one" in words instead of {n}
                assert places(source) ^ places(translation) <= ({"n"} if message.pluralizable else set()), source
