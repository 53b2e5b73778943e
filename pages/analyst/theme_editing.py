"""A confirmed theme, opened: who speaks of it, its answers, and one way at a time to change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from analysis.sentences.figures import each, named
from analysis.sentences.themes_found import CONFIRMED, standing_told
from analysis.theme_counts import themes_by_group
from consultation.deciding import LONGEST_DESCRIPTION, LONGEST_LABEL
from pages.analyst.groups import group_labels
from pages.analyst.places import placed
from pages.analyst.theme_findings import ThemeFindings
from pages.analyst.theme_opening import decide_and_open
from pages.analyst.theme_picking import shortened, tick_answers
from pages.analyst.told import quiet
from pages.frame.decisions import decide, deciding
from pages.frame.language import TYPED, language
from pages.frame.plain import plain
from pages.frame.quotes import quotes


def open_theme(seen: ThemeFindings, theme: str) -> None:
    """What people confirmed, and for whoever may decide the ways to change it."""
    found, say, count = seen.found, language().say, language().count
    row: Any = next(row for row in each(seen.counts) if row.theme == theme)
    st.header(plain(row.label))
    if row.description:
        st.text(row.description)
    objectives = named(found.objectives)
    about = objectives[row.objective] if row.objective in objectives.index else say("linked to no objective")
    quiet(
        " · ".join(
            [
                standing_told(CONFIRMED, language()),
                about,
                count("{n} answer", "{n} answers", row.n_answers),
                count("{n} participant", "{n} participants", row.n_participants),
                count("{n} group", "{n} groups", row.n_groups),
            ]
        )
    )
    answers = seen.answers_of(theme)
    if deciding(found.consultation):
        with st.expander(say("Modify this theme")):
            _edit(seen, theme, answers)
    _by_group(seen, theme)
    quotes(
        placed(answers, found.consultation.plan, found.reader),
        found.consultation,
        key=f"theme-{found.consultation.id}-{theme}",
    )


def _by_group(seen: ThemeFindings, theme: str) -> None:
    """The groups that speak of a theme, but for those so small that they would point to persons."""
    say, plan, least = language().say, seen.found.consultation.plan, seen.found.rules.smallest_cell
    table = themes_by_group(seen.members, seen.heard, list(plan.groups), least)
    its, labels = table[table["theme"] == theme], group_labels(plan, language())
    st.dataframe(
        pd.DataFrame(
            {
                say("Group"): [labels[group] for group in its["group"]],
                say("Participants"): its["n_participants"].to_numpy(),
                say("Answers"): its["n_answers"].to_numpy(),
            }
        ),
        hide_index=True,
        height="content",
        alt=say("Who speaks of this theme"),
    )
    quiet(say("Groups of fewer than {n} participants are not listed.", n=language().number(least)))


def _edit(seen: ThemeFindings, theme: str, answers: pd.DataFrame) -> None:
    """One of the ways to change a theme, chosen first."""
    say = language().say
    ways: dict[str, tuple[str, Callable[[ThemeFindings, str, pd.DataFrame], None]]] = {
        "rename": (say("Call it otherwise"), _rename),
        "link": (say("Link it to an objective"), _link),
        "move": (say("Move an answer"), _move),
        "split": (say("Make another theme of some answers"), _split),
        "merge": (say("Merge it into another theme"), _merge),
        "discard": (say("Discard it"), _discard),
    }
    way = st.radio(
        say("What do you want to do?"),
        list(ways),
        format_func=lambda way: ways[way][0],
        key=f"{TYPED}way-{theme}",
    )
    ways[str(way)][1](seen, theme, answers)


def _rename(seen: ThemeFindings, theme: str, answers: pd.DataFrame) -> None:
    say, now = language().say, seen.found.codebook.themes[theme]
    label = st.text_input(
        say("Its name"), now.label, max_chars=LONGEST_LABEL, key=f"{TYPED}rename-{theme}-{now.label}"
    )
    description = st.text_area(
        say("What it is about (not required)"),
        now.description,
        max_chars=LONGEST_DESCRIPTION,
        height=80,
        key=f"{TYPED}describe-{theme}-{now.description}",
    )
    if st.button(say("Call it so"), key=f"do-rename-{theme}"):
        decide(seen.found.consultation, lambda by: by.rename(theme, label, description))


def _link(seen: ThemeFindings, theme: str, answers: pd.DataFrame) -> None:
    say, objectives = language().say, named(seen.found.objectives)
    quiet(say("Its answers then count for that objective, on every map, as reviewed by people."))
    objective = st.selectbox(
        say("Objective"),
        list(objectives.index),
        index=None,
        format_func=lambda one: objectives[one],
        placeholder=say("To none"),
        key=f"{TYPED}link-{theme}",
    )
    if st.button(say("Link it") if objective else say("Link it to none"), key=f"do-link-{theme}"):
        decide(seen.found.consultation, lambda by: by.link(theme, str(objective or "")))


def _move(seen: ThemeFindings, theme: str, answers: pd.DataFrame) -> None:
    say = language().say
    texts = dict(zip(answers["answer_id"], answers["text"], strict=True))
    answer = st.selectbox(
        say("Which answer"),
        list(texts),
        index=None,
        format_func=lambda one: shortened(texts[one]),
        placeholder=say("Choose it by its first words"),
        key=f"{TYPED}answer-{theme}",
    )
    others = _others(seen, theme)
    to = st.selectbox(
        say("Where it goes"),
        list(others),
        index=None,
        format_func=others.__getitem__,
        placeholder=say("Out of every theme"),
        key=f"{TYPED}to-{theme}",
    )
    if answer:
        st.text(texts[answer])
    if st.button(say("Move it"), disabled=not answer, key=f"do-move-{theme}"):
        decide(seen.found.consultation, lambda by: by.move(str(answer), texts[str(answer)], str(to or "")))


def _split(seen: ThemeFindings, theme: str, answers: pd.DataFrame) -> None:
    say = language().say
    label = st.text_input(
        say("Name of the new theme"), max_chars=LONGEST_LABEL, key=f"{TYPED}split-label-{theme}"
    )
    ticked = tick_answers(answers, f"split-{theme}")
    if st.button(say("Make another theme of these"), key=f"do-split-{theme}"):
        decide_and_open(
            seen.found.consultation,
            seen.found.codebook.next_theme,
            lambda by: by.split(theme, label, ticked),
        )


def _merge(seen: ThemeFindings, theme: str, answers: pd.DataFrame) -> None:
    say, others = language().say, _others(seen, theme)
    if not others:
        quiet(say("There is no other theme."))
        return
    into = st.selectbox(
        say("The theme that stays, with its name"),
        list(others),
        index=None,
        format_func=others.__getitem__,
        placeholder=say("Choose one"),
        key=f"{TYPED}into-{theme}",
    )
    if st.button(say("Merge them"), disabled=not into, key=f"do-merge-{theme}"):
        decide_and_open(seen.found.consultation, str(into), lambda by: by.merge(theme, str(into)))


def _discard(seen: ThemeFindings, theme: str, answers: pd.DataFrame) -> None:
    say = language().say
    quiet(say("Its answers then stand in no theme again. Nothing that anybody wrote is deleted."))
    if st.button(say("Discard this theme"), key=f"do-discard-{theme}"):
        decide(seen.found.consultation, lambda by: by.discard(theme))


def _others(seen: ThemeFindings, theme: str) -> dict[str, str]:
    """The labels of the other themes, by id."""
    return {one.id: one.label for one in seen.found.codebook.themes.values() if one.id != theme}
