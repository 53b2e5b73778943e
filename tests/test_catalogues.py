"""Both languages say everything, with the same values in their places."""

from __future__ import annotations

import ast
import string

import pytest
from babel.messages import Catalog, Message

from consultation.language import LANGUAGES
from tests.messages import extracted, kept, kinds, sources, untranslated


@pytest.fixture(scope="module")
def found() -> Catalog:
    return extracted()


def sentences(catalogue: Catalog) -> set[object]:
    return {message.id for message in catalogue if message.id}


def wordings_of(source: str | tuple[str, ...] | list[str]) -> list[str]:
    return [source] if isinstance(source, str) else list(source)


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


def test_no_sentence_hides_from_the_extraction(found: Catalog) -> None:
    """Inside an f-string Babel sees none, and it would be English for ever."""
    known = {text for message in found if message.id for text in wordings_of(message.id)}
    said = {
        node.args[0].value
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and (
            (name := ast.unparse(node.func).split(".")[-1]) in {"say", *kinds()}
            or (name == "count" and len(node.args) == len(("one", "many", "n")))
        )
    }
    assert said <= known


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
