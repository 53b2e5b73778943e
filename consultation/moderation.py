"""Which answers a room and the public may be shown: read by a person first, with a reason for what is hidden.

An answer waits until somebody has read it. A hidden one still counts in every figure; it is only not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Reason = Literal["personal_data", "offensive", "off_topic", "advertising", "repeated", "other"]
"""Countable, so that the log can say how often each was used."""

REASONS: tuple[Reason, ...] = get_args(Reason)
LONGEST_REMARK = 200


@dataclass(frozen=True)
class Moderation:
    """An answer's text (`digest`) was read: shown, or hidden for a `reason`; `by` whom, "" if not said."""

    answer: str
    digest: str
    at: datetime
    reason: Reason | None = None
    remark: str = ""
    by: str = ""

    @property
    def shown(self) -> bool:
        return self.reason is None
