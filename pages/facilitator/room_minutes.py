"""The minutes of a workshop as its log, its answers and its votes make them."""

from __future__ import annotations

from datetime import datetime

from consultation.language import Language
from consultation.minutes import minutes
from consultation.minutes_attendance import attendance_in_words
from consultation.minutes_parts import Minutes
from pages.facilitator.room_counts import attendance_of
from pages.facilitator.votes_told import contested_told, votes_told
from pages.frame.rooms import Live


def room_minutes(seen: Live, at: datetime, reader: Language) -> Minutes:
    """The minutes as of `at`, in the reader's language; small counts are hidden: minutes leave the room."""
    plan, smallest = seen.consultation.plan, seen.consultation.rules.smallest_cell
    return minutes(
        seen.consultation,
        seen.room,
        seen.came,
        attendance_in_words(attendance_of(seen), seen.votes, plan, smallest, reader),
        votes_told(seen, reader),
        seen.moderated,
        reader,
        at,
        contested_told(seen, reader),
    )
