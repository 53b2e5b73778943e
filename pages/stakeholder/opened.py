"""A contribution that its return code has opened, and the field for the code."""

from __future__ import annotations

from datetime import UTC, datetime
from time import sleep

import streamlit as st

from consultation.contribution import Contribution
from consultation.errors import UnknownReturnCode
from consultation.permissions import may_answer
from pages.frame.access import visitor
from pages.frame.choice import accept, invitation, look_at, title, trial_banner
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import tell
from pages.frame.sitemap import ANSWER
from pages.frame.store import forget, store
from pages.stakeholder.draft import drop, reopen
from pages.stakeholder.said import read_back

_CODE = "opened_code"
_ID = "opened_contribution"
_WRONG = "wrong_codes"
_ERASING = "erasing"
_ERASED = "erased_now"

LONGEST_PAUSE = 3.0  # seconds: bearable for whoever mistypes, tiresome for whoever tries many


def code() -> str:
    """The code that opened a contribution in this tab, or nothing."""
    return str(st.session_state.get(_CODE, ""))


def close() -> None:
    """Let the next person at this screen find nothing, neither here nor where one takes part."""
    drop(str(st.session_state.pop(_ID, "")))
    for name in (_CODE, _ERASING):
        st.session_state.pop(name, None)


def pause_after(wrong: int) -> float:
    """How many seconds the answer waits after so many wrong codes in one tab."""
    return min(0.25 * wrong, LONGEST_PAUSE)


def ask_code() -> None:
    """The answer to a wrong code is always the same, and comes a little later each time."""
    say = language().say
    with st.form("code", border=False):
        typed = st.text_input(
            say("The code you were given when you sent"),
            placeholder="ABCD-EFGH-JKMN-PQRS-TUVW",
            max_chars=60,
            autocomplete="off",
            key="typed-code",
        )
        tapped = st.form_submit_button(
            say("Open my contribution"), type="primary", width="stretch", key="open-code"
        )
    if not tapped:
        return
    try:
        found = store().returning(typed or "")
    except UnknownReturnCode as problem:
        st.session_state[_WRONG] = wrong = st.session_state.get(_WRONG, 0) + 1
        sleep(pause_after(wrong))
        tell(problem)
    else:
        st.session_state[_CODE], st.session_state[_ID] = typed, found.id
        st.session_state[_WRONG] = 0
        st.rerun()


def show(contribution: Contribution, return_code: str) -> None:
    """What was said, and what can be done with it."""
    say = language().say
    consultation = store().consultation(contribution.consultation)
    trial_banner(consultation)
    st.markdown(f"**{plain(title(consultation))}**")
    read_back(contribution, consultation.plan)
    if may_answer(visitor(), consultation) and consultation.taking(datetime.now(UTC)):
        if st.button(say("Correct or continue"), type="primary", width="stretch", key="go-on"):
            reopen(contribution, return_code)
            _go_back_to(contribution.workshop)
            look_at(contribution.consultation)
            st.switch_page(ANSWER)
    else:
        st.info(say("This consultation takes no more answers. You can still erase what you sent."))
    if st.session_state.get(_ERASING):
        _confirm_erasure(contribution)
    elif st.button(say("Erase everything I sent"), width="stretch", key="erase"):
        st.session_state[_ERASING] = True
        st.rerun()
    if st.button(say("Close"), type="tertiary", key="close"):
        close()
        st.rerun()


def _go_back_to(word: str) -> None:
    """To the workshop it was sent in; whoever sits at a table of that workshop stays at the table."""
    invited = store().invited(invitation()) if invitation() else None
    if invited is None or invited.workshop.word != word:
        accept(word)


def tell_erased() -> None:
    """Once, after an erasure."""
    if st.session_state.pop(_ERASED, False):
        st.success(
            language().say("Erased. Nothing of what you sent is kept, and your code opens nothing any more.")
        )


def _confirm_erasure(contribution: Contribution) -> None:
    say = language().say
    with st.container(border=True, key="erasure"):
        st.markdown(
            say(
                "Everything you sent, in every version, will be erased from the results and from the store. "
                "Nobody can bring it back."
            )
        )
        if st.button(
            say("Yes, erase everything for good"), type="primary", width="stretch", key="erase-for-good"
        ):
            store().erase(contribution.id, datetime.now(UTC))
            forget(contribution.consultation)
            close()
            st.session_state[_ERASED] = True
            st.rerun()
        if st.button(say("No, keep it"), width="stretch", key="keep"):
            st.session_state.pop(_ERASING, None)
            st.rerun()
