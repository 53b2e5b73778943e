"""The copies of one consultation, found once for all that was said, beside what was decided of them."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from analysis.quotes import COUNTED_ONLY
from analysis.text.copies_decided import DECIDED, UNLIKE, Families, beside
from analysis.text.duplicates import Copies, find_copies
from analysis.text.variants import variants
from consultation import tables
from consultation.codebook import Codebook
from consultation.contribution import Contribution
from consultation.decisions import Verdict
from consultation.permissions import may_read_uncited
from pages.analyst.results import Desk, Results
from pages.frame.access import visitor
from pages.frame.language import language
from pages.frame.store import on_forget, said

MOST_KEPT = 4  # consultations; some hundred bytes a copied answer
_ID = re.compile(r"k([0-9]+)")


@dataclass(frozen=True, eq=False)
class Copied:
    """What this reader meets of the copies.

    `families` are clusters and what was decided of them, `answers` the copied answers as `find_copies` gives
    them. `texts` are those that the reader may read, with the columns of answers besides. `senders` are
    the contributions with copies, and those that were decided of, by id.
    """

    families: Families
    answers: pd.DataFrame
    texts: pd.DataFrame
    senders: dict[str, Contribution]

    @property
    def clusters(self) -> pd.DataFrame:
        return self.families.clusters

    @cached_property
    def beginnings(self) -> pd.Series:
        """By cluster, the text to name it by: its model, or the one most like it that may be read here."""
        shown = self.texts.sort_values(["likeness", "answer_id"], ascending=[False, True])
        by_model = shown.drop_duplicates("model").set_index("model")["text"]
        return self.clusters.set_index("cluster")["model"].map(by_model).dropna()

    def wordings(self, cluster: str) -> pd.DataFrame:
        """The wordings of one cluster that may be read, as `variants` gives them."""
        members = self.families.members
        alike = members[(members["cluster"] == cluster) & (members["standing"] != UNLIKE)]
        return variants(self.texts[self.texts["contribution_id"].isin(alike["contribution_id"])])


def copied(found: Results) -> Copied:
    """The copies in all that was said; who waits for them sees so."""
    copies, judged = _copies(found), decided(found.codebook)
    asked = {*copies.members["contribution_id"], *judged["contribution_id"]}
    senders = {one.id: one for one in found.read.contributions if one.id in asked}
    sent = pd.DataFrame(
        [(one.id, _folded(one.unit), one.group, one.at.isoformat()) for one in senders.values()],
        columns=["contribution_id", "unit", "group", "at"],
        dtype="str",
    )
    texts = copies.members.merge(
        found.answers.drop(columns="contribution_id"), on="answer_id", validate="one_to_one"
    )
    families = beside(copies, judged, sent)
    return Copied(families, copies.members, readable(found, texts), senders)


def readable(found: Results, answers: pd.DataFrame) -> pd.DataFrame:
    """Those of `answers` that this reader may read."""
    if may_read_uncited(visitor(), found.consultation):
        return answers
    return answers[answers["consent"] != COUNTED_ONLY]


@st.cache_resource(show_spinner=False)
def desk() -> Desk[Copies]:
    """The copies found last: a decision finds no others."""
    return Desk(said, MOST_KEPT)


on_forget(lambda consultation_id: desk().forget(consultation_id))


def _copies(found: Results) -> Copies:
    # neither rules nor groups: whether two people sent the same text depends on no choice
    key = found.key._replace(
        revision=found.read.said, groups=(), rules=found.consultation.rules, about="copies"
    )
    place = st.empty()
    held = desk().held(key)
    if held is not None:
        return held.found

    def make() -> Copies:
        answers, ratings = (
            tables.answers(found.read.contributions, found.read.hidden),
            tables.ratings(found.read.contributions),
        )
        return find_copies(answers.assign(unit=answers["unit"].map(_folded)), ratings)

    with place, st.status(language().say("Comparing every text with all others…")):
        made = desk().of(key, make)
    place.empty()
    return made.found


def _folded(unit: str) -> str:
    """A unit as it is compared: other capitals or blanks make no other."""
    return " ".join(unit.casefold().split())


def decided(codebook: Codebook) -> pd.DataFrame:
    """A row per contribution of a decided cluster: `cluster`, `contribution_id`, `kind`, `at`."""
    when = {
        step.decision.payload.cluster: step.decision.at.isoformat()
        for step in codebook.history
        if isinstance(step.decision.payload, Verdict) and not step.undone
    }
    rows = [
        (cluster, contribution, kept.kind, when[cluster])
        for cluster, kept in codebook.clusters.items()
        for contribution in kept.contributions
    ]
    return pd.DataFrame(rows, columns=DECIDED, dtype="str")


def next_cluster(codebook: Codebook, contributions: Container[str]) -> str:
    """An id that no decision ever had, nor any of the contributions: it would outlast an erased one."""
    named = (
        _ID.fullmatch(step.decision.payload.cluster)
        for step in codebook.history
        if isinstance(step.decision.payload, Verdict)
    )
    number = max((int(match[1]) for match in named if match), default=0) + 1
    while f"k{number}" in contributions:
        number += 1
    return f"k{number}"
