"""What people said, on the wall: only answers that were read and passed, and the map of what they rated."""

from __future__ import annotations

import streamlit as st

from analysis.charts.theme import WALL_PLOT
from analysis.sentences import Reading, why_no_priority_map
from analysis.views import priorities_view
from consultation.contribution import Contribution, Reply
from pages.analyst.word_chart import word_chart
from pages.facilitator.room_findings import room_findings, shown_answers, subject
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
    wrote = len({answer.split("/", 1)[0] for answer in passed})
    if wrote < ENOUGH_WORDS:
        st.title(say("The words come when a few more people have written"))
        st.text(count("1 answer read so far", "{n} answers read so far", len(passed)))
        return
    found = room_findings(seen).words
    found = found[found["n_participants"] > 1].head(MOST_WORDS)
    if found.empty:
        st.title(say("No word is shared by two of you yet"))
        st.text(count("1 answer read so far", "{n} answers read so far", len(passed)))
        return
    reading = Reading(
        finding=say("The words that most of you use"),
        basis=count("{n} participant", "{n} participants", wrote)
        + " · "
        + count("{n} answer read", "{n} answers read", len(passed)),
        caution="",
        says=say("A word counts once for each participant."),
        does_not_say=say("It does not say what people think of it."),
    )
    st.title(reading.finding)
    st.text(reading.basis)
    st.altair_chart(
        word_chart(found, reading, language(), width="wall"),
        width="content",
        key=f"wall-words-{seen.pulse}",
        alt=reading.finding,
    )
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
    for _, reply in sorted(chosen, key=_newest_first)[:MOST_SHOWN]:
        guide = plan.guides.get(reply.guiding_question)
        with st.container(border=True):
            if guide:
                st.markdown(f"**{plain(pick(guide.heading))}**")
            st.text(_cut(reply.text))
    st.text(language().count("1 answer read", "{n} answers read", len(chosen)))


def priorities(seen: Live) -> None:
    """The priority map of what was rated in this room."""
    of_room = subject(seen, language())
    view = priorities_view(of_room, height=WALL_PLOT)
    if view is None:
        st.title(language().say("The map comes when enough of you have rated"))
        st.text(plain(why_no_priority_map(of_room.priorities, language())))
        return
    reading = view.wide.reading
    st.title(plain(reading.finding))
    st.text(reading.basis)
    st.altair_chart(
        view.wide.draw("wall"),
        width="content",
        key=f"wall-map-{seen.pulse}",
        alt=f"{reading.finding}. {reading.says}",
    )
    st.text(reading.does_not_say)


def _newest_first(said: tuple[Contribution, Reply]) -> tuple[float, str]:
    one, reply = said
    return -one.at.timestamp(), one.answer_id(reply)


def _cut(text: str) -> str:
    """The beginning of a long text, up to a whole word."""
    if len(text) <= LONGEST_SHOWN:
        return text
    beginning = text[:LONGEST_SHOWN]
    return f"{beginning.rpartition(' ')[0] or beginning} …"
