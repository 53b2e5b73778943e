"""The second round: which objectives to ask again, and whether answers to them still move."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.ballots.rounds import SCALE, stability
from analysis.protocols import Rules

MOST_CHANGE = 0.15
"""Up to this net change answers are taken to be stable, as is customary in a Delphi (after Scheibe)."""

STATUSES = ("stable", "moving", "too_few")


class Again(NamedTuple):
    """How many people rated any of the objectives in the first round, in the second, and in both."""

    first: int
    second: int
    both: int


def contested(priorities: pd.DataFrame) -> list[str]:
    """The objectives whose tier is contested, in the order of `priorities`; none where there is none.

    These are what a second round asks again: on the others people agree enough, or cannot be told apart.
    """
    return [str(objective) for objective in priorities.loc[priorities["tier"] == "contested", "objective"]]


def second_round(
    first: pd.DataFrame, second: pd.DataFrame, objectives: pd.DataFrame, rules: Rules
) -> pd.DataFrame:
    """How far the second round differs from the first: `stability` of what was asked again, with a verdict.

    One row per objective of `objectives` and dimension that stands in `second` (every dimension while it is
    empty), with the columns of `rounds.stability` and

    joined   contributions of the second round that were not in the first
    status   `stable` up to a net change of `MOST_CHANGE`, else `moving`; `too_few` where either round has
             fewer than `smallest_cell` ratings, of which no distribution is worth comparing

    `first` and `second` are tidy ratings. Net change is of everybody in each round: give as `first` only
    those who could be asked again (who came to this room), or it compares two different crowds.
    """
    table = stability(first, second, objectives, MOST_CHANGE)
    asked = set(second["dimension"]) or set(table["dimension"])
    table = table[table["dimension"].isin(asked)].reset_index(drop=True)
    few = table[["n_first", "n_second"]].min(axis=1) < rules.smallest_cell
    status = np.where(few, "too_few", np.where(table["stable"], "stable", "moving"))
    return table.assign(joined=table["n_second"] - table["n_paired"], status=pd.Series(status, dtype="str"))


def by_objective(rounds: pd.DataFrame) -> pd.DataFrame:
    """One row per objective of `second_round`, in its order: the dimension on which it moved most.

    `objective, dimension, net_change, n_first, n_second, dropped` are that dimension's; `status` is `moving`
    if any dimension is, else `too_few` if any is, else `stable`: an objective is settled when all of it is.
    """
    rows = []
    for _objective, its in rounds.groupby("objective", sort=False):
        statuses = set(its["status"])
        status = next(status for status in ("moving", "too_few", "stable") if status in statuses)
        there = its[its["status"] == status]
        rows.append(there.sort_values("net_change", ascending=False, kind="stable").iloc[0])
    types = {
        "objective": "str",
        "dimension": "str",
        "net_change": "float64",
        "n_first": "int64",
        "n_second": "int64",
        "dropped": "int64",
        "status": "str",
    }
    return pd.DataFrame(rows, columns=list(types)).astype(types).reset_index(drop=True)


def again(first: pd.DataFrame, second: pd.DataFrame, objectives: pd.DataFrame) -> Again:
    """The people behind a second round; whoever only said "non so" of these objectives is not among them."""

    def people(ratings: pd.DataFrame) -> set[str]:
        rated = ratings["objective"].isin(objectives["objective"]) & ratings["value"].notna()
        return set(ratings.loc[rated, "contribution_id"])

    before, after = people(first), people(second)
    return Again(len(before), len(after), len(before & after))


def spreads(
    first: pd.DataFrame, second: pd.DataFrame, objectives: pd.DataFrame, dimension: str, rules: Rules
) -> pd.DataFrame:
    """Both distributions of one dimension, every person alike: a row per objective, round (1, 2) and value.

    `objective, round, value, n, share`; `share` is 0 to 1 of those who gave a value in that round. Both are
    missing where a round has fewer than `smallest_cell` ratings: such a one points to people.
    """
    ids = list(objectives["objective"])
    every = pd.MultiIndex.from_product([ids, [1, 2], list(SCALE)], names=["objective", "round", "value"])
    both = pd.concat([first.assign(round=1), second.assign(round=2)], ignore_index=True)
    given = both[(both["dimension"] == dimension) & both["value"].notna()].astype({"value": "int64"})
    n = given.groupby(["objective", "round", "value"]).size().reindex(every, fill_value=0)
    table = n.rename("n").reset_index().astype({"objective": "str", "n": "Int64"})
    whole = table.groupby(["objective", "round"])["n"].transform("sum")
    told = table["n"].where(whole >= max(1, rules.smallest_cell))
    return table.assign(n=told, share=(told / whole).astype("float64"))
