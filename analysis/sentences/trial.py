"""The words of a trial: what other rules change, set against the declared ones."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.protocols import Language
from analysis.ranks.ranking import kendall_tau
from analysis.sentences.figures import joined

MOST_CODES = 6  # as many objectives as a sentence can list


def of_trial(
    declared: pd.DataFrame, tried: pd.DataFrame, objectives: pd.DataFrame, language: Language
) -> str:
    """What is otherwise in `tried` than in `declared` (both priorities, in the same order of objectives)."""
    codes = dict(zip(objectives["objective"], objectives["code"], strict=True))
    both = (declared["ranked"] & tried["ranked"]).to_numpy(dtype=np.bool_)
    tau = kendall_tau(declared["need"].to_numpy(np.float64)[both], tried["need"].to_numpy(np.float64)[both])
    changes = [
        (language.say("in another tier: {codes}"), "tier"),
        (language.say("in another quadrant: {codes}"), "quadrant"),
        (language.say("at another position: {codes}"), "rank"),
    ]
    told = []
    for sentence, column in changes:
        differ = _differ(declared[column], tried[column])
        moved = [codes[objective] for objective in tried.loc[differ, "objective"]]
        if len(moved) > MOST_CODES:
            moved = [language.count("{n} objective", "{n} objectives", len(moved))]
        if moved:
            told.append(sentence.format(codes=joined(moved, language)))
    if not told:
        return language.say("Against the declared rules no tier, quadrant or position changes.")
    likeness = "–" if np.isnan(tau) else language.number(tau, 2)
    return language.say(
        "Against the declared rules (likeness of the order τ = {tau}): {changes}.",
        tau=likeness,
        changes="; ".join(told),
    )


def _differ(before: pd.Series, after: pd.Series) -> pd.Series:
    """Where two columns differ; missing is like missing."""
    missing: pd.Series = before.isna() & after.isna()
    return (before != after) & ~missing
