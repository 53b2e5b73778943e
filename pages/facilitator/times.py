"""The time a round has left, as a clock shows it."""

from __future__ import annotations

from datetime import datetime

from consultation.language import Language
from consultation.room import RoundState


def told_time(state: RoundState, at: datetime, reader: Language) -> str:
    """Minutes and seconds left; that the time is up, or stands; nothing without a timer."""
    left = state.remaining(at)
    if state.stage == "paused":
        return reader.say("Paused") if left is None else reader.say("Paused at {time}", time=_clock(left))
    if left is None:
        return ""
    return _clock(left) if left > 0 else reader.say("Time is up")


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"
