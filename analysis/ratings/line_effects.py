"""What one line of the sensitivity table changes, in two numbers."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

FAR = 1.0  # places: by one, neighbours change sides all the time


class Effect(NamedTuple):
    """How many objectives stand in another tier, and how many more than one place away."""

    tiers: int
    places: int


def effect_of(outcomes: pd.DataFrame, line: str) -> Effect | None:
    """What `line` changes against the main estimate; `None` where it was not computed.

    `outcomes` is the table of `sensitivity.Sensitivity`. An objective that one of both does not rank has no
    place to move from.
    """
    looked = outcomes.set_index(["line", "objective"])[["rank", "tier"]]
    if line not in looked.index.get_level_values("line"):
        return None
    main, other = looked.loc["main"], looked.loc[line]
    tiers = (main["tier"] != other["tier"].reindex(main.index)).sum()
    places = ((main["rank"] - other["rank"]).abs() > FAR).sum()
    return Effect(int(tiers), int(places))
