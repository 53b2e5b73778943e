"""What a person decides of one copied text: who belongs to it, and what it means that they say the same."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import streamlit as st

from analysis.sentences.copies_found import decision_means
from analysis.sentences.figures import each, share
from analysis.text.copies_decided import ELSEWHERE, IN, NEW, OPEN, OUT, UNLIKE
from analysis.text.variants import marked_differences
from consultation.contribution import Contribution
from consultation.decisions import CLUSTER_KINDS, ClusterKind
from pages.analyst.copied import Copied, next_cluster, readable
from pages.analyst.groups import group_labels
from pages.analyst.results import Results
from pages.analyst.told import quiet
from pages.frame.decision_words import kind_of_copies
from pages.frame.decisions import decide, deciding
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.quotes import PER_PAGE, large_groups


def decide_copies(found: Results, read: Copied, row: Any, wordings: pd.DataFrame) -> None:
    """The members, with a tick for who belongs to it, and the four verdicts; without these to a visitor."""
    members = read.families.members
    members = members[members["cluster"] == row.cluster]
    may = deciding(found.consultation)
    ticks = Ticks(found.consultation.id, row.cluster, row.at)
    with st.expander(
        language().count("{n} contribution, one by one", "{n} contributions, one by one", len(members))
    ):
        _members(found, read, members, wordings, ticks, may=may)
    if may:
        _newcomers(found, row, members)
        _verdicts(found, read, row, ticks.of(members))


class Ticks:
    """Who is ticked as belonging to a cluster, until the next decision about it."""

    def __init__(self, consultation: str, cluster: str, decided: str) -> None:
        self.name = f"ticks-{consultation}-{cluster}-{decided}"

    def of(self, members: pd.DataFrame) -> list[str]:
        """Those ticked: by a hand, or else all of an open cluster, and those of a decided one."""
        changed: dict[str, bool] = st.session_state.get(self.name, {})
        return [
            member.contribution_id
            for member in each(members)
            if changed.get(member.contribution_id, member.standing in (OPEN, IN, UNLIKE))
        ]

    def box(self, label: str, contribution: str, *, ticked: bool) -> None:
        """The tick of one member; it stays when another page of them is shown."""
        key = f"{self.name}-{contribution}"
        st.checkbox(label, value=ticked, key=key, on_change=self._turn, args=(key, contribution))

    def _turn(self, key: str, contribution: str) -> None:
        st.session_state.setdefault(self.name, {})[contribution] = st.session_state[key]


def _members(
    found: Results,
    read: Copied,
    members: pd.DataFrame,
    wordings: pd.DataFrame,
    ticks: Ticks,
    *,
    may: bool,
) -> None:
    """A page of members, those least alike first."""
    say = language().say
    quiet(
        say("Those new or least like the others come first. Take the tick away from whoever does not belong.")
        if may
        else say("Those new or least like the others come first.")
    )
    pages = math.ceil(len(members) / PER_PAGE)
    page = st.pagination(pages, key=f"{ticks.name}-pages-{pages}") if pages > 1 else 1
    shown = members.iloc[(page - 1) * PER_PAGE : page * PER_PAGE]
    ticked, large = set(ticks.of(members)), large_groups(found.consultation)
    labels = group_labels(found.consultation.plan, language())
    models = wordings.drop_duplicates("model").set_index("model")["text"]
    for member in each(shown):
        sender = read.senders[member.contribution_id]
        named = _named(sender, member, labels if sender.group in large else {}, unit=may)
        with st.container(border=True, gap="xsmall"):
            if may:
                ticks.box(plain(named), sender.id, ticked=sender.id in ticked)
            else:
                st.markdown(plain(named))
            _words(found, read, member, models)


def _named(sender: Contribution, member: Any, labels: dict[str, str], *, unit: bool) -> str:
    """A member in one line: the group where it points to nobody, the organisation for whoever decides."""
    say = language().say
    group = labels.get(sender.group, "") if sender.consent == "quotable_with_group" else ""
    standing = {
        NEW: say("new since the decision"),
        OUT: say("alike, but not in the decision"),
        ELSEWHERE: say("in another decision"),
        UNLIKE: say("not alike any more"),
    }.get(member.standing, "")
    parts = [
        sender.id,
        group,
        sender.organisation if unit else "",
        f"{sender.at:%Y-%m-%d %H:%M} UTC",
        standing,
    ]
    return " · ".join(part for part in parts if part)


def _words(found: Results, read: Copied, member: Any, models: pd.Series) -> None:
    """What this member wrote otherwise than the texts shown above (by model); all of it, if not alike."""
    say = language().say
    if member.standing == UNLIKE:
        answers = found.answers[found.answers["contribution_id"] == member.contribution_id]
        for answer in each(readable(found, answers)):
            st.text(answer.text)
        return
    own = read.texts[read.texts["contribution_id"] == member.contribution_id]
    if own.empty:
        quiet(say("Their words are only to be counted: they are not shown here."))
    for answer in each(own):
        differs = marked_differences(models[answer.model], answer.text)
        if differs:
            quiet(say("{share} alike:", share=share(answer.likeness, language())))
            st.text(differs)
        else:
            quiet(say("In the same words as above."))


def _newcomers(found: Results, row: Any, members: pd.DataFrame) -> None:
    """Copies sent since the decision, to be taken into it."""
    if not row.n_new:
        return
    count = language().count
    st.info(
        count(
            "{n} new copy has come since the decision. Until it is taken in, it counts by itself.",
            "{n} new copies have come since the decision. Until they are taken in, each counts by itself.",
            row.n_new,
        )
    )
    if st.button(
        count("Take {n} new copy in", "Take {n} new copies in", row.n_new), key=f"take-in-{row.cluster}"
    ):
        taken = members.loc[members["standing"].isin([IN, UNLIKE, NEW]), "contribution_id"]
        decide(found.consultation, lambda by: by.cluster(row.decided, row.kind, taken))


def _verdicts(found: Results, read: Copied, row: Any, ticked: list[str]) -> None:
    """What it means that they say the same: four buttons, each with what it does."""
    say, count = language().say, language().count
    st.subheader(say("What is it?"))
    quiet(
        count(
            "The decision is about {n} contribution.", "The decision is about {n} contributions.", len(ticked)
        )
    )
    stands = read.families.members
    stands = stands[(stands["cluster"] == row.cluster) & stands["standing"].isin([IN, UNLIKE])]
    inside = set(stands["contribution_id"])
    for place, kind in zip(st.columns(len(CLUSTER_KINDS)), CLUSTER_KINDS, strict=True):
        with place:
            name = kind_of_copies(kind, language())
            holds = kind == row.kind and set(ticked) == inside
            if st.button(
                plain(f"{'✓ ' if holds else ''}{name[:1].upper()}{name[1:]}"),
                key=f"verdict-{kind}-{row.cluster}-{row.kind}",
                type="primary" if not row.kind else "secondary",
                disabled=holds,
                width="stretch",
            ):
                _judge(found, row, kind, ticked, own=bool(inside & {*ticked}))
            quiet(decision_means(kind, language()))


def _judge(found: Results, row: Any, kind: ClusterKind, ticked: list[str], *, own: bool) -> None:
    """Decide; the decision about these keeps its id, and one about others of the same text has its own."""
    ids = {one.id for one in found.read.contributions}
    decide(
        found.consultation,
        lambda by: by.cluster(
            row.decided if row.decided and own else next_cluster(by.codebook, ids), kind, ticked
        ),
    )
