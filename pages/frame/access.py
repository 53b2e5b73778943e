"""Who is there: a visitor, or staff who came by a link that is good once."""

from __future__ import annotations

import streamlit as st

from consultation.permissions import Role, Visitor
from pages.frame.language import language
from pages.frame.public_address import own_address
from pages.frame.staff_link import COOKIE, PARAMETER, STAFF_LINK

_SESSION = "staff_session"


def visitor() -> Visitor:
    """The present visitor, for the predicates of `consultation.permissions`."""
    return Visitor(Visitor().roles.union(*(STAFF_LINK.roles(session) for session in _sessions())))


def staff_roles() -> frozenset[Role]:
    """What the present visitor is besides a participant, and so nothing without a link: only for what is
    offered and how it is called.
    """
    return visitor().roles - Visitor().roles


def redeem() -> None:
    """Use up a staff link that stands in the address.

    Under server.py a good link never comes this far: it has become a cookie. Under `streamlit run` the
    visit itself becomes staff's.
    """
    STAFF_LINK.announce(own_address(), again=False)
    token = st.query_params.get(PARAMETER)
    if token is None:
        return
    del st.query_params[PARAMETER]
    session = STAFF_LINK.redeem(token, *_sessions())
    if session is None:
        st.session_state["used_link"] = True
    else:
        st.session_state[_SESSION] = session


def tell_used_link() -> None:
    """Once, to whoever came by a link that was good no more."""
    if st.session_state.pop("used_link", False):
        st.warning(
            language().say(
                "This staff link has been used already, or its time is over. Ask whoever gave it to you for "
                "another; a fresh one for administrators is in the terminal window."
            )
        )


def leave() -> None:
    """End staff access on this device."""
    for session in _sessions():
        STAFF_LINK.forget(session)
    st.session_state.pop(_SESSION, None)


def _sessions() -> list[str]:
    given = (st.session_state.get(_SESSION), st.context.cookies.get(COOKIE))
    return [session for session in given if isinstance(session, str) and session]
