"""The words of one part of a plan, in both languages; what is typed stays until it is kept or let go."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from consultation.edition import Place, Worded, reworded, wordings
from consultation.errors import ConsultationTaken
from consultation.language import LANGUAGES, Wording
from consultation.occasion import Consultation
from consultation.plan import Plan
from pages.facilitator.prepare_doing import change, tap, tell_what_came
from pages.facilitator.prepare_fields import Fields
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.store import store

_LINE = 60  # signs that stand in a line of a field, about


def show(consultation: Consultation, within: Callable[[Worded], bool], fixed: bool) -> None:
    """The fields of the wordings `within` a part, and what is typed and not kept yet, there or elsewhere."""
    say, count = language().say, language().count
    if consultation.stage != "draft":
        st.info(
            say(
                "What is asked stays as it is; its words may be mended. Every version is kept, and each "
                "answer stays with the words that were read."
            )
        )
    fields = Fields(f"words/{consultation.id}", consultation, _values(consultation.plan))
    for worded in filter(within, wordings(fields.seen.plan)):
        _field(fields, worded, fixed)
    place = f"words-{consultation.id}"
    typed = {name.rpartition("/")[0] for name in fields.typed()}
    if typed and not fixed:
        st.markdown(
            plain(
                count(
                    "1 text is changed and not kept yet: {what}.",
                    "{n} texts are changed and not kept yet: {what}.",
                    len(typed),
                    what=_told(consultation.plan, typed),
                )
            )
        )
    if not fixed:
        with st.container(horizontal=True):
            st.button(
                say("Keep the words"),
                type="primary",
                key="keep-words",
                on_click=tap(place, partial(_keep, fields)),
            )
            if typed:
                st.button(
                    say("Leave the words as they were"),
                    key="leave-words",
                    on_click=tap(place, partial(_leave, fields)),
                )
    tell_what_came(place)


def _leave(fields: Fields[Consultation]) -> str:
    fields.let_go()
    return ""


def _field(fields: Fields[Consultation], worded: Worded, fixed: bool) -> None:
    say, told = language().say, worded.told(language())
    labels = {"it": say("{what}, in Italian", what=told), "en": say("{what}, in English", what=told)}
    one_line = worded.one_line and max(len(worded.wording.it), len(worded.wording.en)) <= _LINE
    for column, code in zip(st.columns(2, gap="medium"), LANGUAGES, strict=True):
        key = fields.key(_name(worded.place, code))
        if one_line:
            column.text_input(labels[code], key=key, disabled=fixed, persist_state="session")
        else:
            column.text_area(labels[code], key=key, height="content", disabled=fixed, persist_state="session")


def _name(place: Place, code: str) -> str:
    return "/".join((*place, code))


def _values(plan: Plan) -> dict[str, object]:
    return {
        _name(worded.place, code): getattr(worded.wording, code)
        for worded in wordings(plan)
        for code in LANGUAGES
    }


def _told(plan: Plan, typed: set[str]) -> str:
    """What these places are called."""
    return ", ".join(worded.told(language()) for worded in wordings(plan) if "/".join(worded.place) in typed)


def _keep(fields: Fields[Consultation]) -> str:
    say, seen = language().say, fields.seen
    typed = {name.rpartition("/")[0] for name in fields.typed()}
    words = {
        worded.place: Wording(*(fields.text(_name(worded.place, code)) for code in LANGUAGES))
        for worded in wordings(seen.plan)
        if "/".join(worded.place) in typed
    }
    changed = seen.reworded(reworded(seen.plan, words))
    if changed is seen:
        fields.let_go()
        return say("The words are as they were: there was nothing to keep.")
    try:
        change(seen, changed)
    except ConsultationTaken as taken:
        now = store().consultation(seen.id)
        both = {name.rpartition("/")[0] for name in fields.look_again(now, _values(now.plan))}
        if not both:
            raise
        raise ConsultationTaken(
            "Somebody else has changed the same words meanwhile ({what}). Your text is still in the fields; "
            "theirs is under “Versions of the words”. Keep yours only if it is to replace theirs.",
            what=_told(now.plan, both),
        ) from taken
    fields.let_go()
    return say("The words are kept, as version {n}.", n=changed.wording)
