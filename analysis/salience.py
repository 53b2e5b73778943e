"""How much people speak of each objective in their own words, and how evenly groups do.

Participants are counted, not mentions: writing much buys no weight. Groups count the same, so a loud one
cannot carry an objective alone, and breadth tells when one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.clusters import weights
from analysis.protocols import Rules
from analysis.resampling import group_means, once, reaching, resampling, stability_interval
from analysis.strata import Floats, Strata, merged, merges, positions, strata

_PERSON = ["group", "unit", "contribution_id"]

BASES = ("proposed", "learned", "reviewed", "author")
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
    salience_low, salience_high   its stability interval, units drawn again as for the ratings
    salience_basis   the weakest ground among its codings (an answer with several has the strongest);
                     for an objective nobody speaks of, `proposed` as long as any answer has no firmer one
    breadth          0 to 1: 0 if one group alone speaks of it, 1 if all do alike; NaN if nobody does,
                     or there are not two groups to compare
    reach            0 to 1: the share of groups in which at least two units speak of it
    attention        0 to 1: the share of their codings that those who speak of any objective give to it, each
                     person counting the same, averaged over groups; NaN if nobody speaks of any

    An answering participant counts in the share of every objective, whichever questions were answered.
    Answers may have a `weight`, as `clusters` gives it.
    """
    ids = [str(objective) for objective in objectives["objective"]]
    answers = merged(answers, merges(answers, group_ids, rules.smallest_group, dict(rules.merged_groups)))
    used = _codings_of(codings, answers)
    told = used[used["objective"].isin(ids)].groupby("objective")
    spoken = _speaking(used, answers, ids, strata(answers, group_ids, rules.smallest_group))
    shares = spoken.shares
    low, high = _interval(spoken, rules)
    return pd.DataFrame(
        {
            "objective": pd.Series(ids, dtype="str"),
            "n_answers": told["answer_id"].nunique().reindex(ids, fill_value=0).to_numpy(np.int64),
            "n_participants": told["contribution_id"].nunique().reindex(ids, fill_value=0).to_numpy(np.int64),
            "salience": shares.mean(axis=0) if len(shares) else np.full(len(ids), np.nan),
            "salience_low": low,
            "salience_high": high,
            "salience_basis": _bases(used, answers, ids),
            "breadth": breadth(shares),
            "reach": _reach(spoken),
            "attention": _attention(used, ids, spoken.strata),
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


@dataclass(frozen=True, eq=False)
class _Speaking:
    """How much each unit speaks of each objective and answers at all, units × objectives, weighted."""

    strata: Strata
    spoke: Floats
    answered: Floats

    def of(self, block: Floats) -> Floats:
        """The share of answering participants who speak of each, replicates × groups × objectives."""
        each = list(group_means(self.strata, block, self.spoke, self.answered))
        return np.stack(each, axis=1) if each else np.empty((len(block), 0, self.spoke.shape[1]))

    @property
    def shares(self) -> Floats:
        """The same of everybody as they are, groups × objectives."""
        everybody: Floats = self.of(once(self.strata))[0]
        return everybody


def _codings_of(codings: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """One row per answer and objective: who wrote it, and the strength of its ground (place in `BASES`)."""
    strength = positions(codings["basis"], BASES)
    if (strength < 0).any():
        raise ValueError(f"a coding has a basis that is none of {BASES}")
    used = (
        codings.assign(strength=strength).groupby(["answer_id", "objective"])["strength"].max().reset_index()
    )
    people = answers[["answer_id", "contribution_id", "unit", "group"]].assign(weight=weights(answers))
    return used.merge(people, on="answer_id")


def _speaking(used: pd.DataFrame, answers: pd.DataFrame, ids: list[str], groups: Strata) -> _Speaking:
    mentions = used[used["objective"].isin(ids)].drop_duplicates([*_PERSON, "objective"])
    spoke = groups.totals(
        mentions, positions(mentions["objective"], ids), len(ids), mentions["weight"].to_numpy(np.float64)
    )
    answering = answers.assign(weight=weights(answers)).drop_duplicates(_PERSON).sort_values(_PERSON)
    wrote = groups.totals(
        answering, np.zeros(len(answering), dtype=np.int64), 1, answering["weight"].to_numpy(np.float64)
    )
    return _Speaking(groups, spoke, np.repeat(wrote, len(ids), axis=1))


def _interval(spoken: _Speaking, rules: Rules) -> tuple[Floats, Floats]:
    if not spoken.strata.groups:
        nothing = np.full(spoken.spoke.shape[1], np.nan)
        return nothing, nothing
    blocks = resampling(spoken.strata, rules).blocks()
    replicates = np.concatenate([spoken.of(block).mean(axis=1) for block in blocks])
    return reaching(spoken.shares.mean(axis=0), *stability_interval(replicates, rules.interval))


def _reach(spoken: _Speaking) -> Floats:
    """The share of groups in which two units or more speak of each objective; NaN without groups."""
    if not spoken.strata.groups:
        return np.full(spoken.spoke.shape[1], np.nan)
    several = [(spoken.spoke[place] > 0).sum(axis=0) >= 2 for place in spoken.strata.slices]
    share: Floats = np.mean(several, axis=0)
    return share


def _attention(used: pd.DataFrame, ids: list[str], groups: Strata) -> Floats:
    """How the codings of those who speak are spread over the objectives, averaged over groups."""
    coded = used[used["objective"].isin(ids)].groupby([*_PERSON, "objective"]).agg(
        codings=("answer_id", "size"), weight=("weight", "first")
    ).reset_index()  # fmt: skip
    whole = coded.groupby(_PERSON)["codings"].transform("sum")
    share = (coded["weight"] * coded["codings"] / whole).to_numpy(np.float64)
    told = groups.totals(coded, positions(coded["objective"], ids), len(ids), share)
    means = [told[place].sum(axis=0) / n for place in groups.slices if (n := told[place].sum()) > 0]
    return np.mean(means, axis=0) if means else np.full(len(ids), np.nan)


def _bases(used: pd.DataFrame, answers: pd.DataFrame, ids: list[str]) -> pd.Series:
    """The weakest ground per objective; where nobody speaks of it, what silence rests on."""
    firm = used.loc[used["strength"] > 0, "answer_id"]
    unread = answers.empty or not answers["answer_id"].isin(firm).all()
    silence = 0 if unread else int(used["strength"].max())
    weakest = used.groupby("objective")["strength"].min().reindex(ids, fill_value=silence)
    return pd.Series([BASES[int(place)] for place in weakest], dtype="str")
