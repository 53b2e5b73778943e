"""The answers, read once: what words, pairs and proposals are all computed from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from analysis.text.folding import folded
from analysis.text.lemmas import keys, plain_form
from analysis.text.lexicon import Lexicon
from analysis.text.tokens import Token, neighbours, tokens

SHORTEST_TO_TELL = 4  # words below which a language is not guessed: names and loan words mislead


class Word(NamedTuple):
    """A word of an answer; `run` numbers the stretches of words with only blanks between them."""

    start: int
    end: int
    surface: str
    key: str
    content: bool
    run: int


@dataclass(frozen=True)
class ReadAnswer:
    """An answer and its words. `objectives` are the author's own tags; `strategic_question` may be ""."""

    answer_id: str
    contribution_id: str
    strategic_question: str
    objectives: tuple[str, ...]
    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Corpus:
    """All answers, in the order of their ids."""

    answers: tuple[ReadAnswer, ...]


def read_words(answers: pd.DataFrame, lexicons: Mapping[str, Lexicon]) -> Corpus:
    """The words of every answer in the `answers` table, whatever the order of its rows.

    Each answer is read by the lexicon of its `language`, or of most of the table where that is unknown,
    unless its function words are mostly those of another: people answer an Italian form in English, and
    tables brought from elsewhere name no language. Raises `ValueError` when there is no lexicon, or one of
    `answer_id`, `contribution_id` and `text` is missing.
    """
    if not lexicons:
        raise ValueError("no lexicon: words of no language can be read")
    if missing := {"answer_id", "contribution_id", "text"} - set(answers.columns):
        raise ValueError(f"the table of answers has no column {', '.join(sorted(missing))}")
    table = answers.reindex(columns=_COLUMNS).fillna("").astype("str")
    rows = sorted(table.itertuples(index=False, name=None))
    texts = [tokens(row[-1]) for row in rows]
    telling = _telling({token.surface for found in texts for token in found}, lexicons)
    usual = _most_told((token for found in texts for token in found), telling, lexicons)
    languages = [
        _language(declared[:2].lower(), found, telling, lexicons, usual)
        for (*_, declared, _), found in zip(rows, texts, strict=True)
    ]
    vocabulary: dict[str, set[str]] = {language: set() for language in lexicons}
    for language, found in zip(languages, texts, strict=True):
        vocabulary[language].update(token.surface for token in found)
    keyed = {language: keys(surfaces, lexicons[language]) for language, surfaces in vocabulary.items()}
    return Corpus(
        tuple(
            ReadAnswer(
                answer_id,
                contribution_id,
                strategic_question,
                tuple(tag for tag in objectives.split("|") if tag),
                text,
                tuple(_words(text, found, keyed[language], lexicons[language].function_words)),
            )
            for (answer_id, contribution_id, strategic_question, objectives, _, text), found, language in zip(
                rows, texts, languages, strict=True
            )
        )
    )


_COLUMNS = ["answer_id", "contribution_id", "strategic_question", "objectives", "language", "text"]


def _words(
    text: str, found: Sequence[Token], key_of: Mapping[str, str], function_words: frozenset[str]
) -> Iterator[Word]:
    run = 0
    for position, token in enumerate(found):
        if position and not neighbours(text, found[position - 1], token):
            run += 1
        key = key_of[token.surface]
        yield Word(*token, key, len(key) > 1 and key not in function_words, run)


def _telling(surfaces: Iterable[str], lexicons: Mapping[str, Lexicon]) -> dict[str, str]:
    """The surfaces that are function words of one language only, with that language."""
    telling = {}
    for surface in surfaces:
        languages = [
            language
            for language, lexicon in lexicons.items()
            if folded(plain_form(surface, language)) in lexicon.function_words
        ]
        if len(languages) == 1:
            telling[surface] = languages[0]
    return telling


def _language(
    declared: str,
    found: Sequence[Token],
    telling: Mapping[str, str],
    lexicons: Mapping[str, Lexicon],
    usual: str,
) -> str:
    if declared not in lexicons:
        declared = usual
    return declared if len(found) < SHORTEST_TO_TELL else _most_told(found, telling, lexicons, declared)


def _most_told(
    found: Iterable[Token], telling: Mapping[str, str], lexicons: Mapping[str, Lexicon], declared: str = ""
) -> str:
    """The language with most telling words; among equals the declared one, then the first by name."""
    told = Counter(telling[token.surface] for token in found if token.surface in telling)
    return max(sorted(lexicons), key=lambda name: (told[name], name == declared))
