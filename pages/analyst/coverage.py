"""Who has spoken of what, and where nobody has yet."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts.coverage_map import coverage_map, silence_map
from analysis.sentences import Basis, of_coverage, of_silence
from analysis.sentences.figures import joined
from consultation.permissions import may_see_participation
from pages.analyst.arrivals import watch
from pages.analyst.groups import group_labels
from pages.analyst.picking import Pick
from pages.analyst.pictures import picture
from pages.analyst.results import Results, results
from pages.analyst.told import basis, finding, limits, quiet
from pages.analyst.too_few import nobody_yet
from pages.frame.choice import chosen
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.quotes import quotes

consultation = chosen(may_see_participation)
say, count = language().say, language().count
plan = consultation.plan
pick = Pick(f"cell-{consultation.id}", "cell", "cell")
LABELS = group_labels(plan, language())
QUESTIONS = {q.id: language().pick(q.title) for q in plan.strategic_questions}
GUIDES = {g.id: language().pick(g.heading) for g in plan.guiding_questions}
MOST_SILENT = 6  # empty cells that can be named: more are better seen on the map and in the table


def which_group(found: Results) -> str:
    """One group, or nothing for all of them."""
    present = list(found.findings.participation["group"])
    return str(
        st.selectbox(
            say("Group"),
            present,
            index=None,
            format_func=LABELS.__getitem__,
            placeholder=say("All groups"),
            key=f"coverage-group-{consultation.id}",
        )
        or ""
    )


def show(found: Results, cells: pd.DataFrame, group: str) -> None:
    """How full every cell is, and the empty ones by name."""
    people = found.findings.participation
    if group:
        people = people[people["group"] == group]
    stands_on = Basis.of(
        people,
        int(cells["n_answers"].sum()) or _unplaced(found, group),
        group=LABELS[group] if group else "",
        invented=consultation.invented,
    )
    told = (found.objectives, found.guiding_questions, stands_on, language())
    reading = of_coverage(cells, found.objectives, stands_on, language())
    finding(reading)
    basis(reading)
    pick.chart(
        picture(found, f"coverage-{group}", lambda: coverage_map(cells, *told)),
        f"{found.key.revision}-{group}",
        f"{reading.finding}. {reading.says}",
    )
    tell_silent(cells)
    limits(reading)
    counts_table(cells)


def _unplaced(found: Results, group: str) -> int:
    """The answers that say which question they are about nowhere, as tables brought from elsewhere do."""
    return int((found.answers["group"] == group).sum()) if group else len(found.answers)


def full(cells: pd.DataFrame) -> pd.DataFrame:
    """The answers of each cell, whatever the group; `cell` joins its two questions by a slash."""
    totals = cells.groupby(["strategic_question", "guiding_question"], sort=False)[["n_answers"]].sum()
    table = totals.reset_index()
    return table.assign(cell=table["strategic_question"] + "/" + table["guiding_question"])


def counts_table(cells: pd.DataFrame) -> None:
    """The answers of each cell, as numbers."""
    counts = full(cells).pivot(index="guiding_question", columns="strategic_question", values="n_answers")
    shown = counts.loc[list(GUIDES), list(QUESTIONS)].rename(columns=QUESTIONS)
    shown.insert(0, say("Guiding question"), list(GUIDES.values()))
    st.dataframe(shown, hide_index=True, height="content", alt=say("Answers to each question"))


def tell_silent(cells: pd.DataFrame) -> None:
    """The empty cells in words, while they are few."""
    totals = full(cells)
    silent = totals[totals["n_answers"] == 0]
    if len(silent) > MOST_SILENT:
        return
    for question, its in silent.groupby("strategic_question", sort=False):
        st.markdown(
            plain(
                say(
                    "Nobody has answered under {question}: {guides}.",
                    question=QUESTIONS[str(question)],
                    guides=joined([GUIDES[guide] for guide in its["guiding_question"]], language()),
                )
            )
        )


def open_cell(found: Results, cells: pd.DataFrame, group: str) -> None:
    """The answers of one cell."""
    totals = full(cells)
    counts = dict(zip(totals["cell"], totals["n_answers"], strict=True))
    opened = pick.selectbox(
        say("Read the answers of a cell"),
        list(counts),
        lambda cell: _named(cell, counts[cell]),
        say("Choose one here, or touch a cell of the map"),
    )
    watch(found, reading=bool(opened))
    if opened:
        question, guide = opened.split("/")
        answers = found.answers
        here = answers[(answers["strategic_question"] == question) & (answers["guiding_question"] == guide)]
        if group:
            here = here[here["group"] == group]
        st.header(plain(f"{QUESTIONS[question]} · {GUIDES[guide]}"))
        st.markdown(plain(language().pick(plan.guides[guide].question)))
        quotes(here, consultation, key=f"cell-{consultation.id}-{opened}-{group}")


def _named(cell: str, n: int) -> str:
    question, guide = cell.split("/")
    return f"{QUESTIONS[question]} · {GUIDES[guide]} ({language().number(n)})"


def who_is_heard(found: Results) -> None:
    """Every group on every strategic question, and the people of each group."""
    stands_on = Basis.of(
        found.findings.participation, found.findings.n_answers, invented=consultation.invented
    )
    cells = found.findings.coverage
    reading = of_silence(cells, found.group_labels, stands_on, language())
    st.header(plain(reading.finding))
    basis(reading)
    st.altair_chart(
        picture(
            found,
            "silence",
            lambda: silence_map(cells, found.objectives, found.group_labels, stands_on, language()),
        ),
        theme=None,
        key="silence",
        alt=f"{reading.finding}. {reading.says}",
    )
    limits(reading)
    st.header(say("Who took part"))
    people = found.findings.participation
    st.dataframe(
        pd.DataFrame(
            {
                say("Group"): [LABELS[group] for group in people["group"]],
                say("Contributions"): people["n_contributions"],
                say("Voices"): people["n_units"],
                **{title: answered(found, question) for question, title in QUESTIONS.items()},
                say("Weighs as a group"): [say("yes") if yes else say("no") for yes in people["balanced"]],
            }
        ),
        hide_index=True,
        height="content",
        alt=say("Who took part"),
    )
    quiet(
        count(
            "A voice is an organisation, or a person who named none. With {n} voice a group weighs as much "
            "as any other; a smaller one is counted, and its answers are read.",
            "A voice is an organisation, or a person who named none. With {n} voices a group weighs as much "
            "as any other; a smaller one is counted, and its answers are read.",
            consultation.rules.smallest_group,
        )
    )


def answered(found: Results, question: str) -> list[str]:
    """How many guiding questions of one strategic question each group has answered."""
    cells = found.findings.coverage
    here = cells[cells["strategic_question"] == question]
    heard = here[here["n_answers"] > 0].groupby("group").size()
    return [
        say("{number} of {total}", number=language().number(heard.get(group, 0)), total=len(GUIDES))
        for group in found.findings.participation["group"]
    ]


first, below = st.container(), st.container()
with first:
    found = results(consultation)
if not found.findings.n_contributions:
    nobody_yet(found)
    watch(found, reading=False)
    st.stop()
with below:
    group = which_group(found)
cells = found.findings.coverage
cells = cells[cells["group"] == group] if group else cells
with first:
    show(found, cells, group)
with below:
    open_cell(found, cells, group)
    if unplaced := len(found.answers) - int(found.findings.coverage["n_answers"].sum()):
        quiet(
            count(
                "{n} answer stands under no question of the plan, and in no cell.",
                "{n} answers stand under no question of the plan, and in no cell.",
                unplaced,
            )
        )
    who_is_heard(found)
