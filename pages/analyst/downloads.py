"""What can be taken away: the table, the picture, and a page that holds both and the words."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts.rendering import WIDE, page, png, svg
from analysis.quotes import quotes, signed
from analysis.result_tables import outcomes_table
from analysis.small_cells import points_to_nobody
from analysis.views import View
from consultation.exporting import csv_bytes
from pages.analyst.receipts import material_of, take_receipt
from pages.analyst.results import Results
from pages.frame.language import language
from pages.frame.material import foot


def downloads(found: Results, view: View, name: str, everyone: Results) -> None:
    """The files of what is looked at, unless they or what is left of `everyone` could point to a person.

    They are made when asked for: a page with a large chart takes a second.
    """
    say = language().say
    if not may_leave(found, everyone):
        st.markdown(
            language().count(
                "Nothing to take away: these groups, or those left out, are fewer than {n} person.",
                "Nothing to take away: these groups, or those left out, are fewer than {n} people.",
                found.consultation.rules.smallest_cell,
            )
        )
        return
    whose = whose_figures(found)
    file = f"{whose}-{name}"

    def table() -> bytes:
        return csv_bytes(view.figures)

    def picture() -> bytes:
        return svg(view.wide.draw(width=WIDE))

    def photograph() -> bytes:
        return png(view.wide.draw(width=WIDE))

    def choices() -> bytes:
        return csv_bytes(outcomes_table(found.findings.ratings))

    def whole() -> bytes:
        return page_of(found, view)

    def words() -> bytes:
        return csv_bytes(voices_of(found))

    offered = (
        (say("The figures (CSV)"), table, f"{file}.csv", "text/csv"),
        (say("The picture (PNG)"), photograph, f"{file}.png", "image/png"),
        (say("The picture (SVG)"), picture, f"{file}.svg", "image/svg+xml"),
        (say("A page with the words (HTML)"), whole, f"{file}.html", "text/html"),
        (say("All the words (CSV)"), words, f"{file}-quotes.csv", "text/csv"),
        (say("Under other choices (CSV)"), choices, f"{whose}-outcomes.csv", "text/csv"),
    )
    with st.container(horizontal=True):
        for label, make, name, kind in offered:
            st.download_button(label, make, name, kind, key=f"take-{make.__name__}", on_click="ignore")
        # a picture of dots takes seconds, and says no more than the other
        take_receipt(found, file, {name: make for _, make, name, kind in offered if kind != "image/png"})
    st.markdown(say("They hold only what may be quoted: no answer that its author wants only counted."))


def whose_figures(found: Results) -> str:
    """The consultation, and what sets these figures apart from all of it by its declared rules.

    A table carries no sentence: the name of its file must say that it is a trial, or of some groups only.
    """
    apart = ["trial"] if found.tried else []
    return "-".join([found.consultation.id, *apart, *found.groups])


def may_leave(found: Results, everyone: Results) -> bool:
    """Whether neither those looked at nor those left out are so few that a figure could point to one."""
    least = found.consultation.rules.smallest_cell
    looked_at = found.findings.n_contributions
    return points_to_nobody(looked_at, everyone.findings.n_contributions, least)


def voices_of(found: Results) -> pd.DataFrame:
    """Those of the answers looked at that may be quoted."""
    findings = found.findings
    least = found.consultation.rules.smallest_cell
    return quotes(findings.codings, found.answers, findings.participation, least)


def page_of(found: Results, view: View) -> bytes:
    """The whole view as one file, with the words that may be quoted."""
    title = found.reader.pick(found.consultation.plan.title)
    quoted = signed(voices_of(found), found.group_labels)
    return page(view, found.subject, quoted, title=title, foot=foot(material_of(found), found.reader))
