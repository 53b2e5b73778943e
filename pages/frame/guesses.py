"""Words of invitations that are tried: how long a try waits, and when it is refused.

Failures are counted for each word and for the whole process, never for an address: a room shares one. Wrong
words and right ones wait alike, so that waiting tells nothing; only a word that led somewhere before, in
this process, goes through at once: a room comes in quickly even while somebody is guessing.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

import streamlit as st

from consultation.codes import spelled
from consultation.errors import TooManyGuesses
from consultation.workshop import Invitation
from pages.frame.language import language
from pages.frame.store import store

MOST_FAILURES = 10  # of one word, within
WORD_WINDOW = 600.0  # seconds
MOST_FAILURES_OF_ALL = 60  # of all words together, within
WINDOW_OF_ALL = 60.0  # seconds
SPACING = 0.2  # seconds between tries beyond that: of the 148 million words 5 a second can be tried
LONGEST_WAIT = 20.0  # seconds: longer than anybody waits for a page
_FOUND_KEPT = 1000  # more words than lead anywhere on one day
_FAILED_KEPT = 4096  # more than can fail within WORD_WINDOW at that spacing
_SIGNS_KEPT = 20  # no word is as long

_TRIED = "word_tried"


class Guesses:
    """What was tried in this process. `clock` counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()  # the word tried longest ago first
        self._failures_of_all: deque[float] = deque(maxlen=MOST_FAILURES_OF_ALL + 1)
        self._found: OrderedDict[str, None] = OrderedDict()
        self._next = float("-inf")  # when the next try has its turn

    def ask(self, word: str) -> float:
        """The seconds that this try has to wait before the word is looked up, mostly 0, at most 20.

        Raises `TooManyGuesses` when the word has failed too often, or when too many tries wait already.
        """
        word = _kept(word)
        with self._lock:
            if word in self._found:
                self._found.move_to_end(word)
                return 0.0
            now = self._clock()
            failures = self._failures.get(word, ())
            if sum(now - at < WORD_WINDOW for at in failures) > MOST_FAILURES:
                raise TooManyGuesses(
                    "This word leads to no workshop and was tried too often. Check it with whoever invited "
                    "you, and try again in ten minutes."
                )
            of_all = self._failures_of_all
            if len(of_all) <= MOST_FAILURES_OF_ALL or now - of_all[0] >= WINDOW_OF_ALL:
                return 0.0
            turn = max(now, self._next)
            if turn - now > LONGEST_WAIT:
                raise TooManyGuesses("Very many words are being tried just now: try again in a minute.")
            self._next = turn + SPACING
            return turn - now

    def failed(self, word: str) -> None:
        """The word led nowhere."""
        word = _kept(word)
        with self._lock:
            now = self._clock()
            self._found.pop(word, None)
            self._failures.setdefault(word, deque(maxlen=MOST_FAILURES + 1)).append(now)
            self._failures.move_to_end(word)
            while len(self._failures) > _FAILED_KEPT:
                self._failures.popitem(last=False)
            self._failures_of_all.append(now)

    def found(self, *words: str) -> None:
        """These words lead somewhere: their failures are forgotten, and they wait no more."""
        with self._lock:
            for word in map(_kept, words):
                self._failures.pop(word, None)
                self._found[word] = None
                self._found.move_to_end(word)
            while len(self._found) > _FOUND_KEPT:
                self._found.popitem(last=False)


GUESSES = Guesses()


def look_up(word: str) -> Invitation | None:
    """Where this invitation leads, however it is typed; `None` if nowhere. It may sleep for its turn.

    A page that runs again asks again: that is no new try. Whoever knows one word of a workshop has made way
    for its tables. Raises `TooManyGuesses`, and `BrokenStore`.
    """
    again = st.session_state.get(_TRIED) == _kept(word)
    if not again:
        wait = GUESSES.ask(word)
        if wait:
            with st.spinner(language().say("Many words are being tried just now: yours has its turn soon.")):
                time.sleep(wait)
    invited = store().invited(word)
    if not again:
        if invited is None:
            GUESSES.failed(word)
        else:
            GUESSES.found(*invited.workshop.words())
    st.session_state[_TRIED] = _kept(word)
    return invited


def _kept(word: str) -> str:
    return spelled(word)[:_SIGNS_KEPT]
