"""What can be taken away: the table, the picture, and a page that holds both and the words."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts.rendering import WIDE, page, svg
from analysis.outputs import PRIORITIES
from analysis.quotes import quotes
from analysis.views import View
from consultation.exporting import csv_bytes
from pages.analyst.groups import group_labels
from pages.analyst.results import Results, results
from pages.frame.language import language


def downloads(found: Results, view: View, name: str) -> None:
    """The files of what is looked at, unless its figures could point to a person.

    They are made when asked for: a page with a large chart takes a second.
    """
    say = language().say
    if not may_leave(found):
        st.markdown(
            language().count(
                "Nothing to take away: these groups, or those left out, are fewer than {n} person.",
                "Nothing to take away: these groups, or those left out, are fewer than {n} people.",
                found.consultation.plan.rules.smallest_cell,
            )
        )
        return
    file = f"{found.consultation.id}-{name}"
    answers = found.answers
    priorities = found.findings.priorities[PRIORITIES]

    def table() -> bytes:
        return csv_bytes(priorities)

    def picture() -> bytes:
        return svg(view.wide.draw(width=WIDE))

    def whole() -> bytes:
        return page_of(found, view, answers)

    with st.container(horizontal=True):
        for label, make, end, kind in (
            (say("The figures (CSV)"), table, "csv", "text/csv"),
            (say("The picture (SVG)"), picture, "svg", "image/svg+xml"),
            (say("A page with the words (HTML)"), whole, "html", "text/html"),
        ):
            st.download_button(label, make, f"{file}.{end}", kind, key=f"take-{end}", on_click="ignore")
    st.markdown(say("They hold only what may be quoted: no answer that its author wants only counted."))


def may_leave(found: Results) -> bool:
    """Whether neither those looked at nor those left out are so few that a figure could point to one."""
    least = found.consultation.plan.rules.smallest_cell
    looked_at = found.findings.n_contributions
    left_out = results(found.consultation).findings.n_contributions - looked_at
    return looked_at >= least and (left_out == 0 or left_out >= least)


def page_of(found: Results, view: View, answers: pd.DataFrame) -> bytes:
    """The whole view as one file, with those of the `answers` that may be quoted."""
    rules, reader = found.consultation.plan.rules, found.reader
    labels = group_labels(found.consultation.plan, reader)
    voices = quotes(found.findings.codings, answers, found.findings.participation, rules.smallest_cell)
    return page(
        view.wide.draw(linked=True),
        view.phone.draw(linked=True),
        view.wide.reading,
        view.phone.reading,
        found.findings.priorities,
        found.objectives,
        voices.assign(group_label=[labels[group] if group else "" for group in voices["group"]]),
        found.basis,
        rules,
        reader,
        title=reader.pick(found.consultation.plan.title),
    )
