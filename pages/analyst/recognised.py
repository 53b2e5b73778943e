"""How all objectives are recognised, and the answers that speak of none of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts.objective_bars import objective_bars
from analysis.sentences import named
from analysis.sentences.figures import each
from analysis.sentences.objectives_found import basis_name, of_objectives_found, of_unassigned, precision
from analysis.text.checks import BASES, checks
from pages.analyst.of_none import tables_of_none
from pages.analyst.picking import Pick
from pages.analyst.pictures import picture
from pages.analyst.results import Results
from pages.analyst.told import basis, finding, limits, quiet
from pages.frame.language import language
from pages.frame.plain import plain


def checked(found: Results) -> pd.DataFrame:
    """Every objective with its answers by basis and its measured precision."""
    judged: dict[str, tuple[int, int]] = {
        str(name): found.codebook.checks(str(name)) for name in found.objectives["objective"]
    }
    return checks(found.findings.codings, found.objectives, judged, found.rules.interval)


def show(found: Results, pick: Pick) -> None:
    """The finding, the objectives as bars, and the same in numbers."""
    table = checked(found)
    reading = of_objectives_found(table, found.basis, found.reader)
    finding(reading)
    basis(reading)
    pick.chart(
        picture(
            found, "recognised", lambda: objective_bars(table, found.objectives, found.basis, found.reader)
        ),
        found.key.revision,
        f"{reading.finding}. {reading.says}",
    )
    limits(reading)
    with st.expander(language().say("The same in numbers")):
        numbers(found, table)


def numbers(found: Results, table: pd.DataFrame) -> None:
    """The objectives with their answers by who says so, and their precision in words."""
    say = language().say
    names = named(found.objectives)
    st.dataframe(
        pd.DataFrame(
            {
                say("Objective"): [names[objective] for objective in table["objective"]],
                **{basis_name(name, found.reader).capitalize(): table[f"n_{name}"] for name in BASES},
                say("Proposals found right"): [precision(row, found.reader) for row in each(table)],
            }
        ),
        hide_index=True,
        height="content",
        alt=say("Answers of each objective, and who says so"),
    )


def of_none(found: Results) -> None:
    """How many answers speak of none of the objectives, by guiding question and by group."""
    say = language().say
    n = len(found.answers)
    n_none = n - int(found.answers["answer_id"].isin(found.findings.codings["answer_id"]).sum())
    st.header(plain(of_unassigned(n_none, n, found.reader)))
    quiet(
        say(
            "This is a finding too: they may hold a theme that the plan does not have, or need words that "
            "no objective has yet."
        )
    )
    tables_of_none(found, found.findings.codings)
