"""What stands above everything while a workshop runs: hide the wall, take back the last thing done."""

from __future__ import annotations

import streamlit as st

from consultation.declaration import LONGEST_NAME
from consultation.minutes_rounds import step_told
from consultation.workshop import Workshop
from pages.frame.choice import trial_banner
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import told
from pages.frame.rooms import WHO_CONDUCTS, Live, live, step
from pages.frame.sitemap import PREPARE

EVERY = 3.0  # seconds: what another facilitator does shows here while one still thinks about it


def show(seen: Live) -> None:
    """Name and word of the workshop, the two buttons for a hurry, and whoever it is that runs it."""
    say = language().say
    st.title(plain(seen.workshop.title))
    trial_banner(seen.consultation)
    _tell_not_open(seen)
    with st.container(key="run-top", horizontal=True, vertical_alignment="center"):
        st.text(say("Word: {word}", word=" ".join(seen.workshop.word)))
        _hide_all(seen)
        last = seen.room.last
        if last is not None:
            titles = {id_: held.ballot.title for id_, held in seen.room.ballots.items()}
            what = step_told(last.step, titles, language())
            if st.button(plain(say("Undo: {what}", what=what)), key="undo-step"):
                done(step(seen, lambda at: at.undo()))
        with st.popover(say("Who runs it")):
            st.text_input(
                say("Your name, for the minutes (not required)"), max_chars=LONGEST_NAME, key=WHO_CONDUCTS
            )
    _watch(seen.workshop, _conducted(seen))


def _hide_all(seen: Live) -> None:
    """In a hurry it hides whatever was done meanwhile; two keys, so that a second tap shows nothing again."""
    say = language().say
    if seen.room.projected.view == "nothing":
        if st.button(say("The wall is hidden: show how to join"), key="show-join"):
            done(step(seen, lambda at: at.project("join")))
    elif st.button(say("Hide everything on the wall"), key="hide-all", type="primary"):
        done(step(seen, lambda at: at.project("nothing"), after=seen.room.number))


def done(kept: bool) -> None:
    """Show the page anew after a step that was kept; a problem stays where it was told."""
    if kept:
        st.rerun()


@st.fragment(run_every=EVERY)
def _watch(workshop: Workshop, shown: tuple[object, ...]) -> None:
    """Shows the page anew when somebody else has done something: nobody presses on an old picture."""
    with told():
        if _conducted(live(workshop)) != shown:
            st.rerun()


def _conducted(seen: Live) -> tuple[object, ...]:
    """All that others may have done; not what people said, which no fragment keeps."""
    return seen.room.number, seen.workshop, seen.consultation.stage


def _tell_not_open(seen: Live) -> None:
    """What keeps answers out, whatever is opened here."""
    say = language().say
    consultation = seen.consultation
    if consultation.stage == "open" or consultation.on_trial:
        return
    st.warning(
        say(
            "The consultation of this workshop takes no answers now ({stage}): open it under “Prepare”.",
            stage=consultation.stage_told(language()),
        )
    )
    st.page_link(PREPARE, label=say("Prepare"))
