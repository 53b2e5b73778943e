"""Who has answered so far and where the room is silent, renewed while there is still time to act."""

from __future__ import annotations

from typing import NamedTuple

import altair as alt
import pandas as pd
import streamlit as st

from analysis.charts.silence_grid import silence_grid
from analysis.sentences import Reading
from analysis.sentences.silent import of_quietest, of_silent_cells
from analysis.silence import quietest
from consultation import tables
from consultation.language import Language
from consultation.workshop import Workshop
from pages.facilitator.pictures import kept, picture, put
from pages.facilitator.room_counts import asked_so_far, basis_of, silence_of
from pages.facilitator.wall_counts import people_by_group
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import told
from pages.frame.rooms import Live, live

EVERY = 4.0  # seconds
FIRST = 4  # cells to ask for: more than that nobody reads out
GRID = "silence-grid"


@st.fragment(run_every=EVERY)
def show(workshop: Workshop) -> None:
    """People by group, then whom and what to ask for."""
    with told():
        _people(live(workshop))


def _people(now: Live) -> None:
    reader = language()
    people = people_by_group(now, "container")
    st.header(plain(people.reading.finding))
    st.caption(plain(people.reading.basis))
    put(people, f"{people.reading.finding}. {people.reading.basis}")
    late = sum(one.late for one in now.came)
    if late:
        st.text(
            reader.count(
                "1 contribution arrived after a closing: it counts, and is marked",
                "{n} contributions arrived after a closing: they count, and are marked",
                late,
            )
        )
    asked = asked_so_far(now)
    if asked is None or asked:
        _silence(now, asked)


class _Silence(NamedTuple):
    """Each question with each group, the words of it, and whom to ask for what, in sentences."""

    cells: pd.DataFrame
    reading: Reading
    ask: list[str]


def _silence(now: Live, asked: frozenset[tuple[str, str]] | None) -> None:
    """Whom to ask for what; and every question, for whoever opens that."""
    reader, plan = language(), now.consultation.plan
    found = kept(now, "silence", reader, lambda: _silent(now, asked, reader))
    st.subheader(plain(found.reading.finding))
    for sentence in found.ask:
        st.text(sentence)

    def draw() -> tuple[Reading, alt.LayerChart]:
        objectives, guides = tables.objectives(plan, reader), tables.guiding_questions(plan, reader)
        return found.reading, silence_grid(found.cells, objectives, guides, basis_of(now), reader, asked)

    every = st.expander(
        reader.say("Every question, by how many groups have spoken"), key=GRID, on_change="rerun"
    )
    if every.open:  # closed, it would be drawn all the same
        with every:
            put(picture(now, "silence grid", reader, draw), found.reading.finding)
            st.caption(plain(f"{found.reading.basis} · {found.reading.does_not_say}"))


def _silent(now: Live, asked: frozenset[tuple[str, str]] | None, reader: Language) -> _Silence:
    plan, cells = now.consultation.plan, silence_of(now)
    ask = of_quietest(
        quietest(cells, FIRST, asked),
        {g.id: reader.pick(g.label) for g in plan.stakeholder_groups},
        {q.id: reader.pick(q.title) for q in plan.strategic_questions},
        {g.id: reader.pick(g.heading) for g in plan.guiding_questions},
        reader,
    )
    return _Silence(cells, of_silent_cells(cells, basis_of(now), reader, asked), ask)
