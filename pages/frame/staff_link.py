"""The link that makes a browser staff's: good once, printed to the terminal, replaced at each use.

Everything is in the memory of this process: a restart ends every staff access, and so does half a day.
Nothing here knows Streamlit, so that the HTTP side of `server.py` and the pages share one link.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable

from consultation.language import Language

PARAMETER = "staff"
COOKIE = "alleanza_staff"
TOKEN_BYTES = 24  # 192 random bits: nobody guesses it, whoever listens to the terminal has it
LIFETIME = 12 * 60 * 60.0  # seconds that staff access lasts: a long working day


class StaffLink:
    """One link at a time; `address` is where this app answers, as the operator would type it.

    `clock` counts seconds and never goes back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self.address = ""
        self._ends: dict[str, float] = {}

    def announce(self, address: str, *, again: bool = True) -> None:
        """Print the link that is good now; with `again` false only if none was printed yet."""
        with self._lock:
            if self._token and not again:
                return
            self.address = address.rstrip("/")
            self._print_fresh()

    def redeem(self, token: str) -> str | None:
        """Use up the link: a session for `knows`, or `None` if the token is not good (any more)."""
        with self._lock:
            if not self._token or not hmac.compare_digest(_sealed(token), _sealed(self._token)):
                return None
            session = secrets.token_urlsafe(TOKEN_BYTES)
            self._ends[_sealed(session)] = self._clock() + LIFETIME
            self._print_fresh()
            return session

    def knows(self, session: str) -> bool:
        """Whether this session came from a link, less than `LIFETIME` ago.

        The time it takes to answer tells nothing of how near a guess is.
        """
        given = _sealed(session)
        with self._lock:
            now = self._clock()
            self._ends = {known: end for known, end in self._ends.items() if now < end}
            matches = [hmac.compare_digest(given, known) for known in self._ends]
        return any(matches)

    def forget(self, session: str) -> None:
        """End one session's staff access."""
        with self._lock:
            self._ends.pop(_sealed(session), None)

    def _print_fresh(self) -> None:
        self._token = secrets.token_urlsafe(TOKEN_BYTES)
        say = Language("it").say
        print(
            "\n" + say("Staff link, good once (a fresh one appears here after each use):"),
            f"  {self.address}/?{PARAMETER}={self._token}\n",
            sep="\n",
            flush=True,
        )


def _sealed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


STAFF_LINK = StaffLink()
