"""Who is there: a visitor, or staff who came by the one-time link."""

from __future__ import annotations

import streamlit as st

from consultation.permissions import STAFF, Visitor
from pages.frame.language import language
from pages.frame.staff_link import COOKIE, PARAMETER, STAFF_LINK

_SESSION = "staff_session"


def visitor() -> Visitor:
    """The present visitor, for the predicates of `consultation.permissions`."""
    return Visitor(STAFF) if any(STAFF_LINK.knows(session) for session in _sessions()) else Visitor()


def is_staff() -> bool:
    """Whether the present visitor came by the staff link: only for what the navigation shows."""
    return visitor().has("administrator")


def redeem() -> None:
    """Use up a staff link that stands in the address.

    Under server.py a good link never comes this far: it has become a cookie. Under `streamlit run` the
    visit itself becomes staff's.
    """
    STAFF_LINK.announce(_own_address(), again=False)
    token = st.query_params.get(PARAMETER)
    if token is None:
        return
    del st.query_params[PARAMETER]
    session = STAFF_LINK.redeem(token)
    if session is None:
        st.session_state["used_link"] = True
    else:
        st.session_state[_SESSION] = session


def tell_used_link() -> None:
    """Once, to whoever came by a link that was good no more."""
    if st.session_state.pop("used_link", False):
        st.warning(
            language().say("This staff link has been used already. A fresh one is in the terminal window.")
        )


def leave() -> None:
    """End staff access on this device."""
    for session in _sessions():
        STAFF_LINK.forget(session)
    st.session_state.pop(_SESSION, None)


def _sessions() -> list[str]:
    given = (st.session_state.get(_SESSION), st.context.cookies.get(COOKIE))
    return [session for session in given if isinstance(session, str) and session]


def _own_address() -> str:
    """Where `streamlit run` answers on this machine, from its settings: never from what a browser claims."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"http://localhost:{st.get_option('server.port')}/{path}"
