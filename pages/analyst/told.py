"""The words around a chart: its finding above it, what it says and does not say below."""

from __future__ import annotations

import streamlit as st

from analysis.sentences import Reading
from pages.frame.plain import plain


def finding(reading: Reading) -> None:
    """What was found, as the page's title."""
    st.title(plain(reading.finding))


def basis(reading: Reading) -> None:
    """What a picture stands on and whom it speaks for: above it."""
    quiet(f"{reading.basis}. {reading.caution}")


def limits(reading: Reading) -> None:
    """How to read a picture, and what must not be read into it: below it."""
    st.markdown(plain(f"{reading.says} {reading.does_not_say}"))


def quiet(text: str) -> None:
    """A sentence that supports another."""
    st.markdown(f":gray[{plain(text)}]")
