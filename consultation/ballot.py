"""What a room votes on, and what one person gives: dots, points, or a second round of ratings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from consultation.contribution import (
    DIMENSIONS,
    SCALE,
    Rating,
    checked_organisation,
    plain_text,
    sorted_ratings,
)
from consultation.errors import BrokenBallot, BrokenVote
from consultation.plan import UNSTATED_GROUP, Plan

BallotKind = Literal["dots", "points", "ratings"]
"""Dots from a budget; points from `budget` down to 1, as in a nominal group; ratings of objectives, again."""

BALLOT_KINDS: tuple[BallotKind, ...] = get_args(BallotKind)
LONGEST_TITLE = 120
LONGEST_ITEM = 120
FEWEST_ITEMS = 2
MOST_ITEMS = 40
MOST_DOTS = 50
FEWEST_RANKED, MOST_RANKED = 2, 9  # a nominal group ranks five to seven; more is guessing


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
    Empty ones are left out. A budget or a cap that this kind does not have is not kept.
    """
    if kind not in BALLOT_KINDS:
        raise ValueError(f"{kind!r} is no kind of vote")
    title = _one_line(title)
    if not 0 < len(title) <= LONGEST_TITLE:
        raise BrokenBallot(
            "Ask something: give the vote a title of at most {most} characters.", most=LONGEST_TITLE
        )
    put = _items(items)
    fewest = 1 if kind == "ratings" else FEWEST_ITEMS  # one alone wins every choice
    if not fewest <= len(put) <= MOST_ITEMS:
        raise BrokenBallot(
            "A vote of this kind has from {fewest} to {most} items (found: {found}).",
            fewest=fewest,
            most=MOST_ITEMS,
            found=len(put),
        )
    match kind:
        case "ratings":
            if unknown := [item for item in put if item not in plan.objectives]:
                raise ValueError(f"{unknown} are not objectives of this plan")
            return Ballot(id_, kind, title, put)
        case "points":
            _require_points(budget, len(put))
            return Ballot(id_, kind, title, put, budget)
        case "dots":
            _require_dots(budget, cap, len(put))
            return Ballot(id_, kind, title, put, budget, cap)


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
    """What one person gives, checked; raises `BrokenVote` with what to take back, so that nothing is cut.

    Giving less than one may, or nothing, is abstaining. Votes that give the same are equal, however their
    parts are ordered. Raises `BrokenContribution` when the organisation's name is too long, and `ValueError`
    for what no form sends: another group, item or kind of vote.
    """
    if not voter:
        raise ValueError("a vote has a voter")
    if group != UNSTATED_GROUP and group not in plan.groups:
        raise ValueError(f"{group!r} is not a stakeholder group of this plan")
    given = {item: number for item, number in (points or {}).items() if number}
    named = given.keys() | {rating.objective for rating in ratings}
    if unknown := named - set(on.items):
        raise ValueError(f"{sorted(unknown)} are not items of this vote")
    if (given and on.kind == "ratings") or (ratings and on.kind != "ratings"):
        raise ValueError(f"a vote of the kind {on.kind} holds no such thing")
    if any(not isinstance(number, int) or number < 0 for number in given.values()):
        raise ValueError("dots and points are whole numbers from 0")
    match on.kind:
        case "dots":
            _require_within(on, given)
        case "points":
            _require_each_once(on, given)
        case "ratings":
            _require_rated_once(ratings)
    return Vote(
        workshop=workshop,
        ballot=on.id,
        voter=voter,
        group=group,
        unit=checked_organisation(organisation) or voter,
        at=at,
        points=tuple((item, given[item]) for item in on.items if item in given),
        ratings=sorted_ratings(plan, ratings),
    )


def _items(items: Collection[str]) -> tuple[str, ...]:
    """The items in their order, each on one line; the empty ones are left out."""
    kept: dict[str, str] = {}
    for item in filter(None, map(_one_line, items)):
        if len(item) > LONGEST_ITEM:
            raise BrokenBallot(
                "An item of the vote has {length} characters: shorten it to {most}.",
                length=len(item),
                most=LONGEST_ITEM,
            )
        folded = item.casefold()
        if folded in kept:
            raise BrokenBallot(
                "{item} stands there twice and would split the votes: take one away.", item=item
            )
        kept[folded] = item
    return tuple(kept.values())


def _require_points(budget: int, items: int) -> None:
    most = min(MOST_RANKED, items)
    if not FEWEST_RANKED <= budget <= most:
        raise BrokenBallot(
            "Say how many items get points: from {fewest} to {most}.", fewest=FEWEST_RANKED, most=most
        )


def _require_dots(budget: int, cap: int, items: int) -> None:
    if not 1 <= budget <= MOST_DOTS:
        raise BrokenBallot("Give each person from 1 to {most} dots.", most=MOST_DOTS)
    if not 1 <= cap <= budget:
        raise BrokenBallot("Let one item get from 1 to {most} dots of a person.", most=budget)
    if cap * items < budget:
        raise BrokenBallot(
            "Nobody could give {budget} dots: {items} items take {spendable} at most. "
            "Give fewer dots, or let an item get more.",
            budget=budget,
            items=items,
            spendable=cap * items,
        )


def _require_within(on: Ballot, dots: Mapping[str, int]) -> None:
    if over := sum(max(number - on.cap, 0) for number in dots.values()):
        raise BrokenVote(
            "One item may get at most {most} of your dots. To take back: {over}.", most=on.cap, over=over
        )
    given = sum(dots.values())
    if given > on.budget:
        raise BrokenVote(
            "You have {budget} dots and gave {given}. To take back: {over}.",
            budget=on.budget,
            given=given,
            over=given - on.budget,
        )


def _require_each_once(on: Ballot, points: Mapping[str, int]) -> None:
    if any(number > on.budget for number in points.values()):
        raise ValueError(f"points go from {on.budget} down to 1")
    for number, times in sorted(Counter(points.values()).items(), reverse=True):
        if times > 1:
            raise BrokenVote(
                "You gave {points} points to {times} items: leave them to one, and give the others different "
                "points or none.",
                points=number,
                times=times,
            )


def _require_rated_once(ratings: Collection[Rating]) -> None:
    if len({(rating.objective, rating.dimension) for rating in ratings}) < len(ratings):
        raise ValueError("a vote rates one objective twice on one dimension")
    for rating in ratings:
        if rating.dimension not in DIMENSIONS:
            raise ValueError(f"{rating.dimension!r} is no dimension")
        if rating.value is not None and rating.value not in SCALE:
            raise ValueError(f"a rating of {rating.value} is off the scale 1 to 5")


def _one_line(text: str) -> str:
    return " ".join(plain_text(text).split())
