"""What seems to be in a text, in the reader's words: the same for whoever writes it and whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable

from consultation.language import Language
from consultation.personal_data import Kind


def kinds_named(kinds: Iterable[Kind], reader: Language) -> str:
    """The kinds as they stand within a sentence: “a telephone number, an e-mail address”."""
    say = reader.say
    names: dict[Kind, str] = {
        "phone": say("a telephone number"),
        "email": say("an e-mail address"),
        "fiscal_code": say("a fiscal code"),
        "iban": say("an IBAN"),
    }
    return ", ".join(names[kind] for kind in kinds)
