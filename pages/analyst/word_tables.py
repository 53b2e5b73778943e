"""What the parts of the page of words share: tables to read and to take away, and a word's answers opened."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from consultation.exporting import csv_bytes
from pages.analyst.downloads import may_leave, whose_figures
from pages.analyst.picking import Pick
from pages.analyst.places import placed
from pages.analyst.receipts import take_receipt
from pages.analyst.results import Results
from pages.analyst.told import quiet
from pages.analyst.uses import uses
from pages.frame.language import language
from pages.frame.quotes import quotes

HEIGHT = 420  # px
LONG_HEADING, NARROWED = 20, 130  # letters, px: a long heading must not push figures off a telephone
FIGURES = {"likelihood_ratio": "%.0f", "g2": "%.1f", "q": "%.3f", "z": "%.1f", "npmi": "%.2f"}


def word_table(rows: pd.DataFrame, names: Mapping[str, str], about: str) -> None:
    """The columns of `rows` that `names` heads, in that order; `about` says what it is of."""
    columns = [name for name in names if name in rows]
    st.dataframe(
        rows[columns].rename(columns=dict(names)),
        hide_index=True,
        height=HEIGHT if len(rows) > HEIGHT // 40 else "content",
        column_config={
            names[name]: st.column_config.NumberColumn(
                format=FIGURES.get(name), width=NARROWED if len(names[name]) > LONG_HEADING else None
            )
            for name in columns
            if pd.api.types.is_numeric_dtype(rows[name])
        },
        alt=about,
    )


def take(found: Results, everyone: Results, files: Mapping[str, tuple[str, pd.DataFrame]]) -> None:
    """Tables to take away, by the name of their file: what the button says, and the table.

    Nothing leaves of so few people that a figure could point to one.
    """
    if not may_leave(found, everyone):
        return
    with st.container(horizontal=True):
        for name, (label, table) in files.items():
            st.download_button(
                label,
                csv_bytes(table),
                f"{whose_figures(found)}-{name}.csv",
                "text/csv",
                key=f"take-{name}",
                on_click="ignore",
            )
        take_receipt(
            found,
            f"{whose_figures(found)}-{next(iter(files))}",
            {
                f"{whose_figures(found)}-{name}.csv": functools.partial(csv_bytes, table)
                for name, (_, table) in files.items()
            },
        )


def open_word(found: Results, pick: Pick, names: Mapping[str, str], label: str) -> bool:
    """The answers in which a word stands that is chosen in the chart or here; whether one is open."""
    say, count = language().say, language().count
    opened = pick.selectbox(
        label, list(names), names.__getitem__, say("Choose one here, or touch the picture")
    )
    if not opened:
        return False
    where = uses(found, opened)
    st.header(count("{n} answer uses it", "{n} answers use it", len(where)))
    quiet(say("It stands between [square brackets]."))
    quotes(
        placed(where, found.consultation.plan, language()),
        found.consultation,
        key=f"uses-{found.consultation.id}-{opened}",
    )
    return True
