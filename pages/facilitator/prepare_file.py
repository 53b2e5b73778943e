"""A file that somebody gives, asked for in the reader's language: the field itself speaks English only."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from pages.frame.language import language

_STYLE = """<style>
[data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
[data-testid="stFileUploaderDropzone"] button p {{ font-size: 0 !important; }}
[data-testid="stFileUploaderDropzone"] button p::after {{ content: "{choose}"; font-size: 1rem; }}
</style>"""


def given(label: str, endings: Sequence[str], key: str) -> tuple[str, bytes] | None:
    """The name and the content of the file that was given, if any; its name has one of these `endings`."""
    st.html(_STYLE.format(choose=html.escape(language().say("Choose a file"))))
    uploaded = st.file_uploader(label, type=list(endings), key=key)
    return (uploaded.name, uploaded.getvalue()) if uploaded else None
