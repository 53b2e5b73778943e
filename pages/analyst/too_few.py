"""When there is nothing to draw: what to do, or the few answers themselves."""

from __future__ import annotations

import streamlit as st

from consultation.opening import EXAMPLE
from pages.analyst.places import placed
from pages.analyst.results import Results
from pages.frame.choice import look_at
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.quotes import quotes
from pages.frame.sitemap import ANSWER
from pages.frame.store import store


def nobody_yet(found: Results) -> None:
    """A consultation in which nothing has been said."""
    say = language().say
    st.title(say("Nobody has answered yet"))
    if found.consultation.stage == "open":
        st.markdown(say("The first answer will show here by itself, a moment after it is sent."))
        st.page_link(ANSWER, label=say("See what participants are asked"))
    else:
        st.markdown(say("This consultation is not open: open it, and what people send will show here."))
    if found.consultation.id != EXAMPLE and EXAMPLE in [c.id for c in store().consultations()]:
        st.button(say("See the invented example meanwhile"), on_click=look_at, args=(EXAMPLE,))


def nobody_here() -> None:
    """Groups from which nothing has come."""
    st.title(language().say("Nobody has answered from here yet"))
    st.markdown(language().say("Choose other groups, or none to see all of them."))


def a_handful(found: Results) -> str:
    """Why nothing is drawn of so few people that a figure could point to one; "" when they are enough."""
    n = found.findings.n_contributions
    if n >= found.consultation.rules.smallest_cell:
        return ""
    return language().count(
        "Only {n} person has taken part here: too few for a map, so read what they wrote.",
        "Only {n} people have taken part here: too few for a map, so read what they wrote.",
        n,
    )


def the_answers_themselves(found: Results, why: str) -> None:
    """What cannot be drawn is shown as it is; `why` says so."""
    st.title(plain(why.rstrip(".")))
    quotes(
        placed(found.answers, found.consultation.plan, found.reader),
        found.consultation,
        key=f"few-{found.consultation.id}",
    )
