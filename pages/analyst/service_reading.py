"""The services of a consultation on the page: bars of what is wanted, and the answers behind each."""

from __future__ import annotations

import functools
from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.charts.service_bars import in_order, service_bars
from analysis.quotes import COUNTED_ONLY
from analysis.sentences import named
from analysis.sentences.basis import Basis, without_chart
from analysis.sentences.services_named import of_services, wants_name, why_no_services
from analysis.text.service_lists import WANTS, ServiceList, read_service_lists
from analysis.text.services import services
from consultation.exporting import csv_bytes
from consultation.shipped import LEXICONS
from pages.analyst.downloads import may_leave, whose_figures
from pages.analyst.picking import Pick
from pages.analyst.places import placed
from pages.analyst.receipts import take_receipt
from pages.analyst.results import Desk, Results, lexicons
from pages.analyst.told import basis, finding, limits
from pages.frame.language import TYPED, language
from pages.frame.plain import plain
from pages.frame.quotes import quotes
from pages.frame.store import on_forget, revision

EVERYWHERE = ""


@functools.cache
def service_lists() -> dict[str, ServiceList]:
    """The services and cues of every language, read once."""
    return read_service_lists(LEXICONS)


def found_mentions(found: Results) -> pd.DataFrame:
    """Every mention of a service in the answers of the chosen groups."""

    def make() -> pd.DataFrame:
        return services(
            found.corpus,
            found.findings.codings,
            service_lists(),
            lexicons(found.codebook),
            asked_of(found),
        )

    return desk().of(found.key._replace(about="services"), make).found


@st.cache_resource(show_spinner=False)
def desk() -> Desk[pd.DataFrame]:
    """The mentions looked at last."""
    return Desk(revision)


on_forget(lambda consultation_id: desk().forget(consultation_id))


def asked_of(found: Results) -> tuple[str, ...]:
    """The guiding questions that the plan says are about services."""
    return tuple(
        guide.id for guide in found.consultation.plan.guiding_questions if guide.reading == "services"
    )


def where(found: Results) -> tuple[tuple[str, ...], str]:
    """Which guiding questions are looked at (all if none), and which objective (all if "")."""
    say, plan = language().say, found.consultation.plan
    asked = asked_of(found)
    left, right = st.columns(2)
    with left:
        here = EVERYWHERE
        if asked:
            heading = language().pick(plan.guides[asked[0]].heading)
            names = {"asked": heading, EVERYWHERE: say("All answers")}
            here = st.selectbox(
                say("Answers looked at"),
                list(names),
                format_func=names.__getitem__,
                key=f"{TYPED}services-where-{plan.id}-{found.consultation.id}",
            )
    with right:
        objectives = {"": say("All objectives")} | named(found.objectives).to_dict()
        objective = st.selectbox(
            say("Objective"),
            list(objectives),
            format_func=objectives.__getitem__,
            key=f"{TYPED}services-objective-{found.consultation.id}",
        )
    return (asked if here else ()), str(objective)


def answers_of(found: Results, questions: tuple[str, ...]) -> pd.DataFrame:
    """The answers to these guiding questions, to all if none."""
    asked = found.answers["guiding_question"].isin(questions)
    return found.answers[asked].reset_index(drop=True) if questions else found.answers


def show_services(
    found: Results, told: pd.DataFrame, answers: pd.DataFrame, objective: str, pick: Pick
) -> None:
    """The finding and the bars of what is wanted, or why there are none."""
    if objective:
        codings = found.findings.codings
        spoken = codings.loc[codings["objective"] == objective, "answer_id"]
        answers = answers[answers["answer_id"].isin(spoken)]
    voices = found.corpus.answers  # in which confirmed copies are one participant's
    people = voices.loc[voices["answer_id"].isin(answers["answer_id"]), "contribution_id"].nunique()
    stands_on = replace(found.basis, n_participants=people, n_answers=len(answers), n_groups=0, n_rated=0)
    if reason := why_no_services(told, language()):
        words = without_chart(reason, stands_on, language())
        st.title(plain(words.finding.rstrip(".")))
        basis(words)
    else:
        _bars(found, told, stands_on, objective, pick)


