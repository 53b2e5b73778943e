"""First step: whom a participant speaks from, and what may be done with their words."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from consultation.contribution import CONSENTS, Consent, checked_organisation
from consultation.errors import BrokenContribution
from consultation.language import Language
from consultation.plan import UNSTATED_GROUP, Plan
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import tell, told
from pages.frame.sitemap import MINE
from pages.stakeholder import promise
from pages.stakeholder.draft import Draft
from pages.stakeholder.occasion import Occasion


def ask(occasion: Occasion, draft: Draft) -> None:
    """Asked once; a participant may come back to it."""
    say, plan = language().say, occasion.consultation.plan
    promise.show(plan)
    if not draft.group:  # a reload has forgotten whoever was here: the code has not
        st.container(key="already").page_link(
            MINE, label=say("Already sent something? Go on with your code.")
        )
    st.title(say("Who is speaking?"))
    group = st.radio(
        say("I speak from this part of the city"),
        [*plan.groups, UNSTATED_GROUP],
        index=None,
        format_func=lambda group: _group(plan, group, language()),
        key=_prepared(draft, "group", draft.group or None),
        persist_state="session",
    )
    organisation = st.text_input(
        say("Organisation (optional)"),
        key=_prepared(draft, "organisation", draft.organisation),
        persist_state="session",
    )
    st.markdown(
        say("It lets the results tell many voices of one organisation from many organisations."),
    )
    names, notes = _consents(language())
    consent = st.radio(
        say("What may we do with your words?"),
        list(CONSENTS),
        index=None,
        format_func=names.__getitem__,
        captions=[notes[consent] for consent in CONSENTS],
        key=_prepared(draft, "consent", draft.consent),
        persist_state="session",
    )
    promise.policy()
    st.markdown(
        say(
            "We do not ask your name. At the end you get a code: with it you can read, correct or erase "
            "everything you sent."
        )
    )
    if st.button(say("Continue"), type="primary", key="continue", width="stretch"):
        _go_on(occasion, draft, group, organisation or "", consent)


def _go_on(
    occasion: Occasion, draft: Draft, group: str | None, organisation: str, consent: str | None
) -> None:
    if group is None:
        tell(BrokenContribution("Choose whom you speak from: the first list on this page."))
    if consent is None:
        tell(BrokenContribution("Choose what we may do with your words: the second list on this page."))
    kept_name = None
    with told():
        kept_name = checked_organisation(organisation)
    if group is None or consent is None or kept_name is None:
        return
    draft.group, draft.organisation = group, kept_name
    draft.consent = next(known for known in get_args(Consent) if known == consent)
    draft.step = "waiting" if occasion.in_rounds else "questions"
    st.rerun()


def _prepared(draft: Draft, name: str, value: object) -> str:
    """The key of a field that begins with what is known already."""
    key = draft.key(name)
    if value and key not in st.session_state:
        st.session_state[key] = value
    return key


def _group(plan: Plan, group: str, reader: Language) -> str:
    if group == UNSTATED_GROUP:
        return reader.say("I prefer not to say")
    return plain(reader.pick(plan.groups[group].label))


def _consents(reader: Language) -> tuple[dict[str, str], dict[str, str]]:
    """Each consent in a few words, and what it means."""
    say = reader.say
    names = {
        "quotable_with_group": say("Quote them, saying my group"),
        "quotable_anonymous": say("Quote them, without saying my group"),
        "counted_only": say("Only count them"),
    }
    notes = {
        "quotable_with_group": say("A sentence of mine may stand in the report with the name of my group."),
        "quotable_anonymous": say("A sentence of mine may stand in the report, signed by nobody."),
        "counted_only": say("My answers enter the results; my sentences are not published."),
    }
    return names, notes
