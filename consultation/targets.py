"""Declared shares that the participants of a consultation should have, each with its source.

Only against such a target can it be said who is over- or under-represented; without one, nothing is.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from consultation.errors import BrokenPlan
from consultation.language import LANGUAGES

VARIABLES = ("group", "language")
"""What of a contribution a target can be about."""


@dataclass(frozen=True)
class Target:
    """The share (0 to 1, together 1) that each category of `variable` should have, and who says so."""

    variable: str
    shares: tuple[tuple[str, float], ...]
    source: str


def read_targets(rows: object, group_ids: Collection[str]) -> tuple[Target, ...]:
    """The `[[targets]]` of a plan file; raises `BrokenPlan` naming the key and the mend."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BrokenPlan(
            "{key} must be a list of tables: write [[{header}]] above each.", key="targets", header="targets"
        )
    targets = tuple(_target(row, f"targets[{n}]", group_ids) for n, row in enumerate(rows, 1))
    variables = [target.variable for target in targets]
    for variable in variables:
        if variables.count(variable) > 1:
            raise BrokenPlan("{key}: two are about {variable}; keep one.", key="targets", variable=variable)
    return targets


def _target(row: Mapping[str, Any], at: str, group_ids: Collection[str]) -> Target:
    known: dict[str, Collection[str]] = {"group": group_ids, "language": LANGUAGES}
    variable, source, shares = row.get("variable"), row.get("source"), row.get("shares")
    for key in row:
        if key not in ("variable", "source", "shares"):
            raise BrokenPlan(
                "{key} is not part of a plan: remove it, or use one of {known}.",
                key=f"{at}.{key}",
                known="shares, source, variable",
            )
    if variable not in VARIABLES:
        raise BrokenPlan(
            "{key} must be one of {known} (found: {value}).",
            key=f"{at}.variable",
            known=", ".join(VARIABLES),
            value=repr(variable),
        )
    if not isinstance(source, str) or not source.strip():
        raise BrokenPlan(
            "{key} is missing: a target counts only with its source (who counted, when, where to look).",
            key=f"{at}.source",
        )
    shares = shares if isinstance(shares, dict) else {}
    values = list(shares.values())
    if (
        not values
        or not all(isinstance(v, (int, float)) and not isinstance(v, bool) and 0 < v <= 1 for v in values)
        or not math.isclose(sum(values), 1, abs_tol=0.001)
    ):
        raise BrokenPlan(
            "{key} must give each category its share of the whole, above 0 and together 1.",
            key=f"{at}.shares",
        )
    for category in shares:
        if category not in known[variable]:
            raise BrokenPlan(
                "{key}: {category} is none of {known}.",
                key=f"{at}.shares",
                category=repr(category),
                known=", ".join(known[variable]),
            )
    return Target(variable, tuple(sorted((c, float(v)) for c, v in shares.items())), source.strip())
