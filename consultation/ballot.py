"""What a room votes on, and what one person gives: dots, points, or a second round of ratings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from consultation.contribution import Rating
from consultation.plan import Plan

BallotKind = Literal["dots", "points", "ratings"]
"""Dots from a budget; points from `budget` down to 1, as in a nominal group; ratings of objectives, again."""

BALLOT_KINDS: tuple[BallotKind, ...] = get_args(BallotKind)
LONGEST_ITEM = 120
MOST_ITEMS = 40
MOST_DOTS = 50


@dataclass(frozen=True)
class Ballot:
    """One vote of a workshop: its `items` are objectives' ids, or statements in people's words.

    `budget` is how many dots a person has, or how many items get points (the first as many, the last 1).
    `cap` is the most dots that one person may give to one item. Both are 0 for ratings, `cap` for points.
    """

    id: str
    kind: BallotKind
    title: str
    items: tuple[str, ...]
    budget: int = 0
    cap: int = 0


@dataclass(frozen=True)
class Vote:
    """What one `voter` gave in one ballot; an abstainer gave nothing. The latest of each voter counts.

    `voter` is the id of the voter's contribution where there is one, so that rounds can be paired.
    """

    workshop: str
    ballot: str
    voter: str
    group: str
    unit: str
    at: datetime
    points: tuple[tuple[str, int], ...] = ()
    ratings: tuple[Rating, ...] = ()


def ballot(
    plan: Plan, id_: str, kind: BallotKind, title: str, items: Collection[str], budget: int = 0, cap: int = 0
) -> Ballot:
    """A ballot that can be voted on; raises `BrokenBallot` with what to mend.

    Items are objectives of the plan by their id, or statements; of ratings only objectives (`ValueError`).
    """
    raise NotImplementedError


def vote(
    plan: Plan,
    on: Ballot,
    workshop: str,
    voter: str,
    group: str,
    organisation: str,
    at: datetime,
    points: Mapping[str, int] | None = None,
    ratings: Collection[Rating] = (),
) -> Vote:
    """What one person gives, checked; raises `BrokenVote` with what to take back, so that nothing is cut."""
    raise NotImplementedError
