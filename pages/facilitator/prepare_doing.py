"""What is tapped while preparing: done against what stood on the screen, and told where it was tapped.

It is done at the beginning of the next run, before any field stands: so fields can be filled anew, and
whoever looks at an old picture changes nothing that is newer than what they saw.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from consultation.errors import Problem
from consultation.occasion import Consultation
from consultation.permissions import may_prepare, require
from consultation.room import Room
from consultation.workshop import Workshop
from pages.facilitator.prepare_fields import move_on
from pages.frame.access import visitor
from pages.frame.plain import plain
from pages.frame.problems import tell
from pages.frame.rooms import who_conducts
from pages.frame.store import forget, store

Action = Callable[[], str]
"""Does something and says what was done, or nothing; a problem that it raises is told."""

_TAPPED = "prepare-tapped"
_CAME = "prepare-came"
_SURE = "prepare-sure"


def tap(place: str, action: Action) -> Callable[[], None]:
    """For a button's `on_click`: `action`, what comes of it being told at `place`."""

    def note() -> None:
        st.session_state[_TAPPED] = (place, action)

    return note


def act() -> None:
    """Do what was tapped; to be called once in every run, before anything is shown."""
    place, action = st.session_state.pop(_TAPPED, ("", None))
    st.session_state.pop(_CAME, None)
    if action is None:
        return
    done, problem = "", None
    try:
        done = action()
    except Problem as raised:
        problem = raised
    st.session_state[_CAME] = (place, done, problem)


def tell_what_came(place: str) -> None:
    """What came of the last tap, where it was `place`."""
    at, done, problem = st.session_state.get(_CAME, ("", "", None))
    if at != place:
        return
    if problem is not None:
        tell(problem)
    elif done:
        st.success(plain(done))


def ask_first(place: str) -> str:
    """What was tapped at `place` is asked again: it cannot be taken back."""
    st.session_state[_SURE] = place
    return ""


def sure(place: str, text: str, yes: str, no: str, action: Action) -> bool:
    """The question that `ask_first` put, with its two answers; whether it stands there."""
    if st.session_state.get(_SURE) != place:
        return False

    def go_on() -> str:
        st.session_state.pop(_SURE, None)
        return action()

    def leave() -> str:
        st.session_state.pop(_SURE, None)
        return ""

    with st.container(border=True, key=f"sure-{place}"):
        st.markdown(plain(text))
        st.button(yes, type="primary", key=f"yes-{place}", on_click=tap(place, go_on))
        st.button(no, key=f"no-{place}", on_click=tap(place, leave))
    return True


def change(seen: Consultation, changed: Consultation) -> None:
    """Put `changed` in the place of the consultation as it was `seen`."""
    require(may_prepare, visitor(), seen)
    store().change(seen, changed, datetime.now(UTC), who_conducts())
    if seen.stage == "draft":  # a trial may have been erased with it
        forget(seen.id)
    move_on(seen, changed)


def change_workshop(consultation: Consultation, seen: Workshop, changed: Workshop) -> None:
    """Put `changed` in the place of the workshop as it was `seen`; rounds that have begun stay."""
    require(may_prepare, visitor(), consultation)
    if changed.rounds != seen.rounds:
        Room.after(seen, store().steps(seen.word)).require_fit(changed)
    store().change_workshop(seen, changed)
    move_on(seen, changed)
