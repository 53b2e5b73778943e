"""From figures to tiers: what a council can be told of each objective, and which evidence stands beside it.

Tiers are judged in this order; the first that holds is given.

not_classifiable  too few groups rated it, or its place in the ranking is too uncertain
contested         often at the top, but a group disagrees, or opinions are opposed, or groups do not concur
robust            nearly always at the top, whichever way weights are set, with groups concurring
likely            more often at the top than not
watch             the rest

Every threshold is a convention, declared in the rules before the consultation opens.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.protocols import Rules
from analysis.ranks.ranking import mid_ranks
from analysis.resampling import ROUNDING
from analysis.strata import Booleans, Floats, Integers

TIERS = ("robust", "likely", "contested", "watch", "not_classifiable")
BADGES = ("confirmed", "little_told", "one_group")
"""Beside a tier, what words say of it: they never move it."""

WIDELY_TOLD = 0.5  # share of groups, each by two units, from which an objective is confirmed by what is told
ONE_GROUP = 0.25  # breadth below which it is told by one group or hardly more


class Evidence(NamedTuple):
    """What a tier rests on, one number per objective; NaN where there is none.

    `p_top` is the probability of the top places, `p_top_voice` with every person weighing the same,
    `p_top_random` with importance and urgency weighing anyhow. `consensus` is the geometric one; `veto`
    tells whether a publishable group finds the objective unimportant.
    """

    ranked: Booleans
    rank_low: Integers
    rank_high: Integers
    p_top: Floats
    p_top_voice: Floats
    p_top_random: Floats
    consensus: Floats
    polarisation: Floats
    veto: Booleans


def tiers(evidence: Evidence, rules: Rules) -> list[str]:
    """The tier of each objective."""
    widest = rules.widest_rank * int(evidence.ranked.sum())
    return [_tier(*row, widest=widest, rules=rules) for row in zip(*evidence, strict=True)]


def badges(spoken: pd.DataFrame) -> list[str]:
    """The badges of each row of `salience` (salience, reach, breadth), joined by |; "" if nothing is told."""
    known = spoken["salience"].notna().to_numpy()
    percentile = np.full(len(spoken), np.nan)
    percentile[known] = mid_ranks(spoken.loc[known, "salience"].to_numpy(np.float64))
    given = []
    for high, reach, breadth in zip(percentile, spoken["reach"], spoken["breadth"], strict=True):
        narrow = breadth < ONE_GROUP
        holds = {
            "confirmed": high > 50 + ROUNDING and reach >= WIDELY_TOLD - ROUNDING and not narrow,
            "little_told": high <= 50 + ROUNDING,
            "one_group": narrow,
        }
        given.append("|".join(badge for badge in BADGES if holds[badge]))
    return given


def _tier(
    ranked: bool,
    rank_low: int,
    rank_high: int,
    p_top: float,
    p_top_voice: float,
    p_top_random: float,
    consensus: float,
    polarisation: float,
    veto: bool,
    *,
    widest: float,
    rules: Rules,
) -> str:
    if not ranked or rank_high - rank_low + 1 > widest + ROUNDING:
        return "not_classifiable"
    likely = p_top >= rules.likely_probability - ROUNDING
    if likely and (
        veto
        or polarisation > rules.contested_polarisation + ROUNDING
        or consensus < rules.contested_consensus - ROUNDING
    ):
        return "contested"
    least = rules.robust_probability - ROUNDING
    always = all(probability >= least for probability in (p_top, p_top_voice, p_top_random))
    if always and consensus >= rules.robust_consensus - ROUNDING:
        return "robust"
    return "likely" if likely else "watch"
