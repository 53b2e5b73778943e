"""Words that are left out of the counts of this consultation: seen by all who read, changed by some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from consultation.decisions import WordList
from pages.analyst.results import Results, shipped_lexicons
from pages.analyst.told import quiet
from pages.frame.decisions import decide, deciding, history
from pages.frame.language import language
from pages.frame.plain import plain

MOST_OFFERED = 500  # the most used words: what only echoes a question is among them


def left_out(found: Results) -> None:
    """What is left out and why; for whoever may decide, three lists to change, each with effect at once."""
    say, codebook = language().say, found.codebook
    st.header(say("Words left out"))
    st.markdown(
        say(
            "Words that only repeat what was asked say nothing of the answers. What is left out here is left "
            "out for everyone who reads, in every count of words and where objectives are looked for."
        )
    )
    small = _small_words()
    questions = codebook.question_words.added
    others, counted = codebook.function_words.added - small, codebook.function_words.removed & small
    if deciding(found.consultation):
        top = found.findings.words.head(MOST_OFFERED)
        names = dict(zip(top["word"], top["shown"], strict=True))
        _change(found, "question", say("Words of the question"), questions, names)
        _change(found, "function", say("Other words left out"), others, names)
        _change_back(found, counted, small)
    else:
        _tell(say("Words of the question"), questions)
        _tell(say("Other words left out"), others)
        _tell(say("Small words that are counted all the same"), counted)
    quiet(
        language().count(
            "Besides, {n} small word (articles, prepositions, auxiliaries of each language) is never "
            "counted.",
            "Besides, {n} small words (articles, prepositions, auxiliaries of each language) are never "
            "counted.",
            len(small - counted),
        )
    )
    history(found.consultation)


def _change(
    found: Results, word_list: WordList, label: str, current: Iterable[str], names: Mapping[str, str]
) -> None:
    """A list of words to add to and to take from."""
    kept = sorted(current)
    offered = list(dict.fromkeys([*kept, *names]))
    chosen = _field(found, word_list, label, offered, kept, names)
    added, removed = sorted({*chosen} - {*kept}), sorted({*kept} - {*chosen})
    if added or removed:
        decide(found.consultation, lambda by: by.words(word_list, added, removed))


def _change_back(found: Results, current: Iterable[str], small: Iterable[str]) -> None:
    """Small words that this consultation counts."""
    kept = sorted(current)
    label = language().say("Small words that are counted all the same")
    chosen = _field(found, "counted", label, sorted(small), kept, {})
    counted, again = sorted({*chosen} - {*kept}), sorted({*kept} - {*chosen})
    if counted or again:
        decide(found.consultation, lambda by: by.words("function", again, counted))


def _field(
    found: Results, name: str, label: str, offered: list[str], kept: list[str], names: Mapping[str, str]
) -> list[str]:
    return [
        str(word)
        for word in st.multiselect(
            label,
            offered,
            default=kept,
            format_func=lambda word: names.get(word, word),
            placeholder=language().say("Choose words"),
            # other words are left out by their headwords, which only a choice knows
            accept_new_options=name == "question",
            select_all=False,
            # what was decided since makes it a field with other values
            key=f"left-out-{name}-{found.consultation.id}-{found.codebook.number}",
        )
    ]


def _small_words() -> frozenset[str]:
    """The function words that every consultation begins with."""
    return frozenset().union(*(lexicon.function_words for lexicon in shipped_lexicons().values()))


def _tell(label: str, words: Iterable[str]) -> None:
    told = ", ".join(sorted(words)) or language().say("none")
    st.markdown(plain(f"{label}: {told}"))
