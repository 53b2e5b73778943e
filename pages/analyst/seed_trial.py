"""What other seed words would change, computed before anybody keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analysis.text.proposals import code
from analysis.text.reading_order import reading_order
from analysis.text.seed_hints import seed_hints
from analysis.text.seed_uses import seed_uses
from consultation import tables
from pages.analyst.results import Desk, Results, lexicons
from pages.frame.store import on_forget, revision

MOST_TRIALS = 16  # edited lists held at once: codings of all answers each
MOST_LOOKED_UP = 64  # small tables


@dataclass(frozen=True, eq=False)
class Trial:
    """The codings of one objective that counting makes now and would make `then`, the surest first.

    `entering` are those of `then` whose answers it has not now, `leaving` those of `now` that it loses.
    """

    now: pd.DataFrame
    then: pd.DataFrame

    @property
    def entering(self) -> pd.DataFrame:
        return self.then[~self.then["answer_id"].isin(self.now["answer_id"])]

    @property
    def leaving(self) -> pd.DataFrame:
        return self.now[~self.now["answer_id"].isin(self.then["answer_id"])]


def trial(found: Results, objective: str, seeds: Sequence[str]) -> Trial:
    """What counting proposes for `objective` with `seeds`, beside what it proposes with those in use."""
    joined = "|".join(seeds)
    edited = found.objectives.assign(
        seeds=found.objectives["seeds"].mask(found.objectives["objective"] == objective, joined)
    )
    key = found.key._replace(about=f"seeds\n{objective}\n{joined}")
    codings = trials().of(key, lambda: recoded(found, edited)).found
    return Trial(reading_order(found.findings.codings, objective), reading_order(codings, objective))


def recoded(
    found: Results, objectives: pd.DataFrame | None = None, at_least: float | None = None
) -> pd.DataFrame:
    """The codings of `found` made again with these objectives or this threshold, everything else as it is."""
    rules = found.rules if at_least is None else replace(found.rules, assign_at_least=at_least)
    return code(
        found.corpus,
        found.objectives if objectives is None else objectives,
        lexicons(found.codebook),
        rules,
        tables.codings(found.codebook, found.answers),
    )


def uses(found: Results, seeds: Sequence[str]) -> pd.DataFrame:
    """In how many answers each of `seeds` stands; columns as in `analysis.text.seed_uses`."""
    key = found.key._replace(about="\n".join(["uses", *seeds]))
    return looked_up().of(key, lambda: seed_uses(found.corpus, seeds, lexicons(found.codebook))).found


def hints(found: Results, objective: str) -> pd.DataFrame:
    """Words tied to `objective` that are no seeds; columns as in `analysis.text.seed_hints`."""

    def look_up() -> pd.DataFrame:
        codings, known = found.findings.codings, lexicons(found.codebook)
        return seed_hints(found.corpus, codings, found.objectives, objective, known)

    return looked_up().of(found.key._replace(about=f"hints\n{objective}"), look_up).found


@st.cache_resource(show_spinner=False)
def trials() -> Desk[pd.DataFrame]:
    """The codings by lists of seeds tried last."""
    return Desk(revision, MOST_TRIALS)


@st.cache_resource(show_spinner=False)
def looked_up() -> Desk[pd.DataFrame]:
    """What was counted of seeds, and of words that may become some."""
    return Desk(revision, MOST_LOOKED_UP)


@on_forget
def _forget(consultation_id: str) -> None:
    for held in (trials(), looked_up()):
        held.forget(consultation_id)
