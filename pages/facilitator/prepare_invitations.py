"""How people join a workshop, what is printed for it, and whom it and its consultation invite."""

from __future__ import annotations

import streamlit as st

from consultation.occasion import Consultation
from consultation.workshop import Workshop
from pages.facilitator import prepare_invited
from pages.facilitator.posters import poster, table_cards
from pages.facilitator.prepare_workshops import chosen_workshop
from pages.frame.choice import title
from pages.frame.language import TYPED, language
from pages.frame.plain import plain
from pages.frame.problems import told
from pages.frame.public_address import joining, offer


def show(consultation: Consultation, fixed: bool) -> None:
    """The invitation of one workshop and its papers; or the numbers of those invited, to it or in all."""
    say = language().say
    names = {
        "join": say("How people join"),
        "workshop": say("Who is invited to the workshop"),
        "consultation": say("Who is invited to the consultation"),
    }
    part = st.segmented_control(
        say("What of the invitations"),
        list(names),
        default="join",
        required=True,
        format_func=names.__getitem__,
        label_visibility="collapsed",
        key=f"{TYPED}invitations-part",
        persist_state="session",
    )
    if part == "consultation":
        prepare_invited.of_consultation(consultation, fixed)
        return
    workshop = chosen_workshop(consultation)
    if workshop is None:
        st.markdown(say("There is no workshop yet: make one under “Workshops”, and its invitation is here."))
    elif part == "workshop":
        prepare_invited.of_workshop(consultation, workshop, fixed)
    else:
        st.header(plain(workshop.title))
        with told():
            offer(workshop.word)
            _papers(consultation, workshop)


def _papers(consultation: Consultation, workshop: Workshop) -> None:
    """What is printed; it carries the address that is shown above.

    Both papers are small and made beforehand: what is made on the press is made outside of the page.
    """
    say, reader = language().say, language()
    joined = joining()
    called = {"poster": say("poster"), "cards": say("table-cards")}  # in names of files
    with st.container(horizontal=True):
        st.download_button(
            say("The poster, to print"),
            poster(workshop, title(consultation), joined.link(workshop.word), reader),
            file_name=f"{workshop.word}-{called['poster']}.html",
            mime="text/html",
            key="poster",
        )
        if workshop.tables:
            links = {table.word: joined.link(table.word) for table in workshop.tables}
            st.download_button(
                say("The cards for the tables, to print"),
                table_cards(workshop, links, reader),
                file_name=f"{workshop.word}-{called['cards']}.html",
                mime="text/html",
                key="table-cards",
            )
    st.markdown(say("Each is one page for a browser: open it there, and print it."))
