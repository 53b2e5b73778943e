"""From when until when a consultation takes answers, as people write days and hours."""

from __future__ import annotations

import re
from datetime import datetime

import streamlit as st

from consultation.errors import BrokenDates, ConsultationTaken
from consultation.language import Language
from consultation.occasion import Consultation
from pages.facilitator.prepare_doing import change, tap, tell_what_came
from pages.facilitator.prepare_fields import Fields
from pages.frame.language import language
from pages.frame.store import store

_DAY = re.compile(r"(\d{1,2})[./\s-]+(\d{1,2})[./\s-]+(\d{4})")
_HOUR = re.compile(r"(\d{1,2})(?:[:.,\s]+(\d{2}))?")
_USUAL = {"opens": "9:00", "closes": "18:00"}


def show(consultation: Consultation, fixed: bool) -> None:
    """The two bounds, each of which may be left out."""
    say = language().say
    st.subheader(say("From when, until when"))
    st.markdown(
        say(
            "Dates bind an open collection: it takes answers only between them. It is {now} on the clock of "
            "this computer, which counts.",
            now=told_moment(datetime.now().astimezone(), language()),
        )
    )
    fields = Fields(f"dates/{consultation.id}", consultation, _values(consultation))
    _bound(fields, "opens", say("It begins"), say("as soon as you open it"), fixed)
    _bound(fields, "closes", say("It ends"), say("when you close it"), fixed)
    if not fixed:
        st.button(say("Keep these dates"), key="keep-dates", on_click=tap("dates", lambda: _keep(fields)))
    tell_what_came("dates")


def _bound(fields: Fields[Consultation], bound: str, label: str, without: str, fixed: bool) -> None:
    say = language().say
    names = {False: without, True: say("on a day that I choose")}
    with_date = st.radio(
        label,
        [False, True],
        format_func=names.__getitem__,
        key=fields.key(bound),
        disabled=fixed,
        horizontal=True,
        persist_state="session",
    )
    if not with_date:
        return
    day, hour = st.columns(2)
    day.text_input(
        say("{bound}: day", bound=label),
        placeholder=say("dd/mm/yyyy"),
        key=fields.key(f"{bound}-day"),
        disabled=fixed,
        persist_state="session",
    )
    hour.text_input(
        say("{bound}: hour", bound=label),
        placeholder=_USUAL[bound],
        key=fields.key(f"{bound}-hour"),
        disabled=fixed,
        persist_state="session",
    )


def _values(consultation: Consultation) -> dict[str, object]:
    values: dict[str, object] = {}
    for bound, moment in (("opens", consultation.opens), ("closes", consultation.closes)):
        local = moment.astimezone() if moment else None
        values[bound] = local is not None
        values[f"{bound}-day"] = f"{local:%d/%m/%Y}" if local else ""
        values[f"{bound}-hour"] = f"{local:%H:%M}" if local else _USUAL[bound]
    return values


def _keep(fields: Fields[Consultation]) -> str:
    seen = fields.seen
    opens, closes = (
        moment(fields.text(f"{bound}-day"), fields.text(f"{bound}-hour")) if fields.value(bound) else None
        for bound in ("opens", "closes")
    )
    changed = seen.between(opens, closes)
    try:
        change(seen, changed)
    except ConsultationTaken:
        now = store().consultation(seen.id)
        fields.look_again(now, _values(now))
        raise
    fields.let_go()
    return between_told(changed, language())


def between_told(consultation: Consultation, reader: Language) -> str:
    """From when until when it takes answers once it is open, in a sentence."""
    say, opens, closes = reader.say, consultation.opens, consultation.closes
    if opens and closes:
        return say(
            "Answers are taken from {opens} until {closes}.",
            opens=told_moment(opens, reader),
            closes=told_moment(closes, reader),
        )
    if opens:
        return say("Answers are taken from {opens} until you close it.", opens=told_moment(opens, reader))
    if closes:
        return say("Answers are taken until {closes}.", closes=told_moment(closes, reader))
    return say("No dates: answers are taken from when you open it until you close it.")


def told_moment(moment: datetime, reader: Language) -> str:
    """A moment as the clock of this computer shows it."""
    local = moment.astimezone()
    return reader.say("{day} at {time}", day=f"{local:%d/%m/%Y}", time=f"{local:%H:%M}")


def moment(day: str, hour: str) -> datetime:
    """The moment that is written, on the clock of this computer; raises `BrokenDates` when it is none."""
    days, hours = _DAY.fullmatch(day.strip()), _HOUR.fullmatch(hour.strip())
    if days is None or hours is None:
        raise BrokenDates(
            "{written} is no day and hour: write them like 22/11/2026 and 18:30.",
            written=f"{day} {hour}".strip() or "…",
        )
    try:
        return datetime(
            int(days[3]), int(days[2]), int(days[1]), int(hours[1]), int(hours[2] or 0)
        ).astimezone()
    except (ValueError, OverflowError):
        raise BrokenDates(
            "There is no {written}: check the day and the hour.", written=f"{day} {hour}"
        ) from None
