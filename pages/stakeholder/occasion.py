"""Which consultation this participant is asked for: the one of the invitation, else the open one."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from consultation.errors import NotOpen, UnknownInvitation
from consultation.occasion import Consultation
from consultation.workshop import Workshop
from pages.frame.choice import accept, invitation, look_at, named, title
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import tell
from pages.frame.store import store


@dataclass(frozen=True)
class Occasion:
    """An open consultation, and the workshop whose invitation led here, if any."""

    consultation: Consultation
    workshop: Workshop | None = None


def asked() -> Occasion:
    """The occasion to answer on; where there is none, says why, offers what is open, and stops the page."""
    word = invitation()
    workshop = store().workshop(word) if word else None
    consultations = store().consultations()
    open_now = [c for c in consultations if c.stage == "open"]
    if word and workshop is None:
        tell(UnknownInvitation("No workshop has this invitation: check the word you were given."))
        _offer(open_now)
    wanted = workshop.consultation if workshop else named()
    found = next((c for c in consultations if c.id == wanted), None)
    if workshop is None and (found is None or found.stage != "open"):
        found = open_now[0] if len(open_now) == 1 else None
    if found is None:
        if not open_now:
            tell(NotOpen("No consultation is open at present: come back when you are invited."))
        _offer(open_now)
    assert found is not None
    if found.stage != "open":
        tell(NotOpen("This consultation is not taking answers now: ask who invited you."))
        _offer(open_now)
    return Occasion(found, workshop)


def _offer(open_now: list[Consultation]) -> None:
    """What can be answered without that invitation."""
    say = language().say
    for consultation in open_now:
        if st.button(
            say("Take part: {name}", name=plain(title(consultation))),
            key=f"offer-{consultation.id}",
            type="primary",
        ):
            accept("")
            look_at(consultation.id)
            st.rerun()
    word_field()
    st.stop()


def word_field() -> None:
    """Where a word that was called out in a room can be typed."""
    say = language().say
    with st.form("type_invitation", border=False):
        word = st.text_input(say("Your invitation: the word you were given"), max_chars=30, key="typed-word")
        if st.form_submit_button(say("Go to the workshop"), key="open-word") and word.strip():
            accept(word.strip())
            st.rerun()
