"""A candidate theme, opened: its words, how far it may be trusted, the answers nearest its middle."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.sentences.figures import each, named
from analysis.sentences.themes_found import standing_told, what_stability_allows, words_told
from analysis.text.new_themes import typical
from consultation.deciding import LONGEST_DESCRIPTION, LONGEST_LABEL
from consultation.permissions import may_read_uncited
from pages.analyst.places import placed
from pages.analyst.results import Results
from pages.analyst.theme_findings import ThemeFindings
from pages.analyst.theme_opening import decide_and_open
from pages.analyst.told import quiet
from pages.frame.access import visitor
from pages.frame.decisions import decide, deciding
from pages.frame.language import TYPED, language
from pages.frame.plain import plain
from pages.frame.quotes import quotes


def open_candidate(seen: ThemeFindings, candidate: str) -> None:
    """What counting proposes, and for whoever may decide the way to name it or to set it aside."""
    say, count = language().say, language().count
    row: Any = next(row for row in each(seen.candidates.table) if row.candidate == candidate)
    answers = seen.answers_of(candidate)
    st.header(plain(words_told(row.words, language())))
    quiet(
        " · ".join(
            [
                standing_told(row.trust, language()),
                say(
                    "stability {number}, by chance {chance}",
                    number=language().number(row.stability, 2),
                    chance=language().number(row.by_chance, 2),
                ),
                count("{n} answer", "{n} answers", row.n_answers),
                count("{n} participant", "{n} participants", row.n_participants),
                count("{n} group", "{n} groups", row.n_groups),
            ]
        )
    )
    st.markdown(plain(what_stability_allows(row.trust, language())))
    readable = answers
    if not may_read_uncited(visitor(), seen.found.consultation):
        readable = answers[answers["consent"] != "counted_only"]
    near = typical(list(answers["answer_id"]), readable)
    st.subheader(say("The answers nearest its middle"))
    _answers(seen.found, answers.set_index("answer_id").loc[near].reset_index(), f"near-{candidate}")
    if len(answers) > len(near):
        with st.expander(
            count(
                "Read {n} answer, the nearest first", "Read all {n} answers, the nearest first", len(answers)
            )
        ):
            _answers(seen.found, answers, f"all-{candidate}")
    if deciding(seen.found.consultation):
        _naming(seen, candidate, [word for word in row.words.split("|") if word], answers)


def _answers(found: Results, answers: pd.DataFrame, about: str) -> None:
    quotes(
        placed(answers, found.consultation.plan, found.reader),
        found.consultation,
        key=f"{about}-{found.consultation.id}",
    )


def _naming(seen: ThemeFindings, candidate: str, words: list[str], answers: pd.DataFrame) -> None:
    """Name it and confirm, or set it aside."""
    say, consultation = language().say, seen.found.consultation
    texts = dict(zip(answers["answer_id"], answers["text"], strict=True))
    objectives = named(seen.found.objectives)
    with st.form(f"confirm-{candidate}", enter_to_submit=False):
        label = st.text_input(
            say("Its name"),
            max_chars=LONGEST_LABEL,
            placeholder=say("In your own words: a label that people will understand"),
            key=f"{TYPED}label-{candidate}",
        )
        description = st.text_area(
            say("What it is about (not required)"),
            max_chars=LONGEST_DESCRIPTION,
            height=80,
            key=f"{TYPED}description-{candidate}",
        )
        objective = st.selectbox(
            say("Does it belong to an objective? (not required)"),
            list(objectives.index),
            index=None,
            format_func=lambda one: objectives[one],
            placeholder=say("To none"),
            key=f"{TYPED}objective-{candidate}",
        )
        if st.form_submit_button(say("Confirm this theme"), type="primary", key=f"confirm-it-{candidate}"):
            decide_and_open(
                consultation,
                seen.found.codebook.next_theme,
                lambda by: by.confirm(label, description, texts, str(objective or "")),
            )
    if candidate not in seen.aside and st.button(
        say("It is no theme: set it aside"), key=f"aside-{candidate}"
    ):
        decide(consultation, lambda by: by.set_aside(words, list(texts)))
