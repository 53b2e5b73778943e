"""The top of every page: the name, the way to the other pages, the other language."""

from __future__ import annotations

import streamlit as st

from consultation.errors import Problem
from consultation.permissions import may_read_map
from pages.frame.access import visitor
from pages.frame.language import language_switch
from pages.frame.sitemap import ANSWER, CONSULTATIONS, MINE, WELCOME, Place
from pages.frame.store import store


def header(places: list[Place], here: Place, *, staff: bool) -> None:
    """A participant meets only what a participant needs; staff reach everything."""
    with st.container(key="writing" if here.writing else "reading", gap=None):
        with st.container(
            key="top",
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            wrap=False,
        ):
            st.container(key="brand").page_link(WELCOME, label="Alleanza")
            language_switch()
        wanted = _shown(here, staff=staff)
        shown = [place for place in places if place.file in wanted or place.audience in wanted]
        if shown:
            with st.container(key="places", horizontal=True, gap="small", vertical_alignment="center"):
                for place in shown:
                    st.page_link(place.file, label=place.title)


def _shown(here: Place, *, staff: bool) -> set[str]:
    """Files and audiences that stand in the navigation of this page."""
    if staff:
        return {ANSWER, "analyst", CONSULTATIONS}
    if here.audience != "stakeholder" and _something_to_read():
        return {ANSWER, "analyst", CONSULTATIONS}
    return set() if here.file == WELCOME else {ANSWER, MINE}


def _something_to_read() -> bool:
    """Whether any consultation's results are open to the present visitor."""
    try:
        return any(may_read_map(visitor(), consultation) for consultation in store().consultations())
    except Problem:  # the page below tells it
        return False
