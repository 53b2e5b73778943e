"""Who took part and who did not: the figures that stand beside every map.

Participants chose themselves. These figures say from where they came, how many of those invited they are,
and whether one organisation or one person carries more than others; none of them makes the rest speak for
those who are missing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.clusters import counted_once, present, weights
from analysis.protocols import Rules
from analysis.ratings.weighting import weighings
from analysis.shares import gini
from analysis.strata import UNSTATED_GROUP, group_sizes, merged, merges, stated_group, strata

CARRIES_A_GROUP = 0.25  # an organisation with a larger share of its group's contributions is named for it
BROUGHT = "import"  # the channel of whoever stands in a table that does not tell one
CHANNELS = ("online", "workshop", "paper", BROUGHT)
_PEOPLE = ["contribution_id", "unit", "group"]


def participation(
    answers: pd.DataFrame,
    ratings: pd.DataFrame,
    group_ids: Sequence[str],
    invitations: pd.DataFrame,
    targets: pd.DataFrame,
    clusters: pd.DataFrame,
    rules: Rules,
) -> pd.DataFrame:
    """The people of each group, one row per group, `non_indicato` last if anybody stands there.

    group
    n_contributions, n_units   everybody who wrote an answer or touched a rating, a "non so" included
    online, workshop, paper, import   contributions by the channel they came by
    invited                    how many were invited, missing where that is not known
    response                   contributions among those invited, 0 to 1; NaN where not known, or above 1
    to_target                  the group's share of those who named one over its declared share; NaN where no
                               target with its source is declared
    largest_unit               the share of the group's contributions that come from one organisation; NaN
                               where none has more than one
    balanced                   whether the group weighs in need and feasibility (enough units rated), or in
                               salience (enough units wrote), by itself or where the rules merge it; those of
                               one of the confirmed `clusters` are one unit there
    """
    people = _people(answers, ratings)
    sizes = group_sizes(people, group_ids)
    asked = dict(zip(invitations["group"], invitations["invited"], strict=True))
    invited = sizes["group"].map(asked).astype("Int64")
    stated = people.assign(group=stated_group(people, group_ids))
    by_channel = pd.crosstab(stated["group"], stated["channel"]).reindex(
        index=sizes["group"], columns=list(CHANNELS), fill_value=0
    )
    response = (sizes["n_contributions"] / invited.astype("float64").replace(0, np.nan)).to_numpy(np.float64)
    return sizes.assign(
        **{channel: by_channel[channel].to_numpy(np.int64) for channel in CHANNELS},
        invited=invited,
        response=np.where(response <= 1, response, np.nan),
        to_target=_to_target(sizes, targets),
        largest_unit=_largest_unit(stated, list(sizes["group"])),
        balanced=_balanced(answers, ratings, group_ids, clusters, rules, list(sizes["group"])),
    )


def costs_of_weighing(ratings: pd.DataFrame, groups: Sequence[str], rules: Rules) -> pd.DataFrame:
    """What each way of weighing costs, of those who rated in the balanced `groups`; as `weighings` has it."""
    people = ratings.assign(weight=weights(ratings)).drop_duplicates("contribution_id")
    people = people[people["group"].isin(list(groups))].sort_values(["group", "contribution_id"])
    return weighings(people, rules)


def loudness(codings: pd.DataFrame, answers: pd.DataFrame) -> float:
    """Gini's index of the codings of those who answered: 0 all alike, towards 1 one person alone."""
    own = answers[["answer_id", "contribution_id"]].merge(codings[["answer_id"]], on="answer_id", how="left")
    coded = own["answer_id"].isin(codings["answer_id"])
    return gini(np.asarray(coded.groupby(own["contribution_id"]).sum(), dtype=np.float64))


def _people(answers: pd.DataFrame, ratings: pd.DataFrame) -> pd.DataFrame:
    """One row per contribution, group and unit, with the channel it came by: its answers' if it has any."""
    both = pd.concat(
        [table[[name for name in [*_PEOPLE, "channel"] if name in table]] for table in (answers, ratings)],
        ignore_index=True,
    )
    channel = both["channel"] if "channel" in both else pd.Series(BROUGHT, index=both.index)
    return both.assign(channel=channel.fillna(BROUGHT)).drop_duplicates(_PEOPLE)


def _to_target(sizes: pd.DataFrame, targets: pd.DataFrame) -> pd.Series:
    """The coverage ratio of each group: its share in the sample over its declared share."""
    declared = targets[targets["variable"] == "group"]
    share = sizes["group"].map(dict(zip(declared["category"], declared["share"], strict=True)))
    stated = sizes["n_contributions"].where(sizes["group"] != UNSTATED_GROUP)
    return (stated / stated.sum() / share.astype("float64")).astype("float64")


def _largest_unit(people: pd.DataFrame, groups: list[str]) -> pd.Series:
    sizes = people[people["group"] != UNSTATED_GROUP].groupby(["group", "unit"])["contribution_id"].nunique()
    largest = sizes.groupby("group").max()
    share = (largest / sizes.groupby("group").sum()).where(largest > 1)
    return share.reindex(groups).reset_index(drop=True).astype("float64")


def _balanced(
    answers: pd.DataFrame,
    ratings: pd.DataFrame,
    group_ids: Sequence[str],
    clusters: pd.DataFrame,
    rules: Rules,
    groups: list[str],
) -> list[bool]:
    weighed: set[str] = set()
    for table in (ratings[ratings["value"].notna()], answers):
        rows = counted_once(table, present(clusters, table["contribution_id"]))
        moves = merges(rows, group_ids, rules.smallest_group, dict(rules.merged_groups))
        large = strata(merged(rows, moves), group_ids, rules.smallest_group).groups
        weighed |= {*large, *(group for group, into in moves.items() if into in large)}
    return [group in weighed for group in groups]
