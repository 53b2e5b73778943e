"""Who took part, by stakeholder group, as it may leave the room: no figure points to a few people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import pandas as pd

from consultation.ballot import Vote
from consultation.language import Language
from consultation.minutes import AttendanceTold
from consultation.plan import UNSTATED_GROUP, Plan

Hiding = Literal["", "few", "other"]
"""How a count is told: as it is; as fewer than the smallest cell; not at all, to keep such a one unknown."""

_SMALLEST_BASE = 20  # people below whom a share says less than the counts beside it


def attendance_in_words(
    attendance: pd.DataFrame, votes: Iterable[Vote], plan: Plan, smallest_cell: int, language: Language
) -> AttendanceTold:
    """A row per group and one for all: who took part, voted, was counted in the room and was invited.

    `attendance` has `group`, `n_contributions`, `invited`, `response` (0 to 1) and `present`, a row per
    group, as the analysis counts it; a column of which nothing is known is left out. Counts from 1 up to
    below `smallest_cell` are hidden, and others with them (`hiding`); a group hidden among those who took
    part is hidden in every column. Groups from which nobody came are named. The table is empty when nobody
    came at all.
    """
    say, number = language.say, language.number
    came, present = _counts(attendance["n_contributions"]), _counts(attendance["present"])
    voted = _counts(attendance["group"].map(_voters(votes, plan)).fillna(0))
    if not any((*came, *present, *voted)):
        return AttendanceTold(pd.DataFrame())
    labels = {id_: language.pick(group.label) for id_, group in plan.groups.items()}
    names = [labels.get(group, say("Group not stated")) for group in attendance["group"]]
    hides = hiding(came, smallest_cell)
    told = {say("Took part"): came, say("Voted"): voted, say("Counted in the room"): present}
    table: dict[str, list[object]] = {say("Group"): [*names, say("All")]}
    for heading, counts in told.items():
        if any(counts):
            own = [
                mine or ("other" if n and all_hide else "")
                for n, mine, all_hide in zip(counts, hiding(counts, smallest_cell), hides, strict=True)
            ]
            words = {"few": f"<{smallest_cell}", "other": say("left out")}
            table[heading] = [
                *(words[how] if how else n for n, how in zip(counts, own, strict=True)),
                sum(n or 0 for n in counts),
            ]
    invited = _counts(attendance["invited"])
    if any(invited):
        shares = zip(attendance["response"], invited, hides, strict=True)
        table[say("Invited")] = [*invited, None]
        table[say("Of those invited")] = [
            *(
                f"{number(100 * share)}%"
                if (of or 0) >= _SMALLEST_BASE and share == share and not how
                else None
                for share, of, how in shares
            ),
            None,
        ]
    return AttendanceTold(
        pd.DataFrame(table, dtype="object"),
        (
            *_absent(names, came, present, hides, language),
            *_explained(table, smallest_cell, language),
        ),
    )


def hiding(counts: Sequence[int | None], smallest_cell: int) -> list[Hiding]:
    """How each of these counts may be told beside their sum, so that "few" says no more than 1 to below it.

    With the few the next smallest are hidden, until whoever subtracts what is told from the sum can rule out
    no number for any of the few. Where even hiding all that are not 0 does not suffice, all are hidden.
    """
    known = [n or 0 for n in counts]
    hides: list[Hiding] = ["few" if 0 < n < smallest_cell else "" for n in known]
    n_few = hides.count("few")
    if n_few == 0:
        return hides
    larger = [place for _, place in sorted((n, place) for place, n in enumerate(known) if n >= smallest_cell)]
    for place in (None, *larger):
        if place is not None:
            hides[place] = "other"
        hidden = sum(n for n, how in zip(known, hides, strict=True) if how)
        # the least that a reader knows them to have: others that were below the cell would be told as few
        least = n_few + hides.count("other") * smallest_cell
        # one of the few can be 1 only if the rest can make up the sum
        can_be_least = place is not None or hidden - 1 <= (n_few - 1) * (smallest_cell - 1)
        if can_be_least and hidden - least >= smallest_cell - 2:
            return hides
    return ["other"] * len(known)


def _counts(column: pd.Series) -> list[int | None]:
    return [None if pd.isna(n) else int(n) for n in column]


def _voters(votes: Iterable[Vote], plan: Plan) -> dict[str, int]:
    """How many people of each group voted in at least one ballot, each in the group of their last one."""
    groups = {vote.voter: vote.group for vote in sorted(votes, key=lambda v: (v.ballot, v.at, v.voter))}
    stated = [group if group in plan.groups else UNSTATED_GROUP for group in groups.values()]
    return {group: stated.count(group) for group in stated}


def _absent(
    names: Sequence[str],
    came: Sequence[int | None],
    present: Sequence[int | None],
    hides: Sequence[Hiding],
    language: Language,
) -> list[str]:
    absent = [
        name
        for name, n, there, how in zip(names, came, present, hides, strict=True)
        if not (n or there or how)
    ]
    told = language.say("Nobody took part from: {groups}.", groups=", ".join(absent))
    return [told] if absent else []


def _explained(table: dict[str, list[object]], smallest_cell: int, language: Language) -> list[str]:
    """What the marks mean, if there are any."""
    marks = {f"<{smallest_cell}", language.say("left out")}
    if not marks & {cell for column in table.values() for cell in column if isinstance(cell, str)}:
        return []
    return [
        language.say(
            "“<{few}” stands for 1 to {most}; what is “left out” would tell such a number by subtraction.",
            few=smallest_cell,
            most=smallest_cell - 1,
        )
    ]
