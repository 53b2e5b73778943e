"""What is found of the words besides their counts, once for all who look at the same."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis.text.contexts import Order, contexts
from analysis.text.keyness import Side, keyness
from analysis.text.network import Network, network
from analysis.text.phrases import phrases, places
from pages.analyst.results import Desk, Results, lexicons
from pages.frame.language import language
from pages.frame.store import on_forget, revision


def compared(found: Results, here: Side, there: Side, about: str) -> pd.DataFrame:
    """The words of two sides of the answers, as `keyness` compares them; `about` tells them from others."""
    return _table(found, f"keyness\n{about}", lambda: keyness(found.corpus, here, there))


def lines(found: Results, key: str, order: Order) -> pd.DataFrame:
    """The places of the word or pair of this key, with what stands around it."""
    return _table(found, f"lines\n{order}\n{key}", lambda: contexts(found.corpus, key, order=order))


def network_of(found: Results) -> Network:
    """The most used words that go together."""
    key = found.key._replace(about="network")
    with st.spinner(language().say("Looking for words that go together…"), show_time=False):
        return networks().of(key, lambda: network(found.corpus, found.findings.words)).found


def key_typed(found: Results, typed: str) -> str:
    """The key under which what a person typed is counted; "" when nobody uses it, or it is no word."""
    known = lexicons(found.codebook)
    read = sorted(" ".join(phrase) for phrase in phrases(typed, known))
    for lexicon in known.values():
        content = lexicon.keys_of(typed)
        read += content if len(content) == 1 else ()  # "gli anziani": nobody has to write the article
    return next((key for key in read if len(places(found.corpus, key).first)), "")


@st.cache_resource(show_spinner=False)
def tables() -> Desk[pd.DataFrame]:
    """The words compared, and the lines read, last."""
    return Desk(revision)


@st.cache_resource(show_spinner=False)
def networks() -> Desk[Network]:
    """The networks looked at last."""
    return Desk(revision)


@on_forget
def _forget(consultation_id: str) -> None:
    tables().forget(consultation_id)
    networks().forget(consultation_id)


def _table(found: Results, about: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    with st.spinner(language().say("Reading the words…"), show_time=False):
        return tables().of(found.key._replace(about=about), make).found
