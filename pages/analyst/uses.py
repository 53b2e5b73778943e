"""In which answers a word or a phrase stands, and how it is written there."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.text.corpus import Corpus
from analysis.text.phrases import places
from pages.analyst.results import Desk, Results
from pages.frame.store import on_forget, revision


def uses(found: Results, key: str) -> pd.DataFrame:
    """The answers that use the word, or the phrase, of this `key`, with its forms in each as `words`."""
    where = desk().of(found.key._replace(about=key), lambda: _places(found.corpus, key)).found
    return where.merge(found.answers, on="answer_id", validate="one_to_one")


@st.cache_resource(show_spinner=False)
def desk() -> Desk[pd.DataFrame]:
    """The places of the words looked up last."""
    return Desk(revision)


on_forget(lambda consultation_id: desk().forget(consultation_id))


def _places(corpus: Corpus, key: str) -> pd.DataFrame:
    found = places(corpus, key)
    texts, ids = corpus.answers["text"].tolist(), corpus.answers["answer_id"].tolist()
    forms: dict[str, dict[str, None]] = {}
    for first, last in zip(found.first.tolist(), found.last.tolist(), strict=True):
        answer = corpus.answer_of[first]
        written = texts[answer][corpus.starts[first] : corpus.ends[last]]
        forms.setdefault(ids[answer], {})[written] = None
    rows = [(answer, "|".join(written)) for answer, written in forms.items()]
    return pd.DataFrame(rows, columns=["answer_id", "words"], dtype="str")
