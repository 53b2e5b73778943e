"""Which stakeholder groups enter balanced estimates, and with which units.

Every table that has `contribution_id`, `unit` and `group` columns will do: ratings, answers, or both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

UNSTATED_GROUP = "non_indicato"
"""Whoever named no group, or one the plan does not list: counted, outside balanced estimates."""


@dataclass(frozen=True)
class Strata:
    """The units of each group that enters balanced estimates.

    `groups` stand in the plan's order and the units of each in the order of their names, so that the
    order of the rows they were read from is forgotten; `units` holds the pairs (group, unit).
    """

    groups: tuple[str, ...]
    sizes: tuple[int, ...]
    units: pd.MultiIndex

    @property
    def slices(self) -> list[slice]:
        """Where the units of each group stand among all units."""
        ends = np.cumsum(self.sizes, dtype=np.int64).tolist()
        return [slice(end - size, end) for end, size in zip(ends, self.sizes, strict=True)]

    def places(self, rows: pd.DataFrame) -> Integers:
        """Where the unit of each row stands among all units; −1 for units outside the strata."""
        found: Integers = self.units.get_indexer(pd.MultiIndex.from_frame(rows[["group", "unit"]]))
        return found

    def totals(
        self, rows: pd.DataFrame, columns: Integers, width: int, values: Floats | None = None
    ) -> Floats:
        """What each unit says in all: the sum of `values` (or the number of rows), units × `width`.

        `columns` tells in which of the `width` columns each row counts; rows of units outside the
        strata count nowhere.
        """
        return self.sums(self.places(rows), columns, width, values)

    def sums(self, places: Integers, columns: Integers, width: int, values: Floats | None = None) -> Floats:
        """The same for rows whose units stand at `places`."""
        known = places >= 0
        cells = places[known] * width + columns[known]
        weights = None if values is None else values[known]
        sums = np.bincount(cells, weights, minlength=len(self.units) * width)
        return sums.astype(np.float64).reshape(len(self.units), width)


def strata(rows: pd.DataFrame, group_ids: Sequence[str], smallest_group: int) -> Strata:
    """The groups of the plan that have at least `smallest_group` units in `rows`."""
    distinct = rows[["group", "unit"]].drop_duplicates()
    units = {group: sorted(its) for group, its in distinct.groupby("group")["unit"]}
    kept = [
        group
        for group in group_ids
        if group != UNSTATED_GROUP and len(units.get(group, [])) >= smallest_group
    ]
    pairs = [(group, unit) for group in kept for unit in units[group]]
    return Strata(
        groups=tuple(kept),
        sizes=tuple(len(units[group]) for group in kept),
        units=pd.MultiIndex.from_arrays(
            [
                np.array([group for group, _ in pairs], dtype=object),
                np.array([unit for _, unit in pairs], dtype=object),
            ],
            names=["group", "unit"],
        ),
    )


def merges(
    rows: pd.DataFrame, group_ids: Sequence[str], smallest_group: int, into: Mapping[str, str]
) -> dict[str, str]:
    """The groups of fewer than `smallest_group` units that are weighed in another, as `into` declares.

    None goes into a group that is not among `group_ids`: it would only vanish there.
    """
    if not into:
        return {}
    large = strata(rows, group_ids, smallest_group).groups
    small = set(rows["group"]) - set(large)
    return {group: other for group, other in into.items() if group in small and other in group_ids}


def merged(rows: pd.DataFrame, moves: Mapping[str, str]) -> pd.DataFrame:
    """`rows` with the groups of `moves` as part of another."""
    return rows.assign(group=rows["group"].replace(dict(moves))) if moves else rows


def positions(values: pd.Series, among: Sequence[str]) -> Integers:
    """Where each of `values` stands in `among`, −1 for those that do not."""
    return pd.Index(among).get_indexer(pd.Index(values)).astype(np.int64)


def stated_group(rows: pd.DataFrame, group_ids: Sequence[str]) -> pd.Series:
    """The group of each row; one the plan does not list is `non_indicato`."""
    return rows["group"].where(rows["group"].isin(list(group_ids)), UNSTATED_GROUP)


def shown_groups(stated: pd.Series, group_ids: Sequence[str]) -> list[str]:
    """The plan's groups in its order, then `non_indicato` if anybody stands there."""
    listed = [group for group in group_ids if group != UNSTATED_GROUP]
    return [*listed, UNSTATED_GROUP] if (stated == UNSTATED_GROUP).any() else listed


def group_sizes(rows: pd.DataFrame, group_ids: Sequence[str]) -> pd.DataFrame:
    """How many take part from each group: `group`, `n_contributions`, `n_units`, zeros included."""
    rows = rows.assign(group=stated_group(rows, group_ids))
    counts = rows.groupby("group")[["contribution_id", "unit"]].nunique()
    return (
        counts.reindex(shown_groups(rows["group"], group_ids), fill_value=0)
        .rename(columns={"contribution_id": "n_contributions", "unit": "n_units"})
        .astype("int64")
        .rename_axis("group")
        .reset_index()
        .astype({"group": "str"})
    )
