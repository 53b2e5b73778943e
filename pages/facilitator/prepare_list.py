"""A list of those invited, as a file: it is counted by group, and nothing of it stays."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from consultation.errors import Problem, UnreadableFile
from consultation.importing.besides import read_invited
from consultation.importing.csv_tables import Read
from consultation.occasion import Consultation
from consultation.plan import Plan
from consultation.workshop import Workshop
from pages.facilitator.prepare_doing import tap, tell_what_came
from pages.facilitator.prepare_fields import Fields
from pages.facilitator.prepare_file import given
from pages.frame.language import language

_READ = "prepare-lists-read"
_SHOWN = 5  # rows that could not be read: enough to see what they have in common


def show(consultation: Consultation, fields: Fields[Workshop] | Fields[Consultation]) -> None:
    """Where the file is given, and what was counted in the last one."""
    say = language().say
    place = fields.key("list")
    with st.expander(say("Count them from a list (CSV)"), key=f"list-{place}"):
        st.markdown(
            say(
                "Either a row per group, with the columns `group` and `invited` (in Italian `gruppo` and "
                "`invitati`); or a row per person, with a column `group` (`gruppo`). Commas, semicolons or "
                "tabs between the columns. Groups go by their name or by their id: {groups}. The list is "
                "counted and dropped: no names are kept.",
                groups=", ".join(f"`{group}`" for group in consultation.plan.groups),
            )
        )
        # another key after each file: the one that was read is not held any longer
        number = st.session_state.get(_READ, 0)
        file = given(say("The list"), ["csv", "tsv", "txt"], key=f"{place}-{number}")
        if file is not None:
            st.button(
                say("Count the list"),
                key=f"count-{place}",
                on_click=tap(place, partial(_count, consultation.plan, fields, *file)),
            )
    tell_what_came(place)


def _count(plan: Plan, fields: Fields[Workshop] | Fields[Consultation], name: str, content: bytes) -> str:
    """Puts the numbers into the fields, as if they were typed."""
    say, count, reader = language().say, language().count, language()
    st.session_state[_READ] = st.session_state.get(_READ, 0) + 1
    read = counted(name, content, plan)
    numbers = dict(zip(read.table["group"], (int(n) for n in read.table["invited"]), strict=True))
    fields.put(numbers)
    told = [
        count(
            "1 person was counted. Look at the numbers above, then keep them.",
            "{n} people were counted. Look at the numbers above, then keep them.",
            sum(numbers.values()),
        )
    ]
    if read.unread:
        told.append(count("1 row could not be read:", "{n} rows could not be read:", len(read.unread)))
        told += [
            say("row {row}: {reason}", row=unread.row, reason=reader.tell(unread.reason))
            for unread in read.unread[:_SHOWN]
        ]
    return " ".join(told)


def counted(name: str, content: bytes, plan: Plan) -> Read:
    """How many of each group stand in the file; the problems that it has name it by `name` alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(content)
        try:
            return read_invited(path, plan)
        except Problem as problem:
            raise UnreadableFile(problem.message, **(problem.values | {"path": name})) from None
