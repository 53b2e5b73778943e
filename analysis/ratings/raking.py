"""Weights by which the participants match declared shares of several variables at once (raking).

Iterative proportional fitting (Deming and Stephan, 1940): weights are adjusted to the shares of one variable
after the other until none moves any more. It makes the weighted margins match, not the participants stand
for the city: whoever is missing within a category is still missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.ratings.effective_size import design_effect, effective_size
from analysis.resampling import ROUNDING
from analysis.strata import Floats, Integers

SMALLEST_CATEGORY = 5  # units; fewer would speak for a whole category
LEAST_WEIGHT, GREATEST_WEIGHT = 0.3, 3.0  # times the mean weight
MOST_CYCLES = 100
SETTLED = 1e-6  # the largest relative change of a weight in a cycle at which the weights have settled

REFUSALS = ("unknown_variable", "no_target", "empty_target", "empty_category", "small_category")
"""Why no weights are given: the participants are not known by that variable; some stand in a category
without a target; a target is not above 0; nobody, or too few units, stand in a category that has one."""


@dataclass(frozen=True, eq=False)
class Raking:
    """The weights, or why there are none.

    weights         by contribution, in the order of their ids, 1 on average; empty if refused
    refused         one of `REFUSALS`, or "" if there are weights; then `variable` and `category` say where
    settled         whether the weights came to rest within `MOST_CYCLES`; targets that contradict each other
                    (through a combination that nobody has) never do
    n_trimmed       contributions whose weight was outside `LEAST_WEIGHT` to `GREATEST_WEIGHT` and was cut
                    once; fitting again afterwards may bring some outside again
    effective_size  as many equally weighted voices would be as sure (Kish); NaN if refused
    design_effect   weighted voices for one of those, from 1 up; NaN if refused
    """

    weights: pd.Series = field(default_factory=lambda: pd.Series(dtype="float64"))
    refused: str = ""
    variable: str = ""
    category: str = ""
    settled: bool = False
    n_trimmed: int = 0
    effective_size: float = float("nan")
    design_effect: float = float("nan")


def rake(people: pd.DataFrame, targets: Mapping[str, Mapping[str, float]]) -> Raking:
    """Weights by which `people` match `targets`, or the reason why that would not be honest.

    `people` has `contribution_id` (each once), `unit`, and a column for each variable with everybody's
    category. `targets` gives each variable its categories' shares, or numbers in any unit: only their
    proportions count, and neither their order nor that of the variables. Raises `ValueError` without any.
    """
    if not targets:
        raise ValueError("there is no target to match")
    refused = _refusal(people, targets)
    if refused is not None:
        return refused
    variables = sorted(targets)
    people = people.sort_values("contribution_id")
    # everybody of one combination of categories has one weight
    cells = people.groupby(variables).size()
    n: Floats = cells.to_numpy().astype(np.float64)
    margins = [_margin(cells.index, variable, targets[variable], n.sum()) for variable in variables]

    weights, settled = _fitted(np.ones(len(n)), n, margins)
    trimmed = np.clip(weights, LEAST_WEIGHT, GREATEST_WEIGHT)
    moved = np.abs(trimmed - weights) > ROUNDING
    if moved.any():
        weights, settled = _fitted(trimmed, n, margins)
    each = weights[people.groupby(variables).ngroup().to_numpy()]
    return Raking(
        weights=pd.Series(each, index=people["contribution_id"].to_numpy(), dtype="float64"),
        settled=settled,
        n_trimmed=int(n[moved].sum()),
        effective_size=effective_size(each),
        design_effect=design_effect(each),
    )


@dataclass(frozen=True, eq=False)
class _Margin:
    """The category of each cell, by number, and how many people each category should have."""

    category: Integers
    target: Floats


def _margin(cells: pd.Index, variable: str, target: Mapping[str, float], n: float) -> _Margin:
    categories = sorted(target)
    shares = np.array([target[category] for category in categories], dtype=np.float64)
    place = pd.Index(categories).get_indexer(cells.get_level_values(variable))
    return _Margin(place.astype(np.int64), n * shares / shares.sum())


def _fitted(weights: Floats, n: Floats, margins: list[_Margin]) -> tuple[Floats, bool]:
    """The weights of cells of `n` people each, fitted to the margins in turn, and whether they settled."""
    for _ in range(MOST_CYCLES):
        before = weights
        for margin in margins:
            total = np.bincount(margin.category, weights * n, minlength=len(margin.target))
            weights = weights * (margin.target / total)[margin.category]
        if np.abs(weights / before - 1).max() < SETTLED:
            return weights, True
    return weights, False


def _refusal(people: pd.DataFrame, targets: Mapping[str, Mapping[str, float]]) -> Raking | None:
    """The first reason, by variable and category, not to weight these people; `None` if there is none."""
    for variable in sorted(targets):
        if variable not in people:
            return Raking(refused="unknown_variable", variable=variable)
        target = targets[variable]
        n_units = people["unit"].groupby(people[variable].fillna("")).nunique()
        for category in sorted({*target, *map(str, n_units.index)}):
            n = int(n_units.get(category, 0))
            reason = _reason(target.get(category), n)
            if reason:
                return Raking(refused=reason, variable=variable, category=category)
    return None


def _reason(share: float | None, n_units: int) -> str:
    if share is None:
        return "no_target"
    if not (np.isfinite(share) and share > 0):
        return "empty_target"
    if n_units == 0:
        return "empty_category"
    return "small_category" if n_units < SMALLEST_CATEGORY else ""
