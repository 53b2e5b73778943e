"""Which consultation is looked at, and which invitation a visitor came with."""

from __future__ import annotations

import streamlit as st

from consultation.errors import NotAllowed
from consultation.occasion import Consultation
from consultation.permissions import Predicate
from pages.frame.access import visitor
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import tell
from pages.frame.store import store

_CHOSEN = "consultation"
_INVITATION = "invitation"


def remember() -> bool:
    """Keep what the address names, for it vanishes on the next page; whether an invitation has just come."""
    named = st.query_params.get("consultation")
    if named:
        look_at(named)
    word = st.query_params.get("workshop")
    if not word or word == st.session_state.get(_INVITATION):
        return False
    accept(word)
    return True


def invitation() -> str:
    """The word of a workshop or of one of its tables, as it was typed or scanned, or nothing."""
    return str(st.session_state.get(_INVITATION, ""))


def accept(word: str) -> None:
    """Go on with this invitation; with none if `word` is empty. Another one leaves the address."""
    st.session_state[_INVITATION] = word
    if st.query_params.get("workshop") not in (None, word):
        del st.query_params["workshop"]


def keep_in_address() -> None:
    """Let the invitation stand in the address, so that a page that is loaded again is still in its room."""
    if invitation() and st.query_params.get("workshop") != invitation():
        st.query_params["workshop"] = invitation()


def named() -> str:
    """The id of the consultation that was named or chosen, or nothing."""
    return str(st.session_state.get(_CHOSEN, ""))


def look_at(consultation_id: str) -> None:
    """Make this the chosen consultation."""
    st.session_state[_CHOSEN] = consultation_id


def chosen(may: Predicate) -> Consultation:
    """The consultation looked at, by default the one answered last that this visitor `may` see.

    Shows the choice where there is one, and marks an invented consultation. Where there is nothing
    this visitor may see, says so and stops the page.
    """
    allowed = allowed_consultations(may)
    found = next((c for c in allowed if c.id == named()), allowed[0])
    if len(allowed) > 1:
        found = _choice(allowed, found)
    invented_banner(found)
    trial_banner(found)
    return found


def allowed_consultations(may: Predicate) -> list[Consultation]:
    """All that this visitor `may` see, the one answered last first; stops the page if there is none."""
    allowed = [c for c in store().consultations() if may(visitor(), c)]
    if not allowed:
        tell(NotAllowed("This page is for staff. Their link is in the window where Alleanza was started."))
        st.stop()
    return allowed


def _choice(allowed: list[Consultation], found: Consultation) -> Consultation:
    titles = {c.id: title(c) for c in allowed}
    names = list(titles.values())
    # a browser names what was chosen by its label: two of one title must not share it
    titles = {id_: f"{name} ({id_})" if names.count(name) > 1 else name for id_, name in titles.items()}
    picked = st.selectbox(
        language().say("Consultation"),
        list(titles),
        index=list(titles).index(found.id),
        format_func=titles.__getitem__,
        key=f"choose_consultation_{found.id}",
    )
    if picked and picked != found.id:
        look_at(picked)
        st.rerun()
    return found


def title(consultation: Consultation) -> str:
    """What this consultation is called in the reader's language; an example says that it is one."""
    name = language().pick(consultation.plan.title)
    return language().say("Example: {name}", name=name) if consultation.invented else name


def invented_banner(consultation: Consultation) -> None:
    """Over everything that shows an invented consultation."""
    if consultation.invented:
        st.container(key="invented").markdown(
            plain(language().say("Example: every word and every figure here is invented."))
        )


def trial_banner(consultation: Consultation) -> None:
    """Over everything that shows a consultation on trial."""
    if consultation.on_trial:
        st.container(key="on-trial").markdown(
            plain(language().say("Trial: the opening will erase what is sent."))
        )
