"""Answers that come in while somebody reads."""

from __future__ import annotations

import streamlit as st

from consultation.occasion import Consultation
from pages.analyst.results import Results
from pages.frame.language import language
from pages.frame.store import revision

SOONEST = 2.0  # seconds between two looks at the store, each answered in less than a millisecond
IDLE = 5  # however fast answers come, for each second of counting this many are left to those who send


def watch(found: Results, *, reading: bool) -> None:
    """Show what has arrived since: at once, or when asked to by whoever is `reading` answers now.

    A consultation that is not open gets nothing, so nothing is asked.
    """
    if found.consultation.stage == "open":
        look = st.fragment(_look, run_every=max(SOONEST, IDLE * found.seconds))
        look(found.consultation, found.key.revision, reading)


def _look(consultation: Consultation, seen: str, reading: bool) -> None:
    if revision(consultation.id) == seen:
        return
    if not reading or st.button(language().say("New answers have arrived: show them"), key="show_arrived"):
        st.rerun()
