"""One objective, opened: its figures, each with its n, and the words behind it."""

from __future__ import annotations

from math import isnan
from typing import Any

import pandas as pd
import streamlit as st

from analysis.charts.group_intervals import group_intervals
from analysis.charts.told import told
from analysis.quotes import COUNTED_ONLY
from analysis.sentences.groups import of_group_intervals, why_no_group_intervals
from analysis.shares import wilson
from pages.analyst.pictures import picture
from pages.analyst.places import placed
from pages.analyst.results import Results
from pages.analyst.told import basis, limits, quiet
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
            _spoken_of(found, row),
        ),
    ):
        with place.container(gap=None):
            st.markdown(plain(name))
            st.markdown(f"**{plain(value)}**")
            quiet(stands_on)
    if found.findings.rated:
        how_sure(row)
        by_group(found, objective)
    words = answers_about(found, objective)
    st.subheader(plain(_how_many(words)))
    if words["basis"].isin(["proposed", "learned"]).any():
        quiet(say("Where counting proposed it, the words that decided stand between [square brackets]."))
    quotes(
        placed(words, found.consultation.plan, found.reader),
        found.consultation,
        key=f"about-{found.consultation.id}-{objective}",
    )


def how_sure(row: Any) -> None:
    """The tier with what it rests on: places, agreement, and what people tell."""
    say = language().say
    places = st.columns(4)
    for place, name, value, stands_on in (
        (places[0], say("Tier"), row.told_tier, ""),
        (places[1], say("How often at the top"), row.told_top, _places(row)),
        (
            places[2],
            say("Consensus of the groups"),
            "–" if isnan(row.gic) else language().number(row.gic, 2),
            _opposed(row),
        ),
        (places[3], say("What people tell"), row.told_badges, _apart(row)),
    ):
        with place.container(gap=None):
            st.markdown(plain(name))
            st.markdown(f"**{plain(value)}**")
            quiet(stands_on)


def by_group(found: Results, objective: str) -> None:
    """How much each group feels the need, with its interval."""
    ratings = found.findings.ratings
    if why_no_group_intervals(ratings.profiles, objective, language()):
        return
    told_by = (
        ratings.profiles,
        found.group_labels,
        objective,
        found.findings.priorities,
        found.objectives,
        found.basis,
        found.rules,
        language(),
    )
    reading = of_group_intervals(*told_by)
    st.subheader(plain(reading.finding))
    basis(reading)
    st.altair_chart(
        picture(found, f"groups-{objective}", lambda: group_intervals(*told_by)),
        theme=None,
        key=f"groups-{objective}-{hash(found.key)}",
        alt=f"{reading.finding}. {reading.says}",
    )
    limits(reading)


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


def _places(row: Any) -> str:
    if not row.ranked:
        return ""
    return language().say("compatible positions: {places}", places=row.told_places)


def _opposed(row: Any) -> str:
    """What speaks against a consensus, the gravest first."""
    if row.veto:
        return language().say("at least one group rates it of little importance")
    if isnan(row.polarisation):
        return ""
    return language().say(
        "polarisation {number} (0 none, 1 opposed halves)", number=language().number(row.polarisation, 2)
    )


def _apart(row: Any) -> str:
    return {
        "rated_not_told": language().say("rated high, and little told of"),
        "told_not_rated": language().say("much told of, and not rated high"),
    }.get(row.apart, "")


def _spoken_of(found: Results, row: Any) -> str:
    """The share of those who answered, with its interval; of one group alone, Wilson's."""
    if isnan(row.salience):
        return ""
    say, number = language().say, language().number
    if len(found.groups) == 1:
        n = found.answers["contribution_id"].nunique()
        low, high = wilson(row.n_participants, n, found.rules.interval)
        return say(
            "{share} of {n} who answered ({low}–{high}%)",
            share=row.told_salience,
            n=number(n),
            low=number(100 * low),
            high=number(100 * high),
        )
    return say(
        "{share} of those who answered ({low}–{high}%), every group weighing the same",
        share=row.told_salience,
        low=number(100 * row.salience_low),
        high=number(100 * row.salience_high),
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
