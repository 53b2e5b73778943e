"""How far a consultation has come, and the buttons that take it further: each says what happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from consultation.occasion import Consultation
from consultation.stage import Stage
from pages.facilitator import prepare_dates
from pages.facilitator.prepare_dates import told_moment
from pages.facilitator.prepare_doing import ask_first, change, sure, tap, tell_what_came
from pages.facilitator.prepare_look import look_as_participant
from pages.frame.language import language
from pages.frame.store import contributions, store


def show(consultation: Consultation, fixed: bool) -> None:
    """Where it stands and what can be done next, then its dates."""
    stage, dates = st.columns(2, gap="large")
    with stage:
        _tell_stage(consultation)
        if not fixed:
            _buttons(consultation)
        if consultation.stage == "draft":
            _trial(consultation, fixed)
    with dates:
        prepare_dates.show(consultation, fixed)


def _tell_stage(consultation: Consultation) -> None:
    say, at = language().say, datetime.now(UTC)
    st.subheader(consultation.stage_told(language()))
    if consultation.stage != "open" or consultation.taking(at):
        return
    if consultation.opens and at < consultation.opens:
        st.warning(
            say(
                "It takes no answers yet: it begins on {moment}.",
                moment=told_moment(consultation.opens, language()),
            )
        )
    elif consultation.closes:
        st.warning(
            say(
                "It takes no answers any more: its time ended on {moment}. Choose a later end, or close it.",
                moment=told_moment(consultation.closes, language()),
            )
        )


def _buttons(consultation: Consultation) -> None:
    say = language().say
    place = f"stage-{consultation.id}"
    if consultation.stage == "draft" and not _sure_to_open(consultation, place):
        st.button(
            say("Open the collection: people can answer"),
            type="primary",
            key="stage-open",
            wrap=True,
            on_click=tap(place, lambda: ask_first(place)),
        )
    offered: dict[Stage, tuple[tuple[Stage, str], ...]] = {
        "draft": (),
        "open": (
            ("paused", say("Pause it: nobody can begin an answer until you open it again")),
            ("closed", say("Close the collection: nobody can begin an answer any more")),
        ),
        "paused": (
            ("open", say("Open it again: people can answer")),
            ("closed", say("Close the collection: nobody can begin an answer any more")),
        ),
        "closed": (("open", say("Open it again: people can answer")),),
    }
    for stage, label in offered[consultation.stage]:
        st.button(
            label,
            type="primary" if stage == "open" else "secondary",
            key=f"stage-{stage}",
            wrap=True,
            on_click=tap(place, partial(_take, consultation, stage)),
        )
    tell_what_came(place)


def _take(seen: Consultation, stage: Stage) -> str:
    say = language().say
    change(seen, replace(seen, stage=stage))
    return {
        "draft": "",
        "open": say("It is open. You can pause or close it at any time."),
        "paused": say(
            "It is paused. Whoever had begun an answer can still send it; “Open it again” goes on."
        ),
        "closed": say(
            "It is closed. Whoever had begun an answer can still send it. If that was a mistake, “Open it "
            "again” takes it back: nothing is lost."
        ),
    }[stage]


def _sure_to_open(consultation: Consultation, place: str) -> bool:
    """The opening ends the draft for good, and its trial with it."""
    say, count = language().say, language().count
    answers, votes = trial_counts(consultation)
    text = say(
        "Once it is open, what it asks stays as it is: only the words can still be mended. It can be paused "
        "and closed, but it is a draft no more."
    )
    yes = say("Yes, open it")
    if answers or votes:
        erased = say(
            "The opening erases what the trial has gathered ({contributions}, {votes}), and all that was "
            "done in its workshops. Nobody can bring it back.",
            contributions=count("1 contribution", "{n} contributions", answers),
            votes=count("1 vote", "{n} votes", votes),
        )
        text = f"{erased} {text}"
        yes = say("Yes, erase the trial and open it")
    return sure(place, text, yes, say("No, leave it a draft"), partial(_take, consultation, "open"))


def trial_counts(consultation: Consultation) -> tuple[int, int]:
    """How many contributions and how many votes a trial has gathered."""
    votes = sum(len(store().votes(workshop.word)) for workshop in store().workshops(consultation.id))
    return len(contributions(consultation.id)), votes


def _trial(consultation: Consultation, fixed: bool) -> None:
    """A draft can be tried out by whoever has its link or a workshop's word."""
    say, count = language().say, language().count
    st.subheader(say("Trial"))
    answers, votes = trial_counts(consultation)
    if consultation.pilot:
        st.markdown(say("On: answers are taken from whoever has the link, and the opening will erase them."))
    else:
        st.markdown(say("Off: nobody can answer. Try the questions out before you open them to everyone."))
    if answers or votes:
        st.text(
            say(
                "Gathered until now: {contributions}, {votes}. They stay until the opening.",
                contributions=count("1 contribution", "{n} contributions", answers),
                votes=count("1 vote", "{n} votes", votes),
            )
        )
    if not fixed:
        label = say("End the trial: what was said stays until the opening")
        if not consultation.pilot:
            label = say("Begin a trial: who has the link can answer, and the opening erases it")
        st.button(label, key="trial", wrap=True, on_click=tap("trial", partial(_try_out, consultation)))
    tell_what_came("trial")
    if consultation.pilot:
        look_as_participant(consultation)


def _try_out(seen: Consultation) -> str:
    say = language().say
    change(seen, replace(seen, pilot=not seen.pilot))
    if seen.pilot:
        return say("The trial is over. What was said in it stays until the opening erases it.")
    return say("The trial is on: answer as your participants will.")
