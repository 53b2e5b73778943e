"""What a consultation asks, and in which words: one part of it at a time."""

from __future__ import annotations

from functools import partial

import streamlit as st

from consultation.edition import Worded
from consultation.occasion import Consultation
from pages.facilitator import prepare_asked, prepare_versions, prepare_words
from pages.facilitator.prepare_look import look_as_participant
from pages.frame.language import TYPED, language

_ASKED, _PLAN, _GUIDES, _GROUPS = "asked", "plan", "guide", "group"
_QUESTION = "question/"


def show(consultation: Consultation, fixed: bool) -> None:
    """The choice of a part, its fields, then the versions of the words."""
    say = language().say
    names = _parts(consultation)
    part = st.selectbox(
        say("What do you want to look at or mend?"),
        list(names),
        format_func=names.__getitem__,
        key=f"{TYPED}words-part-{consultation.id}-{consultation.stage == 'draft'}",
        persist_state="session",
    )
    if part == _ASKED:
        prepare_asked.show(consultation, fixed)
    else:
        prepare_words.show(consultation, partial(_within, consultation, str(part)), fixed)
    look_as_participant(consultation)
    prepare_versions.show(consultation)


def _parts(consultation: Consultation) -> dict[str, str]:
    say, pick, plan = language().say, language().pick, consultation.plan
    parts = {_ASKED: say("Which questions are asked")} if consultation.stage == "draft" else {}
    parts[_PLAN] = say("Title, what will be done with the answers, privacy notice")
    for question in plan.strategic_questions:
        parts[_QUESTION + question.id] = say("Question: {title}", title=pick(question.title))
    for question in plan.unasked_questions:
        parts[_QUESTION + question.id] = say(
            "Question that is not asked: {title}", title=pick(question.title)
        )
    parts[_GUIDES] = say("Guiding questions")
    parts[_GROUPS] = say("Stakeholder groups")
    return parts


def _within(consultation: Consultation, part: str, worded: Worded) -> bool:
    """Whether a wording belongs to this part."""
    kind, name = worded.place.kind, worded.place.id
    if kind == "question":
        return part == _QUESTION + name
    if kind == "objective":
        return any(
            part == _QUESTION + question.id and name in [objective.id for objective in question.objectives]
            for question in (*consultation.plan.strategic_questions, *consultation.plan.unasked_questions)
        )
    return part == kind
