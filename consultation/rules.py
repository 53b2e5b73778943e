"""The rules a consultation declares before it opens, and by which its results are computed.

A later change is possible but is a new declaration: results print the rules they were made with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from consultation.errors import BrokenPlan

GROUP_WEIGHTS = ("equal",)


@dataclass(frozen=True)
class Rules:
    """Declared parameters; each default is the recommended one. Shares are 0 to 1."""

    seed: int = 20261122
    replicates: int = 2000
    """How many resamples are drawn when they are too many to enumerate."""
    exact_up_to: int = 20_000
    """Enumerate every resample when there are at most this many."""
    importance_weight: float = 0.5
    """Need = this share of importance and the rest of urgency."""
    group_weights: str = "equal"
    interval: float = 0.90
    """Width of the stability interval."""
    smallest_group: int = 3
    """Units below which a group stays out of balanced estimates (and is listed)."""
    smallest_cell: int = 5
    """People below which neither a group's label nor its figure is published."""
    coverage: float = 0.75
    """Share of groups that must have rated an objective for it to be ranked."""
    quadrant_certain: float = 0.80
    """Below this probability an objective is on the border of two quadrants."""
    enough_answers: int = 20
    """Below this many answers they are shown themselves, and no chart is drawn."""
    assign_at_least: float = 0.10
    """Least similarity (0 to 1) at which counting proposes an objective for an answer."""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def declared(cls, raw: Mapping[str, object]) -> Rules:
        """The `[rules]` of a plan file, checked; raises `BrokenPlan` naming the key and the mend."""
        known = {field.name: field.default for field in fields(cls)}
        for name, value in raw.items():
            if name not in known:
                raise BrokenPlan(
                    "rules.{key} is not a rule: remove it, or use one of {known}.",
                    key=name,
                    known=", ".join(sorted(known)),
                )
            _check(name, value, known[name])
        return cls(**raw)  # type: ignore[arg-type]


_LEAST = {"replicates": 100, "smallest_group": 2, "smallest_cell": 3, "enough_answers": 1}
_MOST = {"replicates": 100_000, "exact_up_to": 1_000_000}  # beyond, hours and gigabytes for no digit more
_OPEN_SHARES = ("interval",)


def _check(name: str, value: object, default: object) -> None:
    if isinstance(default, str):
        if value not in GROUP_WEIGHTS:
            raise BrokenPlan(
                "rules.{key} must be one of {known}, not {value}.",
                key=name,
                known=", ".join(GROUP_WEIGHTS),
                value=repr(value),
            )
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BrokenPlan("rules.{key} must be a number, not {value}.", key=name, value=repr(value))
    elif isinstance(default, int):
        least = _LEAST.get(name, 0)
        if not isinstance(value, int) or value < least:
            raise BrokenPlan(
                "rules.{key} must be a whole number from {least} up, not {value}.",
                key=name,
                least=least,
                value=repr(value),
            )
        if value > _MOST.get(name, value):
            raise BrokenPlan(
                "rules.{key} must be at most {most}, not {value}.",
                key=name,
                most=_MOST[name],
                value=repr(value),
            )
    elif not 0 <= value <= 1 or (name in _OPEN_SHARES and value in (0, 1)):
        raise BrokenPlan(
            "rules.{key} must be a share between 0 and 1, not {value}.", key=name, value=repr(value)
        )
