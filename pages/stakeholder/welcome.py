"""What this is, in ten words, and three doors."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from pages.frame.access import leave, staff_roles
from pages.frame.choice import look_at, title
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.sitemap import ANSWER, CONSULTATIONS, MAP, RUN
from pages.frame.store import store
from pages.stakeholder import opened
from pages.stakeholder.draft import begin_anew, begun
from pages.stakeholder.occasion import day_and_time, open_among, soon_among, word_field

say = language().say
now = datetime.now(UTC)
consultations = store().consultations()
open_now = [c for c in open_among(consultations, now) if not c.invented]
soon = [c for c in soon_among(consultations, now) if not c.invented]
example = next((c for c in consultations if c.invented), None)

st.container(key="hero").title(say("Your answers become the map of your city's shared priorities."))

take_part, see, staff = st.container(key="doors").columns(3, gap="medium", border=True)

with take_part:
    st.header(say("Take part"))
    if open_now:
        for consultation in open_now:
            st.markdown(f"**{plain(title(consultation))}**")
            if consultation.closes is not None:
                st.markdown(plain(say("Open until {day} at {time}.", **day_and_time(consultation.closes))))
        st.markdown(say("Rate its objectives and write what you think: no account, no name."))
        if begun() is None:
            if st.button(say("Start"), type="primary", width="stretch", key="start"):
                st.switch_page(ANSWER)
        else:
            # at a table the next person sits down at the same screen
            if st.button(
                say("Go on with my contribution"), type="primary", width="stretch", key="go-on-here"
            ):
                st.switch_page(ANSWER)
            if st.button(say("Start a new one"), width="stretch", key="start-new"):
                opened.close()
                begin_anew()
                st.switch_page(ANSWER)
    for consultation in soon:
        st.markdown(f"**{plain(title(consultation))}**")
        if consultation.opens is not None:
            st.markdown(plain(say("It opens on {day} at {time}.", **day_and_time(consultation.opens))))
    if not (open_now or soon):
        st.markdown(say("No consultation is open at present."))
    word_field(ANSWER)

with see:
    if example is not None:
        st.header(say("See the example"))
        st.markdown(say("A full priority map, from an invented consultation: open any point and read on."))
        if st.button(say("Open the map"), type="primary", width="stretch", key="example"):
            look_at(example.id)
            st.switch_page(MAP)
    else:
        st.header(say("The map"))
        st.markdown(say("The invented example was removed here. Staff show the map of a real consultation."))
        if staff_roles() and st.button(
            say("Open the priority map"), type="primary", width="stretch", key="real-map"
        ):
            st.switch_page(MAP)

with staff:
    st.header(say("Staff"))
    if staff_roles():
        st.markdown(say("You have staff access on this device."))
        doors = [
            ("administrator", say("Open the consultations"), CONSULTATIONS),
            ("facilitator", say("Open the room"), RUN),
            ("analyst", say("Open the results"), MAP),
        ]
        name, page = next((name, page) for role, name, page in doors if role in staff_roles())
        if st.button(name, type="primary", width="stretch", key="staff"):
            st.switch_page(page)
        st.button(say("End staff access on this device"), width="stretch", key="leave-staff", on_click=leave)
    else:
        st.markdown(
            say(
                "Read the results and prepare workshops. Staff come in by a link, good once: it stands in "
                "the window where Alleanza was started."
            )
        )
