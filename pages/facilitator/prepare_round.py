"""One round that is being written, new or not; what is typed stays when somebody else was quicker."""

from __future__ import annotations

from functools import partial

import streamlit as st

from consultation.errors import BrokenWorkshop, WorkshopTaken
from consultation.occasion import Consultation
from consultation.workshop import MOST_MINUTES, Round, Workshop
from pages.facilitator.prepare_doing import change_workshop, tap, tell_what_came
from pages.facilitator.prepare_fields import Fields
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.store import store

NEW = 0
"""Stands for the number of a round that is not there yet; others count from 1."""

_WRITTEN = "prepare-round"
PLACE = "rounds"
"""Where it is told what came of a tap: in the round that is being written, else above all of them."""


def written(workshop: Workshop) -> int | None:
    """The number of the round that is being written, if any."""
    word, number = st.session_state.get(_WRITTEN, ("", None))
    return number if word == workshop.word and (number or 0) <= len(workshop.rounds) else None


def open_to_write(workshop: Workshop, number: int) -> str:
    """Show the fields of this round."""
    st.session_state[_WRITTEN] = (workshop.word, number)
    return ""


def write(consultation: Consultation, workshop: Workshop, number: int) -> None:
    """The fields of one round."""
    say, pick, plan = language().say, language().pick, consultation.plan
    fields = _fields(consultation, workshop, number)
    titles = {question.id: pick(question.title) for question in plan.strategic_questions}
    with st.container(border=True, key="round-written"):
        st.subheader(say("Round {n}", n=number) if number else say("A new round"))
        st.selectbox(
            say("Strategic question"),
            list(titles),
            format_func=titles.__getitem__,
            key=fields.key("question"),
            persist_state="session",
        )
        st.checkbox(say("People rate its objectives"), key=fields.key("rated"), persist_state="session")
        st.markdown(f"**{say('Guiding questions')}**")
        for guide in plan.guiding_questions:
            st.checkbox(
                plain(pick(guide.heading)), key=fields.key(f"guide/{guide.id}"), persist_state="session"
            )
        st.number_input(
            say("Minutes (0: no timer)"),
            min_value=0,
            max_value=MOST_MINUTES,
            step=5,
            key=fields.key("minutes"),
            persist_state="session",
        )
        with st.container(horizontal=True):
            st.button(
                say("Keep this round"),
                type="primary",
                key="keep-round",
                on_click=tap(PLACE, partial(_keep, consultation, fields, number)),
            )
            st.button(
                say("Leave it as it was"), key="leave-round", on_click=tap(PLACE, partial(_leave, fields))
            )
        tell_what_came(PLACE)


def _fields(consultation: Consultation, workshop: Workshop, number: int) -> Fields[Workshop]:
    return Fields(f"round/{workshop.word}/{number}", workshop, _values(consultation, workshop, number))


def _values(consultation: Consultation, workshop: Workshop, number: int) -> dict[str, object]:
    plan = consultation.plan
    if number:
        asked = workshop.rounds[number - 1]
    else:  # a new one asks the first question that no round asks yet
        taken = {asked.strategic_question for asked in workshop.rounds}
        asked = Round(next((q for q in plan.questions if q not in taken), next(iter(plan.questions))))
    return {
        "question": asked.strategic_question,
        "rated": asked.rated,
        "minutes": asked.minutes,
        **{
            f"guide/{guide}": not asked.guiding_questions or guide in asked.guiding_questions
            for guide in plan.guides
        },
    }


def _round(consultation: Consultation, fields: Fields[Workshop]) -> Round:
    """The round as it is written; one that asks all guiding questions names none."""
    guides = [guide for guide in consultation.plan.guides if fields.value(f"guide/{guide}")]
    if not guides:
        raise BrokenWorkshop("Choose at least one guiding question for this round.")
    minutes = fields.value("minutes")
    return Round(
        fields.text("question"),
        () if len(guides) == len(consultation.plan.guides) else tuple(guides),
        minutes if isinstance(minutes, int) else 0,
        bool(fields.value("rated")),
    )


def _keep(consultation: Consultation, fields: Fields[Workshop], number: int) -> str:
    say, seen, asked = language().say, fields.seen, _round(consultation, fields)
    rounds = list(seen.rounds)
    if number:
        rounds[number - 1] = asked
    else:
        rounds.append(asked)
    try:
        change_workshop(consultation, seen, seen.with_rounds(rounds, consultation))
    except WorkshopTaken:
        _carry_over(consultation, fields, number)
        raise
    _leave(fields)
    return say("Round {n} is kept.", n=number or len(rounds))


def _carry_over(consultation: Consultation, fields: Fields[Workshop], number: int) -> None:
    """What was typed goes to where its round stands now; to a new one, where that was changed or is gone."""
    seen, invited = fields.seen, store().invited(fields.seen.word)
    if invited is None:
        return
    now = invited.workshop
    typed = fields.typed()
    fields.let_go()
    target = NEW
    if number and seen.rounds[number - 1] in now.rounds:
        target = now.rounds.index(seen.rounds[number - 1]) + 1
    elif number:
        typed = _values(consultation, seen, number) | typed
    open_to_write(now, target)
    _fields(consultation, now, target).put(typed)


def _leave(fields: Fields[Workshop]) -> str:
    fields.let_go()
    st.session_state.pop(_WRITTEN, None)
    return ""
