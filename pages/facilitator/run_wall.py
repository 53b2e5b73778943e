"""What the projector shows: chosen here, seen in the room a moment later."""

from __future__ import annotations

from functools import partial

import streamlit as st

from consultation.conducting import Conducting
from consultation.language import Language
from consultation.steps import Step, View
from pages.facilitator.room_findings import shown_answers
from pages.facilitator.run_top import done
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.public_address import joining
from pages.frame.rooms import Live, step


def show(seen: Live) -> None:
    """One button for each thing that can be projected, and where the wall is opened."""
    say, count = language().say, language().count
    projected = seen.room.projected
    names = view_names(language())
    st.header(plain(say("On the wall now: {what}", what=names[projected.view])))
    st.markdown(
        say(
            "Open the wall on the computer of the projector and leave it: it renews itself. Words and maps "
            "show only when you choose them here."
        )
    )
    st.link_button(say("Open the wall in a new tab"), wall_address(seen))
    st.text(
        count(
            "1 answer may be shown: it was read, and its author lets it be quoted",
            "{n} answers may be shown: they were read, and their authors let them be quoted",
            len(shown_answers(seen)),
        )
    )
    with st.container(key="wall-choices"):
        for view, name in names.items():
            if view == "vote":
                _votes(seen)
                continue
            here = projected.view == view
            label = say("{view} (on the wall now)", view=name) if here else name
            if st.button(label, key=f"project-{view}", width="stretch", disabled=here):
                done(step(seen, partial(_project, view=view)))


def _votes(seen: Live) -> None:
    """A vote is projected as how many have voted while it is open, with its tally once it is revealed."""
    say = language().say
    for ballot_id, held in seen.room.ballots.items():
        if not (held.open or held.revealed):
            continue
        here = seen.room.projected.ballot == ballot_id
        told = say("The result of the vote “{title}”", title=held.ballot.title)
        if held.open:
            told = say("The vote “{title}”: how many have voted", title=held.ballot.title)
        if st.button(plain(told), key=f"project-{ballot_id}", width="stretch", disabled=here):
            done(step(seen, partial(_project, view="vote", ballot=ballot_id)))


def _project(conducting: Conducting, view: View, ballot: str = "") -> Step:
    return conducting.project(view, ballot)


def wall_address(seen: Live) -> str:
    """Where the wall of this workshop is, from any computer that reaches this one."""
    return f"{joining().address}/muro?workshop={seen.workshop.word}"


def view_names(reader: Language) -> dict[View, str]:
    """Each thing a wall can show, as it is chosen."""
    say = reader.say
    return {
        "join": say("How to join"),
        "counts": say("Who has answered"),
        "round": say("The question and its time"),
        "vote": say("A vote"),
        "answers": say("Answers that were read"),
        "words": say("Words most used"),
        "map": say("Priority map of this room"),
        "nothing": say("Nothing: the wall is hidden"),
    }
