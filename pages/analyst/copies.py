"""Texts that came more than once: found, read, and decided by a person, with what that does to the maps."""

from __future__ import annotations

import streamlit as st

from analysis.ratings.line_effects import effect_of
from analysis.sentences.copies_found import copies_rows, of_counted_once, of_effects, why_no_copies
from analysis.sentences.figures import each
from consultation.permissions import may_read_words
from pages.analyst.arrivals import watch
from pages.analyst.copied import Copied, copied
from pages.analyst.copies_deciding import decide_copies
from pages.analyst.copies_opened import open_copies
from pages.analyst.copies_shown import all_copies, show_copies, take_copies
from pages.analyst.picking import Pick
from pages.analyst.results import Results, results
from pages.analyst.too_few import nobody_yet
from pages.frame.choice import chosen
from pages.frame.decisions import history
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.sitemap import MAP

consultation = chosen(may_read_words)
say = language().say
pick = Pick(f"copies-{consultation.id}", "cluster", "cluster")


def open_one(found: Results, read: Copied) -> None:
    """One cluster, chosen in the chart or here."""
    rows = each(copies_rows(read.clusters, read.beginnings, language()))
    names = {row.cluster: f"{row.name} ({language().number(row.n_contributions)})" for row in rows}
    opened = pick.selectbox(
        say("Read one text and its copies"),
        list(names),
        names.__getitem__,
        say("Choose one here, or touch its bar"),
    )
    watch(found, reading=bool(opened))
    if opened:
        row = next(row for row in rows if row.cluster == opened)
        wordings = read.wordings(opened)
        open_copies(found, read, row, wordings)
        decide_copies(found, read, row, wordings)


def on_the_maps(found: Results, read: Copied) -> None:
    """What the decisions change, and the way there."""
    told = of_counted_once(read.clusters, language())
    if not told:
        return
    st.header(say("What it does to the maps"))
    outcomes = found.findings.ratings.sensitivity.outcomes
    effects = of_effects(
        effect_of(outcomes, "campaigns_all"), effect_of(outcomes, "campaigns_excluded"), language()
    )
    st.markdown(plain(f"{told} {effects}"))
    st.page_link(MAP, label=say("See the priority map"))


found = results(consultation)
if found.answers.empty:
    nobody_yet(found)
    watch(found, reading=False)
    st.stop()
read = copied(found)
if reason := why_no_copies(read.clusters, language()):
    st.title(plain(reason.rstrip(".")))
    watch(found, reading=False)
else:
    show_copies(found, read, pick)
    open_one(found, read)
    on_the_maps(found, read)
    all_copies(read)
    take_copies(found, read)
history(consultation)
