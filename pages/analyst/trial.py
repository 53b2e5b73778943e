"""Other choices than the declared ones, tried by whoever reads; and their declaration, by whoever may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from analysis.sentences.basis import weighing
from analysis.sentences.changed import rule_value
from consultation.declaration import LONGEST_REASON
from consultation.occasion import Consultation
from consultation.permissions import may_declare_rules, require
from consultation.rules import CHOICES, GREATEST_SEED, Rules
from pages.analyst.told import quiet
from pages.frame.access import visitor
from pages.frame.language import TYPED, language
from pages.frame.problems import told
from pages.frame.store import store

_WIDGETS = ("weights", "importance", "lines", "seed")


def try_rules(consultation: Consultation) -> Rules:
    """The rules to look by: the declared ones, or what was chosen here in their place."""
    say, declared = language().say, consultation.rules
    with st.expander(say("Try other choices")):
        st.markdown(say("What you change here changes only what you see. Every map says that it is a trial."))
        weights, lines = st.columns(2)
        known = [name for name in CHOICES["group_weights"] if name != "custom" or declared.custom_weights]
        with weights:
            group_weights = st.radio(
                say("How groups weigh"),
                known,
                index=known.index(declared.group_weights),
                format_func=lambda name: weighing(name, language()),
                key=_key(consultation, "weights"),
            )
            importance = st.slider(
                say("Importance in need (%): the rest is urgency"),
                0,
                100,
                round(100 * declared.importance_weight),
                step=5,
                key=_key(consultation, "importance"),
            )
        with lines:
            where = st.radio(
                say("Where the map is divided"),
                list(CHOICES["lines"]),
                index=CHOICES["lines"].index(declared.lines),
                format_func=lambda name: rule_value("lines", name, language()),
                key=_key(consultation, "lines"),
            )
            seed = st.number_input(
                say("Starting number of the resampling"),
                min_value=0,
                max_value=GREATEST_SEED,
                value=declared.seed,
                step=1,
                key=_key(consultation, "seed"),
            )
        tried = replace(
            declared,
            group_weights=group_weights or declared.group_weights,
            importance_weight=_share(importance, declared),
            lines=where or declared.lines,
            seed=declared.seed if seed is None else int(seed),
        )
        if tried != declared:
            st.button(
                say("Back to the declared rules"),
                on_click=_back,
                args=(consultation,),
                key=_key(consultation, "back"),
                type="primary",
            )
            if may_declare_rules(visitor(), consultation):
                _offer_declaration(consultation, tried)
    return tried


def _offer_declaration(consultation: Consultation, tried: Rules) -> None:
    """A change for everyone, dated and with its reason; it cannot happen by a slip."""
    say = language().say
    with st.form(_key(consultation, "declare"), border=True):
        quiet(
            say(
                "Rules are declared before the opening. A later change holds for everyone, and every map "
                "prints it with its date and reason."
            )
        )
        reason = st.text_input(say("Why the rules change"), max_chars=LONGEST_REASON)
        sent = st.form_submit_button(say("Declare these rules for everyone"))
    if sent:
        require(may_declare_rules, visitor(), consultation)
        with told():
            changed = consultation.declared(tried, datetime.now(UTC), reason or "")
            store().declare(consultation.id, changed.declarations[-1], len(consultation.declarations))
            st.rerun()


def _share(percent: int, declared: Rules) -> float:
    """The share of importance; the declared one, decimals and all, where the slider stands on it."""
    return declared.importance_weight if percent == round(100 * declared.importance_weight) else percent / 100


def _key(consultation: Consultation, name: str) -> str:
    return f"{TYPED}try-{name}-{consultation.id}-{len(consultation.declarations)}"


def _back(consultation: Consultation) -> None:
    for name in _WIDGETS:
        st.session_state.pop(_key(consultation, name), None)
