"""Which actors, resources or competences people name, and how early: Smith's S of their ordered lists.

`mentions` is a tidy table, a row per item named: `contribution_id`, `unit`, `group`, `position` (1 is the
first of that contribution's list) and `item`. What is named first comes to mind first; whether it matters
most is for people to say.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.protocols import Rules
from analysis.resampling import (
    ROUNDING,
    balanced_means,
    in_steps,
    once,
    reaching,
    resampling,
    stability_interval,
)
from analysis.strata import merged, merges, positions, strata

RESPONDENT = ["contribution_id", "unit", "group"]


def smith(
    mentions: pd.DataFrame, respondents: pd.DataFrame, group_ids: Sequence[str], rules: Rules
) -> pd.DataFrame:
    """Smith's S, one row per item, the highest first and level ones by name.

    item             as named
    n_participants   contributions that name it, of every group
    smith            0 to 1: an item at position r of a list of L scores (L − r + 1) / L, and 0 in a list
                     without it; averaged over all respondents
    smith_balanced   0 to 1: the same averaged within each group, then over the groups with at least
                     `smallest_group` responding units; NaN if there are none
    smith_low, smith_high   the stability interval of the balanced one

    `respondents` (`contribution_id`, `unit`, `group`) are all who were asked and answered, those who named
    nothing included; they say whom a contribution speaks for. An item named twice in a list stands at its
    first place, and the list is as long as the different items in it; items at one position share the mean
    of the places they take. Raises `ValueError` for a mention by nobody among the respondents.
    """
    people = respondents.drop_duplicates("contribution_id")
    people = merged(people, merges(people, group_ids, rules.smallest_group, dict(rules.merged_groups)))
    if not mentions["contribution_id"].isin(people["contribution_id"]).all():
        raise ValueError("a mention is of a contribution that is not among the respondents")
    scored = _scored(mentions).merge(people[RESPONDENT], on="contribution_id")
    named = scored.groupby("item")["score"]
    ids = [str(item) for item in named.groups]

    groups = strata(people, group_ids, rules.smallest_group)
    columns = positions(scored["item"], ids)
    sums = groups.totals(scored, columns, len(ids), in_steps(scored["score"].to_numpy(np.float64)))
    answering = groups.totals(people, np.zeros(len(people), dtype=np.int64), 1)
    counts = np.repeat(answering, len(ids), axis=1)
    blocks = resampling(groups, rules).blocks()
    replicates = np.concatenate([balanced_means(groups, block, sums, counts) for block in blocks])
    balanced = balanced_means(groups, once(groups), sums, counts)[0]
    low, high = reaching(balanced, *stability_interval(replicates, rules.interval))
    table = pd.DataFrame(
        {
            "item": pd.Series(ids, dtype="str"),
            "n_participants": named.size().to_numpy(np.int64),
            "smith": named.sum().to_numpy(np.float64) / max(1, len(people)),
            "smith_balanced": balanced,
            "smith_low": low,
            "smith_high": high,
        }
    )
    # the items stand by name, and a stable sort leaves level ones so
    order = (-table["smith"] / ROUNDING).round().argsort(kind="stable")
    return table.iloc[order].reset_index(drop=True)


def _scored(mentions: pd.DataFrame) -> pd.DataFrame:
    """One row per contribution and item it names, sorted: `contribution_id`, `item`, `score` (0 to 1)."""
    first = mentions.groupby(["contribution_id", "item"])["position"].min().reset_index()
    places = first.groupby("contribution_id")["position"]
    length = places.transform("size")
    return first.assign(score=(length - places.rank(method="average") + 1) / length)
