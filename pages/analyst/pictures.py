"""Pictures drawn once for all who look at the same, since placing their labels takes a while."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import streamlit as st

from pages.analyst.results import Desk, Results
from pages.frame.store import on_forget, revision


def picture(found: Results, what: str, draw: Callable[[], alt.LayerChart]) -> alt.LayerChart:
    """What `draw` draws of `found`; `what` tells it from its other pictures.

    So do the notes: the same rules may be those declared for one reader, and a trial for the next.
    """
    about = "\n".join([what, found.reader.code, *found.basis.notes])
    return desk().of(found.key._replace(about=about), draw).found


@st.cache_resource(show_spinner=False)
def desk() -> Desk[alt.LayerChart]:
    """The pictures looked at last."""
    return Desk(revision)


on_forget(lambda consultation_id: desk().forget(consultation_id))
