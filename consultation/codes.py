"""Words and codes that people read, write down and type again: none holds signs that look alike."""

from __future__ import annotations

import hashlib
import hmac
import secrets

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"  # no I, L, O
SIGNS = LETTERS + "23456789"  # no 0, 1 either: 31 signs, 4.95 bits each

RETURN_CODE_SIGNS = 20  # 99 random bits


def new_return_code() -> str:
    """A participant's private code, in groups of four: `7KQM-XW4D-…`."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(RETURN_CODE_SIGNS))
    return "-".join(signs[i : i + 4] for i in range(0, RETURN_CODE_SIGNS, 4))


def new_invitation(length: int = 6) -> str:
    """A workshop's word, short enough to be called out in a room."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def spelled(word: str) -> str:
    """`word` as it is compared, however it was typed: its letters and digits, in capitals."""
    return "".join(c for c in word.upper() if c.isalnum())


def sealed(code: str, secret: bytes) -> str:
    """The HMAC-SHA-256 under which a store keeps a return code: the code itself is kept nowhere."""
    signs = "".join(c for c in code.upper() if c in SIGNS)
    return hmac.new(secret, signs.encode(), hashlib.sha256).hexdigest()
