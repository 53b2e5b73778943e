"""Letters without accents and capitals: `Città`, `citta` and `CITTA` are one word."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """`text` in lower case, without accents."""
    if text.isascii():
        return text.lower()
    signs = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in signs if not unicodedata.combining(sign)).casefold()
