"""How much people speak of each objective in their own words, and how evenly groups do.

Participants are counted, not mentions: writing much buys no weight. Groups count the same, so a loud one
cannot carry an objective alone, and breadth tells when one does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.protocols import Rules
from analysis.resampling import group_means, once
from analysis.strata import Floats, positions, strata

BASES = ("proposed", "reviewed", "author")
"""Who says that an answer speaks of an objective, from the weakest ground to the strongest."""


def salience(
    codings: pd.DataFrame,
    answers: pd.DataFrame,
    objectives: pd.DataFrame,
    group_ids: Sequence[str],
    rules: Rules,
) -> pd.DataFrame:
    """Salience and breadth, one row per objective in the order given.

    n_answers, n_participants   answers and contributions that speak of it, of every group
    salience         0 to 1: the share of a group's answering participants who speak of it, averaged over
                     the groups with at least `smallest_group` answering units; NaN if there are none
    salience_basis   the weakest ground among its codings (an answer with several has the strongest);
                     for an objective nobody speaks of, `proposed` as long as any answer has no firmer one
    breadth          0 to 1: 0 if one group alone speaks of it, 1 if all do alike; NaN if nobody does,
                     or there are not two groups to compare

    An answering participant counts in the share of every objective, whichever questions were answered.
    """
    ids = [str(objective) for objective in objectives["objective"]]
    used = _codings_of(codings, answers)
    told = used[used["objective"].isin(ids)].groupby("objective")
    shares = _shares(used, answers, ids, group_ids, rules)
    return pd.DataFrame(
        {
            "objective": pd.Series(ids, dtype="str"),
            "n_answers": told["answer_id"].nunique().reindex(ids, fill_value=0).to_numpy(np.int64),
            "n_participants": told["contribution_id"].nunique().reindex(ids, fill_value=0).to_numpy(np.int64),
            "salience": shares.mean(axis=0) if len(shares) else np.full(len(ids), np.nan),
            "salience_basis": _bases(used, answers, ids),
            "breadth": breadth(shares),
        }
    )


def breadth(shares: Floats) -> Floats:
    """How evenly groups speak of each objective, 0 to 1, from their shares (groups × objectives).

    (N2 − 1) / (groups − 1), where N2 = 1 / Σ π² is the number of equally talkative groups that would be
    as concentrated. NaN where no group speaks of it, or there are fewer than two groups.
    """
    groups, width = shares.shape
    result = np.full(width, np.nan)
    spoken = shares.sum(axis=0) > 0
    if groups < 2:
        return result
    parts = shares[:, spoken] / shares[:, spoken].sum(axis=0)
    result[spoken] = np.clip((1 / (parts**2).sum(axis=0) - 1) / (groups - 1), 0, 1)
    return result


def _codings_of(codings: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """One row per answer and objective: who wrote it, and the strength of its ground (place in `BASES`)."""
    strength = positions(codings["basis"], BASES)
    if (strength < 0).any():
        raise ValueError(f"a coding has a basis that is none of {BASES}")
    used = (
        codings.assign(strength=strength).groupby(["answer_id", "objective"])["strength"].max().reset_index()
    )
    return used.merge(answers[["answer_id", "contribution_id", "unit", "group"]], on="answer_id")


def _shares(
    used: pd.DataFrame, answers: pd.DataFrame, ids: list[str], group_ids: Sequence[str], rules: Rules
) -> Floats:
    """The share of each group's answering participants who speak of each objective, groups × objectives."""
    participant = ["group", "unit", "contribution_id"]
    groups = strata(answers, group_ids, rules.smallest_group)
    mentions = used[used["objective"].isin(ids)].drop_duplicates([*participant, "objective"])
    spoke = groups.totals(mentions, positions(mentions["objective"], ids), len(ids))
    answering = answers.drop_duplicates(participant)
    wrote = groups.totals(answering, np.zeros(len(answering), dtype=np.int64), 1)
    everywhere = np.repeat(wrote, len(ids), axis=1)
    means = list(group_means(groups, once(groups), spoke, everywhere))
    return np.concatenate(means) if means else np.empty((0, len(ids)))


def _bases(used: pd.DataFrame, answers: pd.DataFrame, ids: list[str]) -> pd.Series:
    """The weakest ground per objective; where nobody speaks of it, what silence rests on."""
    firm = used.loc[used["strength"] > 0, "answer_id"]
    unread = answers.empty or not answers["answer_id"].isin(firm).all()
    silence = 0 if unread else int(used["strength"].max())
    weakest = used.groupby("objective")["strength"].min().reindex(ids, fill_value=silence)
    return pd.Series([BASES[int(place)] for place in weakest], dtype="str")
