"""Last step, after the commit: thanks, the return code, and the way on."""

from __future__ import annotations

import streamlit as st

from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.store import store
from pages.stakeholder.draft import Draft
from pages.stakeholder.form import begin
from pages.stakeholder.occasion import Occasion
from pages.stakeholder.questions import answered, offered
from pages.stakeholder.waiting import next_person, vote_door


def say_thanks(occasion: Occasion, draft: Draft) -> None:
    """Shown only when what was sent is durably kept."""
    say = language().say
    st.title(say("Thank you. Your answers are kept."))
    if draft.late:
        st.info(say("This came after the question was closed: it is kept, and marked as late."))
    st.markdown(
        say("This is your code. Write it down or copy it: nobody can give it to you again.")
        + " "
        + say("If you reload or close this page you will need it.")
    )
    with st.container(key="return-code"):
        st.code(draft.return_code, language=None, wrap_lines=True)
    st.markdown(say("With it, under “My contribution”, you can read, correct or erase everything you sent."))
    votes = vote_door(occasion, draft)
    if occasion.in_rounds:
        _next_round(occasion, draft, first=not votes)
    elif occasion.taking:
        _next_question(occasion, draft, first=not votes)
    again = [form for form in offered(occasion) if draft.form and form.place == draft.form.place]
    if again and st.button(say("Correct what I sent"), width="stretch", key="correct"):
        begin(draft, again[0])
        st.rerun()
    next_person()


def _next_question(occasion: Occasion, draft: Draft, *, first: bool) -> None:
    """The other strategic questions, where all are open at once."""
    say, plan = language().say, occasion.consultation.plan
    left = len(plan.questions) - len(answered(plan, store().contribution(draft.id)))
    if not left:
        st.markdown(say("You have answered every strategic question."))
        return
    st.markdown(
        language().count(
            "1 strategic question is still open to you.",
            "{n} strategic questions are still open to you.",
            left,
        )
    )
    kind = "primary" if first else "secondary"
    label = say("Answer another strategic question")
    if st.button(label, type=kind, width="stretch", key="another"):  # type: ignore[arg-type]
        draft.step = "questions"
        st.rerun()


def _next_round(occasion: Occasion, draft: Draft, *, first: bool) -> None:
    """What the facilitator has opened besides, or where to wait for it."""
    say, pick = language().say, language().pick
    left = [form for form in offered(occasion) if form.round not in draft.rounds_sent]
    if len(left) == 1:
        title = pick(left[0].plan.questions[left[0].question].title)
        label = say("Answer the next question: {title}", title=plain(title))
    elif left:
        label = say("Answer another open question")
    else:
        st.markdown(say("No other question is open now. Stay here: the next one appears by itself."))
        return
    kind = "primary" if first else "secondary"
    if st.button(label, type=kind, width="stretch", key="another"):  # type: ignore[arg-type]
        draft.step = "waiting"
        st.rerun()
