"""Prepare a consultation: one thing to do per screen, everything mendable until it is opened."""

from __future__ import annotations

import streamlit as st

from consultation.declaration import LONGEST_NAME
from consultation.errors import NotAllowed
from consultation.permissions import may_add_consultation, may_prepare, may_see_preparation
from pages.facilitator import (
    prepare_invitations,
    prepare_new,
    prepare_questions,
    prepare_stage,
    prepare_workshops,
)
from pages.facilitator.prepare_doing import act, tap, tell_what_came
from pages.frame.access import visitor
from pages.frame.choice import chosen, look_at, named
from pages.frame.language import language
from pages.frame.problems import tell
from pages.frame.rooms import WHO_CONDUCTS
from pages.frame.store import store

say = language().say
if not may_add_consultation(visitor()):
    tell(NotAllowed("This page is for staff. Their link is in the window where Alleanza was started."))
    st.stop()

act()
st.title(say("Prepare"))
mine = [c for c in store().consultations() if may_prepare(visitor(), c)]
seen = [c for c in store().consultations() if may_see_preparation(visitor(), c)]
if prepare_new.is_begun() or not seen:
    prepare_new.show(alone=not seen)
    st.stop()

if named() not in [c.id for c in seen] and mine:
    look_at(mine[0].id)
consultation = chosen(may_see_preparation)
fixed = not may_prepare(visitor(), consultation)
with st.container(horizontal=True, vertical_alignment="center"):
    st.button(say("New consultation"), key="new", on_click=tap("", prepare_new.begin))
    with st.popover(say("Who prepares it")):
        st.text_input(
            say("Your name, kept with what you change (not required)"),
            max_chars=LONGEST_NAME,
            key=WHO_CONDUCTS,
            persist_state="session",
        )
tell_what_came(prepare_new.PLACE)
if fixed:
    st.info(say("The example can be looked at, not changed: begin a new consultation to try everything."))

PARTS = {
    "stage": (say("Consultation"), prepare_stage.show),
    "questions": (say("Questions and words"), prepare_questions.show),
    "workshops": (say("Workshops"), prepare_workshops.show),
    "invitations": (say("Invitations"), prepare_invitations.show),
}
part = st.segmented_control(
    say("What to prepare"),
    list(PARTS),
    default="stage",
    required=True,
    format_func=lambda name: PARTS[name][0],
    label_visibility="collapsed",
    key="typed/prepare-part",
    persist_state="session",
)
PARTS[part or "stage"][1](consultation, fixed)
