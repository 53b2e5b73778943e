"""On the wall: how many have answered, and which groups are here."""

from __future__ import annotations

import altair as alt
import streamlit as st

from analysis.charts.attendance_bars import attendance_bars
from analysis.charts.theme import Width
from analysis.sentences import Reading
from analysis.sentences.attendance import of_attendance
from consultation import tables
from pages.facilitator.pictures import Picture, picture, put
from pages.facilitator.room_counts import attendance_of, basis_of
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.rooms import Live


def came_so_far(seen: Live) -> str:
    """How many have sent something in this room, and how many answers."""
    count = language().count
    people = count("{n} person has answered", "{n} people have answered", len(seen.came))
    answers = count("{n} answer", "{n} answers", sum(len(one.replies) for one in seen.came))
    return f"{people} · {answers}"


def show(seen: Live) -> None:
    """The people of each group: numbers and no words."""
    drawn = people_by_group(seen, "wall")
    st.title(plain(drawn.reading.finding))
    st.text(came_so_far(seen))
    put(drawn, f"{drawn.reading.finding}. {drawn.reading.basis}", wall=True)
    st.text(drawn.reading.basis)


def people_by_group(seen: Live, width: Width) -> Picture:
    """The people of each group as bars."""
    reader = language()

    def draw() -> tuple[Reading, alt.LayerChart]:
        groups, basis = tables.groups(seen.consultation.plan, reader), basis_of(seen)
        attendance = attendance_of(seen)
        reading = of_attendance(attendance, groups, basis, reader)
        return reading, attendance_bars(attendance, groups, basis, reader, width=width)

    return picture(seen, f"people {width}", reader, draw)
