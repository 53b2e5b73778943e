"""The word lists of every language, as people have changed them for one consultation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from analysis.text.lexicon import Lexicon


class Changes(Protocol):
    """Words that people added to a list, and took out of it, as they typed them."""

    @property
    def added(self) -> frozenset[str]: ...
    @property
    def removed(self) -> frozenset[str]: ...


def changed_lexicons(
    lexicons: Mapping[str, Lexicon], question_words: Changes, function_words: Changes
) -> dict[str, Lexicon]:
    """Each lexicon with these changes: people write in any language, so they hold for all."""
    if not any(
        (*question_words.added, *question_words.removed, *function_words.added, *function_words.removed)
    ):
        return dict(lexicons)
    return {
        name: lexicon.with_words(
            function_words=sorted(function_words.added),
            no_function_words=sorted(function_words.removed),
            question_words=sorted(question_words.added),
            no_question_words=sorted(question_words.removed),
        )
        for name, lexicon in lexicons.items()
    }
