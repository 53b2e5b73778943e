"""The words of the coverage maps: where people have answered, and where nobody has yet."""

from __future__ import annotations

import pandas as pd

from analysis.protocols import Language
from analysis.sentences.basis import Basis, Reading, caution, finding, participants
from analysis.sentences.figures import MOST_NAMES, joined, quoted


def of_coverage(
    coverage: pd.DataFrame, objectives: pd.DataFrame, basis: Basis, language: Language
) -> Reading:
    """The words of strategic by guiding questions; `coverage` of all groups, or of the one looked at."""
    cells = coverage.groupby(["strategic_question", "guiding_question"], sort=False)["n_answers"].sum()
    silent = int((cells == 0).sum())
    if silent == len(cells) and basis.n_answers:
        text = language.say("no answer says which question it is about")
    elif silent == len(cells):
        text = language.say("nobody has answered yet")
    elif silent:
        text = language.count(
            "one of {total} cells is empty",
            "{n} of {total} cells are empty",
            silent,
            total=language.number(len(cells)),
        )
    else:
        text = language.say("every question has at least one answer")
    if silent < len(cells) and (least := _least_answered(coverage, objectives, language)):
        text = f"{text}; {least}"
    return Reading(
        finding=finding(text, basis, language),
        basis=" · ".join(
            [
                *_people(basis, language),
                language.count("{n} answer", "{n} answers", basis.n_answers),
                language.say("in each cell: answers"),
                language.say("dashed cell with –: none"),
            ]
        ),
        caution=caution(basis, language),
        says=language.say("It shows which questions people have answered, and which they have left out."),
        does_not_say=language.say(
            "It does not say that a full cell matters more: people answer what they are asked and have time "
            "for."
        ),
    )


def of_silence(coverage: pd.DataFrame, groups: pd.DataFrame, basis: Basis, language: Language) -> Reading:
    """The words of the overview: which groups are silent, and on what."""
    labels = dict(zip(groups["group"], groups["label"], strict=True))
    asked = coverage[coverage["group"].isin(labels)]
    silent_groups = [
        labels[group] for group, n in asked.groupby("group", sort=False)["n_answers"].sum().items() if n == 0
    ]
    silent = int((asked["n_answers"] == 0).sum())
    text = language.count(
        "one of {total} pairings of group and question has no voice yet",
        "{n} of {total} pairings of group and question have no voice yet",
        silent,
        total=language.number(len(asked)),
    )
    if not silent:
        text = language.say("every group has answered every question")
    elif 0 < len(silent_groups) <= MOST_NAMES:
        text += "; " + language.say(
            "nobody has spoken for {groups}",
            groups=joined([quoted(label, language) for label in silent_groups], language),
        )
    elif silent_groups:
        text += "; " + language.count(
            "one group has not spoken", "{n} groups have not spoken", len(silent_groups)
        )
    return Reading(
        finding=finding(text, basis, language),
        basis=" · ".join(
            [
                *_people(basis, language),
                language.say("in each cell: guiding questions with at least one answer"),
                language.say("dashed cell with –: none"),
            ]
        ),
        caution=caution(basis, language),
        says=language.say("It shows which groups have been heard on which part of the plan."),
        does_not_say=language.say(
            "It does not say that a silent group has nothing to say: it may not have been reached."
        ),
    )


def _people(basis: Basis, language: Language) -> list[str]:
    """Counts are plain: no group weighs more or less in them."""
    *only, people = participants(Basis(basis.n_participants, basis.n_answers, 0, group=basis.group), language)
    return [*only, people]


def _least_answered(coverage: pd.DataFrame, objectives: pd.DataFrame, language: Language) -> str:
    """The strategic question with the fewest answers, unless several are level."""
    titles = dict(zip(objectives["strategic_question"], objectives["question_title"], strict=True))
    totals = coverage.groupby("strategic_question", sort=False)["n_answers"].sum().sort_values(kind="stable")
    if len(totals) < 2 or totals.iloc[0] == totals.iloc[1]:
        return ""
    return language.say(
        "{question} has the fewest answers ({number})",
        question=quoted(titles[totals.index[0]], language),
        number=language.number(int(totals.iloc[0])),
    )
