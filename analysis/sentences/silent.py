"""The words of the silent cells of a room: who has not spoken on what, and whom to ask first."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from analysis.protocols import Language
from analysis.sentences.basis import Basis, Reading, caution, finding
from analysis.sentences.figures import joined, quoted
from analysis.silence import by_cell, put


def of_silent_cells(
    cells: pd.DataFrame,
    basis: Basis,
    language: Language,
    asked: Collection[tuple[str, str]] | None = None,
) -> Reading:
    """The words of `silence.silent_cells`, of the pairs of questions `asked` so far, all if `None`."""
    here = by_cell(put(cells, asked))
    phrases = [
        language.say("in each cell: groups that have spoken, of those expected"),
        language.say("dashed: nobody"),
    ]
    if len(here) < len(by_cell(cells)):
        phrases.append(language.say("blank: not asked yet"))
    return Reading(
        finding=finding(_finding(here, language), basis, language),
        basis=" · ".join(phrases),
        caution=caution(basis, language),
        says=language.say("It shows on which questions groups have not been heard yet."),
        does_not_say=language.say(
            "It does not say that a silent group has nothing to say: it may not have been reached."
        ),
    )


def of_quietest(
    quietest: pd.DataFrame,
    groups: Mapping[str, str],
    questions: Mapping[str, str],
    guides: Mapping[str, str],
    language: Language,
) -> list[str]:
    """Whom and what to ask for first, one sentence each; none where every group has answered everything.

    `quietest` as of `silence.quietest`; the rest are the labels of groups, questions and guiding questions.
    """
    mute = [quoted(groups[group], language) for group in quietest.loc[quietest["group"] != "", "group"]]
    told = []
    if mute:
        told.append(
            language.count(
                "Expected, and not heard yet: {groups}.",
                "Expected, and not heard yet: {groups}.",
                len(mute),
                groups=joined(mute, language),
            )
        )
    for row in quietest[quietest["group"] == ""].itertuples():
        where = {
            "question": questions[str(row.strategic_question)],
            "guide": guides[str(row.guiding_question)],
        }
        if row.nobody:
            told.append(language.say("{question}, “{guide}”: nobody has spoken.", **where))
        else:
            told.append(
                language.count(
                    "{question}, “{guide}”: one group that has spoken elsewhere is silent.",
                    "{question}, “{guide}”: {n} groups that have spoken elsewhere are silent.",
                    int(str(row.silent)),
                    **where,
                )
            )
    return told


def _finding(here: pd.DataFrame, language: Language) -> str:
    if here.empty:
        return language.say("nothing has been asked yet")
    if not here["n"].any():
        return language.say("nobody has answered yet")
    empty, full = int((here["n"] == 0).sum()), int((here["spoken"] == here["expected"]).sum())
    total = language.number(len(here))
    if empty:
        return language.count(
            "one question of {total} is silent",
            "{n} questions of {total} are silent",
            empty,
            total=total,
        )
    if full == len(here):
        return language.say("every group expected has spoken on every question")
    if not full:
        return language.say("somebody has spoken on every question, every group expected on none")
    return language.count(
        "somebody has spoken on every question; on one of {total} every group expected has",
        "somebody has spoken on every question; on {n} of {total} every group expected has",
        full,
        total=total,
    )
