"""On the wall: how many have voted while a vote is open, and its result once it is revealed."""

from __future__ import annotations

import streamlit as st

from pages.facilitator.vote_results import result
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
    if held.revealed and n:
        found = result(seen, held.ballot, language())
        st.title(plain(found.reading.finding))
        st.text(held.ballot.title)
        st.altair_chart(
            found.draw("wall"),
            width="content",
            key=f"wall-{held.ballot.id}",
            alt=f"{found.reading.finding}. {held.ballot.title}",
        )
        st.text(found.reading.basis)
        st.text(found.reading.does_not_say)
        return
    st.title(plain(held.ballot.title))
    with st.container(key="wall-voted"):
        st.text(count("1 person has voted", "{n} people have voted", n))
    if held.open:
        st.markdown(say("The result stays hidden until the vote is closed."))
    else:
        st.markdown(say("The vote is closed."))
