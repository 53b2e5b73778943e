"""The one store of this process, and what was read from it last."""

from __future__ import annotations

import threading

import streamlit as st

from consultation.contribution import Contribution
from consultation.shipped import open_shipped
from consultation.stores import Store
from consultation.stores.addresses import store_address


class Readings:
    """The contributions of each consultation as last read.

    Only the latest reading of each is kept: what was erased leaves the memory with the next reader.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._read: dict[str, tuple[str, tuple[Contribution, ...]]] = {}

    def of(self, consultation_id: str) -> tuple[Contribution, ...]:
        """The latest version of each contribution, by id."""
        revision = self._store.revision(consultation_id)
        with self._lock:
            kept = self._read.get(consultation_id)
            if kept is None or kept[0] != revision:
                kept = (revision, tuple(self._store.contributions(consultation_id)))
                self._read[consultation_id] = kept
        return kept[1]


def store() -> Store:
    """Opened at its first use and, when new, given its first consultations. Raises `BrokenStore`."""
    return _opened(address())[0]


def address() -> str:
    """Where this process keeps what people say."""
    return store_address(secrets=_secrets())


def contributions(consultation_id: str) -> tuple[Contribution, ...]:
    """The latest version of each contribution, by id; read again only when something changed."""
    return _opened(address())[1].of(consultation_id)


def revision(consultation_id: str) -> str:
    """A mark that changes with every change to what is kept of this consultation."""
    return store().revision(consultation_id)


@st.cache_resource(show_spinner=False)
def _opened(at: str) -> tuple[Store, Readings]:
    opened = open_shipped(at)
    return opened, Readings(opened)


def _secrets() -> dict[str, object]:
    """Streamlit's secrets, if there are any."""
    return dict(st.secrets) if st.secrets.load_if_toml_exists() else {}
