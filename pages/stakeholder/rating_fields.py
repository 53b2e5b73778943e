"""One objective to rate by tapping, on every dimension; and what was tapped."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from consultation.contribution import DIMENSIONS, SCALE, Rating
from consultation.plan import Objective
from pages.frame.language import language
from pages.frame.plain import plain

DONT_KNOW = "?"  # how a "non so" is held by its button: an answer too, unlike no tap at all

Key = Callable[[str, str], str]
"""The name in the session of an objective's field on a dimension."""


def rate(objective: Objective, key: Key, *, again_in: str = "") -> None:
    """Its title, and a row of taps for each dimension; `again_in` names the vote that asks for it again."""
    say = language().say
    names = {
        "importance": say("How important is it?"),
        "urgency": say("How urgent is it?"),
        "feasibility": say("How feasible is it?"),
    }
    dont_know = say("Don't know")
    with st.container(border=True, key=f"objective-{objective.id}" + (f"-{again_in}" if again_in else "")):
        st.markdown(f"**{plain(language().pick(objective.title))}**")
        for dimension in DIMENSIONS:
            st.segmented_control(
                names[dimension],
                [*map(str, SCALE), DONT_KNOW],
                format_func=lambda option: dont_know if option == DONT_KNOW else option,
                key=key(objective.id, dimension),
                width="stretch",
                wrap=False,
                persist_state="session",
            )


def put_back(ratings: Iterable[Rating], key: Key) -> None:
    """Tap what was rated before."""
    for rating in ratings:
        value = DONT_KNOW if rating.value is None else str(rating.value)
        st.session_state[key(rating.objective, rating.dimension)] = value


def tapped(objectives: Iterable[Objective], key: Key) -> tuple[Rating, ...]:
    """What stands in the fields now; what was not tapped is no rating."""
    return tuple(
        Rating(objective.id, dimension, None if value == DONT_KNOW else int(value))
        for objective in objectives
        for dimension in DIMENSIONS
        if (value := st.session_state.get(key(objective.id, dimension)))
    )
