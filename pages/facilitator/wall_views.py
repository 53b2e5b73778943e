"""Each thing that a wall can show, in large type: no name, and no word that nobody has read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import streamlit as st

from consultation.steps import View
from pages.facilitator import wall_counts, wall_votes, wall_words
from pages.facilitator.times import told_time
from pages.frame import qr
from pages.frame.choice import invented_banner, title, trial_banner
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.public_address import joining
from pages.frame.rooms import Live


def show(seen: Live) -> None:
    """What the facilitator projects, between the same head and foot."""
    view = seen.room.projected.view
    with st.container(key=f"wall-{view}"):
        if view != "nothing":
            _head(seen, clock=view != "round")
            invented_banner(seen.consultation)
            trial_banner(seen.consultation)
        VIEWS[view](seen)


def _head(seen: Live, *, clock: bool) -> None:
    """Which workshop, what time is left, and the word for whoever comes late."""
    with st.container(
        key="wall-head", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.text(seen.workshop.title)
        timed = [state for state in seen.room.open_rounds() if state.ends is not None]
        if clock and timed:
            st.text(told_time(timed[0], datetime.now(UTC), language()))
        st.text(spaced(seen.workshop.word))


def _nothing(seen: Live) -> None:
    st.title(plain(title(seen.consultation)))


def _join(seen: Live) -> None:
    """How to come in, readable from the last row."""
    say = language().say
    address = joining().link(seen.workshop.word)
    picture, words = st.columns([1, 1], gap="large", vertical_alignment="center")
    with picture:
        st.image(qr.picture(address), width="stretch", alt=say("QR code of {link}", link=address))
    with words:
        st.title(say("Take part with your phone"))
        st.markdown(say("Frame the code, or type this address:"))
        st.text(address.removeprefix("https://").removeprefix("http://"))
        st.markdown(say("or this word where it is asked:"))
        with st.container(key="wall-word"):
            st.text(spaced(seen.workshop.word))
        st.markdown(say("No account, no name."))
        st.text(wall_counts.came_so_far(seen))


def _round(seen: Live) -> None:
    """The question that is open, and the time left."""
    say, pick = language().say, language().pick
    plan = seen.consultation.plan
    running = [
        (state, question)
        for state in seen.room.rounds
        if state.stage in ("open", "paused")
        and (question := plan.questions.get(state.round.strategic_question))
    ]
    if not seen.workshop.rounds:
        st.title(plain(title(seen.consultation)))
    elif not running:
        st.title(say("No question is open now"))
    for state, question in running:
        asked = [guide for guide in state.round.guiding_questions or plan.guides if guide in plan.guides]
        with st.container(key=f"question-{question.id}"):
            st.header(plain(pick(question.title)))
            if len(running) == 1:
                st.markdown(plain(pick(question.statement)))
        for guide in asked if len(running) == 1 else ():
            st.markdown(f"**{plain(pick(plan.guides[guide].question))}**")
        if state.remaining(datetime.now(UTC)) is not None or state.stage == "paused":
            with st.container(key=f"wall-clock-{state.number}"):
                st.text(told_time(state, datetime.now(UTC), language()))
    st.text(wall_counts.came_so_far(seen))


def spaced(word: str) -> str:
    """A word to be read out letter by letter."""
    return " ".join(word)


VIEWS: Mapping[View, Callable[[Live], None]] = {
    "join": _join,
    "counts": wall_counts.show,
    "round": _round,
    "words": wall_words.words,
    "answers": wall_words.answers,
    "map": wall_words.priorities,
    "vote": wall_votes.show,
    "nothing": _nothing,
}
