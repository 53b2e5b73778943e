"""Second step: which strategic question to answer next."""

from __future__ import annotations

import streamlit as st

from consultation.contribution import Contribution
from consultation.plan import Plan, StrategicQuestion
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.store import store
from pages.stakeholder.draft import Draft


def choose(plan: Plan, draft: Draft) -> None:
    """One card for each strategic question; those already sent say so."""
    say = language().say
    st.title(say("What do you want to speak about?"))
    st.markdown(say("Choose one. You can answer the others afterwards, or stop whenever you like."))
    sent = answered(plan, store().contribution(draft.id))
    for question in plan.strategic_questions:
        _card(question, draft, done=question.id in sent)
    if st.button(say("Change who is speaking"), type="tertiary", key="back-to-who"):
        draft.step = "who"
        st.rerun()


def answered(plan: Plan, contribution: Contribution | None) -> list[str]:
    """The strategic questions under which something was sent, in the plan's order."""
    if contribution is None:
        return []
    parts = [contribution.about(question, plan) for question in plan.questions]
    return [part.strategic_question for part in parts if part.replies or part.ratings]


def _card(question: StrategicQuestion, draft: Draft, *, done: bool) -> None:
    say, pick = language().say, language().pick
    with st.container(border=True, key=f"question-{question.id}"):
        st.subheader(plain(pick(question.title)))
        st.markdown(plain(pick(question.statement)))
        if done:
            st.badge(say("Sent"), icon=":material/check:", color="green")
        label = say("Correct what I sent") if done else say("Answer")
        kind = "secondary" if done else "primary"
        if st.button(label, key=f"open-{question.id}", type=kind, width="stretch"):  # type: ignore[arg-type]
            draft.question, draft.step = question.id, "form"
            st.rerun()
