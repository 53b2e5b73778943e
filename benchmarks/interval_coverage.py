"""How often the intervals hold the truth.

    python benchmarks/interval_coverage.py [--groups G ...] [--sizes S ...] [--consultations C]
                                           [--replicates R]

For each number of groups and size of every group, consultations in which each group has opinions of its own,
known to us, and participants drawn from them at random: the truth is the balanced mean of the groups' own
means. Both intervals are made as for a real map. Real participants chose themselves, which no interval heals.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtr

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.ratings.estimates import estimates
from analysis.ratings.sample import need_weights, valid
from analysis.ratings.t_interval import t_interval
from analysis.ratings.weighting import group_weights
from analysis.resampling import stability_interval
from analysis.strata import Floats
from consultation.rules import Rules

GROUPS = (3, 4, 8)
SIZES = (3, 5, 10, 20, 30)
CONSULTATIONS = 2_000
TOGETHER = 50  # consultations in one table, as if objectives: they share who is drawn, but no rating
RULES = Rules(importance_weight=1.0)  # one rating of each participant


class Consultations(NamedTuple):
    """Ratings of one objective in each of some consultations, and its true need, 0 to 100."""

    ratings: pd.DataFrame
    ids: list[str]
    groups: list[str]
    truth: Floats


class Intervals(NamedTuple):
    """Ends on the scale of 0 to 100, one per consultation."""

    low: Floats
    high: Floats

    def hold(self, truth: Floats) -> list[bool]:
        return [bool(holds) for holds in (self.low <= truth) & (truth <= self.high)]

    def widths(self) -> list[float]:
        return [float(width) for width in self.high - self.low]


class Coverage(NamedTuple):
    """The share of consultations whose interval holds the truth, its standard error, and the mean width."""

    share: float
    error: float
    width: float


def invented(n_groups: int, size: int, n: int, random: np.random.Generator) -> Consultations:
    """What a group thinks is normal about a mean of its own, told in whole numbers of 1 to 5."""
    means = random.normal(3.4, 0.6, size=(n, n_groups))
    below = ndtr(np.array([1.5, 2.5, 3.5, 4.5]) - means[..., None])  # the chance of at most 1, 2, 3, 4
    values = 1 + (random.random((n, n_groups, size, 1)) > below[:, :, None, :]).sum(axis=-1)
    ids = [f"consultation{number:02d}" for number in range(n)]
    groups = [f"group{number}" for number in range(n_groups)]
    people = [f"{group}person{number:02d}" for group in groups for number in range(size)]
    ratings = pd.DataFrame(
        {
            "contribution_id": pd.Series(people * n, dtype="str"),
            "unit": pd.Series(people * n, dtype="str"),
            "group": pd.Series([group for group in groups for _ in range(size)] * n, dtype="str"),
            "objective": pd.Series([objective for objective in ids for _ in people], dtype="str"),
            "dimension": pd.Series("importance", index=range(n * len(people)), dtype="str"),
            "value": pd.array(values.ravel(), dtype="Int64"),
        }
    )
    return Consultations(ratings, ids, groups, 25 * (4 - below.sum(axis=-1)).mean(axis=1))


def intervals(told: Consultations, rules: Rules) -> tuple[Intervals, Intervals]:
    """The stability interval of need, and Student's."""
    made = estimates(valid(told.ratings, told.ids), told.ids, told.groups, rules)
    weights, shares = group_weights(rules.group_weights, made.sample, rules), need_weights(rules)
    student = t_interval(made.sample, made.means, weights, shares, rules.interval)
    replicates = made.scores(weights).need(shares)[1]
    return Intervals(*stability_interval(replicates, rules.interval)), Intervals(student.low, student.high)


def covered(n_groups: int, size: int, consultations: int, rules: Rules) -> tuple[Coverage, Coverage]:
    """How the two intervals fare in consultations of so many groups of this size."""
    held: tuple[list[bool], list[bool]] = ([], [])
    widths: tuple[list[float], list[float]] = ([], [])
    for start in range(0, consultations, TOGETHER):
        random = np.random.Generator(np.random.PCG64([rules.seed, n_groups, size, start]))
        told = invented(n_groups, size, min(TOGETHER, consultations - start), random)
        for at, its in enumerate(intervals(told, replace(rules, seed=rules.seed + start))):
            held[at].extend(its.hold(told.truth))
            widths[at].extend(its.widths())
    percentile, student = (_coverage(hits, wide) for hits, wide in zip(held, widths, strict=True))
    return percentile, student


def _coverage(held: list[bool], widths: list[float]) -> Coverage:
    share = float(np.mean(held))
    return Coverage(share, float(np.sqrt(share * (1 - share) / len(held))), float(np.mean(widths)))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Simulates how often the intervals hold the truth.")
    parser.add_argument("--groups", metavar="G", nargs="+", type=int, default=GROUPS)
    parser.add_argument("--sizes", metavar="S", nargs="+", type=int, default=SIZES)
    parser.add_argument("--consultations", metavar="C", type=int, default=CONSULTATIONS)
    parser.add_argument("--replicates", metavar="R", type=int, default=RULES.replicates)
    asked = parser.parse_args(arguments)
    rules = replace(RULES, replicates=asked.replicates)
    if min(asked.sizes) < rules.smallest_group:
        parser.error(f"groups of fewer than {rules.smallest_group} have no estimate")
    start = time.perf_counter()
    print(
        f"intervals of {rules.interval:.0%}; {asked.consultations:,} consultations a line; "
        f"{rules.replicates:,} replicates, or all where there are at most {rules.exact_up_to:,}; "
        f"seed {rules.seed}\n"
        "share that holds the truth ± its standard error, and mean width of 100\n"
        "groups    of   stability interval   Student's t"
    )
    for n_groups, size in product(asked.groups, asked.sizes):
        each = covered(n_groups, size, asked.consultations, rules)
        told = "   ".join(f"{its.share:.3f} ± {its.error:.3f} {its.width:5.1f}" for its in each)
        print(f"{n_groups:6d} {size:5d}   {told}", flush=True)
    print(f"{time.perf_counter() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
