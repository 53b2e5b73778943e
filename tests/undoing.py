"""The one button that takes the last decision back, as a page test presses it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def undo(app: AppTest) -> AppTest:
    """The page after the last decision was undone."""
    return next(button for button in app.button if str(button.key).startswith("undo-")).click().run()
