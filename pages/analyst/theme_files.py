"""Confirmed themes and candidates to take away, with the words that may be quoted."""

from __future__ import annotations

import streamlit as st

from analysis.sentences.themes_found import theme_rows
from analysis.theme_counts import voices_of_themes
from consultation.exporting import csv_bytes
from pages.analyst.downloads import may_leave
from pages.analyst.receipts import take_receipt
from pages.analyst.theme_findings import ThemeFindings
from pages.frame.language import language


def theme_files(seen: ThemeFindings) -> None:
    """Two files, unless so few took part that a figure could point to one of them."""
    found, say = seen.found, language().say
    if not may_leave(found, found):
        return

    def members() -> bytes:
        return csv_bytes(
            voices_of_themes(
                seen.members,
                found.answers,
                found.findings.participation,
                found.consultation.rules.smallest_cell,
            )
        )

    def figures() -> bytes:
        return csv_bytes(theme_rows(seen.counts, seen.shown, found.reader).drop(columns="told"))

    with st.container(horizontal=True):
        for label, make, name in (
            (say("Themes with their answers (CSV)"), members, "themes"),
            (say("The figures of themes (CSV)"), figures, "theme-figures"),
        ):
            st.download_button(
                label,
                make,
                f"{found.consultation.id}-{name}.csv",
                "text/csv",
                key=f"take-{name}",
                on_click="ignore",
            )
        whose = found.consultation.id
        files = {f"{whose}-themes.csv": members, f"{whose}-theme-figures.csv": figures}
        take_receipt(found, f"{whose}-themes", files)
    st.markdown(say("They hold only what may be quoted: no answer that its author wants only counted."))
