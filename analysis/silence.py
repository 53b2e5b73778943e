"""Silent cells: which groups have said nothing to which questions, while there is still time to ask them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from analysis.coverage import coverage

CELL = ["strategic_question", "guiding_question"]


def silent_cells(
    answers: pd.DataFrame,
    questions: Sequence[str],
    guides: Sequence[str],
    group_ids: Sequence[str],
    expected: Collection[str],
) -> pd.DataFrame:
    """Every strategic and guiding question with every group, in the plan's order.

    `strategic_question, guiding_question, group`; `n`, the contributions that answered there; `expected`,
    whether the group is among those `expected` to speak (`attendance.expected_groups`); `silent`, whether it
    is and has not. Whoever named no group stands last, if anybody answers from there, and is never silent.
    """
    cells = coverage(answers, group_ids, questions, guides)
    groups = list(dict.fromkeys(cells["group"]))
    every = pd.MultiIndex.from_product([questions, guides, groups], names=[*CELL, "group"])
    n = cells.set_index([*CELL, "group"])["n_participants"].reindex(every)
    table = n.rename("n").reset_index().astype(dict.fromkeys([*CELL, "group"], "str"))
    awaited = table["group"].isin(list(expected))
    return table.assign(expected=awaited, silent=awaited & (table["n"] == 0))


def by_cell(table: pd.DataFrame) -> pd.DataFrame:
    """One row per strategic and guiding question of `silent_cells`, in its order.

    `n` contributions of whatever group, `spoken` and `expected`: how many of the groups expected have spoken,
    and how many there are.
    """
    counted = table.assign(spoken=table["expected"] & (table["n"] > 0))
    return counted.groupby(CELL, sort=False)[["n", "spoken", "expected"]].sum().astype("int64").reset_index()


def put(table: pd.DataFrame, asked: Collection[tuple[str, str]] | None) -> pd.DataFrame:
    """The rows about the pairs of strategic and guiding question that were `asked`; all if `None`."""
    if asked is None:
        return table
    return table[pd.MultiIndex.from_frame(table[CELL]).isin(list(asked))]


def quietest(
    table: pd.DataFrame, most: int = 5, asked: Collection[tuple[str, str]] | None = None
) -> pd.DataFrame:
    """Whom and what to ask for first, of `silent_cells`: at most `most` rows.

    `group, strategic_question, guiding_question`, `silent` (how much that leaves unsaid) and `nobody`
    (whether nobody at all spoke there). In this order, level ones in the plan's:

    1. the groups expected that have answered nothing: "" for both questions, the cells they leave silent;
    2. the cells in which nobody spoke: "" for the group, the groups expected there;
    3. the cells in which most groups are silent of those that have spoken elsewhere: "" for the group, these.

    What was not `asked` (pairs of questions; all if `None`) is no silence.
    """
    table = put(table, asked)
    expected = table[table["expected"]]
    heard = expected.groupby("group")["n"].transform("sum") > 0
    mute = expected[~heard].groupby("group", sort=False).size()
    partly = expected[heard].groupby(CELL)["silent"].sum().rename("silent")
    cells = by_cell(table).join(partly, on=CELL)
    some = cells[(cells["n"] > 0) & (cells["silent"] > 0)]
    found = pd.concat(
        [
            mute.rename("silent").reset_index().assign(nobody=False),
            cells[cells["n"] == 0].assign(silent=lambda its: its["expected"], nobody=True),
            some.assign(nobody=False).sort_values("silent", ascending=False, kind="stable"),
        ]
    )
    columns = {"group": "str", **dict.fromkeys(CELL, "str"), "silent": "int64", "nobody": "bool"}
    names = ["group", *CELL]
    return (
        found.reindex(columns=list(columns))
        .fillna(dict.fromkeys(names, ""))
        .head(most)
        .astype(columns)
        .reset_index(drop=True)
    )
