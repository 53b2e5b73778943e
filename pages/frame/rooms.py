"""A workshop as it stands this moment, read again only when something in it has changed.

A room of a hundred asks every few seconds: one reading serves them all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import streamlit as st

from consultation.ballot import Vote
from consultation.conducting import Conducting
from consultation.contribution import Contribution
from consultation.errors import StepsTaken
from consultation.moderated import Moderated
from consultation.occasion import Consultation
from consultation.permissions import may_run, require
from consultation.room import Room
from consultation.steps import Step
from consultation.stores import Store
from consultation.workshop import Workshop
from pages.frame.access import visitor
from pages.frame.problems import told
from pages.frame.store import address, on_forget, store

_KEPT = 50  # workshops in memory: more than run on one day
_SHOWN = "room-shown"
WHO_CONDUCTS = "typed/who-conducts"
"""The key of the field in which facilitators may give their name."""


class Live(NamedTuple):
    """A workshop and all that has come in it, as of `pulse`; `came` and `votes` in the store's order."""

    pulse: str
    consultation: Consultation
    workshop: Workshop
    room: Room
    came: tuple[Contribution, ...]
    votes: tuple[Vote, ...]
    moderated: Moderated


class Rooms:
    """The workshops of one store as last read; the one looked at longest ago leaves first."""

    def __init__(self, kept_in: Store) -> None:
        self._store = kept_in
        self._lock = threading.Lock()
        self._live: dict[str, Live] = {}

    def live(self, workshop: Workshop) -> Live:
        word = workshop.word
        with self._lock:  # the mark first: what happens meanwhile is read again under the next one
            pulse = self._store.pulse(word)
            kept = self._live.pop(word, None)
            if kept is None or kept.pulse != pulse:
                kept = self._read(workshop, pulse)
            self._live[word] = kept
            while len(self._live) > _KEPT:
                del self._live[next(iter(self._live))]
        return kept

    def forget(self, consultation_id: str) -> None:
        with self._lock:
            for word in [w for w, live in self._live.items() if live.consultation.id == consultation_id]:
                del self._live[word]

    def _read(self, workshop: Workshop, pulse: str) -> Live:
        kept_in, word = self._store, workshop.word
        invited = kept_in.invited(word)
        current = invited.workshop if invited else workshop
        return Live(
            pulse,
            kept_in.consultation(current.consultation),
            current,
            Room.after(current, kept_in.steps(word)),
            tuple(kept_in.came(word)),
            tuple(kept_in.votes(word)),
            Moderated.after(kept_in.moderations(current.consultation)),
        )


def live(workshop: Workshop) -> Live:
    """This workshop at present."""
    return _rooms(address()).live(workshop)


def shown(seen: Live) -> None:
    """Note that this stands on the screen now: whoever presses something there has seen no more."""
    _note_shown(seen, seen.room.number)


def step(seen: Live, make: Callable[[Conducting], Step], *, after: int | None = None) -> bool:
    """Do what `make` says in the workshop; whether it was done. A problem is told here.

    A press runs the page, and so reads the workshop, before it is answered: the step comes after those that
    were `shown`, or else after so many. Whoever calls shows the page anew.
    """
    with told():
        require(may_run, visitor(), seen.consultation)
        conducting = Conducting(seen.room, seen.consultation.plan, datetime.now(UTC), who_conducts())
        number = _number_shown(seen) if after is None else after
        if after is None:
            _require_as_shown(seen)
        store().act(seen.workshop.word, make(conducting), number)
        _note_shown(seen, number + 1)  # a second tap comes before the page stands there anew
        return True
    return False


def _note_shown(seen: Live, number: int) -> None:
    st.session_state[_SHOWN] = (seen.workshop, number)


def _number_shown(seen: Live) -> int:
    workshop, number = st.session_state.get(_SHOWN, (None, 0))
    return int(number) if workshop and workshop.word == seen.workshop.word else seen.room.number


def _require_as_shown(seen: Live) -> None:
    """Raises `StepsTaken` when the workshop was prepared otherwise meanwhile: rounds have other numbers."""
    workshop, _ = st.session_state.get(_SHOWN, (None, 0))
    if workshop and workshop.word == seen.workshop.word and workshop != seen.workshop:
        raise StepsTaken(
            "The workshop has been prepared otherwise meanwhile: look at it again, then press once more."
        )


def who_conducts() -> str:
    """The name that a facilitator gave, or nothing."""
    return str(st.session_state.get(WHO_CONDUCTS) or "")


@st.cache_resource(show_spinner=False)
def _rooms(at: str) -> Rooms:
    return Rooms(store())


def _forget(consultation_id: str) -> None:
    _rooms(address()).forget(consultation_id)


on_forget(_forget)
