"""Where an objective stands on the priority map, and how surely.

By default the lines stand at the mean of the objectives that are on the map, as in the go-zones of concept
mapping, and move with them in every replicate. They compare objectives with each other: a low need is low
among these, not low in itself. Lines at the middle of the scale say the other thing; with ratings that are
all high they put every objective in one quadrant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.resampling import ROUNDING
from analysis.strata import Floats, Integers

QUADRANTS = ("keep_watching", "quick_opportunities", "prepare_and_invest", "act_now")
"""By 2 × high need + high feasibility; whoever stands on a line is high."""

MIDDLE = 50.0  # of the scale of 0 to 100


@dataclass(frozen=True)
class Standing:
    """One objective's quadrant, how many of the replicates put it there (0 to 1), and the next likeliest.

    An objective that is not on the map has no quadrant ("") and a probability of NaN.
    """

    quadrant: str
    probability: float
    other: str


def lines(need: Floats, feasibility: Floats, where: str = "mean") -> tuple[Floats, Floats]:
    """The two lines of each replicate, columns of one; NaN where nothing is on the map.

    They stand at the `mean` over the objectives that have both measures, or at the middle of the `scale`.
    Both arrays are replicates × objectives, 0 to 100. Raises `ValueError` for any other place.
    """
    plotted = ~np.isnan(need) & ~np.isnan(feasibility)
    n = plotted.sum(axis=1, keepdims=True)
    if where == "mean":
        return _mean(need, plotted, n), _mean(feasibility, plotted, n)
    if where == "scale":
        middle = np.where(n > 0, MIDDLE, np.nan)
        return middle, middle
    raise ValueError(f"{where!r} is no place for the lines")


def _mean(values: Floats, plotted: npt.NDArray[np.bool_], n: Integers) -> Floats:
    total: Floats = np.where(plotted, values, 0.0).sum(axis=1, keepdims=True)
    mean: Floats = np.full_like(total, np.nan)
    np.divide(total, n, out=mean, where=n > 0)
    return mean


def standings(
    need: Floats,
    feasibility: Floats,
    need_replicates: Floats,
    feasibility_replicates: Floats,
    where: str = "mean",
) -> list[Standing]:
    """Each objective's standing: the quadrant most replicates put it in.

    `need` and `feasibility` are the estimates, one per objective; the others are replicates × objectives;
    `where` is that of `lines`.
    Between two equally likely quadrants the one where the estimate stands is taken; so it is, with a
    probability of 0, when its few raters are never drawn together and no replicate has it on the map.
    """
    stands = _places(need[None, :], feasibility[None, :], where)[0]
    places = _places(need_replicates, feasibility_replicates, where)
    return [_standing(int(at), column) for at, column in zip(stands, places.T, strict=True)]


def _places(need: Floats, feasibility: Floats, where: str) -> Integers:
    """The position in `QUADRANTS` of each objective in each replicate, −1 where it is not on the map."""
    need_line, feasibility_line = lines(need, feasibility, where)
    # equal scores may differ by rounding, and whoever is on the line is high
    place = 2 * (need >= need_line - ROUNDING) + (feasibility >= feasibility_line - ROUNDING)
    return np.where(np.isnan(need) | np.isnan(feasibility), -1, place)


def _standing(at: int, places: Integers) -> Standing:
    if at < 0:
        return Standing("", float("nan"), "")
    counts = np.bincount(places[places >= 0], minlength=len(QUADRANTS))
    order = sorted(range(len(QUADRANTS)), key=lambda place: (-counts[place], place != at, -place))
    first, second = order[:2]
    return Standing(
        QUADRANTS[first],
        float(counts[first] / max(1, counts.sum())),
        QUADRANTS[second] if counts[second] else "",
    )
