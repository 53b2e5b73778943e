"""The groups looked at, and who is counted without weighing."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.sentences.figures import joined
from consultation.language import Language
from consultation.occasion import Consultation
from consultation.plan import UNSTATED_GROUP, Plan
from pages.analyst.results import Results
from pages.frame.language import language
from pages.frame.plain import plain


def group_filter(consultation: Consultation) -> tuple[str, ...]:
    """The groups chosen; none means all."""
    labels = group_labels(consultation.plan, language())
    return tuple(
        st.multiselect(
            language().say("Groups"),
            list(consultation.plan.groups),
            format_func=labels.__getitem__,
            placeholder=language().say("All groups"),
            select_all=False,  # its word is English only, and all groups are none chosen
            key=f"groups-{consultation.id}",
        )
    )


def group_labels(plan: Plan, reader: Language) -> dict[str, str]:
    """What each group is called, whoever named none included."""
    labels = {group.id: reader.pick(group.label) for group in plan.stakeholder_groups}
    return labels | {UNSTATED_GROUP: reader.say("Group not stated")}


def tell_left_out(found: Results) -> None:
    """Which groups are counted, but too small to weigh as much as the others; and which are silent."""
    say, count = language().say, language().count
    plan, people = found.consultation.plan, found.findings.participation
    counted = people[~people["balanced"] & (people["n_contributions"] > 0)]
    stated = counted["group"] != UNSTATED_GROUP
    sentences = []
    if small := _named(counted[stated], plan):
        sentences.append(
            count(
                "Counted, but not weighed as a group of its own: {groups}. That takes at least one voice.",
                "Counted, but not weighed as groups of their own: {groups}. That takes at least {n} voices.",
                found.consultation.rules.smallest_group,
                groups=small,
            )
        )
    if not counted[~stated].empty:
        sentences.append(
            count(
                "{n} participant named no group: counted, but weighed in none.",
                "{n} participants named no group: counted, but weighed in none.",
                int(counted[~stated]["n_contributions"].sum()),
            )
        )
    if silent := _named(people[people["n_contributions"] == 0], plan):
        sentences.append(say("Nobody has taken part yet for: {groups}.", groups=silent))
    if found.findings.rated:
        sentences += _of_ratings(found)
    if sentences:
        st.markdown(plain(" ".join(sentences)))


def _of_ratings(found: Results) -> list[str]:
    """Groups that weigh by what they write, but not by what they rate; and those whose ratings are few."""
    say, plan, people = language().say, found.consultation.plan, found.findings.participation
    estimates = found.findings.ratings
    weighed = people.loc[people["balanced"], "group"]
    raters = estimates.left_out[estimates.left_out["group"].isin(weighed)]
    sentences = []
    if few := _named(raters, plan):
        sentences.append(
            say("Too few to weigh in need and feasibility: those who rated for {groups}.", groups=few)
        )
    labels = group_labels(plan, language())
    sentences += [
        say("Too few by themselves, weighed with {into}: {group}.", into=labels[into], group=labels[group])
        for group, into in sorted(estimates.moves.items())
    ]
    if estimates.pairs:
        pairs = joined([labels[group] for group in estimates.pairs], language())
        sentences.append(
            say(
                "Only two voices each have rated for {groups}: their part of every interval is rough.",
                groups=pairs,
            )
        )
    return sentences


def _named(people: pd.DataFrame, plan: Plan) -> str:
    labels = group_labels(plan, language())
    return joined(
        [
            f"{labels[group]} ({language().number(n)})" if n else labels[group]
            for group, n in zip(people["group"], people["n_units"], strict=True)
        ],
        language(),
    )
