"""The tables of a workshop: how many, and what each is called; the word of each lets in to that table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import streamlit as st

from consultation.codes import new_invitation
from consultation.errors import WorkshopTaken
from consultation.occasion import Consultation
from consultation.workshop import MOST_TABLES, Table, Workshop
from pages.facilitator.prepare_doing import Action, ask_first, change_workshop, sure, tap, tell_what_came
from pages.facilitator.prepare_fields import Fields
from pages.frame.language import language
from pages.frame.store import store


def show(consultation: Consultation, workshop: Workshop, fixed: bool) -> None:
    """How many tables, then a name for each."""
    say = language().say
    st.header(say("Tables"))
    st.markdown(
        say(
            "Not required. Each table has a word and a code of its own: its answers say where they were "
            "given."
        )
    )
    fields = Fields(f"tables/{workshop.word}", workshop, _values(workshop))
    place = f"tables-{workshop.word}"
    st.number_input(
        say("How many tables"),
        min_value=0,
        max_value=MOST_TABLES,
        step=1,
        key=fields.key("count"),
        disabled=fixed,
        persist_state="session",
    )
    for table in fields.seen.tables:
        _table(consultation, fields, table, fixed)
    gone = fields.seen.tables[_wanted(fields) :]
    if not fixed and not (gone and _sure(place, gone, partial(_keep_all, consultation, fields))):
        st.button(
            say("Keep the tables"),
            key="keep-tables",
            on_click=tap(place, partial(_keep, consultation, fields, place)),
        )
    tell_what_came(place)


def fresh_words() -> Iterator[str]:
    """Words to call out that lead nowhere yet, without end."""
    while True:
        word = new_invitation()
        if store().invited(word) is None:
            yield word


def _table(consultation: Consultation, fields: Fields[Workshop], table: Table, fixed: bool) -> None:
    """Its name, and what takes it away: asked again, for its card may be printed."""
    say, place = language().say, f"table-{table.word}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            say("Name of the table with the word {word}", word=table.word),
            key=fields.key(table.word),
            disabled=fixed,
            persist_state="session",
        )
        if not fixed:
            st.button(
                say("Take away"),
                key=f"remove-{place}",
                on_click=tap(place, partial(ask_first, place)),
            )
    _sure(place, (table,), partial(_remove, consultation, fields, table))
    tell_what_came(place)


def _values(workshop: Workshop) -> dict[str, object]:
    return {"count": len(workshop.tables), **{table.word: table.label for table in workshop.tables}}


def _wanted(fields: Fields[Workshop]) -> int:
    count = fields.value("count")
    return count if isinstance(count, int) else 0


def _named(fields: Fields[Workshop]) -> Workshop:
    """The workshop with its tables called as is typed."""
    seen = fields.seen
    return seen.with_tables([replace(table, label=fields.text(table.word)) for table in seen.tables])


def _keep(consultation: Consultation, fields: Fields[Workshop], place: str) -> str:
    if _wanted(fields) < len(fields.seen.tables):
        return ask_first(place)
    return _keep_all(consultation, fields)


def _keep_all(consultation: Consultation, fields: Fields[Workshop]) -> str:
    changed = _named(fields).with_table_count(_wanted(fields), language().say("Table"), fresh_words())
    return _change(consultation, fields, changed)


def _remove(consultation: Consultation, fields: Fields[Workshop], table: Table) -> str:
    named = _named(fields)
    return _change(
        consultation, fields, named.with_tables([one for one in named.tables if one.word != table.word])
    )


def _change(consultation: Consultation, fields: Fields[Workshop], changed: Workshop) -> str:
    say, count, seen = language().say, language().count, fields.seen
    try:
        change_workshop(consultation, seen, changed)
    except WorkshopTaken:
        invited = store().invited(seen.word)
        if invited is not None:
            fields.look_again(invited.workshop, _values(invited.workshop))
        raise
    fields.let_go()
    if not changed.tables:
        return say("The workshop has no tables.")
    return count("The workshop has 1 table.", "The workshop has {n} tables.", len(changed.tables))


def _sure(place: str, gone: tuple[Table, ...], action: Action) -> bool:
    say = language().say
    return sure(
        place,
        say(
            "{tables}: once taken away, their words and printed cards lead nowhere. What was said there "
            "stays.",
            tables=", ".join(table.label for table in gone),
        ),
        say("Yes, take away"),
        say("No, leave them"),
        action,
    )
