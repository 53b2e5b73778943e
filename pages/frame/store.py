"""The one store of this process, and what was read from it last."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from consultation.codebook import Codebook
from consultation.contribution import Contribution
from consultation.moderated import Moderated
from consultation.shipped import open_shipped
from consultation.stores import Store
from consultation.stores.addresses import store_address


class Reading(NamedTuple):
    """The latest version of each contribution, by id, and what people have decided of them.

    `revision` changes with anything of it, `said` not with decisions. `hidden` are the answers that
    moderation has hidden: counted, and shown to nobody but whoever may read what is only to be counted.
    """

    revision: str
    said: str
    contributions: tuple[Contribution, ...]
    codebook: Codebook
    hidden: frozenset[str] = frozenset()


class Readings:
    """The contributions of each consultation as last read.

    Only the latest reading of each is kept: what another process erased leaves the memory with the next
    reader, what this one erased with `forget`.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._read: dict[str, Reading] = {}

    def of(self, consultation_id: str) -> tuple[Contribution, ...]:
        """The latest version of each contribution, by id."""
        return self.dated(consultation_id).contributions

    def dated(self, consultation_id: str) -> Reading:
        """The same with their revision and with what was decided."""
        with self._lock:  # the marks first: what arrives meanwhile is read again under the next ones
            revision = self._store.revision(consultation_id)
            kept = self._read.get(consultation_id)
            if kept is None or kept.revision != revision:
                said = self._store.said(consultation_id)
                if kept is None or kept.said != said:
                    contributions = tuple(self._store.contributions(consultation_id))
                    moderated = Moderated.after(self._store.moderations(consultation_id))
                    hidden = moderated.hidden_answers(contributions)
                else:
                    contributions, hidden = kept.contributions, kept.hidden
                codebook = Codebook.after(self._store.decisions(consultation_id))
                kept = self._read[consultation_id] = Reading(revision, said, contributions, codebook, hidden)
        return kept

    def forget(self, consultation_id: str) -> None:
        """Keep nothing of this consultation; whoever is reading it just now is waited for."""
        with self._lock:
            self._read.pop(consultation_id, None)


_FORGETTING: list[Callable[[str], None]] = []


def store() -> Store:
    """Opened at its first use and, when new, given its first consultations. Raises `BrokenStore`."""
    return _opened(address())[0]


def address() -> str:
    """Where this process keeps what people say."""
    return store_address()


def contributions(consultation_id: str) -> tuple[Contribution, ...]:
    """The latest version of each contribution, by id; read again only when something changed."""
    return _opened(address())[1].of(consultation_id)


def reading(consultation_id: str) -> Reading:
    """The same contributions with what was decided, and their marks, for what is to be kept under these."""
    return _opened(address())[1].dated(consultation_id)


def revision(consultation_id: str) -> str:
    """A mark that changes with every change to what is kept of this consultation."""
    return store().revision(consultation_id)


def said(consultation_id: str) -> str:
    """A mark that changes with every change but decisions."""
    return store().said(consultation_id)


def forget(consultation_id: str) -> None:
    """Leave nothing of this consultation in memory: for whoever has just erased something of it."""
    _opened(address())[1].forget(consultation_id)
    for callback in _FORGETTING:
        callback(consultation_id)


def on_forget(callback: Callable[[str], None]) -> None:
    """Have `callback` called with the id of each consultation of which something was just erased.

    For other memories of this process: what they hold, or are making, from what they read before this call
    must not stay. Each names its callback once, where its module is imported.
    """
    _FORGETTING.append(callback)


@st.cache_resource(show_spinner=False)
def _opened(at: str) -> tuple[Store, Readings]:
    opened = open_shipped(at)
    return opened, Readings(opened)
