"""In which answers a word or a phrase stands, and how it is written there."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from analysis.text.corpus import ReadAnswer, read_words
from analysis.text.phrases import by_first_word, find
from pages.analyst.results import Desk, Results, lexicons
from pages.frame.store import on_forget, revision


def uses(found: Results, key: str) -> pd.DataFrame:
    """The answers that use the word, or the phrase, of this `key`, with its forms in each as `words`."""
    where = desk().of(found.key._replace(about=key), lambda: _places(found.answers, key)).found
    return where.merge(found.answers, on="answer_id", validate="one_to_one")


@st.cache_resource(show_spinner=False)
def desk() -> Desk[pd.DataFrame]:
    """The places of the words looked up last."""
    return Desk(revision)


on_forget(lambda consultation_id: desk().forget(consultation_id))


def _places(answers: pd.DataFrame, key: str) -> pd.DataFrame:
    phrase = tuple(key.split())
    rows = [
        (answer.answer_id, "|".join(forms))
        for answer in read_words(answers, lexicons()).answers
        if (forms := dict.fromkeys(_forms(answer, phrase)))
    ]
    return pd.DataFrame(rows, columns=["answer_id", "words"], dtype="str")


def _forms(answer: ReadAnswer, phrase: tuple[str, ...]) -> Iterator[str]:
    """How the word or phrase of these keys is written, in the order it is."""
    if len(phrase) == 1:
        yield from (word.surface for word in answer.words if word.content and word.key == phrase[0])
        return
    for _, first, last in find(answer.words, by_first_word([phrase])):
        yield answer.text[answer.words[first].start : answer.words[last].end]
