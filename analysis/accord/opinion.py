"""Which comments of a conversation hold across its opinion groups, and which divide them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.accord.consensus import group_informed_consensus, smoothed_shares
from analysis.strata import Floats, positions

VOTES = {"agree": 1, "disagree": -1, "pass": 0}


def comment_consensus(votes: pd.DataFrame, comments: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """One row per comment of `comments`, and per comment that has votes only, by its number.

    `votes` has one row per voter and comment (`comment_id, voter_id, vote`: 1 agrees, −1 disagrees, 0
    passes), `comments` one per comment (`comment_id`), `groups` one per voter (`voter_id, group`, empty for
    none). Comments are numbered.

    comment_id             whole number
    n                      voters whose vote counts: the sum of the next three
    agree, disagree, pass  how many of these did
    gic                    group-informed consensus, 0 to 1: the geometric mean over opinion groups of
                           (agrees + 1) / (seen + 2), where passing is seeing; groups of whom nobody has
                           seen the comment are dropped, and NaN if all are
    division               0 to 1: the highest minus the lowest of these shares; NaN below two groups

    Voters without a group count in n and in the three, and not in gic and division.

    Limits: people vote on different comments and choose themselves; groups found by a computer from the
    same votes are no stakeholder groups, and another run may find others.
    """
    if votes.duplicated(["voter_id", "comment_id"]).any():
        raise ValueError("a voter has one vote on a comment")
    if not votes["vote"].isin(list(VOTES.values())).all():
        raise ValueError(f"a vote is one of {VOTES}")
    numbers = np.union1d(comments["comment_id"].to_numpy(np.int64), votes["comment_id"].to_numpy(np.int64))
    grouped = votes.merge(groups, on="voter_id", how="left", validate="many_to_one").fillna({"group": ""})
    names = ["", *sorted(set(groups["group"]) - {""})]
    counts = {
        name: _counts(grouped[grouped["vote"] == vote], names, numbers.tolist())
        for name, vote in VOTES.items()
    }
    all_votes = sum(counts.values(), np.zeros((len(names), len(numbers))))
    agreeing, seen = counts["agree"][1:], all_votes[1:]
    consensus = group_informed_consensus(agreeing, seen)
    return pd.DataFrame(
        {
            "comment_id": numbers,
            "n": all_votes.sum(axis=0).astype(np.int64),
            **{name: its.sum(axis=0).astype(np.int64) for name, its in counts.items()},
            "gic": consensus.mean,
            "division": np.where(consensus.n_groups >= 2, _span(smoothed_shares(agreeing, seen)), np.nan),
        }
    )


def _counts(votes: pd.DataFrame, groups: list[str], numbers: list[int]) -> Floats:
    """How many of `votes` each group gave each comment, groups × comments."""
    cells = positions(votes["group"], groups) * len(numbers) + pd.Index(numbers).get_indexer(
        pd.Index(votes["comment_id"])
    )
    counts = np.bincount(cells, minlength=len(groups) * len(numbers)).astype(np.float64)
    return counts.reshape(len(groups), len(numbers))


def _span(shares: Floats) -> Floats:
    """The highest minus the lowest share of each comment, whoever has seen it."""
    highest = np.max(shares, axis=0, initial=-np.inf, where=~np.isnan(shares))
    lowest = np.min(shares, axis=0, initial=np.inf, where=~np.isnan(shares))
    span: Floats = highest - lowest
    return span
