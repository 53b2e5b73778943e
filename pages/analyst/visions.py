"""Visions that groups share or hold alone, and services that people want to start, to change or to keep."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.sentences.basis import too_few
from analysis.text.services import summary
from consultation.permissions import may_read_words
from pages.analyst.arrivals import watch
from pages.analyst.groups import group_filter
from pages.analyst.picking import Pick
from pages.analyst.places import placed
from pages.analyst.results import Results, only, results
from pages.analyst.service_reading import (
    answers_of,
    found_mentions,
    open_service,
    show_services,
    take_services,
    where,
)
from pages.analyst.too_few import a_handful, nobody_here, nobody_yet
from pages.analyst.vision_reading import (
    found_visions,
    open_visions,
    show_visions,
    take_visions,
    which_question,
)
from pages.frame.choice import chosen
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.quotes import quotes

consultation = chosen(may_read_words)
say = language().say


def the_few(found: Results, answers: pd.DataFrame) -> bool:
    """Whether these answers are too few for a chart; then they are shown as they are."""
    stands_on = replace(found.basis, n_answers=len(answers))
    reason = too_few(stands_on, found.rules, language()) or a_handful(found)
    if reason:
        st.title(plain(reason.rstrip(".")))
        if not answers.empty:
            shown = placed(answers, consultation.plan, language())
            quotes(shown, consultation, key=f"few-{consultation.id}-{len(answers)}")
    return bool(reason)


def of_visions(found: Results, everyone: Results) -> bool:
    """The part about visions; returns whether one is being read."""
    pick = Pick(f"vision-{consultation.id}", "vision", "vision")
    questions = which_question(consultation.plan, say("Which question asks for visions?"))
    if the_few(found, answers_of(found, questions)):
        return False
    read = found_visions(found, questions)
    show_visions(found, read, pick)
    chosen_one = open_visions(found, read, pick)
    take_visions(found, read, everyone)
    return chosen_one


def of_services(found: Results, everyone: Results) -> bool:
    """The part about services; returns whether the answers of one are being read."""
    pick = Pick(f"service-{consultation.id}", "service", "service")
    picture, asks = st.container(), st.container()
    with asks:
        questions, objective = where(found)
    answers = answers_of(found, questions)
    with picture:
        if the_few(found, answers):
            return False
        mentions = found_mentions(found)
        mentions = mentions[mentions["answer_id"].isin(answers["answer_id"])]
        told = summary(mentions, objective)
        show_services(found, told, answers, objective, pick)
    opened = open_service(found, told, mentions, objective, pick)
    take_services(found, mentions, everyone)
    return opened


PARTS = {"visions": of_visions, "services": of_services}

names = {"visions": say("Visions"), "services": say("Services")}
part = str(
    st.segmented_control(
        say("What is read"),
        list(PARTS),
        default="visions",
        required=True,
        format_func=names.__getitem__,
        key=f"part-{consultation.id}",
    )
)
first, below = st.container(), st.container()
with first:
    everyone = results(consultation)
    if everyone.answers.empty:
        nobody_yet(everyone)
        watch(everyone, reading=False)
        st.stop()
with below:
    groups = group_filter(consultation)
with first:
    found = only(groups, everyone)
    if found.answers.empty:
        nobody_here()
        reading = False
    else:
        reading = PARTS[part](found, everyone)
with below:
    watch(found, reading=reading)
