"""One consultation at a glance."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from consultation.occasion import Consultation
from consultation.opening import remove_example
from consultation.permissions import may_prepare, may_remove_example, require
from pages.frame.access import leave, staff_roles, visitor
from pages.frame.choice import look_at
from pages.frame.language import language
from pages.frame.sitemap import MAP, PREPARE
from pages.frame.store import address, contributions, forget, store

_REMOVED = "example_removed_now"


def show(consultation: Consultation) -> None:
    """Its stage, how many took part, when the last answer came."""
    say, count = language().say, language().count
    said = contributions(consultation.id)
    lines = [consultation.stage_told(language()), count("1 contribution", "{n} contributions", len(said))]
    if erased := store().erased(consultation.id):
        lines.append(count("1 erased at its author's wish", "{n} erased at their authors' wish", erased))
    if said:
        last = max(c.at for c in said).astimezone()  # where the server stands
        lines.append(say("last answer on {day} at {time}", day=f"{last:%d/%m/%Y}", time=f"{last:%H:%M}"))
    st.markdown(" · ".join(lines))
    with st.container(horizontal=True):
        _way(PREPARE, say("Prepare it"), consultation, may_prepare(visitor(), consultation))
        _way(MAP, say("Open the priority map"), consultation, bool(said))


def _way(page: str, label: str, consultation: Consultation, offered: bool) -> None:
    """A button to what another page says of this consultation."""
    if offered and st.button(label, key=f"{Path(page).stem}-{consultation.id}"):
        look_at(consultation.id)
        st.switch_page(page)


def offer_removal(consultation: Consultation) -> None:
    """For the example only: one click, and it is gone for everyone."""
    if not may_remove_example(visitor(), consultation):
        return
    say = language().say
    if st.button(say("Remove the example: it disappears for everyone"), key="remove-example"):
        require(may_remove_example, visitor(), consultation)
        remove_example(store())
        forget(consultation.id)
        st.session_state[_REMOVED] = True
        st.rerun()


def tell_removed() -> None:
    """Once, after the example's removal."""
    if st.session_state.pop(_REMOVED, False):
        st.success(
            language().say("The example was removed, for everyone. Your own consultations are as they were.")
        )


def for_staff() -> None:
    """Where the store is, for whoever must back it up; and the way out, on a device that others use."""
    say = language().say
    if visitor().has("administrator"):
        st.header(say("Where everything is kept"))
        st.code(address(), language=None, wrap_lines=True)
    if staff_roles():
        st.button(say("End staff access on this device"), key="leave-staff", on_click=leave)
