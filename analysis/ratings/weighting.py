"""How groups weigh in a balanced estimate: three declared ways, always computed side by side.

equal                 every group alike, whoever sends more people
one_person_one_voice  every person alike: a group weighs as much as it has voices
custom                as declared: a policy, or shares of the population

Equal weights are a principle, that no group dominates. None of the three makes participants, who chose
themselves, stand for the city.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.protocols import Rules
from analysis.ratings.effective_size import design_effect, effective_size
from analysis.ratings.sample import Sample
from analysis.strata import Floats

SCHEMES = ("equal", "one_person_one_voice", "custom")


def schemes(rules: Rules) -> tuple[str, ...]:
    """The ways of weighing that can be computed: custom weights only where some are declared."""
    return SCHEMES if rules.custom_weights else SCHEMES[:-1]


def group_weights(scheme: str, sample: Sample, rules: Rules) -> Floats:
    """The weight of each group in each column, groups × columns; 0 where it is not present.

    Raises `ValueError` for a scheme that is none of `SCHEMES`.
    """
    present = sample.present.astype(np.float64)
    if scheme == "equal":
        return present
    if scheme == "one_person_one_voice":
        return sample.voices
    if scheme == "custom":
        declared = dict(rules.custom_weights)
        each = np.array([declared[group] for group in sample.strata.groups], dtype=np.float64)
        return present * each[:, None]
    raise ValueError(f"{scheme!r} is none of {SCHEMES}")


def balanced(means: Floats, weights: Floats) -> Floats:
    """The mean of groups' `means` (… × groups × columns) as they weigh; NaN where none has one.

    A group without a value, in a replicate that drew nobody who rated, is left out of that mean.
    """
    known = ~np.isnan(means)
    total = (np.where(known, means, 0.0) * weights).sum(axis=-2)
    weight = (known * weights).sum(axis=-2)
    mean: Floats = np.full_like(total, np.nan)
    np.divide(total, weight, out=mean, where=weight > 0)
    return mean


def person_weights(scheme: str, voices: Floats, group_weight: Floats) -> Floats:
    """What one voice of each group weighs, so that all together weigh as many as they are.

    `voices` and `group_weight` hold one number for each group.
    """
    each: Floats = np.zeros_like(voices)
    share = voices * group_weight.sum()
    np.divide(voices.sum() * group_weight, share, out=each, where=(share > 0) & (group_weight > 0))
    return each


def weighings(people: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """What each way of weighing costs: `scheme, n, effective_size, design_effect`.

    `people` has `group` and `weight`, one row for each contribution of the balanced groups. The effective
    size is Kish's: as many equally weighted voices would be as sure.
    """
    people = people.astype({"weight": "float64"})  # of nobody at all it has any type
    voices = people.groupby("group", sort=False)["weight"].sum()
    declared = dict(rules.custom_weights)
    rows = []
    for scheme in schemes(rules):
        weight = {
            "equal": voices * 0 + 1.0,
            "one_person_one_voice": voices,
            "custom": pd.Series([declared.get(str(g), 0.0) for g in voices.index], index=voices.index),
        }[scheme]
        each = person_weights(scheme, voices.to_numpy(), weight.to_numpy(dtype=np.float64))
        voice = people["group"].map(dict(zip(voices.index, each, strict=True))).astype("float64")
        own = (voice * people["weight"]).to_numpy()
        rows.append((scheme, len(people), effective_size(own), design_effect(own)))
    return pd.DataFrame(rows, columns=["scheme", "n", "effective_size", "design_effect"])
