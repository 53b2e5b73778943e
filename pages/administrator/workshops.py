"""The workshops of one consultation: their words, their links, and a new one."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from consultation.codes import new_invitation
from consultation.occasion import Consultation
from consultation.permissions import may_prepare, require
from consultation.workshop import Workshop
from pages.frame.access import visitor
from pages.frame.language import language
from pages.frame.problems import told
from pages.frame.public_address import joining, warn
from pages.frame.store import contributions, store


def show(consultation: Consultation) -> None:
    """Each with its word, its link, and how many took part; nothing when there is none."""
    say = language().say
    made = store().workshops(consultation.id)
    if not made:
        return
    came = Counter(c.workshop for c in contributions(consultation.id))
    st.subheader(say("Workshops"))
    joined = joining()
    if may_prepare(visitor(), consultation):
        warn(joined)
    st.dataframe(
        pd.DataFrame(
            {
                say("Workshop"): [w.title for w in made],
                say("Invitation"): [w.word for w in made],
                say("Link"): [joined.link(w.word) for w in made],
                say("Contributions"): [came[w.word] for w in made],
            }
        ),
        hide_index=True,
        width="stretch",
    )


def make(consultation: Consultation) -> None:
    """A title makes a workshop, with a word to call out and a link to send."""
    say = language().say
    fresh = f"made-{consultation.id}"
    with st.form(f"workshop-{consultation.id}", border=False):
        # another key after each workshop made: an empty field for the next
        number = len(store().workshops(consultation.id)) + 1
        title = st.text_input(say("A new workshop: its title"), key=f"workshop-{number}-{consultation.id}")
        tapped = st.form_submit_button(
            say("Make the workshop and its invitation"), key=f"make-workshop-{consultation.id}"
        )
    if tapped:
        require(may_prepare, visitor(), consultation)
        with told():
            _make(consultation, title or "", fresh)
    if fresh in st.session_state:
        workshop: Workshop = st.session_state[fresh]
        st.markdown(say("Made. Whoever has this word or this link can take part:"))
        st.code(f"{workshop.word}\n{joining().link(workshop.word)}", language=None, wrap_lines=True)


def _make(consultation: Consultation, title: str, fresh: str) -> None:
    word = new_invitation()
    while store().invited(word) is not None:
        word = new_invitation()
    workshop = Workshop.titled(title, word, consultation)
    store().add_workshop(workshop)
    st.session_state[fresh] = workshop
    st.rerun()
