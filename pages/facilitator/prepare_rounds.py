"""The rounds of a workshop: what is asked at once, in which order, for how many minutes.

A workshop may do without; then all questions are open at once. What has begun stays as it is.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from consultation.occasion import Consultation
from consultation.room import RoundState
from consultation.workshop import MOST_ROUNDS, Round, Workshop
from pages.facilitator import prepare_round
from pages.facilitator.prepare_doing import change_workshop, tap, tell_what_came
from pages.facilitator.prepare_round import PLACE
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.rooms import live
from pages.frame.style import dress_questions


def show(consultation: Consultation, workshop: Workshop, fixed: bool) -> None:
    """The rounds in their order; one of them, or a new one, open to be written."""
    say = language().say
    dress_questions(consultation.plan)
    st.header(say("Rounds"))
    if not workshop.rounds:
        st.markdown(
            say(
                "None yet: all questions are open at once, as long as the consultation takes answers. With "
                "rounds you open them one after the other, each with its time."
            )
        )
    written = prepare_round.written(workshop)
    if written is None:
        tell_what_came(PLACE)
    for state in live(workshop).room.rounds:
        if written == state.number and not fixed:
            prepare_round.write(consultation, workshop, state.number)
        else:
            _round(consultation, workshop, state, still=fixed or written is not None)
    if fixed:
        return
    if written == prepare_round.NEW:
        prepare_round.write(consultation, workshop, prepare_round.NEW)
    elif written is None and len(workshop.rounds) < MOST_ROUNDS:
        st.button(
            say("Add a round"),
            key="add-round",
            on_click=tap(PLACE, partial(prepare_round.open_to_write, workshop, prepare_round.NEW)),
        )


def _round(consultation: Consultation, workshop: Workshop, state: RoundState, *, still: bool) -> None:
    """One round in two lines, and what can be done with it; nothing where it is to be left `still`."""
    say, number = language().say, state.number
    question = consultation.plan.questions.get(state.round.strategic_question)
    if question is None:
        return
    with st.container(border=True, key=f"question-{question.id}--prepared-{number}"):
        st.subheader(plain(say("{n}. {title}", n=number, title=language().pick(question.title))))
        st.markdown(plain(told(consultation, state.round)))
        if state.stage != "draft":
            st.markdown(say("It has begun, and stays as it is."))
            return
        if still:
            return
        with st.container(horizontal=True):
            st.button(
                say("Change"),
                key=f"write-round-{number}",
                on_click=tap(PLACE, partial(prepare_round.open_to_write, workshop, number)),
            )
            for step, name, label in (
                (-1, "up", say("Earlier: round {n}", n=number - 1)),
                (1, "down", say("Later: round {n}", n=number + 1)),
            ):
                if 1 <= number + step <= len(workshop.rounds):
                    st.button(
                        label,
                        key=f"{name}-round-{number}",
                        on_click=tap(PLACE, partial(_move, consultation, workshop, number, step)),
                    )
            st.button(
                say("Take away"),
                key=f"remove-round-{number}",
                on_click=tap(PLACE, partial(_remove, consultation, workshop, number)),
            )


def told(consultation: Consultation, asked: Round) -> str:
    """What a round asks, in a line."""
    say, pick, plan = language().say, language().pick, consultation.plan
    guides = [pick(plan.guides[guide].heading) for guide in asked.guiding_questions if guide in plan.guides]
    parts = [", ".join(guides) if guides else say("all guiding questions")]
    if asked.rated:
        parts.append(say("objectives to rate"))
    parts.append(
        language().count("{n} minute", "{n} minutes", asked.minutes) if asked.minutes else say("no timer")
    )
    return " · ".join(parts)


def _move(consultation: Consultation, seen: Workshop, number: int, step: int) -> str:
    rounds = list(seen.rounds)
    here, there = number - 1, number - 1 + step
    rounds[here], rounds[there] = rounds[there], rounds[here]
    change_workshop(consultation, seen, seen.with_rounds(rounds, consultation))
    return language().say("Round {n} is now round {other}.", n=number, other=number + step)


def _remove(consultation: Consultation, seen: Workshop, number: int) -> str:
    rounds = [asked for n, asked in enumerate(seen.rounds, 1) if n != number]
    change_workshop(consultation, seen, seen.with_rounds(rounds, consultation))
    return language().say("Round {n} was taken away.", n=number)
