"""Between two votes: nothing to do but wait, and a page that goes on by itself."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from consultation.workshop import Workshop
from pages.frame.language import language
from pages.frame.problems import told
from pages.frame.rooms import Live, live

EVERY = 5.0  # seconds: a vote opens while people still talk


def wait_for_a_vote(seen: Live) -> None:
    """Says that no vote is open; the page goes on by itself when one opens."""
    say = language().say
    closed = [held for held in seen.room.ballots.values() if not held.open]
    st.title(say("The vote is closed. Thank you.") if closed else say("No vote is open yet"))
    st.markdown(say("Stay here: the next vote opens by itself. Results are shown on the wall of the room."))
    watch(seen.workshop, ())


@st.fragment(run_every=EVERY)
def watch(workshop: Workshop, shown: Collection[str]) -> None:
    """Show the page anew as soon as other votes are open than those `shown`, by their ids."""
    with told():
        if [id_ for id_, held in live(workshop).room.ballots.items() if held.open] != list(shown):
            st.rerun()
