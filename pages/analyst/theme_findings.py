"""What counting finds where no objective is spoken of, kept until other answers are left over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from analysis.text.alike_together import alike_together
from analysis.text.new_themes import Candidates, candidates, set_aside_before
from analysis.theme_counts import count_themes, of_neither
from consultation import tables
from pages.analyst.results import Desk, Results
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.store import on_forget, said

MOST_ALIKE = 5_000  # answers put in a reading order: nobody reads more in one, and it takes seconds


@dataclass(frozen=True, eq=False)
class ThemeFindings:
    """Themes that people confirmed (`members`, a row per answer), and what counting proposes beside them.

    `left` are the answers of no objective and no theme; `aside` the candidates that were set aside before.
    `order` is how those are best read that stand in no candidate to be trusted.
    """

    found: Results
    members: pd.DataFrame
    left: pd.DataFrame
    candidates: Candidates
    order: pd.DataFrame
    aside: frozenset[str]

    @cached_property
    def counts(self) -> pd.DataFrame:
        """The confirmed themes and how many speak of them; of one that lost all its answers nobody does."""
        codebook, groups = self.found.codebook, list(self.found.consultation.plan.groups)
        counted = count_themes(self.members, self.heard, groups)
        known = set(counted["theme"])
        nobody = [
            (theme.id, theme.label, theme.description, theme.objective, 0, 0, 0)
            for theme in codebook.themes.values()
            if theme.id not in known
        ]
        if not nobody:
            return counted
        types = counted.dtypes.to_dict()
        return pd.concat(
            [counted, pd.DataFrame(nobody, columns=counted.columns).astype(types)], ignore_index=True
        )

    @property
    def heard(self) -> pd.DataFrame:
        """The answers, confirmed copies as those of one participant: as candidates are counted too."""
        return self.found.corpus.answers

    @property
    def shown(self) -> pd.DataFrame:
        """The candidates that nobody has set aside."""
        table = self.candidates.table
        return table[~table["candidate"].isin(self.aside)].reset_index(drop=True)

    def answers_of(self, theme: str) -> pd.DataFrame:
        """The answers of a candidate, the likest first, or of a confirmed theme, by id."""
        own = self.candidates.answers_of(theme)
        if not own:
            own = list(self.members.loc[self.members["theme"] == theme, "answer_id"])
        return self.found.answers.set_index("answer_id").loc[own].reset_index()


def theme_findings(found: Results) -> ThemeFindings:
    """What is found now; counted again only when other answers are left over, or other words count."""
    codebook = found.codebook
    members = tables.themes(codebook, found.answers)
    left = of_neither(found.answers, found.findings.codings, members)
    copies = tables.clusters(codebook)
    words = (codebook.question_words, codebook.function_words)
    about = hash(
        (tuple(left["answer_id"]), tuple(copies["contribution_id"]), tuple(copies["cluster"]), words)
    )
    key = found.key._replace(revision=found.read.said, about=f"themes-{about}")
    place = st.empty()  # also when nothing is told: what follows keeps its place
    made = desk().held(key)
    if made is None:
        with place.container():
            bar = st.progress(0.0, language().say("Looking for themes…"))

        def tell(done: int, of: int) -> None:
            bar.progress(done / of, plain(language().say("Looking for themes…")))

        made = desk().of(
            key,
            lambda: candidates(
                found.corpus,
                list(left["answer_id"]),
                dict(zip(found.answers["answer_id"], found.answers["consent"], strict=True)),
                found.rules,
                tell,
            ),
        )
        place.empty()
    proposed = made.found
    aside = set_aside_before(proposed, [earlier.answers for earlier in codebook.set_aside])
    likely = proposed.table.loc[proposed.table["trust"] != "not_to_trust", "candidate"]
    placed = proposed.members["candidate"].isin(set(likely) - aside)
    rest = left[~left["answer_id"].isin(proposed.members.loc[placed, "answer_id"])]
    key = key._replace(about=f"{key.about}-{hash(tuple(rest['answer_id']))}")
    order = orders().of(key, lambda: _in_order(found, list(rest["answer_id"]))).found
    return ThemeFindings(found, members, left, proposed, order, frozenset(aside))


@st.cache_resource(show_spinner=False)
def desk() -> Desk[Candidates]:
    """The candidates found last."""
    return Desk(said)


@st.cache_resource(show_spinner=False)
def orders() -> Desk[pd.DataFrame]:
    """The reading lists made last."""
    return Desk(said)


@on_forget
def _forget(consultation_id: str) -> None:
    desk().forget(consultation_id)
    orders().forget(consultation_id)


def _in_order(found: Results, rest: list[str]) -> pd.DataFrame:
    if len(rest) <= MOST_ALIKE:
        return alike_together(found.corpus, rest)
    return pd.DataFrame({"answer_id": pd.Series(rest, dtype="str"), "heap": 0})
