"""The fields of one vote: dots on items, points from the first to the last, or ratings once more."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from consultation.ballot import Ballot, Vote
from consultation.contribution import Rating
from consultation.errors import BrokenVote
from consultation.plan import Plan
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import tell
from pages.stakeholder.draft import Draft
from pages.stakeholder.rating_fields import put_back, rate, tapped

MOST_TAPPED = 5  # dots on one item that are tapped; beyond, a number is typed


class Given(NamedTuple):
    """What stands in the fields: points by item, or ratings; with a `problem` it cannot be sent as it is."""

    points: dict[str, int] | None = None
    ratings: tuple[Rating, ...] = ()
    problem: BrokenVote | None = None


def fields(plan: Plan, ballot: Ballot, draft: Draft, kept: Vote | None) -> Given:
    """What stands in them now; they begin with what was `kept`."""
    match ballot.kind:
        case "dots":
            return Given(_dots(plan, ballot, draft, kept))
        case "points":
            return _points(plan, ballot, draft, kept)
        case "ratings":
            return Given(ratings=_ratings(plan, ballot, draft, kept))


def item_name(plan: Plan, item: str) -> str:
    """An objective as the plan words it, or a statement as it stands."""
    return language().pick(plan.objectives[item].title) if item in plan.objectives else item


def _dots(plan: Plan, ballot: Ballot, draft: Draft, kept: Vote | None) -> dict[str, int]:
    count = language().count
    before = dict(kept.points) if kept else {}
    keys = {item: _key(draft, ballot, n) for n, item in enumerate(ballot.items)}
    for item, key in keys.items():
        st.session_state.setdefault(key, before.get(item, 0))
    given = {item: int(st.session_state.get(key) or 0) for item, key in keys.items()}
    left = ballot.budget - sum(given.values())
    st.markdown(
        count(
            "You have 1 dot to give.",
            "You have {n} dots to give, at most {cap} on one item. Leave any you like.",
            ballot.budget,
            cap=ballot.cap,
        )
    )
    with st.container(key=f"dots-left-{ballot.id}"):
        if left >= 0:
            st.markdown(count("**{n} dot left**", "**{n} dots left**", left))
        else:
            st.error(count("Take back {n} dot.", "Take back {n} dots.", -left))
    for item, key in keys.items():
        with st.container(border=True):
            if ballot.cap <= MOST_TAPPED:
                st.segmented_control(
                    plain(item_name(plan, item)),
                    list(range(ballot.cap + 1)),
                    key=key,
                    width="stretch",
                    wrap=False,
                    persist_state="session",
                )
            else:
                st.number_input(
                    plain(item_name(plan, item)),
                    0,
                    ballot.cap,
                    step=1,
                    key=key,
                    persist_state="session",
                )
    return given


def _points(plan: Plan, ballot: Ballot, draft: Draft, kept: Vote | None) -> Given:
    """One list for each number of points, so that none is given twice."""
    say, count = language().say, language().count
    before = {number: item for item, number in kept.points} if kept else {}
    st.markdown(
        say(
            "Choose your {n}: the first gets {n} points, the last 1. Leave out what you like.",
            n=ballot.budget,
        )
    )
    given: dict[str, int] = {}
    twice: BrokenVote | None = None
    for number in range(ballot.budget, 0, -1):
        key = _key(draft, ballot, number)
        st.session_state.setdefault(key, before.get(number))
        item = st.selectbox(
            count("{n} point", "{n} points", number),
            ballot.items,
            index=None,
            format_func=lambda one: item_name(plan, one),
            placeholder=say("Choose"),
            key=key,
            persist_state="session",
        )
        if item in given:
            twice = BrokenVote("This one has points already: choose another for {n}.", n=number)
            tell(twice)
        elif item is not None:
            given[item] = number
    return Given(given, problem=twice)


def _ratings(plan: Plan, ballot: Ballot, draft: Draft, kept: Vote | None) -> tuple[Rating, ...]:
    """The objectives that are rated once more, each on the same three scales."""

    def key(objective: str, dimension: str) -> str:
        return draft.key("vote", ballot.id, objective, dimension)

    st.markdown(language().say("Rate these once more, after what you heard: 1 is very little, 5 very much."))
    opened = draft.key("opened", ballot.id)
    if kept and opened not in st.session_state:
        put_back(kept.ratings, key)
    st.session_state[opened] = True
    objectives = [plan.objectives[item] for item in ballot.items]
    for objective in objectives:
        rate(objective, key, again_in=ballot.id)
    return tapped(objectives, key)


def _key(draft: Draft, ballot: Ballot, number: int) -> str:
    return draft.key("vote", ballot.id, str(number))
