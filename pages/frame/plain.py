"""Text that Streamlit would read as Markdown, made to show as it is written."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """`text` with every sign that Markdown knows escaped: for titles of plans, and values within problems."""
    return _SIGNS.sub(r"\\\1", text)
