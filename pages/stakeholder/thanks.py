"""Last step, after the commit: thanks, the return code, and the way on."""

from __future__ import annotations

import streamlit as st

from consultation.plan import Plan
from pages.frame.language import language
from pages.frame.store import store
from pages.stakeholder import opened
from pages.stakeholder.draft import Draft, begin_anew
from pages.stakeholder.questions import answered


def say_thanks(plan: Plan, draft: Draft) -> None:
    """Shown only when what was sent is durably kept."""
    say = language().say
    st.title(say("Thank you. Your answers are kept."))
    st.markdown(
        say("This is your code. Write it down or copy it: nobody can give it to you again.")
        + " "
        + say("If you reload or close this page you will need it.")
    )
    with st.container(key="return-code"):
        st.code(draft.return_code, language=None, wrap_lines=True)
    st.markdown(say("With it, under “My contribution”, you can read, correct or erase everything you sent."))
    sent = answered(plan, store().contribution(draft.id))
    left = len(plan.questions) - len(sent)
    if left:
        st.markdown(
            language().count(
                "1 strategic question is still open to you.",
                "{n} strategic questions are still open to you.",
                left,
            )
        )
        if st.button(
            say("Answer another strategic question"), type="primary", width="stretch", key="another"
        ):
            draft.step = "questions"
            st.rerun()
    else:
        st.markdown(say("You have answered every strategic question."))
    if st.button(say("Correct what I sent"), width="stretch", key="correct"):
        draft.step = "form" if draft.question else "questions"
        st.rerun()
    if st.button(say("Finish: someone else can answer now"), width="stretch", key="finish"):
        opened.close()
        begin_anew()
        st.rerun()
