"""The rules a consultation declares before it opens, and by which its results are computed.

A later change is possible but is a new declaration: results print the rules they were made with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from consultation.errors import BrokenPlan

CHOICES = {
    "group_weights": ("equal", "one_person_one_voice", "custom"),
    "lines": ("mean", "scale"),
}
"""The rules that are one of a few words."""

Weights = tuple[tuple[str, float], ...]
Merges = tuple[tuple[str, str], ...]


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
    """How groups weigh in need and feasibility: alike, by their voices, or as `custom_weights` says."""
    custom_weights: Weights = ()
    """A weight for each group, where a policy or the population declares one; empty if none does."""
    merged_groups: Merges = ()
    """The group in which a group below `smallest_group` is weighed; one not named here stays out."""
    interval: float = 0.90
    """Width of the stability interval."""
    smallest_group: int = 3
    """Units below which a group stays out of balanced estimates (and is listed)."""
    smallest_cell: int = 5
    """People below which neither a group's label nor its figure is published."""
    coverage: float = 0.75
    """Share of groups that must have rated an objective for it to be ranked."""
    lines: str = "mean"
    """Where the map's lines stand: at the mean of the plotted objectives, or at the middle of the scale."""
    quadrant_certain: float = 0.80
    """Below this probability an objective is on the border of two quadrants."""
    top_share: float = 1 / 3
    """Share of the ranked objectives, rounded up, that counts as the top of the ranking."""
    widest_rank: float = 0.5
    """An objective whose rank interval is wider than this share of the ranks is not classifiable."""
    robust_probability: float = 0.80
    """A robust priority is at the top at least this often, also under other weights."""
    likely_probability: float = 0.50
    """A likely priority is at the top at least this often."""
    robust_consensus: float = 0.60
    """Least group-informed consensus of a robust priority."""
    contested_consensus: float = 0.50
    """A likely priority with less consensus than this is contested."""
    contested_polarisation: float = 0.50
    """A likely priority with more polarisation than this is contested."""
    contested_mean: float = 3.0
    """A likely priority is contested if a publishable group rates its importance below this, 1 to 5."""
    sensitive_lines: int = 2
    """A tier that changes in so many lines of the sensitivity table is sensitive to the choices made."""
    enough_answers: int = 20
    """Below this many answers they are shown themselves, and no chart is drawn."""
    assign_at_least: float = 0.08
    """How far (0 to 1) an objective must stand out in an answer for counting to propose it."""

    def as_dict(self) -> dict[str, object]:
        """Every rule by its name, as `declared` takes it."""
        return {
            field.name: dict(value) if isinstance(value := getattr(self, field.name), tuple) else value
            for field in fields(self)
        }

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
        rules = cls(**{name: _frozen(value) for name, value in raw.items()})  # type: ignore[arg-type]
        if rules.group_weights == "custom" and not rules.custom_weights:
            raise BrokenPlan(
                "rules.{key} is missing: declare a weight for each group, or other group weights.",
                key="custom_weights",
            )
        for lower, higher in (
            ("likely_probability", "robust_probability"),
            ("contested_consensus", "robust_consensus"),
        ):
            if getattr(rules, lower) > getattr(rules, higher):
                raise BrokenPlan(
                    "rules.{lower} must not be above rules.{higher}: a tier would contradict another.",
                    lower=lower,
                    higher=higher,
                )
        return rules

    def require_groups(self, group_ids: list[str]) -> None:
        """Raises `BrokenPlan` unless the groups named in these rules are those of a plan."""
        named = {
            "custom_weights": [group for group, _ in self.custom_weights],
            "merged_groups": [group for merge in self.merged_groups for group in merge],
        }
        for key, groups in named.items():
            for group in groups:
                if group not in group_ids:
                    raise BrokenPlan(
                        "rules.{key}: {group} is no stakeholder group of this plan; use one of {known}.",
                        key=key,
                        group=group,
                        known=", ".join(group_ids),
                    )
        missing = [group for group in group_ids if group not in named["custom_weights"]]
        if self.custom_weights and missing:
            raise BrokenPlan(
                "rules.{key} lacks a weight for {missing}: give every group one (0 leaves it out).",
                key="custom_weights",
                missing=", ".join(missing),
            )


_LEAST = {
    "replicates": 100,
    "smallest_group": 2,
    "smallest_cell": 3,
    "enough_answers": 1,
    "sensitive_lines": 1,
}
GREATEST_SEED = 2**53 - 1  # beyond, a browser takes one whole number for another
_MOST = {
    "seed": GREATEST_SEED,
    # beyond, gigabytes for no digit more
    "replicates": 20_000,
    "exact_up_to": 100_000,
}
_OPEN_SHARES = ("interval", "top_share")


def _check(name: str, value: object, default: object) -> None:
    if name in CHOICES:
        if value not in CHOICES[name]:
            raise BrokenPlan(
                "rules.{key} must be one of {known}, not {value}.",
                key=name,
                known=", ".join(CHOICES[name]),
                value=repr(value),
            )
    elif name == "custom_weights":
        _check_weights(name, value)
    elif name == "merged_groups":
        _check_merges(name, value)
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
    elif name == "contested_mean":
        if not 1 <= value <= 5:
            raise BrokenPlan(
                "rules.{key} must be a rating between 1 and 5, not {value}.", key=name, value=repr(value)
            )
    elif not 0 <= value <= 1 or (name in _OPEN_SHARES and value in (0, 1)):
        raise BrokenPlan(
            "rules.{key} must be a share between 0 and 1, not {value}.", key=name, value=repr(value)
        )


def _check_weights(name: str, value: object) -> None:
    weights = list(value.values()) if isinstance(value, Mapping) else [None]
    numbers = [w for w in weights if isinstance(w, (int, float)) and not isinstance(w, bool) and 0 <= w < 1e6]
    if len(numbers) < len(weights) or (numbers and not any(numbers)):
        raise BrokenPlan(
            "rules.{key} must give each group a weight of 0 or more, not all 0: write {{ group = 2, … }}.",
            key=name,
        )


def _check_merges(name: str, value: object) -> None:
    if not isinstance(value, Mapping) or not all(isinstance(into, str) for into in value.values()):
        raise BrokenPlan(
            "rules.{key} must name for each small group the group it is weighed in: write "
            '{{ small = "larger", … }}.',
            key=name,
        )
    for group, into in value.items():
        if into in value:
            raise BrokenPlan(
                "rules.{key}: {group} goes into {into}, which goes into another itself; name the last one.",
                key=name,
                group=group,
                into=into,
            )


def _frozen(value: object) -> object:
    """Tables as sorted pairs, so that the order in which they were written changes nothing."""
    return tuple(sorted(value.items())) if isinstance(value, Mapping) else value
