"""How long the full table of the ratings takes, beside a plain pandas loop over the same draws.

    python benchmarks/full_table.py [N ...] [--replicates R]

For each number of participants (default 200, 2,000 and 20,000; invented, always the same ones), in a process
of its own: seconds and peak memory of `estimate` and `sensitivity`; then need and feasibility in every
replicate alone, which is what the loops compute too. The loops run some of the replicates, and their seconds
are scaled to all; the project's own are measured whole. Ends with 1 where the results differ.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.ratings.estimates import Estimates, estimates
from analysis.ratings.priorities import estimate
from analysis.ratings.sample import DIMENSIONS, need_weights, valid
from analysis.ratings.sensitivity import sensitivity
from analysis.ratings.weighting import group_weights
from analysis.strata import Floats, Strata
from consultation.rules import Rules

PARTICIPANTS = (200, 2_000, 20_000)
GROUPS = [f"group{number:02d}" for number in range(11)]
OBJECTIVES = [f"objective{number:02d}" for number in range(14)]
MISSING = 0.08  # of the ratings asked for
COLLEAGUES = 0.10  # of the participants speak for the same organisation as the one before them
RUNS = 3
LOOPED = 50  # replicates that the loops run
AGREED = 1e-9  # on the scale of 0 to 100

KEY = ["group", "objective", "dimension"]
Loop = Callable[[Floats], pd.DataFrame]
"""From how often each unit is drawn to balanced means, 1 to 5: objectives × dimensions."""


@dataclass(frozen=True)
class Seconds:
    """Of several runs."""

    middle: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.middle:8.3f} s ({self.least:.3f} to {self.most:.3f})"


@dataclass(frozen=True)
class Measured:
    """What one number of participants took; memory in megabytes, loops by name, scaled to all replicates."""

    participants: int
    units: int
    groups: int
    given: int
    asked: int
    full: Seconds
    at_first: float
    peak: float
    own: Seconds
    looped: int
    loops: dict[str, Seconds]
    difference: float

    def report(self) -> str:
        return "\n".join(
            [
                f"{self.participants:,} participants, {self.units:,} units in {self.groups} groups, "
                f"{self.given:,} of {self.asked:,} ratings",
                f"  full table            {self.full}, peak {self.peak:.0f} MB, "
                f"{self.at_first:.0f} before it began",
                f"  need and feasibility  {self.own}",
                *(
                    f"  pandas, {name:14s}{its}, {its.middle / self.own.middle:.0f} times as long "
                    f"({its.least / self.own.least:.0f} by the least); {self.looped} replicates, scaled"
                    for name, its in self.loops.items()
                ),
                f"  largest difference    {self.difference:.1e} of 100",
            ]
        )


def invented(participants: int) -> pd.DataFrame:
    """Ratings by participants in uneven groups, the largest five times the smallest."""
    random = np.random.Generator(np.random.PCG64(20261122))
    sizes = np.linspace(5, 1, len(GROUPS))
    group = np.sort(random.choice(len(GROUPS), size=participants, p=sizes / sizes.sum()))
    joins = (random.random(participants) < COLLEAGUES) & (group == np.r_[-1, group[:-1]])
    opinions = random.normal(3.4, 0.6, size=(len(GROUPS), len(OBJECTIVES), len(DIMENSIONS)))
    own = random.normal(0, 1, size=(participants, *opinions.shape[1:]))
    values = np.clip(np.rint(opinions[group] + own), 1, 5)
    values[random.random(values.shape) < MISSING] = np.nan
    cells = len(OBJECTIVES) * len(DIMENSIONS)

    def of_participants(names: Sequence[str]) -> pd.Series:
        return pd.Series(names, dtype="str").repeat(cells).reset_index(drop=True)

    def of_cells(names: Sequence[str]) -> pd.Series:
        return pd.concat([pd.Series(names, dtype="str")] * participants, ignore_index=True)

    return pd.DataFrame(
        {
            "contribution_id": of_participants([f"c{number:06d}" for number in range(participants)]),
            "unit": of_participants([f"u{number:06d}" for number in np.cumsum(~joins)]),
            "group": of_participants([GROUPS[at] for at in group]),
            "objective": of_cells([objective for objective in OBJECTIVES for _ in DIMENSIONS]),
            "dimension": of_cells([*DIMENSIONS] * len(OBJECTIVES)),
            "value": pd.array(values.ravel(), dtype="Int64"),
        }
    )


def full_table(ratings: pd.DataFrame, rules: Rules) -> None:
    """All that is said of the ranking, and of how it hangs on the choices made."""
    objectives = pd.DataFrame({"objective": OBJECTIVES})
    sensitivity(estimate(ratings, objectives, GROUPS, rules), ratings, {}, objectives, GROUPS, rules)


def scored(ratings: pd.DataFrame, rules: Rules) -> tuple[Estimates, Floats, Floats]:
    """Need and feasibility in every replicate (replicates × objectives), and what they were read from."""
    made = estimates(valid(ratings, OBJECTIVES), OBJECTIVES, GROUPS, rules)
    scores = made.scores(group_weights(rules.group_weights, made.sample, rules))
    return made, scores.need(need_weights(rules))[1], scores.feasibility[1]


def countable(ratings: pd.DataFrame, units: Strata, rules: Rules) -> pd.DataFrame:
    """The ratings that count in a balanced mean."""
    rows = ratings.dropna().astype({"value": "float64"})
    rows = rows[rows["group"].isin(units.groups)]
    enough = rows.groupby(KEY)["value"].transform("size") >= rules.smallest_group
    return rows[enough].reset_index(drop=True)


def plain(ratings: pd.DataFrame, units: Strata, rules: Rules) -> Loop:
    """As one would write it down: join the draws to the rows, repeat, and take means of means."""
    rows = countable(ratings, units, rules)

    def loop(drawn: Floats) -> pd.DataFrame:
        times = pd.Series(drawn, index=units.units).rename("times").reset_index()
        joined = rows.merge(times, on=["group", "unit"])
        repeated = joined.loc[joined.index.repeat(joined["times"].astype("int64"))]
        cells = repeated.groupby(KEY)["value"].mean()
        return cells.groupby(["objective", "dimension"]).mean().unstack()

    return loop


def prepared(ratings: pd.DataFrame, units: Strata, rules: Rules) -> Loop:
    """The quickest loop we could write: names as categories, and each row's unit looked up beforehand."""
    rows = countable(ratings, units, rules)
    place = units.places(rows)
    rows = rows[[*KEY, "value"]].astype(dict.fromkeys(KEY, "category"))

    def loop(drawn: Floats) -> pd.DataFrame:
        repeated = rows.loc[rows.index.repeat(drawn[place].astype(np.int64))]
        cells = repeated.groupby(KEY, observed=True)["value"].mean()
        return cells.groupby(["objective", "dimension"], observed=True).mean().unstack()

    return loop


