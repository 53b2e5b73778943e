"""From a form to the store: once per tap, joined to whatever was said meanwhile elsewhere."""

from __future__ import annotations

from dataclasses import replace

from consultation.contribution import Contribution, Part, Sending, Speaker, contribute
from consultation.errors import VersionTaken
from consultation.stores import Store

ATTEMPTS = 5  # two devices of one person may meet; five in a row do not


def send(store: Store, speaker: Speaker, part: Part, sending: Sending, return_code: str) -> Contribution:
    """The contribution as it is kept now, with this part in it.

    Joins the part to the latest version the store has (not to `sending.earlier`). What is kept already is
    not kept again: a second tap changes nothing. Raises `NotOpen`, `BrokenContribution`, `ErasedContribution`
    or `BrokenStore`; then nothing was kept.
    """
    attempt = 0
    while True:
        attempt += 1
        consultation = store.consultation(sending.consultation)
        consultation.require_taking(sending.at)
        latest = store.contribution(sending.id)
        new = contribute(consultation.plan, speaker, part, replace(sending, earlier=latest))
        if latest is not None and latest == replace(new, version=latest.version, at=latest.at):
            return latest
        try:
            store.add(new, return_code=return_code)
        except VersionTaken:
            if attempt == ATTEMPTS:
                raise
        else:
            return new
