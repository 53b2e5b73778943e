"""What people said, on the wall: only answers that were read and passed, and the map of what they rated."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import altair as alt
import streamlit as st

from analysis.charts.theme import WALL_PLOT
from analysis.sentences import Reading, why_no_priority_map
from analysis.views import priorities_view
from consultation.contribution import Contribution, Reply
from consultation.moderated import Moderated
from pages.analyst.word_chart import word_chart
from pages.facilitator.pictures import picture, put
from pages.facilitator.room_findings import shown_answers, subject, wall_findings
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.rooms import Live

ENOUGH_WORDS = 5  # participants: fewer and a word on the wall points to its author
MOST_WORDS = 12  # that can be read from the last row
MOST_SHOWN = 4  # answers that stay readable from the last row
LONGEST_SHOWN = 280  # characters, for the same reason: the rest is on the facilitator's screen


def words(seen: Live) -> None:
    """The words of most participants."""
    say, count = language().say, language().count
    passed = shown_answers(seen)
    if _writers(passed) < ENOUGH_WORDS:
        st.title(say("The words come when a few more people have written"))
        st.text(count("1 answer read so far", "{n} answers read so far", len(passed)))
        return
    held = wall_findings(seen)
    if _writers(held.mark.shown) < ENOUGH_WORDS:  # found while another view was on the wall
        held = wall_findings(seen, behind=0)
    passed = held.mark.shown
    found = held.thing.words
    found = found[found["n_participants"] > 1].head(MOST_WORDS)
    if found.empty:
        st.title(say("No word is shared by two of you yet"))
        st.text(count("1 answer read so far", "{n} answers read so far", len(passed)))
        return
    reading = Reading(
        finding=say("The words that most of you use"),
        basis=count("{n} participant", "{n} participants", _writers(passed))
        + " · "
        + count("{n} answer read", "{n} answers read", len(passed)),
        caution="",
        says=say("A word counts once for each participant."),
        does_not_say=say("It does not say what people think of it."),
    )
    st.title(reading.finding)
    st.text(reading.basis)
    drawn = picture(
        seen,
        "words",
        language(),
        lambda: (reading, word_chart(found, reading, language(), width="wall")),
        held.mark,
    )
    put(drawn, reading.finding, wall=True)
    st.text(reading.does_not_say)


def answers(seen: Live) -> None:
    """The answers read last, with the question each replies to and no sign of who wrote it."""
    say, pick = language().say, language().pick
    plan = seen.consultation.plan
    passed = shown_answers(seen)
    chosen = [(one, reply) for one in seen.came for reply in one.replies if one.answer_id(reply) in passed]
    if not chosen:
        st.title(say("No answer has been read yet"))
        return
    st.title(say("From your answers"))
    for reply in _read_last(chosen, seen.moderated):
        guide = plan.guides.get(reply.guiding_question)
        with st.container(border=True):
            if guide:
                st.markdown(f"**{plain(pick(guide.heading))}**")
            st.text(_cut(reply.text))
    st.text(language().count("1 answer read", "{n} answers read", len(chosen)))


def priorities(seen: Live) -> None:
    """The priority map of what was rated in this room."""
    reader, held = language(), wall_findings(seen)
    why_none = why_no_priority_map(held.thing.priorities, reader)
    if why_none:
        st.title(reader.say("The map comes when enough of you have rated"))
        st.text(plain(why_none))
        return

    def draw() -> tuple[Reading, alt.LayerChart]:
        view = priorities_view(subject(seen, held.thing, reader), height=WALL_PLOT)
        assert view is not None
        return view.wide.reading, view.wide.draw("wall")

    named = (held.mark, seen.workshop.title, seen.consultation.invented)
    drawn = picture(seen, "map", reader, draw, named)
    st.title(plain(drawn.reading.finding))
    st.text(drawn.reading.basis)
    put(drawn, f"{drawn.reading.finding}. {drawn.reading.says}", wall=True)
    st.text(drawn.reading.does_not_say)


def _writers(answers: Collection[str]) -> int:
    return len({answer.split("/", 1)[0] for answer in answers})


def _read_last(passed: list[tuple[Contribution, Reply]], moderated: Moderated) -> list[Reply]:
    """The replies read last, newest first; one of each author, or they would stand there as one hand's."""

    def newest(said: tuple[Contribution, Reply]) -> tuple[datetime, datetime, str]:
        one, reply = said
        answer = one.answer_id(reply)
        return moderated.latest[answer].at, one.at, answer

    last: dict[str, Reply] = {}
    for one, reply in sorted(passed, key=newest, reverse=True):
        last.setdefault(one.id, reply)
    return list(last.values())[:MOST_SHOWN]


def _cut(text: str) -> str:
    """The beginning of a long text, up to a whole word."""
    if len(text) <= LONGEST_SHOWN:
        return text
    beginning = text[:LONGEST_SHOWN]
    return f"{beginning.rpartition(' ')[0] or beginning} …"