def open_service(
    found: Results, told: pd.DataFrame, mentions: pd.DataFrame, objective: str, pick: Pick
) -> bool:
    """The answers that name one service, and the table of all; returns whether one was chosen."""
    say = language().say
    if told.empty:
        return False
    names = dict(zip(told["service"], told["name"], strict=True))
    opened = pick.selectbox(
        say("Read the answers that name a service"),
        in_order(told),
        names.__getitem__,
        say("Choose one here, or touch its bar"),
    )
    if opened:
        _open(found, mentions[mentions["service"] == opened], names[opened], objective)
    _table(told)
    return bool(opened)


def _bars(found: Results, told: pd.DataFrame, stands_on: Basis, objective: str, pick: Pick) -> None:
    reading = of_services(told, stands_on, language())
    finding(reading)
    basis(reading)
    pick.chart(
        service_bars(told, stands_on, language()),
        "-".join([found.key.revision, *found.groups, objective, str(len(told)), str(stands_on.n_answers)]),
        f"{reading.finding}. {reading.says}",
    )
    limits(reading)


def _open(found: Results, mentions: pd.DataFrame, name: str, objective: str) -> None:
    """The answers that name a service, by what they want of it, with its name and the cue in brackets."""
    count = language().count
    if objective:
        mentions = mentions[[objective in of.split("|") for of in mentions["objectives"]]]
    told = read_out(found, mentions)
    st.header(
        plain(count("{name}: one answer names it", "{name}: {n} answers name it", len(told), name=name))
    )
    quotes(told, found.consultation, key=f"service-{found.consultation.id}-{name}-{objective}-{len(told)}")


def read_out(found: Results, mentions: pd.DataFrame) -> pd.DataFrame:
    """A row per answer of the `mentions` of one service, with what it wants, and the words that told."""
    order = mentions.assign(order=mentions["wants"].map(WANTS.index)).sort_values(
        ["order", "answer_id", "start"], kind="stable"
    )
    rows = [
        (answer, list(dict.fromkeys(of["wants"])), "|".join(dict.fromkeys([*of["shown"], *of["cue"]])))
        for answer, of in order.groupby("answer_id", sort=False)
    ]
    table = pd.DataFrame(rows, columns=["answer_id", "wants", "words"])
    told = placed(table.merge(found.answers, on="answer_id"), found.consultation.plan, found.reader)
    about = [
        " · ".join([*(wants_name(one, language()) for one in wants), place])
        for wants, place in zip(told["wants"], told["about"], strict=True)
    ]
    return told.assign(about=about)


def _table(told: pd.DataFrame) -> None:
    """Every service with what is wanted of it."""
    say = language().say
    names = {
        "name": say("Service"),
        "wanted": say("What is wanted"),
        "n_participants": say("Participants"),
        "n_groups": say("Groups"),
        "n_answers": say("Answers"),
    }
    st.header(say("All services"))
    wanted = [wants_name(wants, language()) for wants in told["wants"]]
    st.dataframe(told.assign(wanted=wanted)[list(names)].rename(columns=names), hide_index=True, height=420)


def take_services(found: Results, mentions: pd.DataFrame, everyone: Results) -> None:
    """Every mention as a file, of answers that may be quoted."""
    if may_leave(found, everyone) and not mentions.empty:
        name = f"{whose_figures(found)}-services"

        def table() -> bytes:
            return csv_bytes(services_table(found, mentions))

        with st.container(horizontal=True):
            st.download_button(
                language().say("The services named (CSV)"),
                table,
                f"{name}.csv",
                "text/csv",
                on_click="ignore",
            )
            take_receipt(found, name, {f"{name}.csv": table})


def services_table(found: Results, mentions: pd.DataFrame) -> pd.DataFrame:
    """A row per mention in an answer that may be quoted, without who said it."""
    silent = found.answers.loc[found.answers["consent"] == COUNTED_ONLY, "answer_id"]
    told = mentions[~mentions["answer_id"].isin(silent)]
    return told.drop(columns=["contribution_id", "group"]).reset_index(drop=True)
