"""How counting recognises each objective, and how an analyst teaches it: seed words and judgements."""

from __future__ import annotations

import streamlit as st

from analysis.sentences import named
from analysis.sentences.basis import too_few
from consultation.permissions import may_read_words
from pages.analyst import judging, recognised, seed_editor
from pages.analyst.arrivals import watch
from pages.analyst.picking import Pick
from pages.analyst.results import Results, results
from pages.analyst.thresholds import several
from pages.analyst.too_few import nobody_yet, the_answers_themselves
from pages.frame.choice import chosen
from pages.frame.decisions import deciding, history
from pages.frame.language import language
from pages.frame.plain import plain

consultation = chosen(may_read_words)
say = language().say
pick = Pick(f"recognised-{consultation.id}")


def open_one(found: Results) -> None:
    """One objective: its words, and what counting proposes by them."""
    names = named(found.objectives)
    opened = pick.selectbox(
        say("Choose an objective: its words, and what they find"),
        list(found.objectives["objective"]),
        names.__getitem__,
        say("Choose one here, or touch its bar"),
    )
    watch(found, reading=bool(opened))
    if opened:
        st.header(plain(names[opened]))
        if deciding(consultation):
            seed_editor.edit(found, opened)
            judging.judge(found, opened, may=True)
        else:
            seed_editor.read(found, opened)
            judging.judge(found, opened, may=False)


found = results(consultation)
if found.answers.empty:
    nobody_yet(found)
    watch(found, reading=False)
    st.stop()
if reason := too_few(found.basis, consultation.rules, language()):
    the_answers_themselves(found, reason)
    watch(found, reading=False)
else:
    recognised.show(found, pick)
    open_one(found)
    recognised.of_none(found)
    several(found)
history(consultation)
