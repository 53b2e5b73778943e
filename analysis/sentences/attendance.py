"""The words of who has come so far, while a room works and there is still time to ask for the others."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.attendance import expected_groups
from analysis.protocols import Language
from analysis.sentences.basis import Basis, Reading, caution, finding
from analysis.sentences.figures import MOST_NAMES, each, joined, quoted
from analysis.strata import UNSTATED_GROUP


def of_attendance(
    attendance: pd.DataFrame, groups: pd.DataFrame, basis: Basis, language: Language
) -> Reading:
    """The words of `attendance`; `groups` has `group` and `label`. Of `basis` only its warnings are told."""
    return Reading(
        finding=finding(_finding(attendance, groups, language), basis, language),
        basis=" · ".join(_basis(attendance, language)),
        caution=caution(basis, language),
        says=language.say("It counts the people of each group who have written, rated or voted so far."),
        does_not_say=language.say(
            "It does not say that many people weigh more: on the maps every group can weigh the same."
        ),
    )


def attendance_rows(attendance: pd.DataFrame, groups: pd.DataFrame, language: Language) -> pd.DataFrame:
    """`attendance` with `name`, the group's label, and `figure`, its numbers in words."""
    return attendance.assign(
        name=_labels(attendance, groups, language),
        figure=[_figure(row, language) for row in each(attendance)],
    )


def _finding(attendance: pd.DataFrame, groups: pd.DataFrame, language: Language) -> str:
    came = attendance["n_contributions"] > 0
    if not came.any():
        return language.say("nobody has answered yet")
    names = _labels(attendance, groups, language)
    stated = attendance["group"] != UNSTATED_GROUP
    awaited = stated & (came | attendance["group"].isin(expected_groups(attendance)))
    if attendance["invited"].isna().all():
        awaited = stated  # without a list of invited, nobody knows whom not to wait for
    absent = [quoted(name, language) for name in names[awaited & ~came]]
    heard, all_groups = int((stated & came).sum()), int(awaited.sum())
    if not heard:
        return language.say("whoever has spoken named no group")
    if not absent:
        return language.count(
            "the only group expected has been heard", "all {n} groups expected have been heard", all_groups
        )
    text = language.count(
        "one group of {total} has been heard",
        "{n} groups of {total} have been heard",
        heard,
        total=language.number(all_groups),
    )
    if len(absent) > MOST_NAMES:
        return text
    return f"{text}; " + language.say("nobody from {groups}", groups=joined(absent, language))


def _basis(attendance: pd.DataFrame, language: Language) -> list[str]:
    known = attendance[attendance["invited"].notna()]
    phrases = [
        language.count(
            "{n} person has written, rated or voted",
            "{n} people have written, rated or voted",
            int(attendance["n_contributions"].sum()),
        )
    ]
    if len(known):
        n = int(known["invited"].sum())
        phrases.append(language.count("line: invited ({n} person)", "line: invited ({n} people)", n))
    if attendance["present"].notna().any():
        number = language.number(int(attendance["present"].sum()))
        phrases.append(language.say("diamond: counted in the room ({number})", number=number))
    return phrases


def _figure(row: Any, language: Language) -> str:
    """The people of a group: of so many invited, where that is known. Counts, for groups are small."""
    if pd.isna(row.invited) or row.invited == 0:
        said = language.number(row.n_contributions)
    elif row.n_contributions > row.invited:
        said = language.say(
            "{number} ({total} invited)",
            number=language.number(row.n_contributions),
            total=language.number(row.invited),
        )
    else:
        said = language.say(
            "{number} of {total} invited",
            number=language.number(row.n_contributions),
            total=language.number(row.invited),
        )
    if pd.isna(row.present):
        return said
    return f"{said} · " + language.say("{number} in the room", number=language.number(row.present))


def _labels(attendance: pd.DataFrame, groups: pd.DataFrame, language: Language) -> pd.Series:
    labels = dict(zip(groups["group"], groups["label"], strict=True))
    labels.setdefault(UNSTATED_GROUP, language.say("Group not stated"))
    return attendance["group"].map(labels)
