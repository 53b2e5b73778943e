"""Third step, one screen: rate a strategic question's objectives, then write under its guiding questions."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from consultation.contribution import (
    DIMENSIONS,
    LONGEST_ANSWER,
    SCALE,
    Dimension,
    Part,
    Rating,
    Reply,
    Sending,
    checked_answer,
)
from consultation.errors import BrokenContribution, ErasedContribution, Problem
from consultation.plan import GuidingQuestion, Objective, Plan, StrategicQuestion
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import tell
from pages.frame.store import store
from pages.stakeholder.draft import Draft, begin_anew, drop
from pages.stakeholder.sending import send

DONT_KNOW = "?"  # how a "non so" is held by its button: an answer too, unlike no tap at all


def ask(plan: Plan, draft: Draft) -> None:
    """The form; every field keeps its value through other pages, languages and wrong entries."""
    say, pick = language().say, language().pick
    question = plan.questions[draft.question]
    _recall(plan, draft, question)
    with st.container(key=f"question-{question.id}"):
        st.title(plain(pick(question.title)))
        st.markdown(plain(pick(question.statement)))

    st.header(say("1. Rate the objectives"))
    st.markdown(say("From 1, very little, to 5, very much. Leave out what you like."))
    for objective in question.objectives:
        _rate(objective, draft)

    st.header(say("2. Write what you think"))
    st.markdown(say("Answer any of these questions, one or all."))
    for guide in plan.guiding_questions:
        _write(guide, question, draft)

    if st.button(say("Send"), type="primary", key="send", width="stretch"):
        _send(plan, draft, question)
    if st.button(say("Back to the questions, without sending yet"), type="tertiary", key="back"):
        draft.step = "questions"
        st.rerun()


def _rate(objective: Objective, draft: Draft) -> None:
    say, pick = language().say, language().pick
    names = {
        "importance": say("How important is it?"),
        "urgency": say("How urgent is it?"),
        "feasibility": say("How feasible is it?"),
    }
    dont_know = say("Don't know")
    with st.container(border=True, key=f"objective-{objective.id}"):
        st.markdown(f"**{plain(pick(objective.title))}**")
        for dimension in DIMENSIONS:
            st.segmented_control(
                names[dimension],
                [*map(str, SCALE), DONT_KNOW],
                format_func=lambda option: dont_know if option == DONT_KNOW else option,
                key=draft.key("rating", objective.id, dimension),
                width="stretch",
                wrap=False,
                persist_state="session",
            )


def _write(guide: GuidingQuestion, question: StrategicQuestion, draft: Draft) -> None:
    say, pick = language().say, language().pick
    shorts = {objective.id: plain(pick(objective.short)) for objective in question.objectives}
    with st.container(border=True, key=f"guide-{guide.id}"):
        st.markdown(f"**{plain(pick(guide.question))}**")
        st.container(key=f"reminder-{guide.id}").markdown(
            say("Do not write names, contact details or health conditions, yours or other people's.")
        )
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


def _recall(plan: Plan, draft: Draft, question: StrategicQuestion) -> None:
    """Fills the fields with what was sent before, when this form is first opened."""
    opened = draft.key("opened", question.id)
    if opened in st.session_state:
        return
    st.session_state[opened] = True
    kept = store().contribution(draft.id)
    if kept is None:
        return
    part = kept.about(question.id, plan)
    for rating in part.ratings:
        value = DONT_KNOW if rating.value is None else str(rating.value)
        st.session_state[draft.key("rating", rating.objective, rating.dimension)] = value
    for reply in part.replies:
        st.session_state[draft.key("text", question.id, reply.guiding_question)] = reply.text
        st.session_state[draft.key("about", question.id, reply.guiding_question)] = list(reply.objectives)


def filled(plan: Plan, draft: Draft, question: StrategicQuestion) -> Part:
    """What stands in the fields now."""
    values = st.session_state
    replies = tuple(
        Reply(
            question.id,
            guide.id,
            str(values.get(draft.key("text", question.id, guide.id)) or ""),
            tuple(
                objective.id
                for objective in question.objectives
                if objective.id in (values.get(draft.key("about", question.id, guide.id)) or ())
            ),
        )
        for guide in plan.guiding_questions
    )
    ratings = tuple(
        _rating(objective.id, dimension, str(tapped))
        for objective in question.objectives
        for dimension in DIMENSIONS
        if (tapped := values.get(draft.key("rating", objective.id, dimension)))
    )
    return Part(question.id, replies, ratings)


def _rating(objective: str, dimension: Dimension, tapped: str) -> Rating:
    return Rating(objective, dimension, None if tapped == DONT_KNOW else int(tapped))


def _send(plan: Plan, draft: Draft, question: StrategicQuestion) -> None:
    """Store first, then thank; whatever goes wrong, the fields stay as they are."""
    part = filled(plan, draft, question)
    if not _can_be_kept(part, plan):
        return
    sending = Sending(draft.id, draft.consultation, datetime.now(UTC).replace(microsecond=0))
    try:
        send(store(), draft.speaker(language().code), part, sending, draft.return_code)
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
        draft.step = "thanks"
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
