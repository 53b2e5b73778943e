"""The ratings as numbers: what each unit of the balanced groups says about each objective on each dimension.

Columns are dimension by dimension, in each of them the objectives. Beside the three dimensions that
people rate stands one that takes their manner of rating away: `centred`, what a person says of an objective's
need less what they say of need on average.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.clusters import weights
from analysis.protocols import Rules
from analysis.resampling import ROUNDING, in_steps
from analysis.strata import Booleans, Floats, Strata, positions, strata

DIMENSIONS = ("importance", "urgency", "feasibility")
CENTRED = "centred"
COLUMNS = (*DIMENSIONS, CENTRED)
CALIBRATION = "calibration"


@dataclass(frozen=True, eq=False)
class Sample:
    """Sums and numbers of ratings, units × columns, weighted, and where a group has enough of them.

    `present` is groups × columns; sums and numbers are 0 where it does not hold.
    """

    strata: Strata
    sums: Floats
    counts: Floats
    present: Booleans

    @property
    def n_objectives(self) -> int:
        return int(self.sums.shape[1]) // len(COLUMNS)

    def columns(self, dimension: str) -> slice:
        """Where the objectives of one dimension stand among the columns."""
        first = COLUMNS.index(dimension) * self.n_objectives
        return slice(first, first + self.n_objectives)

    @property
    def voices(self) -> Floats:
        """How many weigh in each group and column, groups × columns."""
        voices = np.zeros(self.present.shape)
        for group, place in enumerate(self.strata.slices):
            voices[group] = self.counts[place].sum(axis=0)
        return voices


def need_weights(rules: Rules) -> dict[str, float]:
    """The dimensions that make up need; one without weight is not asked of anybody."""
    shares = {"importance": rules.importance_weight, "urgency": 1 - rules.importance_weight}
    return {dimension: share for dimension, share in shares.items() if share > 0}


def valid(ratings: pd.DataFrame, ids: Sequence[str]) -> pd.DataFrame:
    """The ratings of these objectives that have a value, in an order of their own."""
    rated = ratings[
        ratings["value"].notna() & ratings["objective"].isin(ids) & ratings["dimension"].isin(DIMENSIONS)
    ]
    return rated.sort_values(["contribution_id", "objective", "dimension"], ignore_index=True)


def sample(rated: pd.DataFrame, ids: Sequence[str], group_ids: Sequence[str], rules: Rules) -> Sample:
    """The `valid` ratings of the groups that have at least `smallest_group` units.

    They may have a `weight`, as `clusters` gives it, and a `calibration` to targets, which multiplies it. A
    group is present for an objective and a dimension with at least `smallest_group` ratings there, a
    confirmed cluster counting once.
    """
    groups = strata(rated, group_ids, rules.smallest_group)
    width = len(COLUMNS) * len(ids)
    rows = pd.concat([rated, _centred(rated, rules)], ignore_index=True)
    columns = positions(rows["dimension"], COLUMNS) * len(ids) + positions(rows["objective"], ids)
    once, places = weights(rows).to_numpy(), groups.places(rows)
    weight = in_steps(once * rows[CALIBRATION].to_numpy(np.float64)) if CALIBRATION in rows else once
    sums = groups.sums(places, columns, width, weight * rows["value"].to_numpy(np.float64))
    counts = groups.sums(places, columns, width, weight)
    voices = counts if weight is once else groups.sums(places, columns, width, once)
    present = np.zeros((len(groups.groups), width), dtype=np.bool_)
    for group, place in enumerate(groups.slices):
        present[group] = voices[place].sum(axis=0) >= rules.smallest_group - ROUNDING
        sums[place] *= present[group]
        counts[place] *= present[group]
    return Sample(groups, sums, counts, present)


def _centred(rated: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """One row per person and objective whose need they rated wholly, less their own mean over these."""
    shares = need_weights(rules)
    asked = rated[rated["dimension"].isin(list(shares))]
    key = [asked["contribution_id"], asked["objective"]]
    share = asked["dimension"].map(shares).astype("float64")
    scored = asked.assign(value=share * asked["value"].astype("float64"))
    numbered = scored.groupby(["contribution_id", "objective"], sort=False)["dimension"].transform("size")
    scored = scored.assign(value=scored.groupby(key, sort=False)["value"].transform("sum"))
    whole = scored[numbered == len(shares)].drop_duplicates(["contribution_id", "objective"])
    mean = whole.groupby("contribution_id", sort=False)["value"].transform("mean")
    apart = in_steps((whole["value"] - mean).to_numpy(np.float64))
    return whole.assign(value=apart, dimension=CENTRED)
