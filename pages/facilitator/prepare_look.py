"""The way to what a participant sees."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

import streamlit as st

from consultation.occasion import Consultation
from pages.frame.language import language
from pages.frame.problems import told
from pages.frame.public_address import joining


def look_as_participant(consultation: Consultation) -> None:
    """A link to the form itself, in another tab; of a draft that takes no answers, what makes it do so."""
    say = language().say
    if consultation.stage == "draft" and not consultation.pilot:
        st.markdown(say("To look at it as a participant, begin a trial: under “Consultation”."))
    if not consultation.taking(datetime.now(UTC)):
        return
    with told():
        address = f"{joining().address}/partecipa?consultation={quote(consultation.id)}"
        st.link_button(say("Look at it as a participant (in a new tab)"), address, wrap=True)
    if not consultation.on_trial:
        st.markdown(say("It is open: what you send from there counts as an answer."))
