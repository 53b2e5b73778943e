"""What is asked now: rounds opened, paused and closed, their time, and who is still silent."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from consultation.room import RoundState
from pages.facilitator import run_counts
from pages.facilitator.prepare_rounds import told
from pages.facilitator.run_top import done
from pages.facilitator.times import told_time
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.rooms import Live, step
from pages.frame.sitemap import PREPARE
from pages.frame.style import dress_questions

TICK = 1.0  # seconds


def show(seen: Live) -> None:
    """The rounds on the left, who has answered on the right."""
    say = language().say
    dress_questions(seen.consultation.plan)
    rounds, people = st.columns([3, 2], gap="large")
    with rounds:
        st.header(say("Questions"))
        if not seen.workshop.rounds:
            st.markdown(
                say(
                    "This workshop has no rounds: every question is open to whoever has the word, as long as "
                    "its consultation takes answers."
                )
            )
            st.page_link(PREPARE, label=say("Prepare rounds"))
        for state in seen.room.rounds:
            _round(seen, state)
    with people:
        run_counts.show(seen.workshop)


def _round(seen: Live, state: RoundState) -> None:
    """One round: what it asks, how far it has come, and what can be done next."""
    say, pick = language().say, language().pick
    question = seen.consultation.plan.questions.get(state.round.strategic_question)
    if question is None:
        return
    with st.container(border=True, key=f"question-{question.id}--round-{state.number}"):
        st.subheader(plain(say("{n}. {title}", n=state.number, title=pick(question.title))))
        st.markdown(plain(told(seen.consultation, state.round)))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(_stage(state), color=_COLOURS[state.stage])  # type: ignore[arg-type]
            if state.ends is not None:
                _clock(state)
        with st.container(horizontal=True):
            if state.stage != "open":
                label = {
                    "draft": say("Open round {n}: people can answer", n=state.number),
                    "paused": say("Resume round {n}", n=state.number),
                    "closed": say("Open round {n} again", n=state.number),
                }[state.stage]
                kind = "secondary" if state.stage == "closed" else "primary"
                if st.button(label, key=f"open-round-{state.number}", type=kind):  # type: ignore[arg-type]
                    done(step(seen, lambda at: at.open_round(state.number)))
            if state.stage == "open" and st.button(say("Pause"), key=f"pause-round-{state.number}"):
                done(step(seen, lambda at: at.pause_round(state.number)))
            if state.stage in ("open", "paused"):
                if st.button(
                    say("Close round {n}: no new answer can begin", n=state.number),
                    key=f"close-round-{state.number}",
                ):
                    done(step(seen, lambda at: at.close_round(state.number)))
                if (state.ends is not None or state.left is not None) and st.button(
                    say("One minute more"), key=f"minute-{state.number}"
                ):
                    done(step(seen, lambda at: at.add_time(state.number)))


_COLOURS = {"draft": "gray", "open": "green", "paused": "orange", "closed": "blue"}


def _stage(state: RoundState) -> str:
    say = language().say
    return {
        "draft": say("Not yet open"),
        "open": say("Open"),
        "paused": say("Paused"),
        "closed": say("Closed"),
    }[state.stage]


@st.fragment(run_every=TICK)
def _clock(state: RoundState) -> None:
    st.text(told_time(state, datetime.now(UTC), language()))
