"""All copied texts: what was found, as bars, as a table, and as a file."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts.copies_bars import copies_bars
from analysis.quotes import COUNTED_ONLY
from analysis.sentences.basis import too_few
from analysis.sentences.copies_found import (
    LARGE,
    copies_rows,
    decision_told,
    how_alike,
    of_copies,
    of_signals,
)
from analysis.sentences.figures import each
from analysis.text.copies_decided import UNLIKE
from consultation.exporting import csv_bytes
from pages.analyst.copied import Copied
from pages.analyst.downloads import may_leave, whose_figures
from pages.analyst.picking import Pick
from pages.analyst.pictures import picture
from pages.analyst.receipts import take_receipt
from pages.analyst.results import Results
from pages.analyst.told import basis, finding, limits, quiet
from pages.frame.language import language

NAME_WIDTH = 200  # px of the table's first column: a telephone shows how many and what was decided too
CLUSTER = ["cluster", "kind", "at", "n_contributions", "n_answers", "kind_found", "similarity", "flagged",
           "same_ratings", "burst", "n_groups", "n_units"]  # fmt: skip


def show_copies(found: Results, read: Copied, pick: Pick) -> None:
    """The finding and the bars; of few answers the finding alone."""
    reading = of_copies(read.clusters, found.basis, language())
    finding(reading)
    basis(reading)
    if too_few(found.basis, found.rules, language()):
        quiet(language().say("So few answers make no chart: choose a text to read its copies."))
        return
    # what may be read differs between readers who share a picture
    about = f"copies-{len(read.texts)}"
    pick.chart(
        picture(
            found,
            about,
            lambda: copies_bars(read.clusters, read.beginnings, found.basis, language()),
        ),
        f"{found.key.revision}-{about}",
        f"{reading.finding}. {reading.says}",
    )
    limits(reading)


def all_copies(read: Copied) -> None:
    """Every text that came more than once, as a table."""
    say = language().say
    st.header(say("All texts with copies"))
    rows = each(copies_rows(read.clusters, read.beginnings, language()))
    text = say("Text")
    table = pd.DataFrame(
        {
            text: [row.name for row in rows],
            say("Contributions"): [row.n_contributions for row in rows],
            say("Decided"): [decision_told(row.kind, language()) for row in rows],
            say("When"): [when(row.at) for row in rows],
            say("New since"): [language().number(row.n_new) if row.n_new else "" for row in rows],
            say("How alike"): [how_alike(row, language()) for row in rows],
            say("Signs"): ["; ".join(of_signals(row, language())) if row.n_answers else "–" for row in rows],
            say("Large"): [LARGE if row.flagged else "" for row in rows],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) < 10 else 420,
        column_config={text: st.column_config.TextColumn(width=NAME_WIDTH)},
        alt=say("All texts with copies"),
    )


def take_copies(found: Results, read: Copied) -> None:
    """The clusters with their members, to take away."""
    if may_leave(found, found):
        name = f"{whose_figures(found)}-copies"

        def table() -> bytes:
            return csv_bytes(copies_table(read))

        with st.container(horizontal=True):
            st.download_button(
                language().say("The copies (CSV)"), table, f"{name}.csv", "text/csv", on_click="ignore"
            )
            take_receipt(found, name, {f"{name}.csv": table})


def copies_table(read: Copied) -> pd.DataFrame:
    """A row per copied answer, and per member without one; a text only where its author lets it be quoted."""
    quotable = read.texts[read.texts["consent"] != COUNTED_ONLY]
    members = read.families.members.drop(columns="likeness")
    rows = read.clusters[CLUSTER].merge(members, on="cluster")
    rows = rows.merge(read.answers.drop(columns="cluster"), how="left", on="contribution_id")
    rows = rows.assign(text=rows["answer_id"].map(quotable.set_index("answer_id")["text"]))
    copied = ["answer_id", "model", "likeness", "text"]
    # a member that says something else by now may have copies of that
    rows.loc[rows["standing"] == UNLIKE, copied] = None
    return rows.drop_duplicates(ignore_index=True)


def when(at: str) -> str:
    """The moment of a decision, as in the history; "" if none was made."""
    return f"{pd.Timestamp(at):%Y-%m-%d %H:%M} UTC" if at else ""
