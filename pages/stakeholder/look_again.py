"""An answer that may hold personal data is looked at once more by whoever wrote it, who then decides."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from consultation.codebook import digest_of
from consultation.contribution import Part
from consultation.personal_data import personal_data
from consultation.personal_data_words import kinds_named
from consultation.plan import GuidingQuestion
from pages.frame.language import language
from pages.frame.plain import plain
from pages.stakeholder.draft import Draft, Form


def asks_first(part: Part, draft: Draft) -> bool:
    """Whether an answer of `part` is to be looked at before it is sent; each is then marked at its question.

    What was said to be sent all the same is not asked about again, unless it is written anew.
    """
    sure = st.session_state.get(_sure(draft), frozenset())
    marked = frozenset(
        reply.guiding_question
        for reply in part.replies
        if personal_data(reply.text) and digest_of(reply.text) not in sure
    )
    st.session_state[_marked(draft, part.strategic_question)] = marked
    return bool(marked)


def ask(guide: GuidingQuestion, form: Form, draft: Draft) -> DeltaGenerator | None:
    """What seems to be in a marked answer, and the two ways on; where it was pressed, if it is to be sent."""
    if guide.id not in st.session_state.get(_marked(draft, form.question), frozenset()):
        return None
    say = language().say
    kinds = personal_data(_text(draft, form, guide.id))
    with st.container(key=f"look-again-{guide.id}"):
        # the box stays when the text is mended: nothing moves under a finger that is about to send
        st.warning(
            plain(
                say(
                    "There seems to be {what}: other people may read it. It is you who decides: this check "
                    "is only an aid, and may be wrong.",
                    what=kinds_named(kinds, language()),
                )
                if kinds
                else say("Nothing of that kind seems to be in it any more.")
            )
        )
        with st.container(horizontal=True):
            st.button(
                say("I correct it"),
                key=f"correct-{guide.id}",
                on_click=_correct,
                args=(draft, form, guide.id),
            )
            tapped = st.button(
                say("I send it all the same"),
                key=f"send-{guide.id}",
                on_click=_be_sure,
                args=(draft, form, guide.id),
            )
        return st.container() if tapped else None


def tell_where(form: Form, draft: Draft) -> None:
    """Under the button that sends: that nothing was sent yet, and which answers are to be looked at."""
    marked = st.session_state.get(_marked(draft, form.question), frozenset())
    questions = [
        language().pick(form.plan.guides[guide].question)
        for guide in form.guiding_questions
        if guide in marked and personal_data(_text(draft, form, guide))
    ]
    if questions:
        st.warning(
            plain(
                language().say(
                    "Not sent yet: look above, where it says what seems to be in your answer to: {questions}",
                    questions=" · ".join(questions),
                )
            )
        )


def _correct(draft: Draft, form: Form, guide: str) -> None:
    st.session_state[_marked(draft, form.question)] -= {guide}


def _be_sure(draft: Draft, form: Form, guide: str) -> None:
    """By the text as it stands when it is pressed; the session keeps its digest only."""
    sure = st.session_state.get(_sure(draft), frozenset())
    st.session_state[_sure(draft)] = sure | {digest_of(_text(draft, form, guide))}


def _text(draft: Draft, form: Form, guide: str) -> str:
    return str(st.session_state.get(draft.key("text", form.question, guide)) or "")


def _marked(draft: Draft, question: str) -> str:
    return draft.key("look-again", question)


def _sure(draft: Draft) -> str:
    return draft.key("sure")
