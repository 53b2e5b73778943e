"""What goes into the minutes, noted while it is said; and the minutes, in one click."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from consultation.conducting import LONGEST_NOTE
from consultation.language import Language
from consultation.minutes import minutes_name
from consultation.minutes_csv import csv_bytes
from consultation.minutes_docx import docx_bytes
from consultation.steps import SECTIONS, Section
from pages.facilitator.room_minutes import room_minutes
from pages.facilitator.run_top import done
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.rooms import Live, live, step

_TAKEN = "notes-taken"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show(seen: Live) -> None:
    """Notes, people counted in the room, and the two files."""
    say = language().say
    st.header(say("Minutes"))
    st.markdown(
        say(
            "Agenda, times, who took part, answers and votes are in the minutes by themselves. Note here "
            "what only you hear."
        )
    )
    _take(seen)
    left, right = st.columns(2, gap="large")
    with left:
        _note(seen)
    with right:
        _count(seen)
    _noted(seen)


def _take(seen: Live) -> None:
    """The files, made when asked for, of what holds by then.

    What is made then is made outside of the page, where no reader's language is known: it is taken along.
    """
    say, workshop, reader = language().say, seen.workshop, language()
    name = minutes_name(seen.room, reader)

    def document() -> bytes:
        return docx_bytes(room_minutes(live(workshop), datetime.now(UTC), reader))

    def table() -> bytes:
        return csv_bytes(room_minutes(live(workshop), datetime.now(UTC), reader))

    with st.container(horizontal=True):
        st.download_button(
            say("The minutes (Word)"),
            document,
            file_name=f"{name}.docx",
            mime=_DOCX,
            type="primary",
            key="minutes-docx",
        )
        st.download_button(
            say("The minutes as a table (CSV)"),
            table,
            file_name=f"{name}.csv",
            mime="text/csv",
            key="minutes-csv",
        )


def section_prompts(reader: Language) -> dict[Section, str]:
    """What to write in each section."""
    say = reader.say
    return {
        "harvest": say("Harvest: what came out"),
        "dissent": say("Dissent: who sees it otherwise, and why"),
        "decision": say("Decided"),
        "next_step": say("Next step: who does what, by when"),
    }


def _note(seen: Live) -> None:
    say = language().say
    names = section_prompts(language())
    number = st.session_state.setdefault(
        _TAKEN, 0
    )  # another key after each note: an empty field for the next
    with st.form(f"note-{number}", border=True):
        section = st.radio(
            say("A note for the minutes"), list(SECTIONS), format_func=names.__getitem__, key="typed/section"
        )
        tables = ["", *(table.label for table in seen.workshop.tables)]
        table = ""
        if len(tables) > 1:
            table = st.selectbox(
                say("Where it was said"),
                tables,
                format_func=lambda label: label or say("In plenary"),
                key="typed/note-table",
            )
        text = st.text_area(say("Note"), max_chars=LONGEST_NOTE, key=f"typed/note-{number}")
        if st.form_submit_button(say("Add to the minutes"), key=f"add-note-{number}"):
            kept = step(seen, lambda at: at.note(section, text or "", table))
            st.session_state[_TAKEN] += kept
            done(kept)


def _count(seen: Live) -> None:
    """People counted by eye: not everyone in a room takes part with a phone."""
    say, pick = language().say, language().pick
    present = seen.room.present or {}
    with st.form("present", border=True):
        heading = say("People in the room, counted by you (not required)")
        st.markdown(f"**{heading}**")
        typed = {
            group.id: st.number_input(
                plain(pick(group.label)),
                min_value=0,
                value=present.get(group.id),
                step=1,
                key=f"typed/present-{seen.workshop.word}-{group.id}",
            )
            for group in seen.consultation.plan.stakeholder_groups
        }
        if st.form_submit_button(say("Keep this count"), key="keep-present"):
            counted = {group: int(n) for group, n in typed.items() if n is not None}
            done(step(seen, lambda at: at.attend(counted)))


def _noted(seen: Live) -> None:
    """What stands in the minutes so far; a note taken by mistake is undone above."""
    names = section_prompts(language())
    for taken, note in reversed(seen.room.notes):
        with st.container(border=True):
            where = [f"{taken.at.astimezone():%H:%M}", names[note.section], note.table]
            st.markdown(f"**{plain(' · '.join(part for part in where if part))}**")
            st.text(note.text)
