"""How far the tiers depend on choices that could have been others."""

from __future__ import annotations

import streamlit as st

from analysis.charts.told import told
from analysis.ratings.tiers import TIERS
from analysis.sentences.sensitivity import not_computed, of_sensitivity, sensitivity_table
from analysis.sentences.tiers import tier_meaning, tier_name
from pages.analyst.results import Results
from pages.analyst.told import quiet
from pages.frame.language import language
from pages.frame.plain import plain


def robustness(found: Results) -> None:
    """The sensitivity table under what it found, and what each tier means."""
    say = language().say
    lines = found.findings.ratings.sensitivity.lines
    st.header(say("What other choices would change"))
    st.markdown(
        plain(of_sensitivity(found.findings.priorities, lines, found.objectives, found.rules, language()))
    )
    st.dataframe(
        sensitivity_table(lines, found.objectives, language()),
        hide_index=True,
        height="content",
        alt=say("What other choices would change"),
    )
    if missing := not_computed(lines, found.rules, language()):
        quiet(missing)
    tiers_explained(found)


def tiers_explained(found: Results) -> None:
    """Every tier that an objective is in, with what it takes, and its objectives."""
    say = language().say
    table = told(*found.subject)
    with st.expander(say("What the tiers mean")):
        for tier in TIERS:
            names = table.loc[table["tier"] == tier, "name"]
            if len(names):
                st.markdown(f"**{plain(tier_name(tier, language()))}**: {plain(', '.join(names))}")
                quiet(tier_meaning(tier, found.rules, language()))
