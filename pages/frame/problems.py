"""What went wrong, told once, in the reader's language; never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from consultation.errors import Problem
from pages.frame.language import language
from pages.frame.plain import plain

_LOG = logging.getLogger("alleanza")


@contextmanager
def told() -> Iterator[None]:
    """Whatever problem arises within is shown where it arose, and the page goes on below."""
    try:
        yield
    except Problem as problem:
        tell(problem)


def tell(problem: Problem, about: str = "") -> None:
    """Show one problem; `about`, in the plan's words, says what of several it is about."""
    told_here = f"**{plain(about)}** " if about else ""
    st.error(told_here + plain(language().tell(problem)))


@contextmanager
def calm() -> Iterator[None]:
    """The frame's last net: a problem nobody told, or a fault of ours, which goes to the log."""
    try:
        with told():
            yield
    except Exception:
        _LOG.exception("a page failed")
        st.error(language().say("Something went wrong on our side. What you sent before is kept: try again."))
