"""Every answer of a consultation, to be read as it was written."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.text.folding import folded
from consultation import tables
from consultation.exporting import csv_bytes
from consultation.permissions import may_read_uncited, may_read_words
from pages.analyst.groups import group_labels
from pages.analyst.places import placed
from pages.analyst.told import quiet
from pages.frame.access import visitor
from pages.frame.choice import chosen
from pages.frame.language import language
from pages.frame.quotes import quotes
from pages.frame.store import reading

consultation = chosen(may_read_words)
say, count = language().say, language().count
plan = consultation.plan


def asked_for(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers that all choices leave, with the words searched for as `words`."""
    shown = answers
    places = st.columns(3)
    for place, column, label, every, names in (
        (
            places[0],
            "strategic_question",
            say("Strategic question"),
            say("All questions"),
            {q.id: language().pick(q.title) for q in plan.strategic_questions},
        ),
        (
            places[1],
            "guiding_question",
            say("Guiding question"),
            say("All questions"),
            {g.id: language().pick(g.heading) for g in plan.guiding_questions},
        ),
        (places[2], "group", say("Group"), say("All groups"), group_labels(plan, language())),
    ):
        with place:
            asked = st.selectbox(
                label,
                [value for value in names if value in set(answers[column])],
                index=None,
                format_func=names.__getitem__,
                placeholder=every,
                key=f"only-{column}-{consultation.id}",
            )
        if asked:
            shown = shown[shown[column] == asked]
    words = st.text_input(say("Search the words"), key=f"search-{consultation.id}", max_chars=100).strip()
    if words:
        shown = shown[[folded(words) in folded(text) for text in shown["text"]]]
    return shown.assign(words=words.replace("|", " "))


def take_away(shown: pd.DataFrame) -> None:
    """What is listed, in the form that `analyse` reads again."""
    if not may_read_uncited(visitor(), consultation):
        shown = shown[shown["consent"] != "counted_only"]
    table = shown[tables.ANSWERS.all]
    st.download_button(
        say("These answers (CSV)"),
        lambda: csv_bytes(table),
        f"{consultation.id}-answers.csv",
        "text/csv",
        on_click="ignore",
    )
    quiet(say("The file also holds what is only to be counted: keep it safe, and publish none of it."))


read = reading(consultation.id)
answers = tables.answers(read.contributions, read.hidden)
st.title(count("{n} answer, as it was written", "{n} answers, as they were written", len(answers)))
if answers.empty:
    st.markdown(say("What people send will stand here."))
    st.stop()
with st.expander(say("Choose and search")):
    shown = asked_for(answers)
if shown.empty:
    st.markdown(say("No answer is like this: take a choice back."))
else:
    quotes(placed(shown, plan, language()), consultation, key=f"all-{consultation.id}")
    take_away(shown)
