"""The top of every page: the name, the way to the other pages, the other language."""

from __future__ import annotations

import streamlit as st

from consultation.errors import Problem
from consultation.permissions import may_read_map
from pages.frame.access import visitor
from pages.frame.choice import invitation
from pages.frame.language import language, language_switch
from pages.frame.sitemap import ANSWER, CONSULTATIONS, MAP, MINE, PREPARE, RUN, VOTE, WALL, WELCOME, Place
from pages.frame.store import store

_BARE = (WALL,)  # what a room looks at has nothing to click


def header(places: list[Place], here: Place) -> None:
    """One audience's pages at a time: whoever runs a room meets nothing of an analyst's, nor a participant
    of theirs. Who may go elsewhere finds one door there.
    """
    if here.file in _BARE:
        return
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
        wanted = _shown(here)
        shown = [place for place in places if place.file in wanted or place.audience in wanted]
        if shown:
            with st.container(key="places", horizontal=True, gap="small", vertical_alignment="center"):
                for place in shown:
                    st.page_link(place.file, label=_door(place, here))


def _shown(here: Place) -> set[str]:
    """Files and audiences that stand in the navigation of this page."""
    who = visitor()
    runs, keeps = who.has("facilitator", "administrator"), who.has("administrator")
    reads = who.has("analyst", "administrator")
    if here.audience == "facilitator" and runs:
        return {PREPARE, RUN} | ({CONSULTATIONS, MAP} if keeps else set())
    if here.audience in ("analyst", "administrator") and (reads or keeps or _something_to_read()):
        opens = keeps or not (runs or reads)  # whoever only looks at the example finds its workshops there
        return {"analyst"} | ({RUN} if runs else set()) | ({CONSULTATIONS} if opens else set())
    if runs or reads:
        return {ANSWER} | ({RUN} if runs else set()) | ({MAP} if reads else set())
    if here.file == WELCOME:
        return set()
    return {ANSWER, MINE} | ({VOTE} if invitation() else set())


def _door(place: Place, here: Place) -> str:
    """The name of the page, or of the whole part of the house to which it is the way."""
    if place.file == MAP and here.audience not in ("analyst", "administrator"):
        return language().say("Results")
    if place.file == RUN and here.audience != "facilitator":
        return language().say("The room")
    return place.title


def _something_to_read() -> bool:
    """Whether any consultation's results are open to the present visitor."""
    try:
        return any(may_read_map(visitor(), consultation) for consultation in store().consultations())
    except Problem:  # the page below tells it
        return False
