"""New themes in what people say beyond the objectives: counting proposes, people name, nothing is forced."""

from __future__ import annotations

import streamlit as st

from analysis.charts.theme_bars import theme_bars
from analysis.sentences.basis import too_few
from analysis.sentences.themes_found import of_themes_found, theme_rows, words_told
from consultation.permissions import may_read_words
from pages.analyst.arrivals import watch
from pages.analyst.pictures import picture
from pages.analyst.results import results
from pages.analyst.theme_editing import open_theme
from pages.analyst.theme_files import theme_files
from pages.analyst.theme_findings import ThemeFindings, theme_findings
from pages.analyst.theme_opening import theme_pick
from pages.analyst.themes_candidates import open_candidate
from pages.analyst.themes_left import left_over
from pages.analyst.told import basis, finding, limits
from pages.analyst.too_few import a_handful, nobody_yet, the_answers_themselves
from pages.frame.choice import chosen
from pages.frame.decisions import history
from pages.frame.language import language

consultation = chosen(may_read_words)
say, count = language().say, language().count
pick = theme_pick(consultation)


def show(seen: ThemeFindings) -> None:
    """The finding, confirmed themes and candidates as bars."""
    found = seen.found
    reading = of_themes_found(seen.counts, seen.candidates, seen.shown, found.basis, language())
    rows = theme_rows(seen.counts, seen.shown, language())
    finding(reading)
    basis(reading)
    if not rows.empty:
        pick.chart(
            picture(
                found, f"themes-{hash(tuple(rows['theme']))}", lambda: theme_bars(rows, reading, language())
            ),
            found.key.revision,
            f"{reading.finding}. {reading.says}",
        )
        limits(reading)


def open_one(seen: ThemeFindings) -> None:
    """One theme, confirmed or only proposed."""
    rows = theme_rows(seen.counts, seen.shown, language())
    names = {row["theme"]: f"{row['name']} ({row['told']})" for _, row in rows.iterrows()}
    opened = ""
    if names:
        opened = pick.selectbox(
            say("Open a theme: its answers, and what to make of it"),
            list(names),
            names.__getitem__,
            say("Choose one here, or touch its bar"),
        )
    watch(seen.found, reading=bool(opened))
    if opened in set(seen.counts["theme"]):
        open_theme(seen, opened)
    elif opened:
        open_candidate(seen, opened)


def put_aside(seen: ThemeFindings) -> None:
    """Candidates that counting proposes again though somebody has set them aside."""
    table = seen.candidates.table
    again = table[table["candidate"].isin(seen.aside)]
    if not again.empty:
        with st.expander(
            count("{n} candidate set aside before", "{n} candidates set aside before", len(again))
        ):
            for words in again["words"]:
                st.text(words_told(words, language()))


found = results(consultation)
if found.answers.empty:
    nobody_yet(found)
    watch(found, reading=False)
    st.stop()
if reason := a_handful(found) or too_few(found.basis, consultation.rules, language()):
    the_answers_themselves(found, reason)
    watch(found, reading=False)
else:
    seen = theme_findings(found)
    show(seen)
    open_one(seen)
    put_aside(seen)
    left_over(seen)
    theme_files(seen)
history(consultation)
