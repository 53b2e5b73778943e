"""The consultations of this store: how far each has come, its workshops, the example's removal."""

from __future__ import annotations

import streamlit as st

from consultation.permissions import may_see_preparation
from pages.administrator import letting_in, overview, workshops
from pages.frame.choice import allowed_consultations, invented_banner, title
from pages.frame.language import language
from pages.frame.plain import plain

allowed = allowed_consultations(may_see_preparation)

st.title(language().say("Consultations"))
overview.tell_removed()
for consultation in allowed:
    with st.container(border=True, key=f"consultation-{consultation.id}"):
        st.header(plain(title(consultation)))
        invented_banner(consultation)
        overview.show(consultation)
        workshops.show(consultation)
        overview.offer_removal(consultation)
letting_in.show()
overview.for_staff()
