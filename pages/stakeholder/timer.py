"""What time is left for a question, as a sentence that renews itself, and what to do when it is closed."""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import UTC, datetime

import streamlit as st

from consultation.errors import Problem
from consultation.language import Language
from consultation.room import RoundState
from consultation.workshop import Workshop
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.rooms import live
from pages.stakeholder.draft import Draft, Form
from pages.stakeholder.occasion import Occasion

EVERY = 10.0  # seconds: minutes are told, and whoever writes is to be left in peace


def told(state: RoundState, at: datetime, reader: Language) -> str:
    """The time left for an open or paused round, in minutes and until when; "" without a timer."""
    say, left = reader.say, state.remaining(at)
    if state.stage == "paused":
        if left is None or left <= 0:
            return say("Paused: the facilitator will go on.")
        if left < 60:
            return say("Paused, with less than a minute left.")
        return reader.count("Paused, with 1 minute left.", "Paused, with {n} minutes left.", _minutes(left))
    if state.stage != "open" or left is None or state.ends is None:
        return ""
    if left <= 0:
        return say("Time is up: the facilitator is about to close.")
    time = f"{state.ends.astimezone():%H:%M}"  # where this program runs
    if left < 60:
        return say("Less than a minute left (until {time})", time=time)
    return reader.count(
        "1 minute left (until {time})", "{n} minutes left (until {time})", _minutes(left), time=time
    )


def _minutes(seconds: int) -> int:
    """A minute that has begun counts as whole: who reads it a little later still has it."""
    return math.ceil(seconds / 60)


def over_form(occasion: Occasion, draft: Draft, form: Form) -> None:
    """Above a form: its time, or that it came to be closed while somebody writes."""
    if occasion.workshop is not None:
        with st.container(key="time"):
            _watched(occasion.workshop, draft, form)
    elif not occasion.taking:
        _closed(draft, elsewhere=False)


@st.fragment(run_every=EVERY)
def _watched(workshop: Workshop, draft: Draft, form: Form) -> None:
    """The same in a room, where it changes by itself; if the store does not answer, the next look will."""
    with suppress(Problem):
        seen, at = live(workshop), datetime.now(UTC)
        state = seen.room.rounds[form.round - 1] if 0 < form.round <= len(seen.room.rounds) else None
        taken = state is None or state.stage in ("open", "paused")
        if not (taken and seen.consultation.taking(at)):
            _closed(draft, elsewhere=True)
        elif state is not None:
            _clock(state, at, f"clock-{form.round}")
            if state.stage == "paused":
                st.markdown(
                    language().say("Go on writing: what you send in the pause is kept and marked as late.")
                )


@st.fragment(run_every=EVERY)
def of_round(workshop: Workshop, number: int) -> None:
    """The time of an open round, for a card that leads to it."""
    with suppress(Problem):
        rounds = live(workshop).room.rounds
        if 0 < number <= len(rounds):
            _clock(rounds[number - 1], datetime.now(UTC), f"clock-card-{number}")


def _clock(state: RoundState, at: datetime, key: str) -> None:
    if sentence := told(state, at, language()):
        st.container(key=key).markdown(f"**{plain(sentence)}**")


def _closed(draft: Draft, *, elsewhere: bool) -> None:
    say = language().say
    st.warning(
        say("This question has been closed. What you have begun can still be sent: it is marked as late.")
    )
    if elsewhere and st.button(say("I have nothing to send: go on"), key="leave-form", width="stretch"):
        draft.step = "waiting"
        st.rerun()
