"""How many speak of each confirmed theme, and how much is left that speaks of nothing anybody has named.

`themes` is the tidy table of what people confirmed, a row per answer: `theme`, `label`, `description`,
`objective` ("" for none), `answer_id`. `answers` and `codings` are the tidy tables. Participants are
counted, not mentions.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.quotes import COUNTED_ONLY
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


def themes_by_group(themes: pd.DataFrame, answers: pd.DataFrame, group_ids: Sequence[str]) -> pd.DataFrame:
    """One row per theme and group that speaks of it: `theme`, `group`, `n_answers`, `n_participants`.

    Groups are in the plan's order, then `non_indicato`.
    """
    said = _said(themes, answers, group_ids)
    return _counted(said, ["theme", "group"], group_ids)


def unassigned(answers: pd.DataFrame, codings: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """The answers that stand in no coding, whoever gave it, and in no confirmed theme."""
    spoken = {*codings["answer_id"], *themes["answer_id"]}
    return answers[~answers["answer_id"].isin(spoken)].reset_index(drop=True)


def residue(
    answers: pd.DataFrame, codings: pd.DataFrame, themes: pd.DataFrame, group_ids: Sequence[str]
) -> pd.DataFrame:
    """How many answers have neither objective nor theme, for each group and guiding question with answers.

    `group`, `guiding_question` ("" where none is known), `n_answers`, and `n_unassigned` of these. That what
    people say has no place in a plan is a finding about the plan.
    """
    left = set(unassigned(answers, codings, themes)["answer_id"])
    stated = answers.assign(
        group=stated_group(answers, group_ids), without=answers["answer_id"].isin(left).astype("int64")
    )
    cells = ["group", "guiding_question"]
    table = stated.groupby(cells).agg(n_answers=("answer_id", "size"), n_unassigned=("without", "sum"))
    return _in_plan_order(table.reset_index(), group_ids)


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


def _counted(said: pd.DataFrame, cells: list[str], group_ids: Sequence[str]) -> pd.DataFrame:
    counts = said.groupby(cells)[["answer_id", "contribution_id"]].nunique().reset_index()
    named = counts.rename(columns={"answer_id": "n_answers", "contribution_id": "n_participants"})
    return _in_plan_order(named, group_ids)


def _in_plan_order(table: pd.DataFrame, group_ids: Sequence[str]) -> pd.DataFrame:
    place = {group: place for place, group in enumerate(shown_groups(table["group"], group_ids))}
    others = [name for name in ("theme", "guiding_question") if name in table]
    ordered = table.assign(place=table["group"].map(place)).sort_values(
        [*(["theme"] if "theme" in table else []), "place", *others], ignore_index=True
    )
    return ordered.drop(columns="place")
