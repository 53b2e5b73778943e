"""Puts the style on the page, and gives containers that only a wide screen or only a phone shows."""

from __future__ import annotations

import functools
import html
import re
from pathlib import Path
from urllib.parse import quote

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from consultation.plan import Plan
from pages.frame.sitemap import PROJECT

SCROLL = """document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0)"""
"""The one script that a page brings along: server.py lets browsers run this, to the letter, and no other."""

_MARKS = {
    "circle": "●",
    "square": "■",
    "triangle": "▲",
    "diamond": "◆",
    "cross": "✚",
    "wedge": "▼",
    "stroke": "▬",
    "arrow": "⬆",
}


def dress() -> None:
    """Put the style on the page; once in every run."""
    st.html(_sheet())


@functools.cache
def _sheet() -> str:
    """style.css with its pictures in it: Streamlit serves no SVG, and lets none stand in a page as it is."""
    css = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    return "<style>" + re.sub(r"url\(([a-z]+\.svg)\)", _picture, css) + "</style>"


def _picture(name: re.Match[str]) -> str:
    svg = (PROJECT / "static" / name[1]).read_text(encoding="utf-8")
    return f'url("data:image/svg+xml,{quote(svg)}")'


def dress_questions(plan: Plan) -> None:
    """The colour and symbol of each strategic question, for containers whose key is `question-<id>`.

    More than one on a page about the same question: `question-<id>--` and whatever tells them apart.
    """
    st.html(
        "<style>"
        + "".join(
            f":is(.st-key-question-{q.id}, [class*='st-key-question-{q.id}--'])"
            f"{{ border-left: 6px solid {q.colour} !important; padding-left: 1rem; }}"
            f":is(.st-key-question-{q.id}, [class*='st-key-question-{q.id}--']) :is(h2, h3)::before"
            f"{{ content: '{_MARKS[q.symbol]}'; color: {q.colour}; margin-right: 0.5rem; }}"
            for q in plan.strategic_questions
        )
        + "</style>"
    )


def to_the_top(step: str) -> None:
    """Let the page begin at its top whenever `step`, a name of ours, is another than before."""
    mark = f'<span data-step="{html.escape(step)}"></span>'
    st.html(f"{mark}<script>{SCROLL}</script>", unsafe_allow_javascript=True)


def wide(key: str) -> DeltaGenerator:
    """A container that a phone does not show."""
    return st.container(key=f"wide-only-{key}")


def narrow(key: str) -> DeltaGenerator:
    """A container that only a phone shows."""
    return st.container(key=f"phone-only-{key}")
