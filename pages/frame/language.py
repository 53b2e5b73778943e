"""The language this reader reads: Italian until they turn it."""

from __future__ import annotations

import streamlit as st

from consultation.language import Language

TYPED = "typed/"
"""How the keys of fields begin that keep what was typed or chosen when the language turns."""

_KEY = "language"
_RELABELLED = "relabelled"


def language() -> Language:
    """The present reader's language; it stays through pages for as long as the tab is open."""
    return Language(st.session_state.get(_KEY, "it"))


def language_switch() -> None:
    """One button, named in the other language."""
    other, name = ("en", "English") if language().code == "it" else ("it", "Italiano")
    st.button(name, key="turn_language", type="tertiary", on_click=_turn, args=(other,))


def relabelled() -> None:
    """From the next run on labels may read otherwise: what is chosen is to be kept by its value."""
    st.session_state[_RELABELLED] = True


def keep_choices() -> None:
    """Keep what was chosen before labels changed; before any widget stands."""
    if st.session_state.pop(_RELABELLED, False):
        _say_again()


def _say_again() -> None:
    """A browser names what was chosen by its label: say it by its value."""
    for name in [name for name in st.session_state if str(name).startswith(TYPED)]:
        st.session_state[name] = st.session_state[name]


def _turn(code: str) -> None:
    st.session_state[_KEY] = code
    _say_again()
