"""Which workshop is run: the one looked at, which stays in the address; else the first by its word."""

from __future__ import annotations

import streamlit as st

from consultation.errors import NotAllowed
from consultation.permissions import may_run
from consultation.workshop import Workshop
from pages.frame.access import visitor
from pages.frame.choice import title
from pages.frame.language import language
from pages.frame.problems import tell
from pages.frame.sitemap import PREPARE
from pages.frame.store import store

_CHOSEN = "workshop-run"
_ADDRESS = "room"  # a page that is loaded again must not show another room's buttons


def run_this(word: str) -> None:
    """Have the run page show this workshop."""
    st.session_state[_CHOSEN] = word
    st.query_params.pop(_ADDRESS, None)


def chosen_workshop() -> Workshop:
    """The workshop to run, chosen where there are several; without any, says where one is made and stops."""
    say = language().say
    consultations = [c for c in store().consultations() if may_run(visitor(), c)]
    if not consultations:
        tell(NotAllowed("This page is for staff. Their link is in the window where Alleanza was started."))
        st.stop()
    names = {
        workshop.word: (workshop, f"{workshop.title} · {title(consultation)} · {workshop.word}")
        for consultation in consultations
        for workshop in store().workshops(consultation.id)
    }
    if not names:
        st.title(say("Run the room"))
        st.markdown(say("There is no workshop yet: prepare one, then come back here."))
        if st.button(say("Prepare a workshop"), type="primary", key="to-prepare"):
            st.switch_page(PREPARE)
        st.stop()
    word = str(st.session_state.get(_CHOSEN) or st.query_params.get(_ADDRESS, ""))
    if word not in names:
        word = next(iter(names))
    run_this(word)
    st.query_params[_ADDRESS] = word
    if len(names) > 1:
        picked = st.selectbox(
            say("Workshop"),
            list(names),
            index=list(names).index(word),
            format_func=lambda one: names[one][1],
            key=f"typed/run-{word}",
        )
        if picked and picked != word:
            run_this(picked)
            st.rerun()
    return names[word][0]
