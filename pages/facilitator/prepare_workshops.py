"""The workshops of a consultation: made by a title, then given rounds and tables."""

from __future__ import annotations

from functools import partial

import streamlit as st

from consultation.errors import WorkshopTaken
from consultation.occasion import Consultation
from consultation.permissions import may_prepare, may_run, require
from consultation.workshop import Workshop
from pages.facilitator import prepare_rounds, prepare_tables
from pages.facilitator.prepare_doing import change_workshop, tap, tell_what_came
from pages.facilitator.prepare_fields import Fields
from pages.facilitator.prepare_tables import fresh_words
from pages.facilitator.run_choice import run_this
from pages.frame.access import visitor
from pages.frame.language import TYPED, language
from pages.frame.plain import plain
from pages.frame.sitemap import RUN
from pages.frame.store import store

_CHOSEN = "prepare-workshop"
_TITLE = f"{TYPED}workshop-title"
_PLACE = "workshops"


def show(consultation: Consultation, fixed: bool) -> None:
    """One workshop at a time: its title, its rounds, its tables; below, a new one."""
    say = language().say
    workshop = chosen_workshop(consultation)
    tell_what_came(_PLACE)
    if workshop is None:
        st.markdown(
            say(
                "A workshop is one occasion on which people answer together: it has a word to call out, and "
                "if you like rounds that you open one after the other, and tables."
            )
        )
    else:
        _open(consultation, workshop, fixed)
    if not fixed:
        _new(consultation, first=workshop is None)


def chosen_workshop(consultation: Consultation) -> Workshop | None:
    """The one last looked at or made, chosen where there are several; `None` where there is none."""
    made = {workshop.word: workshop for workshop in store().workshops(consultation.id)}
    if not made:
        return None
    word = str(st.session_state.get(_CHOSEN, ""))
    if word not in made:
        word = st.session_state[_CHOSEN] = next(iter(made))
    if len(made) > 1:
        picked = st.selectbox(
            language().say("Workshop"),
            list(made),
            index=list(made).index(word),
            format_func=lambda one: f"{made[one].title} · {one}",
            key=f"{TYPED}choose-workshop-{word}",
        )
        if picked and picked != word:
            st.session_state[_CHOSEN] = picked
            st.rerun()
    return made[word]


def _open(consultation: Consultation, workshop: Workshop, fixed: bool) -> None:
    say = language().say
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(plain(workshop.title))
        st.text(say("Word: {word}", word=" ".join(workshop.word)))
        if may_run(visitor(), consultation) and st.button(
            say("Run this workshop"), type="primary", key="run-this"
        ):
            run_this(workshop.word)
            st.switch_page(RUN)
        if not fixed:
            _rename(consultation, workshop)
    tell_what_came("title")
    prepare_rounds.show(consultation, workshop, fixed)
    prepare_tables.show(consultation, workshop, fixed)


def _rename(consultation: Consultation, workshop: Workshop) -> None:
    say = language().say
    fields = Fields(f"title/{workshop.word}", workshop, {"title": workshop.title})
    with st.popover(say("Title…")):
        st.text_input(say("Title of the workshop"), key=fields.key("title"), persist_state="session")
        st.button(
            say("Keep the title"),
            key="keep-title",
            on_click=tap("title", partial(_keep_title, consultation, fields)),
        )


def _keep_title(consultation: Consultation, fields: Fields[Workshop]) -> str:
    seen = fields.seen
    try:
        change_workshop(consultation, seen, seen.renamed(fields.text("title")))
    except WorkshopTaken:
        now = store().invited(seen.word)
        if now:
            fields.look_again(now.workshop, {"title": now.workshop.title})
        raise
    fields.let_go()
    return language().say("The title is kept.")


def _new(consultation: Consultation, *, first: bool) -> None:
    say = language().say
    with st.expander(say("A new workshop"), expanded=first, key="new-workshop"):
        st.text_input(
            say("Its title: where and when, so that you tell it from others"),
            key=_TITLE,
            persist_state="session",
        )
        st.button(
            say("Make the workshop and its word"),
            type="primary" if first else "secondary",
            key="make-workshop",
            on_click=tap(_PLACE, partial(_make, consultation)),
        )


def _make(consultation: Consultation) -> str:
    require(may_prepare, visitor(), consultation)
    title = str(st.session_state.get(_TITLE) or "")
    workshop = Workshop.titled(title, next(fresh_words()), consultation)
    store().add_workshop(workshop)
    st.session_state[_CHOSEN] = workshop.word
    st.session_state[_TITLE] = ""
    run_this(workshop.word)
    return language().say(
        "Made. Its word is {word}: how people join is under “Invitations”.", word=workshop.word
    )
