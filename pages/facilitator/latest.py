"""What was made last of a workshop, for all who look: made once for each change, and only the latest kept.

Unlike the analyst's desk it asks what came in one room, not in the whole consultation; and what was made
while somebody sent something is kept, or nothing ever were in a room that is busy.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, NamedTuple, TypeVar

from pages.frame.rooms import Live, live

_TURNS = 16  # locks that all workshops share: two seldom wait for each other

Mark = TypeVar("Mark", bound=Hashable)
Thing = TypeVar("Thing")


class _Key(NamedTuple):
    consultation: str
    word: str
    about: str


class Held(NamedTuple, Generic[Mark, Thing]):
    """A thing, the `mark` of what it was made of, and since which second of a steady clock it is held."""

    mark: Mark
    thing: Thing
    since: float


class Latest(Generic[Mark, Thing]):
    """The latest thing of each workshop, `most` at once; the one asked for longest ago leaves first."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._turns = tuple(threading.Lock() for _ in range(_TURNS))
        self._held: OrderedDict[_Key, Held[Mark, Thing]] = OrderedDict()

    def of(
        self,
        seen: Live,
        mark: Mark,
        make: Callable[[], Thing],
        *,
        about: str = "",
        behind: float = 0,
        serves: Callable[[Mark], bool] = lambda _: True,
    ) -> Held[Mark, Thing]:
        """What `make` makes of `seen`, made now unless one with this `mark` is held.

        Whoever may be so many seconds `behind` is given what is held meanwhile, if by its mark it `serves`.
        `about` tells apart what is made of one workshop.
        """
        key = _Key(seen.consultation.id, seen.workshop.word, about)

        def found() -> Held[Mark, Thing] | None:
            with self._lock:
                held = self._held.get(key)
                if held is None:
                    return None
                if held.mark != mark and not (self._clock() - held.since < behind and serves(held.mark)):
                    return None
                self._held.move_to_end(key)
                return held

        held = found()
        if held is not None:
            return held
        with self._turns[hash(key) % _TURNS]:
            held = found()
            if held is None:
                held = Held(mark, make(), self._clock())
                self._keep(key, held, seen)
        return held

    def forget(self, consultation_id: str) -> None:
        """Hold nothing of this consultation; what is just being made goes to those who wait, no further."""
        with self._lock:
            for key in [key for key in self._held if key.consultation == consultation_id]:
                del self._held[key]

    def _keep(self, key: _Key, made: Held[Mark, Thing], seen: Live) -> None:
        with self._lock:
            # asked under the lock: either an erasure is seen here, or its `forget` comes after this
            if not _all_there(seen):
                return
            self._held[key] = made
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)


def _all_there(seen: Live) -> bool:
    """Whether everybody who had answered or voted in `seen` is still there."""
    now = live(seen.workshop)
    return {one.id for one in seen.came} <= {one.id for one in now.came} and {
        vote.voter for vote in seen.votes
    } <= {vote.voter for vote in now.votes}
