"""Votes: opened when the room is ready; their tally is hidden from everyone until it is revealed."""

from __future__ import annotations

import streamlit as st

from consultation.ballot import BALLOT_KINDS, LONGEST_ITEM, MOST_DOTS, MOST_RANKED, BallotKind
from consultation.plan import Plan
from consultation.room import BallotState
from consultation.workshop import LONGEST_TITLE, Workshop
from pages.facilitator.run_top import done
from pages.facilitator.vote_results import contested_here, result
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import told
from pages.frame.rooms import Live, live, step

EVERY = 3.0  # seconds
RANKED = 5  # items that get points, of a nominal group (methods of the Delphi kind: 5 to 7)
CAP = 2  # dots on one item: more, and one voice carries it
_OPENED = "votes-opened"


def show(seen: Live) -> None:
    """The votes held so far, the newest first, and a new one."""
    say = language().say
    st.header(say("Votes"))
    for held in reversed(list(seen.room.ballots.values())):
        _held(seen, held)
    with st.expander(say("Open a new vote"), expanded=not seen.room.ballots):
        _new(seen)


def _held(seen: Live, held: BallotState) -> None:
    """One vote: how many have voted, and what can be done next."""
    say = language().say
    ballot = held.ballot
    with st.container(border=True, key=f"held-{ballot.id}"):
        st.subheader(plain(ballot.title))
        st.text(kind_names()[ballot.kind])
        with st.container(horizontal=True):
            if held.open:
                if st.button(
                    say("Close the vote: nobody can vote any more"),
                    key=f"close-{ballot.id}",
                    type="primary",
                ):
                    done(step(seen, lambda at: at.close_ballot(ballot.id)))
                _turnout(seen.workshop, ballot.id)
            elif not held.revealed:
                if st.button(say("Reveal the result to everyone"), key=f"reveal-{ballot.id}", type="primary"):
                    done(step(seen, lambda at: at.reveal_ballot(ballot.id)))
                if st.button(say("Closed by mistake: open it again"), key=f"reopen-{ballot.id}"):
                    done(step(seen, lambda at: at.reopen_ballot(ballot.id)))
                _turnout(seen.workshop, ballot.id)
        if held.revealed:
            _result(seen, held)
        elif not held.open:
            st.markdown(say("The result is hidden from you, too, until you reveal it."))


def _result(seen: Live, held: BallotState) -> None:
    """The result that everyone may see."""
    found = result(seen, held.ballot, language())
    reading = found.reading
    st.markdown(f"**{plain(reading.finding)}**")
    st.caption(plain(reading.basis))
    if found.told:
        st.altair_chart(found.draw("container"), alt=f"{reading.finding}. {held.ballot.title}")
    st.dataframe(found.table, hide_index=True, alt=held.ballot.title)
    st.caption(plain(reading.does_not_say))


@st.fragment(run_every=EVERY)
def _turnout(workshop: Workshop, ballot_id: str) -> None:
    """How many have voted, and no more than that."""
    with told():
        now = live(workshop)
        n = sum(vote.ballot == ballot_id for vote in now.votes)
        told_n = language().count("1 person has voted", "{n} people have voted", n)
        if now.room.present:
            counted = sum(now.room.present.values())
            told_n += " · " + language().count(
                "{n} person counted in the room", "{n} people counted in the room", counted
            )
        st.text(told_n)


def kind_names() -> dict[BallotKind, str]:
    """Each kind of vote in a few words."""
    say = language().say
    return {
        "dots": say("Dots: each person has some to give"),
        "points": say("Points: each person orders a few, the first gets most"),
        "ratings": say("Second round: objectives are rated once more"),
    }


def _new(seen: Live) -> None:
    """What is voted on, and how. Each vote that was opened leaves the fields empty for the next."""
    say = language().say
    plan = seen.consultation.plan
    number = st.session_state.setdefault(_OPENED, 0)
    names = kind_names()
    kind = st.radio(
        say("How people vote"),
        list(BALLOT_KINDS),
        format_func=names.__getitem__,
        key=f"typed/kind-{number}",
    )
    title = st.text_input(
        say("What you ask the room"),
        max_chars=LONGEST_TITLE,
        placeholder=say("Which objectives first?"),
        key=f"typed/ask-{number}",
    )
    items = _items(seen, plan, kind, number)
    budget = cap = 0
    if kind == "dots":
        left, right = st.columns(2)
        usual = max(2, round(len(items) / 3.5))
        budget = int(
            left.number_input(
                say("Dots for each person (a third or a fourth of the items is usual)"),
                1,
                MOST_DOTS,
                usual,
                key=f"typed/budget-{number}-{usual}",
            )
        )
        cap = int(
            right.number_input(
                say("At most on one item"), 1, MOST_DOTS, min(CAP, budget), key=f"typed/cap-{number}"
            )
        )
    elif kind == "points":
        budget = int(
            st.number_input(say("How many get points"), 2, MOST_RANKED, RANKED, key=f"typed/ranked-{number}")
        )
    if st.button(say("Open the vote: people can vote now"), type="primary", key=f"open-vote-{number}"):
        kept = step(seen, lambda at: at.open_ballot(kind, title or "", items, budget, cap))
        st.session_state[_OPENED] += kept
        done(kept)


def _items(seen: Live, plan: Plan, kind: BallotKind, number: int) -> list[str]:
    """Objectives of the plan; for dots and points also sentences that came up in the room."""
    say, pick = language().say, language().pick
    names = {o.id: f"{o.code} {pick(o.short)}" for o in plan.objectives.values()}
    contested = contested_here(seen) if kind == "ratings" else []
    if kind == "ratings":
        st.markdown(
            say(
                "A second round is for objectives on which people differ. Contested in this room: {names}.",
                names=", ".join(plain(names[o]) for o in contested),
            )
            if contested
            else say("No objective is contested in this room: choose those you want to ask again.")
        )
    chosen = st.multiselect(
        say("Objectives"),
        list(names),
        default=contested if kind == "ratings" else [],
        format_func=names.__getitem__,
        placeholder=say("Choose"),
        key=f"typed/objectives-{number}-{kind}",
    )
    written = ""
    if kind != "ratings":
        if st.checkbox(say("All objectives"), key=f"typed/all-{number}-{kind}"):
            chosen = list(names)
        written = st.text_area(
            say("Or statements of the room, one a line (up to {n} characters each)", n=LONGEST_ITEM),
            key=f"typed/statements-{number}-{kind}",
        )
    return [*chosen, *(line for line in (written or "").splitlines() if line.strip())]
