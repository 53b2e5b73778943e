"""Answers to be ticked, a page at a time; what was ticked on one page holds on the others."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.quotes import PER_PAGE

SHORT = 90  # signs of an answer in a list to choose from


def shortened(text: str) -> str:
    """The beginning of an answer, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rstrip()}…"


def tick_answers(answers: pd.DataFrame, name: str) -> list[str]:
    """The ids of those of `answers` that are ticked; `name` tells the list from others."""
    ticked: set[str] = st.session_state.setdefault(f"ticked-{name}", set())
    pages = math.ceil(len(answers) / PER_PAGE)
    page = st.pagination(pages, key=f"{name}-pages-{pages}") if pages > 1 else 1
    for answer, text in answers.iloc[(page - 1) * PER_PAGE : page * PER_PAGE][
        ["answer_id", "text"]
    ].itertuples(index=False, name=None):
        key = f"{name}-{answer}"
        st.checkbox(
            plain(" ".join(text.split())),
            value=answer in ticked,
            key=key,
            on_change=_turn,
            args=(ticked, answer, key),
        )
    here = [answer for answer in answers["answer_id"] if answer in ticked]
    st.caption(language().count("{n} answer ticked", "{n} answers ticked", len(here)))
    return here


def _turn(ticked: set[str], answer: str, key: str) -> None:
    (ticked.add if st.session_state[key] else ticked.discard)(answer)
