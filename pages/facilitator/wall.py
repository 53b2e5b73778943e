"""The wall: what a projector shows the room, chosen by the facilitator, and renewed by itself."""

from __future__ import annotations

import streamlit as st

from consultation.errors import Problem, UnknownInvitation
from consultation.workshop import Workshop
from pages.facilitator.wall_views import show
from pages.frame.choice import invitation, keep_in_address
from pages.frame.guesses import look_up
from pages.frame.language import language
from pages.frame.problems import tell
from pages.frame.rooms import live
from pages.stakeholder.occasion import word_field

EVERY = 2.0  # seconds: what the facilitator reveals is there while they still turn their head


@st.fragment(run_every=EVERY)
def wall(workshop: Workshop) -> None:
    """What is projected at present; a store that does not answer leaves the next look to mend it."""
    try:
        seen = live(workshop)
    except Problem as problem:
        tell(problem)
        return
    show(seen)


invited = None
try:
    if invitation():
        invited = look_up(invitation())
        if invited is None:
            raise UnknownInvitation("No workshop has this invitation: check the word you were given.")
except Problem as problem:
    tell(problem)
if invited is None:
    st.title(language().say("The wall of a workshop"))
    st.markdown(language().say("Type the workshop's word to see what its facilitator projects."))
    word_field()
else:
    keep_in_address()  # a wall whose word was typed outlives a restart of the server too
    with st.container(key="wall"):
        wall(invited.workshop)
