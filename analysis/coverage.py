"""Who is here and who is missing: answers per group and question, and the people of each group."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.protocols import Rules
from analysis.strata import group_sizes, shown_groups, stated_group, strata


def coverage(
    answers: pd.DataFrame, group_ids: Sequence[str], strategic_ids: Sequence[str], guiding_ids: Sequence[str]
) -> pd.DataFrame:
    """How many answers, and from how many contributions, stand in each cell, empty cells included.

    One row per group (`non_indicato` last, if anybody answers from there), strategic and guiding question:
    `group, strategic_question, guiding_question, n_answers, n_participants`. An answer that is under no
    question of the plan stands in no cell.
    """
    stated = answers.assign(group=stated_group(answers, group_ids))
    cells = ["group", "strategic_question", "guiding_question"]
    every = pd.MultiIndex.from_product(
        [shown_groups(stated["group"], group_ids), list(strategic_ids), list(guiding_ids)], names=cells
    )
    return (
        stated.groupby(cells)[["answer_id", "contribution_id"]]
        .nunique()
        .reindex(every, fill_value=0)
        .rename(columns={"answer_id": "n_answers", "contribution_id": "n_participants"})
        .astype("int64")
        .reset_index()
        .astype(dict.fromkeys(cells, "str"))
    )


def participation(
    answers: pd.DataFrame, ratings: pd.DataFrame, group_ids: Sequence[str], rules: Rules
) -> pd.DataFrame:
    """The people of each group: `group, n_contributions, n_units, balanced`, zeros included.

    One row per group, `non_indicato` last if anybody stands there. Everybody who wrote an answer or
    touched a rating is counted, a "non so" included. `balanced` tells whether the group enters the balanced
    need and feasibility (enough units rated) or the balanced salience (enough units wrote).
    """
    people = ["contribution_id", "unit", "group"]
    sizes = group_sizes(pd.concat([answers[people], ratings[people]], ignore_index=True), group_ids)
    rated = strata(ratings[ratings["value"].notna()], group_ids, rules.smallest_group)
    wrote = strata(answers, group_ids, rules.smallest_group)
    return sizes.assign(balanced=sizes["group"].isin([*rated.groups, *wrote.groups]))
