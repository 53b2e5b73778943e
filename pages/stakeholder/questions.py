"""Second step: which strategic question to answer next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import streamlit as st

from consultation.contribution import Contribution
from consultation.plan import Plan
from consultation.room import RoundState
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.store import store
from pages.stakeholder import timer
from pages.stakeholder.draft import Draft, Form
from pages.stakeholder.form import begin, unsent
from pages.stakeholder.occasion import Occasion


def choose(occasion: Occasion, draft: Draft) -> None:
    """One card for each form that can be filled in; those already sent say so."""
    say = language().say
    forms = (*offered(occasion), *unfinished(occasion, draft))
    if occasion.in_rounds and len(forms) == 1:
        st.title(say("One question is open now"))
    else:
        st.title(say("What do you want to speak about?"))
        st.markdown(say("Choose one. You can answer the others afterwards, or stop whenever you like."))
    cards(occasion, draft, forms)
    if st.button(say("Change who is speaking"), type="tertiary", key="back-to-who"):
        draft.step = "who"
        st.rerun()


def offered(occasion: Occasion) -> tuple[Form, ...]:
    """The forms that may be begun now: of all strategic questions, in a workshop of its open rounds."""
    consultation = occasion.consultation
    plan, wording = consultation.plan, consultation.wording
    if not occasion.taking:
        return ()
    if occasion.room is None or not occasion.in_rounds:
        return tuple(Form(question, plan, wording, tuple(plan.guides)) for question in plan.questions)
    forms = (form_of(state, plan, wording) for state in occasion.room.open_rounds())
    return tuple(form for form in forms if form is not None)


def form_of(state: RoundState, plan: Plan, wording: int) -> Form | None:
    """What a round asks of what its plan still asks; `None` when nothing of it is left."""
    asked = state.round
    guides = tuple(g for g in plan.guides if g in asked.guiding_questions or not asked.guiding_questions)
    if asked.strategic_question not in plan.questions or not (guides or asked.rated):
        return None
    return Form(asked.strategic_question, plan, wording, guides, asked.rated, state.number)


def unfinished(occasion: Occasion, draft: Draft) -> tuple[Form, ...]:
    """Forms that hold something unsent, and whose question was closed since."""
    open_now = [form.place for form in offered(occasion)]
    return tuple(f for f in draft.forms.values() if f.place not in open_now and unsent(draft, f))


def answered(plan: Plan, contribution: Contribution | None) -> list[str]:
    """The strategic questions under which something was sent, in the plan's order."""
    if contribution is None:
        return []
    parts = [contribution.about(question, plan) for question in plan.questions]
    return [part.strategic_question for part in parts if part.replies or part.ratings]


def cards(occasion: Occasion, draft: Draft, forms: Iterable[Form]) -> None:
    """The ways into these forms."""
    sent = store().contribution(draft.id)
    open_now = [form.place for form in offered(occasion)]
    dressed: set[str] = set()  # a key stands once in a page, and two rounds may ask about one question
    for form in forms:
        twin = f"--{form.round}" if form.question in dressed else ""
        dressed.add(form.question)
        _card(occasion, draft, form, twin, done=done(form, sent), closed=form.place not in open_now)


def in_part(form: Form) -> bool:
    """Whether it asks only some of the guiding questions."""
    return len(form.guiding_questions) < len(form.plan.guides)


def done(form: Form, sent: Contribution | None) -> bool:
    """Whether something was sent in the places of this form."""
    if sent is None:
        return False
    part = sent.about(form.question, form.plan).within(form.guiding_questions, form.rated)
    return bool(part.replies or part.ratings)


def _card(occasion: Occasion, draft: Draft, form: Form, twin: str, *, done: bool, closed: bool) -> None:
    say, pick = language().say, language().pick
    question = form.plan.questions[form.question]
    name = f"{question.id}-{form.round}" if form.round else question.id
    with st.container(border=True, key=f"question-{question.id}{twin}"):
        st.subheader(plain(pick(question.title)))
        if in_part(form):
            for guide in form.guiding_questions:
                st.markdown(f"**{plain(pick(form.plan.guides[guide].question))}**")
        else:
            st.markdown(plain(pick(question.statement)))
        if done:
            st.badge(say("Sent"), icon=":material/check:", color="green")
        if closed:
            st.markdown(say("You began to answer before it was closed: you can still finish and send."))
        elif form.round and occasion.workshop is not None:
            timer.of_round(occasion.workshop, form.round)
        if st.button(_way_in(done, closed), key=f"open-{name}", type=_weight(done), width="stretch"):
            begin(draft, form)
            st.rerun()


def _way_in(done: bool, closed: bool) -> str:
    say = language().say
    if closed:
        return say("Finish and send")
    return say("Correct what I sent") if done else say("Answer")


def _weight(done: bool) -> Literal["primary", "secondary"]:
    return "secondary" if done else "primary"
