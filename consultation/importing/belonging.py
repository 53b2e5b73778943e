"""Whom a contribution speaks for: one stakeholder group and one unit, whatever its rows say.

A contribution is one participant, or one table. Rows that leave the group or the unit empty take what the
contribution's other rows say; where these contradict each other, nothing is guessed: it has no group, and is
its own unit.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from consultation.errors import Notice
from consultation.importing.quoting import counted, quoted, some
from consultation.plan import UNSTATED_GROUP, Plan


def one_voice(rows: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Notice, ...]]:
    """`rows` with one `group` and one `unit` for each `contribution_id`, and what had to be settled.

    An empty group, or `non_indicato`, says none; so does an empty unit, or one that is the contribution's own
    id. Afterwards a group is empty only where the contribution names none, and `non_indicato` where it names
    several; a unit is never empty.
    """
    contributions = rows["contribution_id"]
    group = _Settled(contributions, rows["group"].where(rows["group"] != UNSTATED_GROUP, ""))
    unit = _Settled(contributions, rows["unit"].where(rows["unit"] != contributions, ""))
    own = unit.values.where(unit.values != "", contributions)
    settled = rows.assign(
        group=group.values.mask(contributions.isin(group.contested), UNSTATED_GROUP), unit=own
    )
    return settled, tuple(_told(group, unit))


def listed_groups(rows: pd.DataFrame, plan: Plan, source: str) -> tuple[pd.DataFrame, tuple[Notice, ...]]:
    """`rows` with `non_indicato` for every group that is empty or not in the plan, and how many these are."""
    known = rows["group"].isin([*plan.groups, UNSTATED_GROUP])
    unlisted = rows[~known].drop_duplicates("contribution_id")["group"]
    notices = []
    if (unlisted != "").any():
        notices.append(
            Notice(
                "{file}: the plan does not list these groups, so their contributions count as {group}: "
                "{values}. The plan's groups are {known}.",
                file=source,
                group=UNSTATED_GROUP,
                values=counted(unlisted[unlisted != ""]),
                known=", ".join(plan.groups),
            )
        )
    if (unlisted == "").any():
        notices.append(
            Notice(
                "{file}: contributions that name no group, and count as {group}: {n}.",
                file=source,
                group=UNSTATED_GROUP,
                n=int((unlisted == "").sum()),
            )
        )
    return rows.assign(group=rows["group"].where(known, UNSTATED_GROUP)), tuple(notices)


def agree(
    answers: pd.DataFrame, ratings: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Notice, ...]]:
    """The two tables of one analysis, with the same group and unit for each contribution in both.

    A contribution that names a group in one table only has it in both; one that names another group in each
    has none (`non_indicato`). Units likewise. Rows and their order stay.
    """
    columns = ["contribution_id", "group", "unit"]
    both = pd.concat([answers[columns], ratings[columns]], ignore_index=True)
    settled, notices = one_voice(both)
    group = settled["group"].where(settled["group"] != "", UNSTATED_GROUP).to_numpy()
    unit = settled["unit"].to_numpy()
    cut = len(answers)
    return (
        answers.assign(group=group[:cut], unit=unit[:cut]).astype(answers.dtypes),
        ratings.assign(group=group[cut:], unit=unit[cut:]).astype(ratings.dtypes),
        notices,
    )


class _Settled:
    """One value for each contribution; `values` is empty where it says none, or several (`contested`)."""

    def __init__(self, contributions: pd.Series[str], said: pd.Series[str]) -> None:
        pairs = pd.DataFrame({"contribution": contributions, "said": said})
        named = pairs[said != ""].drop_duplicates()
        several = named["contribution"].duplicated(keep=False)
        one = named[~several].set_index("contribution")["said"]
        self.values = contributions.map(one).fillna("")
        self.contested = sorted(named.loc[several, "contribution"].unique())
        partly = (said == "") & (self.values != "")
        self.completed = dict(sorted(zip(contributions[partly], self.values[partly], strict=True)))


def _told(group: _Settled, unit: _Settled) -> Iterator[Notice]:
    if group.contested:
        yield Notice(
            "Contributions that name two different groups, and count as {group}: {n} ({names}). "
            "Give each one group.",
            group=UNSTATED_GROUP,
            n=len(group.contested),
            names=some([quoted(name) for name in group.contested]),
        )
    if unit.contested:
        yield Notice(
            "Contributions that name two different units, and count each as its own: {n} ({names}). "
            "Give each one unit.",
            n=len(unit.contested),
            names=some([quoted(name) for name in unit.contested]),
        )
    if group.completed:
        yield Notice(
            "Contributions that name their group in some rows only, and now have it in all: {n} ({names}).",
            n=len(group.completed),
            names=some([f"{quoted(name)} {its}" for name, its in group.completed.items()]),
        )
