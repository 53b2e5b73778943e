"""Where people have answered and where nobody has: answers per group and question."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.strata import shown_groups, stated_group


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
