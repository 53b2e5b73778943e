"""One choice made in two places: the points of a chart, and a selectbox for whoever uses no pointer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import altair as alt
import streamlit as st

from pages.frame.language import TYPED, language


@dataclass(frozen=True)
class Pick:
    """A choice that charts and one selectbox make together; whichever was used last holds.

    `name` tells it from others in the session. `selection` is the name of the charts' selection, and `field`
    what a chosen point holds. Charts stand before the selectbox.
    """

    name: str
    selection: str = "objective"
    field: str = "objective"

    @property
    def key(self) -> str:
        """The key of the selectbox, which holds what is chosen."""
        return f"{TYPED}pick-{self.name}"

    @property
    def now(self) -> str:
        """What is chosen, or nothing."""
        return str(st.session_state.get(self.key) or "")

    def chart(self, picture: alt.LayerChart, where: str, alt_text: str) -> None:
        """Draw `picture`; `where` tells it from other pictures, and from itself with other data."""
        # a fresh key once the selectbox was used: the chart forgets its point, which can be clicked again
        key = f"pick-{self.name}-{where}-{st.session_state.get(self._turns, 0)}"
        event = st.altair_chart(
            picture, key=key, on_select="rerun", theme=None, alt=alt_text, width="stretch"
        )
        points = event["selection"][self.selection]
        pointed = str(points[0][self.field]) if points else ""
        if pointed != st.session_state.get(f"{key}-seen", ""):
            st.session_state[f"{key}-seen"] = pointed
            st.session_state[self.key] = pointed or None
            if pointed:  # what opens is further down than most screens reach
                st.toast(language().say("Its answers are open below."))

    def selectbox(self, label: str, options: Sequence[str], named: Callable[[str], str], hint: str) -> str:
        """The same choice by name; returns what is chosen, or nothing."""
        if self.now not in options:
            st.session_state[self.key] = None
        st.selectbox(
            label,
            options,
            index=None,
            format_func=named,
            placeholder=hint,
            key=self.key,
            on_change=self._turn,
        )
        return self.now

    @property
    def _turns(self) -> str:
        return f"pick-{self.name}-turns"

    def _turn(self) -> None:
        st.session_state[self._turns] = st.session_state.get(self._turns, 0) + 1
