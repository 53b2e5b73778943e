"""What a screen shows of a workshop, made once for all who look at it and until something changes in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

import altair as alt
import streamlit as st

from analysis.sentences import Reading
from consultation.language import Language
from pages.facilitator.latest import Latest
from pages.frame.rooms import Live
from pages.frame.store import address, on_forget

_MOST = 60  # held at once: a picture takes some 60 kB

Thing = TypeVar("Thing")


@dataclass(frozen=True, eq=False)
class Picture:
    """A chart as Vega-Lite, and its words; `name` is another as soon as anything in the chart is."""

    reading: Reading
    spec: dict[str, Any]
    name: str


def kept(seen: Live, view: str, reader: Language, make: Callable[[], Thing], mark: Hashable = None) -> Thing:
    """What `make` makes of a workshop for this `view` and reader, made anew when `mark` changes.

    Without a mark, when anything in the workshop does. What depends on the time has no place in it.
    """
    mark = seen.pulse if mark is None else mark
    thing: Thing = _things(address()).of(seen, mark, make, about=f"{view} {reader.code}").thing
    return thing


def picture(
    seen: Live,
    view: str,
    reader: Language,
    draw: Callable[[], tuple[Reading, alt.LayerChart]],
    mark: Hashable = None,
) -> Picture:
    """The chart that `draw` draws, with its words, `kept` for all."""
    return kept(seen, view, reader, lambda: _drawn(*draw()), mark)


def put(drawn: Picture, alt_text: str, *, wall: bool = False) -> None:
    """The picture on the screen; on a `wall` a changed one takes the place of the former at once."""
    key = f"wall-picture-{drawn.name}" if wall else None
    st.vega_lite_chart(drawn.spec, width="content" if wall else None, key=key, alt=alt_text)


def _drawn(reading: Reading, chart: alt.LayerChart) -> Picture:
    spec = chart.to_dict()  # half of the work, and for each screen the same
    return Picture(reading, spec, hashlib.sha256(json.dumps(spec).encode()).hexdigest()[:12])


@st.cache_resource(show_spinner=False)
def _things(at: str) -> Latest[Hashable, Any]:
    return Latest(_MOST)


on_forget(lambda consultation_id: _things(address()).forget(consultation_id))
