"""Dots and points given in a workshop: tallies to order a discussion by, never an election.

`votes` is a tidy table, a row per contribution and item: `contribution_id`, `unit`, `group`, `item`,
`points` (whole, from 0 up: dots, or the 5 to 1 of a nominal group). Whoever has a row is a voter; an
abstainer stands there with 0 points. An item is an objective's id or the label of a theme.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.protocols import Rules
from analysis.resampling import ROUNDING, balanced_means, once, reaching, resampling, stability_interval
from analysis.strata import merged as regrouped
from analysis.strata import merges, positions, strata

VOTER = ["contribution_id", "unit", "group"]


def dots(
    votes: pd.DataFrame, items: Sequence[str], group_ids: Sequence[str], rules: Rules, budget: int, cap: int
) -> pd.DataFrame:
    """Dot voting, `budget` dots a person and at most `cap` on an item; one row per item in the order given.

    item                    as in `items`; votes for others are somebody's all the same
    n_voters                contributions that gave it any dot, of every group
    points                  their dots, a person's counting up to `cap`
    share                   0 to 1: the dots it has of all that there were to give; NaN without voters
    score                   0 to 1: the mean part of the budget that a group's voters gave it, averaged over
                            the groups with at least `smallest_group` voting units; NaN if there are none
    score_low, score_high   the stability interval of the score

    Dots that were not given count as abstention, so scores add up to at most 1. Raises `ValueError` for
    points that are no whole number from 0 up, and for a voter who gave more than the budget: such ballots
    are for the reader of the file to hand back, not for a tally to cut.

    Limits: dots follow dots where the tally can be seen, and items that say nearly the same split theirs.
    Merge such items first (`merged`) and hide the tally until the vote is closed.
    """
    _check(votes, budget)
    ids = list(items)
    given = _by_voter(votes, cap)
    given = given[given["item"].isin(ids) & (given["points"] > 0)]
    tally = given.groupby("item")["points"]
    points = tally.sum().reindex(ids, fill_value=0).to_numpy(np.int64)
    voters = votes.drop_duplicates(VOTER)

    moves = merges(voters, group_ids, rules.smallest_group, dict(rules.merged_groups))
    voters, given = regrouped(voters, moves), regrouped(given, moves)
    groups = strata(voters, group_ids, rules.smallest_group)
    sums = groups.totals(given, positions(given["item"], ids), len(ids), given["points"].to_numpy(float))
    voting = groups.totals(voters, np.zeros(len(voters), dtype=np.int64), 1)
    counts = np.repeat(voting, len(ids), axis=1)
    score = balanced_means(groups, once(groups), sums, counts)[0] / budget
    blocks = resampling(groups, rules).blocks()
    replicates = np.concatenate([balanced_means(groups, block, sums, counts) / budget for block in blocks])
    low, high = reaching(score, *stability_interval(replicates, rules.interval))
    return pd.DataFrame(
        {
            "item": pd.Series(ids, dtype="str"),
            "n_voters": tally.size().reindex(ids, fill_value=0).to_numpy(np.int64),
            "points": points,
            "share": points / (budget * len(voters)) if len(voters) else np.full(len(ids), np.nan),
            "score": score,
            "score_low": low,
            "score_high": high,
        }
    )


def merged(votes: pd.DataFrame, into: Mapping[str, str], cap: int) -> pd.DataFrame:
    """The votes as if the items that `into` names had stood as one: per voter the sum, up to `cap`.

    Recomputed from the original votes, never from a tally: whoever filled both of two items that become one
    gave it `cap`, and the dots beyond count as not given. Raises `ValueError` if an item is merged into one
    that is itself merged away.
    """
    astray = sorted(set(into.values()) & {item for item, last in into.items() if item != last})
    if astray:
        raise ValueError(f"these items are merged away themselves: {', '.join(astray)}")
    return _by_voter(votes.assign(item=votes["item"].replace(dict(into))), cap)


def ngt(votes: pd.DataFrame, items: Sequence[str]) -> pd.DataFrame:
    """Nominal group technique: `item`, `points` and `n_choosers` (who gave it any), in the order given.

    Both are told because they differ: few who put an item first give it the points of many who put it last.
    """
    ids = list(items)
    chosen = votes[votes["points"] > 0].groupby("item")
    return pd.DataFrame(
        {
            "item": pd.Series(ids, dtype="str"),
            "points": chosen["points"].sum().reindex(ids, fill_value=0).to_numpy(np.int64),
            "n_choosers": chosen["contribution_id"].nunique().reindex(ids, fill_value=0).to_numpy(np.int64),
        }
    )


def borda(rankings: pd.DataFrame) -> pd.DataFrame:
    """Borda's count as another look at how robust an order is; one row per item, by its name.

    `rankings` has `contribution_id`, `item` and `place` (the lower the better; level items share the mean of
    their places), a row per contribution and item. Returns `item`, `n_rankings`, `points` (an item has one
    for each item it stands above in somebody's ranking, half for a level one) and `share` (0 to 1: its
    points of all comparisons it was in, which does not punish an item that few ranked; NaN without any).

    Limits: another counting rule can order the same rankings otherwise, so this is never "the" ranking.
    """
    listed = rankings.sort_values(["contribution_id", "item"], ignore_index=True)
    in_ranking = listed.groupby("contribution_id")["item"].transform("size")
    rounded = (listed["place"].astype("float64") / ROUNDING).round()
    place = rounded.groupby(listed["contribution_id"]).rank(method="average")
    by_item = listed.assign(points=in_ranking - place, against=in_ranking - 1).groupby("item")
    points = by_item["points"].sum()
    table = pd.DataFrame({"n_rankings": by_item.size(), "points": points.astype("float64")})
    against = by_item["against"].sum()
    return table.assign(share=(points / against).where(against > 0)).reset_index()


def rankings(ratings: pd.DataFrame) -> pd.DataFrame:
    """Rankings for `borda` from the ratings of one dimension, the highest first; "non so" has no place."""
    rated = ratings[ratings["value"].notna()]
    return pd.DataFrame(
        {
            "contribution_id": rated["contribution_id"],
            "item": rated["objective"],
            "place": -rated["value"].astype("float64"),
        }
    ).reset_index(drop=True)


def _by_voter(votes: pd.DataFrame, cap: int) -> pd.DataFrame:
    """One row per voter and item, sorted: the sum of what was given, up to `cap`."""
    given = votes.groupby([*VOTER, "item"])["points"].sum()
    return given.clip(upper=cap).reset_index()


def _check(votes: pd.DataFrame, budget: int) -> None:
    if not ((votes["points"] >= 0) & (votes["points"] % 1 == 0)).all():
        raise ValueError("points are whole numbers from 0 up")
    spent = votes.groupby("contribution_id")["points"].sum()
    over = [str(voter) for voter in spent.index[spent > budget]]
    if over:
        raise ValueError(f"these gave more than {budget} points: {', '.join(over)}")
