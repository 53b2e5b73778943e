"""The links that make a browser staff's: each good once. The one that gives every role is printed to the
terminal and replaced at each use; an administrator makes others, for a facilitator or an analyst.

Everything is in the memory of this process: a restart ends every staff access, and so does half a day.
Nothing here knows Streamlit, so that the HTTP side of `server.py` and the pages share the same links.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable, Collection
from typing import NamedTuple

from consultation.language import Language
from consultation.permissions import STAFF, Role

PARAMETER = "staff"
COOKIE = "alleanza_staff"
TOKEN_BYTES = 24  # 192 random bits: nobody guesses it, whoever listens to the terminal has it
LIFETIME = 12 * 60 * 60.0  # seconds that staff access lasts, and an unused link: a long working day


class _Held(NamedTuple):
    """What one link gives, and until when."""

    roles: frozenset[Role]
    ends: float


class StaffLink:
    """One printed link at a time, and any number of made ones; `address` is where this app answers, as the
    operator would type it.

    `clock` counts seconds and never goes back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self.address = ""
        self._made: dict[str, _Held] = {}  # by the seal of the token
        self._sessions: dict[str, tuple[_Held, ...]] = {}  # by the seal of the session

    def announce(self, address: str, *, again: bool = True) -> None:
        """Print the link that is good now; with `again` false only if none was printed yet."""
        with self._lock:
            if self._token and not again:
                return
            self.address = address.rstrip("/")
            self._print_fresh()

    def invite(self, roles: Collection[Role], address: str) -> str:
        """A link to `address` that gives these roles, good once within `LIFETIME`; printed nowhere."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with self._lock:
            self._end_what_is_over()
            self._made[_sealed(token)] = _Held(frozenset(roles), self._clock() + LIFETIME)
        return _link(address.rstrip("/"), token)

    def waits(self, token: str) -> bool:
        """Whether this is the token of a made link that nobody has used yet; the printed link is none."""
        with self._lock:
            self._end_what_is_over()
            return bool(_matching(token, self._made))

    def redeem(self, token: str, *held: str) -> str | None:
        """Use up a link: a session for `roles`, or `None` if the token is not good (any more).

        The sessions `held` by the same browser go on in the new one, each as long as it would have: whoever
        tries the link they made for somebody else loses nothing.
        """
        with self._lock:
            self._end_what_is_over()
            printed = bool(self._token) and hmac.compare_digest(_sealed(token), _sealed(self._token))
            made = _matching(token, self._made)
            if not printed and not made:
                return None
            given = [_Held(STAFF if printed else self._made[made[0]].roles, self._clock() + LIFETIME)]
            for seal in made:
                del self._made[seal]
            for other in held:
                given += self._sessions.pop(_sealed(other), ())
            session = secrets.token_urlsafe(TOKEN_BYTES)
            self._sessions[_sealed(session)] = tuple(given)
            if printed:
                self._print_fresh()
            return session

    def roles(self, session: str) -> frozenset[Role]:
        """What the links gave by which this session came in less than `LIFETIME` ago; else nothing.

        The time it takes to answer tells nothing of how near a guess is.
        """
        with self._lock:
            self._end_what_is_over()
            known = [self._sessions[seal] for seal in _matching(session, self._sessions)]
        return frozenset(role for held in known for one in held for role in one.roles)

    def forget(self, session: str) -> None:
        """End one session's staff access."""
        with self._lock:
            self._sessions.pop(_sealed(session), None)

    def _end_what_is_over(self) -> None:
        now = self._clock()
        self._made = {seal: held for seal, held in self._made.items() if now < held.ends}
        lasting = {
            seal: tuple(one for one in held if now < one.ends) for seal, held in self._sessions.items()
        }
        self._sessions = {seal: held for seal, held in lasting.items() if held}

    def _print_fresh(self) -> None:
        self._token = secrets.token_urlsafe(TOKEN_BYTES)
        say = Language("it").say
        print(
            "\n" + say("Staff link, good once (a fresh one appears here after each use):"),
            f"  {_link(self.address, self._token)}\n",
            sep="\n",
            flush=True,
        )


def _link(address: str, token: str) -> str:
    return f"{address}/?{PARAMETER}={token}"


def _matching(token: str, held: Collection[str]) -> list[str]:
    """The seals in `held` that are this token's; all are compared, however soon one fits."""
    given = _sealed(token)
    return [seal for seal in held if hmac.compare_digest(given, seal)]


def _sealed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


STAFF_LINK = StaffLink()
