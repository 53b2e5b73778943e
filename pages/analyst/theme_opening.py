"""Which theme is open, also after a decision that makes a new one."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from consultation.deciding import Deciding
from consultation.decisions import Decision
from consultation.occasion import Consultation
from pages.analyst.picking import Pick
from pages.frame.decisions import decide

_NEXT = "theme-to-open"


def theme_pick(consultation: Consultation) -> Pick:
    """The one theme that is open, confirmed or only proposed; call it before anything is drawn."""
    pick = Pick(f"theme-{consultation.id}", "theme", "theme")
    for_whom, theme = st.session_state.pop(_NEXT, ("", ""))
    if for_whom == consultation.id:
        st.session_state[pick.key] = theme
    return pick


def decide_and_open(consultation: Consultation, theme: str, make: Callable[[Deciding], Decision]) -> None:
    """Keep what `make` decides, and show `theme` next."""
    st.session_state[_NEXT] = (consultation.id, theme)
    decide(consultation, make)
    del st.session_state[_NEXT]  # only if it could not be kept
