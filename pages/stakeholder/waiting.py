"""Between two questions of a workshop: what is open, what was sent, and a page that goes on by itself."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import streamlit as st

from consultation.contribution import Contribution
from consultation.errors import Problem
from consultation.room import Room, RoundState
from consultation.workshop import Workshop
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.rooms import Live, live
from pages.frame.sitemap import VOTE
from pages.frame.store import store
from pages.stakeholder import opened
from pages.stakeholder.draft import Draft, begin_anew
from pages.stakeholder.form import begin
from pages.stakeholder.occasion import Occasion, offer, tell_closed
from pages.stakeholder.questions import cards, done, form_of, in_part, offered, unfinished

EVERY = 5.0  # seconds: a room does not wait longer for what its facilitator has just opened


def settle(occasion: Occasion, draft: Draft) -> None:
    """Lead to what the workshop asks now: whoever waits into the one question that is new, or to a choice."""
    if not occasion.in_rounds or not occasion.taking:
        return
    forms = offered(occasion)
    new = [form for form in forms if form.round not in draft.rounds_sent]
    if draft.step == "waiting" and len(new) == 1:
        begin(draft, new[0])
    elif draft.step == "waiting" and new:
        draft.step = "questions"
    elif draft.step == "questions" and not forms:
        draft.step = "waiting"


def wait(occasion: Occasion, draft: Draft) -> None:
    """Nothing new is asked at present: what was, what was sent, and the vote if there is one."""
    assert occasion.room is not None
    say, sent = language().say, store().contribution(draft.id)
    vote_door(occasion, draft)
    _why(occasion.room)
    cards(occasion, draft, (*unfinished(occasion, draft), *offered(occasion)))
    _so_far(occasion, sent)
    if sent is not None:
        st.markdown(say("With your code you can read or erase what you sent, under “My contribution”."))
        next_person()
    if st.button(say("Change who is speaking"), type="tertiary", key="back-to-who"):
        draft.step = "who"
        st.rerun()


def _why(room: Room) -> None:
    """How far the workshop has come, and what to do meanwhile."""
    say, stages = language().say, {state.stage for state in room.rounds}
    if stages == {"closed"}:
        st.title(say("Every question of this workshop is closed"))
        if not any(held.open for held in room.ballots.values()):
            st.markdown(say("If there is a vote it appears here by itself."))
    elif stages == {"draft"}:
        st.title(say("Wait a moment"))
        st.markdown(say("The facilitator has not opened a question yet. Stay here: it opens by itself."))
    elif "open" not in stages and "paused" in stages:
        st.title(say("A short pause"))
        st.markdown(say("The facilitator has paused the question. Stay here: it goes on by itself."))
    else:
        st.title(say("Wait a moment"))
        st.markdown(say("Stay here: the next question opens by itself."))


def next_person(label: str = "") -> None:
    """A screen that several people use one after the other, emptied for the next; its table stays."""
    told = label or language().say("Finish: someone else can answer now")
    if st.button(told, width="stretch", key="finish"):
        opened.close()
        begin_anew()
        st.rerun()


def closed(occasion: Occasion, draft: Draft) -> None:
    """The consultation takes no answers: why, what may still be sent, and what else is open."""
    tell_closed(occasion.consultation, occasion.at, named_above=True)
    if occasion.workshop is not None and occasion.consultation.stage != "closed":
        st.markdown(language().say("Stay here: the page changes by itself as soon as it is open."))
    vote_door(occasion, draft)
    cards(occasion, draft, unfinished(occasion, draft))
    if draft.step == "who":
        offer(occasion.at)


def vote_door(occasion: Occasion, draft: Draft) -> bool:
    """The way to a vote that is open; whether there is one in which this participant has not voted."""
    if occasion.seen is None:
        return False
    open_now = [held.ballot for held in occasion.seen.room.ballots.values() if held.open]
    voted = {vote.ballot for vote in occasion.seen.votes if vote.voter == draft.id}
    if not open_now:
        return False
    waits = any(ballot.id not in voted for ballot in open_now)
    label = language().say("Vote now") if waits else language().say("Change my vote")
    if st.button(label, type="primary" if waits else "secondary", key="vote-now", width="stretch"):
        st.switch_page(VOTE)
    return waits


def watch(occasion: Occasion) -> None:
    """Show the page anew as soon as something else is asked in the workshop; outside of one nothing is."""
    if occasion.seen is not None:
        _watch(occasion.seen.workshop, _asked(occasion.seen, occasion.at))


@st.fragment(run_every=EVERY)
def _watch(workshop: Workshop, shown: tuple[object, ...]) -> None:
    with suppress(Problem):  # a store that does not answer waits for the next look
        asked = _asked(live(workshop), datetime.now(UTC))
        if asked != shown:
            st.rerun()


def _asked(seen: Live, at: datetime) -> tuple[object, ...]:
    """All that a page which waits has to show: not what others send."""
    return (
        seen.consultation.taking(at),
        seen.consultation.wording,
        seen.consultation.erased_trials,
        seen.workshop,
        tuple(state.stage for state in seen.room.rounds),
        tuple(ballot for ballot, held in seen.room.ballots.items() if held.open),
    )


def _so_far(occasion: Occasion, sent: Contribution | None) -> None:
    """Each round that was opened with how far it has come, and whether something was sent in it."""
    assert occasion.room is not None
    consultation, pick = occasion.consultation, language().pick
    with st.container(key="so-far", gap="xsmall"):
        for state in occasion.room.rounds:
            form = form_of(state, consultation.plan, consultation.wording)
            if form is None or state.stage == "draft":
                continue
            names = [pick(form.plan.questions[form.question].title)]
            if in_part(form):
                names += [pick(form.plan.guides[guide].heading) for guide in form.guiding_questions]
            marks = [_stage(state)]
            if done(form, sent):
                marks.append(language().say("you sent something"))
            st.markdown(f"**{plain(' · '.join(names))}**: {plain(' · '.join(marks))}")


def _stage(state: RoundState) -> str:
    say = language().say
    return {
        "draft": say("not open yet"),
        "open": say("open"),
        "paused": say("paused"),
        "closed": say("closed"),
    }[state.stage]
