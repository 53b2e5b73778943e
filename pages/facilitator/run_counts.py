"""Who has answered so far and where the room is silent, renewed while there is still time to act."""

from __future__ import annotations

import streamlit as st

from analysis.charts.attendance_bars import attendance_bars
from analysis.charts.silence_grid import silence_grid
from analysis.sentences.attendance import of_attendance
from analysis.sentences.silent import of_quietest, of_silent_cells
from analysis.silence import quietest
from consultation import tables
from consultation.workshop import Workshop
from pages.facilitator.room_counts import asked_so_far, attendance_of, basis_of, silence_of
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import told
from pages.frame.rooms import Live, live

EVERY = 4.0  # seconds
FIRST = 4  # cells to ask for: more than that nobody reads out


@st.fragment(run_every=EVERY)
def show(workshop: Workshop) -> None:
    """People by group, then whom and what to ask for."""
    with told():
        _people(live(workshop))


def _people(now: Live) -> None:
    reader = language()
    groups, basis = tables.groups(now.consultation.plan, reader), basis_of(now)
    attendance, asked = attendance_of(now), asked_so_far(now)
    reading = of_attendance(attendance, groups, basis, reader)
    st.header(plain(reading.finding))
    st.caption(plain(reading.basis))
    st.altair_chart(
        attendance_bars(attendance, groups, basis, reader), alt=f"{reading.finding}. {reading.basis}"
    )
    late = sum(one.late for one in now.came)
    if late:
        st.text(
            reader.count(
                "1 contribution arrived after a closing: it counts, and is marked",
                "{n} contributions arrived after a closing: they count, and are marked",
                late,
            )
        )
    if asked is not None and not asked:
        return
    cells = silence_of(now)
    silent = of_silent_cells(cells, basis, reader, asked)
    st.subheader(plain(silent.finding))
    plan = now.consultation.plan
    for sentence in of_quietest(
        quietest(cells, FIRST, asked),
        {g.id: reader.pick(g.label) for g in plan.stakeholder_groups},
        {q.id: reader.pick(q.title) for q in plan.strategic_questions},
        {g.id: reader.pick(g.heading) for g in plan.guiding_questions},
        reader,
    ):
        st.text(sentence)
    with st.expander(reader.say("Every question, by how many groups have spoken")):
        st.altair_chart(
            silence_grid(
                cells,
                tables.objectives(plan, reader),
                tables.guiding_questions(plan, reader),
                basis,
                reader,
                asked,
            ),
            alt=silent.finding,
        )
        st.caption(plain(f"{silent.basis} · {silent.does_not_say}"))
