"""One objective, opened: its figures, each with its n, and the words behind it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.charts.told import told
from analysis.quotes import COUNTED_ONLY
from pages.analyst.places import placed
from pages.analyst.results import Results
from pages.analyst.told import quiet
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.quotes import quotes


def objective_table(found: Results) -> pd.DataFrame:
    """Every objective with its names and its figures in words."""
    return told(*found.subject)


def open_objective(found: Results, objective: str) -> None:
    """The figures of `objective` and the answers that speak of it, the surest first."""
    say, count = language().say, language().count
    table = objective_table(found)
    row: Any = next(table[table["objective"] == objective].itertuples())
    st.header(plain(f"{row.code} {row.title}"))
    quiet(row.question_title)
    figures = st.columns(4)
    for place, name, value, stands_on in (
        (figures[0], say("Where it stands"), row.told_standing, _probability(row)),
        (figures[1], say("Need"), row.told_need, _raters(row)),
        (figures[2], say("Feasibility"), row.told_feasibility, _raters(row)),
        (
            figures[3],
            say("Spoken of by"),
            count("{n} participant", "{n} participants", row.n_participants),
            say("{share} of those who answered, every group weighing the same", share=row.told_salience),
        ),
    ):
        with place.container(gap=None):
            st.markdown(plain(name))
            st.markdown(f"**{plain(value)}**")
            quiet(stands_on)
    words = answers_about(found, objective)
    st.subheader(plain(_how_many(words)))
    if (words["basis"] == "proposed").any():
        quiet(say("Where counting proposed it, the words that decided stand between [square brackets]."))
    quotes(
        placed(words, found.consultation.plan, found.reader),
        found.consultation,
        key=f"about-{found.consultation.id}-{objective}",
    )


def answers_about(found: Results, objective: str) -> pd.DataFrame:
    """The answers coded to `objective`, the surest first, with the words that decided and on what basis."""
    codings = found.findings.codings
    return (
        codings[codings["objective"] == objective]
        .drop(columns="objective")
        .merge(found.answers, on="answer_id", validate="many_to_one")
        .sort_values(["score", "answer_id"], ascending=[False, True], ignore_index=True)
    )


def _probability(row: Any) -> str:
    if not row.quadrant or not row.ranked:
        return ""
    return language().say(
        "in {percent}% of resamples", percent=language().number(100 * row.quadrant_probability)
    )


def _raters(row: Any) -> str:
    if not row.n_ratings:
        return ""
    ratings = language().count("{n} rating", "{n} ratings", row.n_ratings)
    if not row.n_groups:
        return ratings
    groups = language().count("weighed in one group", "weighed in {n} groups", row.n_groups)
    return f"{ratings}, {groups}"


def _how_many(words: pd.DataFrame) -> str:
    n = words["answer_id"].nunique()
    if not n:
        return language().say("No answer speaks of it")
    heading = language().count("{n} answer speaks of it", "{n} answers speak of it", n)
    counted = int((words["consent"] == COUNTED_ONLY).sum())
    if counted:
        heading += ", " + language().count(
            "{n} of them only to be counted", "{n} of them only to be counted", counted
        )
    tagged = int((words["basis"] == "author").sum())
    if tagged:
        heading += ", " + language().count("{n} marked by its author", "{n} marked by their authors", tagged)
    return heading
