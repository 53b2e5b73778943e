"""Rules declared in place of the earlier ones: when, at which stage, and why.

A consultation opens under the rules of its plan. They may be changed later, but never in silence: each
change is kept with its day and its reason, and what was changed after the opening is printed on every map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from consultation.contribution import plain_text
from consultation.errors import BrokenDeclaration
from consultation.rules import Rules
from consultation.stage import Stage

LONGEST_REASON = 200  # two lines under a map: it stands in the picture, too
LONGEST_NAME = 120

Change = tuple[str, object, object]
"""A rule, and what it says before and after; a rule for each group is a table {group: value}."""


@dataclass(frozen=True)
class Declaration:
    """Rules that hold from `at` on, declared at this `stage` for this `reason`; `by` whom, "" if not said."""

    rules: Rules
    at: datetime
    stage: Stage
    reason: str
    by: str = ""

    @classmethod
    def reasoned(cls, rules: Rules, at: datetime, stage: Stage, reason: str, by: str = "") -> Declaration:
        """A new one; raises `BrokenDeclaration` without a reason, or with one (or a name) too long."""
        reason, by = _one_line(reason), _one_line(by)
        if not 0 < len(reason) <= LONGEST_REASON:
            raise BrokenDeclaration(
                "Say why the rules change, in at most {most} characters: every map prints the reason.",
                most=LONGEST_REASON,
            )
        if len(by) > LONGEST_NAME:
            raise BrokenDeclaration(
                "Say who declares the rules in at most {most} characters.", most=LONGEST_NAME
            )
        return cls(rules, at, stage, reason, by)


@dataclass(frozen=True)
class LaterChange:
    """What is printed of one change: its `changes`, with groups as a reader calls them, `day` and reason."""

    changes: tuple[Change, ...]
    day: str
    reason: str


def changes(before: Rules, after: Rules) -> tuple[Change, ...]:
    """What differs, in the order of the rules; nothing when the two say the same."""
    earlier = before.as_dict()
    return tuple(
        (name, earlier[name], value) for name, value in after.as_dict().items() if value != earlier[name]
    )


def with_labels(value: object, labels: Mapping[str, str]) -> object:
    """What a rule says, with the groups of a table called by their `labels` (by group) instead of by id."""
    if not isinstance(value, Mapping):
        return value
    return {
        labels.get(group, group): labels.get(said, said) if isinstance(said, str) else said
        for group, said in value.items()
    }


def _one_line(text: str) -> str:
    return " ".join(plain_text(text).split())
