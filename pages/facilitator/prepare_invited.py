"""How many of each group were invited, to a workshop or to its consultation, and how many have answered."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from math import isnan

import pandas as pd
import streamlit as st

from analysis.attendance import attendance
from consultation import tables
from consultation.edition import inviting
from consultation.errors import ConsultationTaken, WorkshopTaken
from consultation.occasion import Consultation
from consultation.workshop import MOST_INVITED, Workshop
from pages.facilitator import prepare_list
from pages.facilitator.prepare_doing import change, change_workshop, tap, tell_what_came
from pages.facilitator.prepare_fields import Fields
from pages.facilitator.room_counts import attendance_of
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.rooms import live
from pages.frame.store import contributions, store

_BESIDE = 2  # groups side by side on a wide screen


def of_workshop(consultation: Consultation, workshop: Workshop, fixed: bool) -> None:
    """Those invited to one workshop."""
    st.header(plain(workshop.title))
    fields = Fields(f"invited/{workshop.word}", workshop, _of_workshop(consultation, workshop))
    answered = attendance_of(live(workshop))
    _show(consultation, fields, answered, fixed, partial(_keep_in_workshop, consultation, fields))


def of_consultation(consultation: Consultation, fixed: bool) -> None:
    """Those invited to the whole consultation."""
    fields = Fields(f"invited/{consultation.id}", consultation, _of_consultation(consultation))
    said = contributions(consultation.id)
    answered = attendance(
        tables.answers(said),
        tables.ratings(said),
        None,
        list(consultation.plan.groups),
        tables.invitations(consultation.plan),
    )
    _show(consultation, fields, answered, fixed, partial(_keep_in_consultation, fields))


def _show(
    consultation: Consultation,
    fields: Fields[Workshop] | Fields[Consultation],
    answered: pd.DataFrame,
    fixed: bool,
    keep: Callable[[], str],
) -> None:
    """A number for each group, what has come of it, and a list as a file in place of typing."""
    say = language().say
    place = fields.key("place")
    st.markdown(say("Not required. Only numbers are kept: never names. An empty field means: not known."))
    came = {str(row["group"]): row for row in answered.to_dict("records")}
    groups = consultation.plan.stakeholder_groups
    for first in range(0, len(groups), _BESIDE):
        columns = st.columns(_BESIDE)
        for column, group in zip(columns, groups[first : first + _BESIDE], strict=False):
            column.number_input(
                plain(language().pick(group.label)),
                min_value=0,
                max_value=MOST_INVITED,
                value=None,
                step=1,
                key=fields.key(group.id),
                disabled=fixed,
                persist_state="session",
            )
            if rate := _rate(came[group.id]):
                column.text(rate)
    if fixed:
        return
    st.button(say("Keep these numbers"), type="primary", key=f"keep-{place}", on_click=tap(place, keep))
    tell_what_came(place)
    prepare_list.show(consultation, fields)


def _rate(row: Mapping[Hashable, object]) -> str:
    """How many of a group have answered, and which part of those invited that is; "" while unknown."""
    count, number = language().count, language().number
    n, response = int(str(row["n_contributions"])), row["response"]
    told = count("1 has answered", "{n} have answered", n)
    if isinstance(response, float) and not isnan(response):
        return f"{told} · {number(100 * response)}%"
    return told if n else ""


def _of_workshop(consultation: Consultation, workshop: Workshop) -> dict[str, object]:
    known = dict(workshop.invited)
    return {group: known.get(group) for group in consultation.plan.groups}


def _of_consultation(consultation: Consultation) -> dict[str, object]:
    return {group.id: group.invited for group in consultation.plan.stakeholder_groups}


def _numbers(
    fields: Fields[Workshop] | Fields[Consultation], groups: Mapping[str, object]
) -> dict[str, int | None]:
    typed = {group: fields.value(group) for group in groups}
    return {group: people if isinstance(people, int) else None for group, people in typed.items()}


def _keep_in_workshop(consultation: Consultation, fields: Fields[Workshop]) -> str:
    seen = fields.seen
    numbers = _numbers(fields, consultation.plan.groups)
    known = {group: people for group, people in numbers.items() if people is not None}
    try:
        change_workshop(consultation, seen, seen.inviting(known, consultation))
    except WorkshopTaken:
        invited = store().invited(seen.word)
        if invited is not None:
            fields.look_again(invited.workshop, _of_workshop(consultation, invited.workshop))
        raise
    fields.let_go()
    return _told(known)


def _keep_in_consultation(fields: Fields[Consultation]) -> str:
    seen = fields.seen
    numbers = _numbers(fields, seen.plan.groups)
    changed = seen.reworded(inviting(seen.plan, numbers))
    try:
        change(seen, changed)
    except ConsultationTaken:
        now = store().consultation(seen.id)
        fields.look_again(now, _of_consultation(now))
        raise
    fields.let_go()
    return _told({group: people for group, people in numbers.items() if people is not None})


def _told(known: Mapping[str, int]) -> str:
    return language().count(
        "Kept: 1 person was invited.", "Kept: {n} people were invited.", sum(known.values())
    )
