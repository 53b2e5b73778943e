"""Vote: who you speak from, then what is being voted on now; a vote can be changed until it is closed."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from consultation.ballot import Ballot, vote
from consultation.contribution import checked_organisation
from consultation.errors import BrokenVote, NotOpen, Problem
from consultation.intake import require_voting
from consultation.plan import UNSTATED_GROUP, Plan
from pages.frame import style
from pages.frame.choice import keep_in_address, title, trial_banner
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import tell
from pages.frame.rooms import Live, live
from pages.frame.sitemap import ANSWER, MINE, VOTE
from pages.frame.store import store
from pages.stakeholder import vote_fields
from pages.stakeholder.draft import Draft, draft_for
from pages.stakeholder.occasion import asked, where_one_sits, word_field
from pages.stakeholder.vote_waiting import wait_for_a_vote, watch
from pages.stakeholder.waiting import next_person


def ask(seen: Live, draft: Draft) -> None:
    """Every open vote; where there is none, the page waits for one."""
    say = language().say
    open_now = [held.ballot for held in seen.room.ballots.values() if held.open]
    _tell_too_late(seen, draft)
    if not open_now:
        wait_for_a_vote(seen)
        return
    if not draft.group:
        _who(seen.consultation.plan, draft)
        return
    unsent = [ballot for ballot in open_now if _one(seen, draft, ballot)]
    voted = {given.ballot for given in seen.votes if given.voter == draft.id}
    if all(ballot.id in voted for ballot in open_now):  # whoever still chooses is left in peace
        watch(seen.workshop, [ballot.id for ballot in open_now])
    with st.container(key="vote-next"):
        if unsent:
            st.warning(say("You have chosen something and not sent it."))
        leave = say("Leave it unsent: someone else can vote now")
        next_person(leave if unsent else say("Finish: someone else can vote now"))


def _who(plan: Plan, draft: Draft) -> None:
    """Votes are counted by group: asked once, and only of whoever has not said it here."""
    say, pick = language().say, language().pick
    st.container(key="already").page_link(MINE, label=say("Already sent something? Go on with your code."))
    st.title(say("Who is voting?"))
    group = st.radio(
        say("I speak from this part of the city"),
        [*plan.groups, UNSTATED_GROUP],
        index=None,
        format_func=lambda one: (
            say("I prefer not to say") if one == UNSTATED_GROUP else plain(pick(plan.groups[one].label))
        ),
        key=draft.key("group"),
        persist_state="session",
    )
    organisation = st.text_input(
        say("Organisation (optional)"), key=draft.key("organisation"), persist_state="session"
    )
    st.markdown(say("No name. Nobody sees how you voted, only the sum, and only once the vote is closed."))
    if not st.button(say("Continue"), type="primary", width="stretch", key="continue"):
        return
    if group is None:
        tell(BrokenVote("Choose whom you speak from: the first list on this page."))
        return
    try:
        draft.organisation = checked_organisation(organisation or "")
    except Problem as problem:
        tell(problem)
        return
    draft.group = group
    st.rerun()


def _one(seen: Live, draft: Draft, ballot: Ballot) -> bool:
    """One vote: its fields, and that it is kept; whether something stands in them that is not."""
    say = language().say
    plan = seen.consultation.plan
    kept = next((v for v in seen.votes if (v.ballot, v.voter) == (ballot.id, draft.id)), None)
    with st.container(key=f"ballot-{ballot.id}"):
        st.title(plain(ballot.title))
        given = vote_fields.fields(plan, ballot, draft, kept)
        st.button(
            say("Change my vote") if kept else say("Send my vote"),
            type="primary",
            width="stretch",
            key=f"send-vote-{ballot.id}",
            on_click=_note_sent,
            args=(draft.key("sending"), ballot.id),
        )
        if st.session_state.get(draft.key("sending")) == ballot.id:
            del st.session_state[draft.key("sending")]
            try:
                _send(seen, draft, ballot, given)
            except Problem as problem:
                tell(problem)
            else:
                st.rerun()
        if kept:
            with st.container(key=f"voted-{ballot.id}"):
                st.success(say("Your vote is kept. You can change it until the vote is closed."))
    points, ratings = (dict(kept.points), set(kept.ratings)) if kept else ({}, set())
    chosen = {item: n for item, n in (given.points or {}).items() if n}
    return chosen != points or {*given.ratings} != ratings


def _note_sent(key: str, ballot: str) -> None:
    """A button that stands there no more would not tell that it was pressed."""
    st.session_state[key] = ballot


def _tell_too_late(seen: Live, draft: Draft) -> None:
    """That what was just sent is not kept, because its vote was closed while somebody was choosing."""
    sent = str(st.session_state.get(draft.key("sending"), ""))
    if not sent:
        return
    try:
        require_voting(seen.consultation, seen.room, sent)
    except NotOpen as problem:
        del st.session_state[draft.key("sending")]
        tell(problem)


def _send(seen: Live, draft: Draft, ballot: Ballot, given: vote_fields.Given) -> None:
    """Keep it, if the vote is open at this moment; raises a `Problem`, and why, otherwise."""
    if given.problem:
        raise given.problem
    now, at = live(seen.workshop), datetime.now(UTC)
    require_voting(now.consultation, now.room, ballot.id)
    voter = (draft.id, draft.group, draft.organisation)
    plan, word = seen.consultation.plan, seen.workshop.word
    cast = vote(plan, ballot, word, *voter, at, given.points, given.ratings)
    store().vote(cast, draft.erased_trials)


occasion = asked()
seen = occasion.seen
if seen is None:
    st.title(language().say("Vote"))
    st.markdown(language().say("A vote is held in a workshop: type its word."))
    word_field(VOTE)
else:
    draft = draft_for(seen.consultation, seen.workshop.word, occasion.table)
    keep_in_address()
    style.dress_questions(seen.consultation.plan)
    st.markdown(f"**{plain(title(seen.consultation))}**")
    st.text(where_one_sits(seen.workshop, occasion.table))
    trial_banner(seen.consultation)
    ask(seen, draft)
    st.page_link(ANSWER, label=language().say("Back to the questions"))
