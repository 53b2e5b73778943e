"""On the wall: how many have voted while a vote is open, and its result once it is revealed."""

from __future__ import annotations

import altair as alt
import streamlit as st

from analysis.sentences import Reading
from consultation.ballot import Ballot
from pages.facilitator.pictures import picture, put
from pages.facilitator.vote_results import enough, result, too_few
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.rooms import Live


def show(seen: Live) -> None:
    """The vote that the facilitator projects."""
    say, count = language().say, language().count
    held = seen.room.ballots.get(seen.room.projected.ballot)
    if held is None:
        return
    n = sum(vote.ballot == held.ballot.id for vote in seen.votes)
    if held.revealed and enough(n, seen):
        _result(seen, held.ballot)
        return
    st.title(plain(held.ballot.title))
    with st.container(key="wall-voted"):
        st.text(count("1 person has voted", "{n} people have voted", n))
    if held.open:
        st.markdown(say("The result stays hidden until the vote is closed."))
    elif held.revealed:
        st.markdown(too_few(seen, language()))
    else:
        st.markdown(say("The vote is closed."))


def _result(seen: Live, ballot: Ballot) -> None:
    reader = language()

    def draw() -> tuple[Reading, alt.LayerChart]:
        found = result(seen, ballot, reader)
        return found.reading, found.draw("wall")

    drawn = picture(seen, f"vote {ballot.id}", reader, draw)
    st.title(plain(drawn.reading.finding))
    st.text(ballot.title)
    put(drawn, f"{drawn.reading.finding}. {ballot.title}", wall=True)
    st.text(drawn.reading.basis)
    st.text(drawn.reading.does_not_say)