def timed(work: Callable[[], object], runs: int = RUNS) -> Seconds:
    each = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        each.append(time.perf_counter() - start)
    return Seconds(statistics.median(each), min(each), max(each))


def looped(
    make: Callable[[], Loop], draws: Sequence[Floats], replicates: int
) -> tuple[Seconds, list[pd.DataFrame]]:
    """What making a loop and running it over `draws` takes, scaled to `replicates`, and what it finds.

    Making the draws is not counted, so that the loop has them for nothing.
    """
    start = time.perf_counter()
    loop = make()
    once = time.perf_counter() - start
    each, found = [], []
    for drawn in draws:
        start = time.perf_counter()
        found.append(loop(drawn))
        each.append(time.perf_counter() - start)
    whole = [once + replicates * seconds for seconds in (statistics.median(each), min(each), max(each))]
    return Seconds(*whole), found


def megabytes() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(participants: int, replicates: int) -> Measured:
    """The full table, the replicates alone, and the loops over the first of the same draws."""
    rules = Rules(replicates=replicates, exact_up_to=0)
    full_table(invented(100), rules)  # what a process only does once is no part of it
    ratings = invented(participants)
    at_first = megabytes()
    full = timed(lambda: full_table(ratings, rules))
    peak = megabytes()
    own = timed(lambda: scored(ratings, rules))
    made, need, feasibility = scored(ratings, rules)
    units = made.sample.strata
    draws = list(islice((drawn for block in made.draws.blocks() for drawn in block), LOOPED))
    loops, difference = {}, 0.0
    for make in (plain, prepared):
        loops[make.__name__], found = looped(partial(make, ratings, units, rules), draws, replicates)
        for means, its_need, its_feasibility in zip(found, need, feasibility, strict=False):
            difference = max(difference, _apart(means, its_need, its_feasibility, rules))
    return Measured(
        participants=participants,
        units=len(units.units),
        groups=len(units.groups),
        given=int(ratings["value"].notna().sum()),
        asked=len(ratings),
        full=full,
        at_first=at_first,
        peak=peak,
        own=own,
        looped=len(draws),
        loops=loops,
        difference=difference,
    )


def _apart(means: pd.DataFrame, need: Floats, feasibility: Floats, rules: Rules) -> float:
    """How far the loop's scores, 0 to 100, are from these; infinite where only one of them has any."""
    scores = 25 * (means.reindex(index=OBJECTIVES, columns=list(DIMENSIONS)) - 1)
    its = sum(share * scores[dimension] for dimension, share in need_weights(rules).items())
    gaps = np.abs(np.r_[its, scores["feasibility"]] - np.r_[need, feasibility])
    neither = np.isnan(np.r_[its, scores["feasibility"]]) & np.isnan(np.r_[need, feasibility])
    return float(np.where(neither, 0.0, np.nan_to_num(gaps, nan=np.inf)).max())


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Times the full table of the ratings.")
    parser.add_argument("participants", metavar="N", nargs="*", type=int, default=PARTICIPANTS)
    parser.add_argument("--replicates", metavar="R", type=int, default=Rules.replicates)
    asked = parser.parse_args(arguments)
    print(
        f"{asked.replicates:,} replicates, {len(OBJECTIVES)} objectives, {len(DIMENSIONS)} dimensions; "
        f"the median of {RUNS} runs or {LOOPED} replicates (least to most)"
    )
    differences = []
    for participants in asked.participants:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            measured = process.submit(measure, participants, asked.replicates).result()
        print(measured.report(), flush=True)
        differences.append(measured.difference)
    return int(max(differences) > AGREED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
