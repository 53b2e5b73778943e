"""Third step, one screen: rate a strategic question's objectives, then write under its guiding questions."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from consultation.contribution import (
    LONGEST_ANSWER,
    Part,
    Reply,
    Sending,
    checked_answer,
    plain_text,
)
from consultation.edition import same_questions
from consultation.errors import BrokenContribution, ErasedContribution, Problem
from consultation.plan import GuidingQuestion, Plan, StrategicQuestion
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import tell
from pages.frame.store import store
from pages.stakeholder import look_again, rating_fields, timer
from pages.stakeholder.draft import Draft, Form, begin_anew, drop
from pages.stakeholder.occasion import Occasion
from pages.stakeholder.sending import send


def ask(occasion: Occasion, draft: Draft, form: Form) -> None:
    """The form; every field keeps its value through other pages, languages and wrong entries."""
    say, pick = language().say, language().pick
    question = form.plan.questions[form.question]
    _recall(draft, form)
    with st.container(key=f"question-{question.id}"):
        st.title(plain(pick(question.title)))
        st.markdown(plain(pick(question.statement)))
    timer.over_form(occasion, draft, form)

    if form.rated:
        st.header(say("1. Rate the objectives") if form.guiding_questions else say("Rate the objectives"))
        st.markdown(say("From 1, very little, to 5, very much. Leave out what you like."))
        for objective in question.objectives:
            rating_fields.rate(objective, _rating(draft))

    if form.guiding_questions:
        st.header(say("2. Write what you think") if form.rated else say("Write what you think"))
        if len(form.guiding_questions) > 1:
            st.markdown(say("Answer any of these questions, one or all."))
    pressed = [_write(form.plan.guides[guide], question, draft, form) for guide in form.guiding_questions]

    if st.button(say("Send"), type="primary", key="send", width="stretch"):
        pressed.append(st.container())
    for place in filter(None, pressed):  # what comes of sending is told where it was pressed
        with place:
            _send(draft, form)
    look_again.tell_where(form, draft)
    if st.button(say("Back to the questions, without sending yet"), type="tertiary", key="back"):
        draft.step = "questions"
        st.rerun()


def _write(
    guide: GuidingQuestion, question: StrategicQuestion, draft: Draft, form: Form
) -> DeltaGenerator | None:
    """One answer's fields; where it was pressed, if it is to be sent as it is."""
    say, pick = language().say, language().pick
    shorts = {objective.id: plain(pick(objective.short)) for objective in question.objectives}
    with st.container(border=True, key=f"guide-{guide.id}"):
        st.markdown(f"**{plain(pick(guide.question))}**")
        st.container(key=f"reminder-{guide.id}").markdown(
            say("Do not write names, contact details or health conditions, yours or other people's.")
        )
        pressed = look_again.ask(guide, form, draft)
        st.text_area(
            pick(guide.question),
            key=draft.key("text", question.id, guide.id),
            height=120,
            label_visibility="collapsed",
            placeholder=say("Up to {n} characters", n=language().number(LONGEST_ANSWER)),
            persist_state="session",
        )
        st.pills(
            say("Which objective is this about? (optional)"),
            list(shorts),
            selection_mode="multi",
            format_func=shorts.__getitem__,
            key=draft.key("about", question.id, guide.id),
            persist_state="session",
        )
    return pressed


def _rating(draft: Draft) -> rating_fields.Key:
    return lambda objective, dimension: draft.key("rating", objective, dimension)


def _recall(draft: Draft, form: Form) -> None:
    """Fills the fields with what was sent before, each when it is first shown."""
    marks = {guide: draft.key("opened", form.question, guide) for guide in form.guiding_questions}
    rated = draft.key("opened", form.question)
    fresh = [guide for guide, mark in marks.items() if mark not in st.session_state]
    rate = form.rated and rated not in st.session_state
    if not (fresh or rate):
        return
    st.session_state.update({marks[guide]: True for guide in fresh} | ({rated: True} if rate else {}))
    part = sent_before(draft, form).within(fresh, rate)
    rating_fields.put_back(part.ratings, _rating(draft))
    for reply in part.replies:
        st.session_state[draft.key("text", form.question, reply.guiding_question)] = reply.text
        st.session_state[draft.key("about", form.question, reply.guiding_question)] = list(reply.objectives)


def sent_before(draft: Draft, form: Form) -> Part:
    """What is kept of this draft in the places of this form."""
    kept = store().contribution(draft.id)
    part = kept.about(form.question, form.plan) if kept else Part(form.question)
    return part.within(form.guiding_questions, form.rated)


def filled(draft: Draft, form: Form) -> Part:
    """What stands in the fields now."""
    values, question = st.session_state, form.plan.questions[form.question]
    replies = tuple(
        Reply(
            question.id,
            guide,
            str(values.get(draft.key("text", question.id, guide)) or ""),
            tuple(
                objective.id
                for objective in question.objectives
                if objective.id in (values.get(draft.key("about", question.id, guide)) or ())
            ),
        )
        for guide in form.guiding_questions
    )
    ratings = rating_fields.tapped(question.objectives, _rating(draft)) if form.rated else ()
    return Part(question.id, replies, ratings, form.guiding_questions, form.rated)


def unsent(draft: Draft, form: Form) -> bool:
    """Whether something stands in its fields that is not kept yet."""
    return _said(filled(draft, form)) != _said(sent_before(draft, form))


def _said(part: Part) -> set[tuple[object, ...]]:
    """What a part says, whenever and to whichever words it was said."""
    replies = {(r.guiding_question, text, r.objectives) for r in part.replies if (text := plain_text(r.text))}
    return replies | {(r.objective, r.dimension, r.value) for r in part.ratings}


def begin(draft: Draft, form: Form) -> None:
    """Open this form; if it was begun before and holds something unsent, that one goes on in its words."""
    begun = draft.forms.get(form.place)
    if begun is None or not (same_questions(begun.plan, form.plan) and unsent(draft, begun)):
        begun = draft.forms[form.place] = form
    draft.form, draft.step = begun, "form"


def _send(draft: Draft, form: Form) -> None:
    """Store first, then thank; whatever goes wrong, the fields stay as they are."""
    part = filled(draft, form)
    if not _can_be_kept(part, form.plan):
        return
    if look_again.asks_first(part, draft):
        st.rerun()
    at = datetime.now(UTC).replace(microsecond=0)
    sending = Sending(
        draft.id, draft.consultation, at, wording=form.wording, erased_trials=draft.erased_trials
    )
    speaker = draft.speaker(language().code)
    try:
        kept = send(store(), speaker, part, sending, draft.return_code, begun_in=form.round)
    except ErasedContribution as problem:
        tell(problem)
        drop(draft.id)
        st.button(
            language().say("Start a new one"),
            type="primary",
            key="start-anew",
            width="stretch",
            on_click=begin_anew,
        )
    except Problem as problem:
        tell(problem)
    else:
        said = kept.about(form.question, form.plan).within(form.guiding_questions, form.rated)
        draft.sent(form, any(r.late for r in said.replies) or any(r.late for r in said.ratings))
        st.rerun()


def _can_be_kept(part: Part, plan: Plan) -> bool:
    """Whether each answer can; of each that cannot, tells what it answers and why."""
    broken = False
    for reply in part.replies:
        try:
            checked_answer(reply.text)
        except BrokenContribution as problem:
            tell(problem, about=language().pick(plan.guides[reply.guiding_question].question))
            broken = True
    return not broken
