"""How far people and groups agree on the importance of each objective: one row each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.accord.agreement import (
    agreement,
    interpolated_median,
    polarisation,
    quartiles,
    share_at_least,
)
from analysis.accord.consensus import balanced_frequencies, divergence, group_informed_consensus
from analysis.clusters import voices
from analysis.protocols import Rules
from analysis.ratings.distribution import SCALE, Frequencies
from analysis.ratings.sample import DIMENSIONS
from analysis.resampling import ROUNDING
from analysis.strata import Floats

AGREES_FROM = 4  # of 5: whoever rates an objective so high agrees that it matters
LEAST_RATINGS = 5  # voices; below this agreement is a matter of chance and is not shown
IMPORTANCE = DIMENSIONS.index("importance")


def accord(
    rated: pd.DataFrame, ids: Sequence[str], groups: Sequence[str], spread: Frequencies, rules: Rules
) -> pd.DataFrame:
    """Agreement on each objective's importance, from the `valid` ratings and their frequencies.

    objective, n, n_groups             n: contributions that rated it; n_groups: balanced groups with any
    share_high, median, interpolated_median, iqr   of all voices, a cluster being one (its mean, but in the
                                       interpolated median); share_high is 0 to 1, from 4 up
    agreement_pooled, agreement        van der Eijk's A, −1 to 1: of everybody, and of balanced frequencies;
                                       NaN below `LEAST_RATINGS`
    polarisation                       (1 − A) / 2 of the balanced one, 0 to 1
    gic_raw, gic                       group-informed consensus, product and geometric mean; NaN with one
    range, eta_squared                 divergence between the balanced groups, NaN below two
    lowest_group, lowest_mean          among groups with at least `smallest_cell` voices; "" if none
    veto                               whether that mean is below `contested_mean`
    """
    return pd.DataFrame(
        [_row(objective, at, rated, groups, spread, rules) for at, objective in enumerate(ids)]
    ).astype({"objective": "str", "lowest_group": "str"})


def _row(
    objective: str,
    at: int,
    rated: pd.DataFrame,
    groups: Sequence[str],
    spread: Frequencies,
    rules: Rules,
) -> dict[str, object]:
    own = rated[(rated["objective"] == objective) & (rated["dimension"] == "importance")]
    values = own["value"].astype("float64").groupby(voices(own)).mean().to_numpy()
    by_group = spread.groups[:, IMPORTANCE, at]
    present = by_group[spread.present[:, IMPORTANCE, at] > 0]
    balanced = balanced_frequencies(present) if len(present) else np.zeros(len(SCALE))
    pooled = spread.pooled[IMPORTANCE, at]
    enough = len(values) >= LEAST_RATINGS
    agreed = agreement(balanced) if enough else np.nan
    seen = by_group.sum(axis=1)
    consensus = group_informed_consensus(
        by_group[:, AGREES_FROM - SCALE[0] :].sum(axis=1)[:, None], seen[:, None]
    )
    several = int((seen > 0).sum()) > 1
    between = divergence(present) if len(present) else None
    middle = quartiles(values)
    lowest, mean = _lowest(by_group, own, groups, rules)
    return {
        "objective": objective,
        "n": len(own),
        "n_groups": int((seen > 0).sum()),
        "share_high": share_at_least(values, AGREES_FROM),
        "median": middle.median,
        "interpolated_median": interpolated_median(pooled),
        "iqr": middle.range,
        "agreement_pooled": agreement(pooled) if enough else np.nan,
        "agreement": agreed,
        "polarisation": polarisation(agreed),
        "gic_raw": consensus.raw[0] if several else np.nan,
        "gic": consensus.mean[0] if several else np.nan,
        "range": between.range if between else np.nan,
        "eta_squared": between.eta_squared if between else np.nan,
        "lowest_group": lowest,
        "lowest_mean": mean,
        "veto": bool(mean < rules.contested_mean - ROUNDING),
    }


def _lowest(by_group: Floats, own: pd.DataFrame, groups: Sequence[str], rules: Rules) -> tuple[str, float]:
    """The publishable group with the lowest mean, the first of several; "" and NaN if there is none."""
    n_voices = voices(own).groupby(own["group"]).nunique()
    published = np.array([n_voices.get(group, 0) >= rules.smallest_cell for group in groups], dtype=np.bool_)
    if not published.any():
        return "", float("nan")
    found = divergence(np.where(published[:, None], by_group, 0.0))
    return (
        ("", float("nan")) if found.lowest_group is None else (groups[found.lowest_group], found.lowest_mean)
    )
