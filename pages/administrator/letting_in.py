"""Links by which an administrator lets a facilitator or an analyst in, each good once."""

from __future__ import annotations

import streamlit as st

from consultation.permissions import Role, may_let_in
from pages.frame.access import visitor
from pages.frame.language import language
from pages.frame.public_address import here_only, own_address
from pages.frame.staff_link import PARAMETER, STAFF_LINK

_MADE = "link_made"


def show() -> None:
    """Two buttons, and the link that was made last for as long as nobody has used it."""
    if not may_let_in(visitor()):
        return
    say = language().say
    st.header(say("Let somebody in"))
    st.markdown(
        say(
            "Each link is good once, within twelve hours, and lets one device in for twelve hours. Whoever "
            "has it comes in: give it to one person."
        )
    )
    offered: dict[Role, str] = {
        "facilitator": say("Make a link for a facilitator: prepares and runs workshops"),
        "analyst": say("Make a link for an analyst: reads answers and declares rules"),
    }
    for role, name in offered.items():
        if st.button(name, key=f"let-in-{role}"):
            st.session_state[_MADE] = role, STAFF_LINK.invite({role}, own_address())
    if _MADE in st.session_state:
        role, link = st.session_state[_MADE]
        if STAFF_LINK.waits(link.partition(f"?{PARAMETER}=")[2]):
            _show_made(role, link)


def _show_made(role: Role, link: str) -> None:
    say = language().say
    whose = {"facilitator": say("For one facilitator:"), "analyst": say("For one analyst:")}
    st.markdown(whose[role])
    st.code(link, language=None, wrap_lines=True)
    if here_only(link):
        st.warning(
            say(
                "This link opens on this computer only. Start Alleanza with `make run ARGS=--lan` to let "
                "others on the same network in; behind an address of its own, with `--public-url https://…`."
            )
        )
