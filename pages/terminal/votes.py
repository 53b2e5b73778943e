"""Votes, two rounds of ratings and ordered lists, from their files to one table each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.ballots.lists import smith
from analysis.ballots.rounds import stability
from analysis.ballots.voting import dots, merged, ngt
from consultation.errors import BrokenMapping, Notice
from consultation.importing.csv_tables import read_ratings
from consultation.importing.unread import Unread
from consultation.importing.votes import read_mentions, read_ngt, read_votes
from consultation.plan import Plan

Counted = tuple[pd.DataFrame, tuple[Unread, ...], tuple[Notice, ...]]
"""A result table, the rows that could not be used, and what else is to be told."""


def count_dots(votes: Path, plan: Plan, budget: int, cap: int, into: Mapping[str, str]) -> Counted:
    """The dots of every item that the file names: the plan's objectives in its order, then others by name.

    `into` names the items that were merged after the vote, and with which: a person's dots on both are added
    up, and still count up to the cap.
    """
    read = read_votes(votes, plan, budget, cap)
    given = merged(read.table, into, cap)
    table = dots(given, _items(given, plan), list(plan.groups), plan.rules, budget, cap)
    return table, read.unread, read.notices


def read_merges(merges: Sequence[str]) -> dict[str, str]:
    """FROM=INTO, repeated, as a table; raises `BrokenMapping` for anything else."""
    into = {}
    for merge in merges:
        item, sign, other = merge.partition("=")
        if not sign or not item.strip() or not other.strip():
            raise BrokenMapping("--merge {value}: write ITEM=OTHER, two items of the vote.", value=merge)
        into[item.strip()] = other.strip()
    for item, other in into.items():
        if other in into:
            raise BrokenMapping(
                "--merge {item}={other}: {other} is merged into another itself; name the last one.",
                item=item,
                other=other,
            )
    return into


def count_ngt(votes: Path, plan: Plan, most: int) -> Counted:
    """The points of a nominal group, `most` to 1 a person; items as in `count_dots`."""
    read = read_ngt(votes, plan, most)
    return ngt(read.table, _items(read.table, plan)), read.unread, read.notices


def compare_rounds(first: Path, second: Path, plan: Plan, at_most: float) -> Counted:
    """How far the second round of ratings differs from the first; stable up to a net change of `at_most`."""
    before, after = read_ratings(first, plan), read_ratings(second, plan)
    objectives = pd.DataFrame({"objective": list(plan.objectives)}, dtype="str")
    return (
        stability(before.table, after.table, objectives, at_most),
        before.unread + after.unread,
        before.notices + after.notices,
    )


def rank_lists(mentions: Path, plan: Plan) -> Counted:
    """How early and how often each item is named; whoever has a row, were it without an item, is counted."""
    read = read_mentions(mentions, plan)
    named = read.table[read.table["item"] != ""]
    table = smith(named, read.table, list(plan.groups), plan.rules)
    return table, read.unread, read.notices


def _items(votes: pd.DataFrame, plan: Plan) -> list[str]:
    """Only what the file names: that nobody chose an objective says nothing if it was not on the ballot."""
    named = set(votes["item"]) - {""}
    return [*filter(named.__contains__, plan.objectives), *sorted(named - set(plan.objectives))]
