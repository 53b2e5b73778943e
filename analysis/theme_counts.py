"""How many speak of each confirmed theme, and how much is left that speaks of nothing anybody has named.

`themes` is the tidy table of what people confirmed, a row per answer: `theme`, `label`, `description`,
`objective` ("" for none), `answer_id`. `answers` and `codings` are the tidy tables. Participants are
counted, not mentions.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.quotes import COUNTED_ONLY
from analysis.small_cells import large_cells
from analysis.strata import UNSTATED_GROUP, shown_groups, stated_group

THEMES = ["theme", "label", "description", "objective"]


def count_themes(themes: pd.DataFrame, answers: pd.DataFrame, group_ids: Sequence[str]) -> pd.DataFrame:
    """One row per theme, those of most participants first: its names, then how many speak of it.

    `n_answers`, `n_participants` (contributions), and `n_groups` of the plan; whoever named no group is
    counted, in no group. A theme none of whose answers is left has no row.
    """
    said = _said(themes, answers, group_ids)
    counts = said.groupby("theme")[["answer_id", "contribution_id"]].nunique().reset_index()
    groups = said[said["group"] != UNSTATED_GROUP].groupby("theme")["group"].nunique()
    table = (
        themes[THEMES]
        .drop_duplicates("theme")
        .merge(counts, on="theme")
        .rename(columns={"answer_id": "n_answers", "contribution_id": "n_participants"})
    )
    table = table.assign(n_groups=table["theme"].map(groups).fillna(0))
    counted = dict.fromkeys(["n_answers", "n_participants", "n_groups"], "int64")
    return table.astype(counted).sort_values(
        ["n_participants", "theme"], ascending=[False, True], ignore_index=True
    )


def themes_by_group(
    themes: pd.DataFrame, answers: pd.DataFrame, group_ids: Sequence[str], smallest_cell: int
) -> pd.DataFrame:
    """One row per theme and group that speaks of it: `theme`, `group`, `n_answers`, `n_participants`.

    Groups are in the plan's order, then `non_indicato`. One of which fewer than `smallest_cell` participants
    answered at all has no row: that it speaks of a theme would point to persons.
    """
    stated = answers.assign(group=stated_group(answers, group_ids))
    said = _said(themes, answers, group_ids)
    told = said[said["group"].isin(large_cells(stated, "group", smallest_cell))]
    counts = told.groupby(["theme", "group"])[["answer_id", "contribution_id"]].nunique().reset_index()
    named = counts.rename(columns={"answer_id": "n_answers", "contribution_id": "n_participants"})
    place = {group: place for place, group in enumerate(shown_groups(named["group"], group_ids))}
    ordered = named.assign(place=named["group"].map(place)).sort_values(["theme", "place"], ignore_index=True)
    return ordered.drop(columns="place")


def of_neither(answers: pd.DataFrame, codings: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """The answers that stand in no coding, whoever gave it, and in no confirmed theme."""
    spoken = {*codings["answer_id"], *themes["answer_id"]}
    return answers[~answers["answer_id"].isin(spoken)].reset_index(drop=True)


def voices_of_themes(
    themes: pd.DataFrame, answers: pd.DataFrame, participation: pd.DataFrame, smallest_cell: int
) -> pd.DataFrame:
    """The answers of each theme that may be quoted: its names, `answer_id`, `group`, `text`.

    An answer that its author wants only counted is absent. `group` is empty unless the author lets it be
    named and the group has at least `smallest_cell` participants.
    """
    large = set(participation.loc[participation["n_contributions"] >= smallest_cell, "group"])
    rows = themes[[*THEMES, "answer_id"]].merge(
        answers[["answer_id", "group", "text", "consent"]], on="answer_id", validate="many_to_one"
    )
    rows = rows[rows["consent"] != COUNTED_ONLY]
    named = (rows["consent"] == "quotable_with_group") & rows["group"].isin(large)
    rows = rows.assign(group=rows["group"].where(named, ""))
    return rows.drop(columns="consent").reset_index(drop=True)


def _said(themes: pd.DataFrame, answers: pd.DataFrame, group_ids: Sequence[str]) -> pd.DataFrame:
    stated = answers.assign(group=stated_group(answers, group_ids))
    return themes[["theme", "answer_id"]].merge(
        stated[["answer_id", "contribution_id", "group"]], on="answer_id", validate="many_to_one"
    )
