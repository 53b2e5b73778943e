"""In which order people read what counting proposes for an objective: it decides what their checks mean."""

from __future__ import annotations

import hashlib
from typing import Literal, get_args

import pandas as pd

from analysis.text.checks import COUNTED

Order = Literal["surest", "least_sure", "by_chance"]
ORDERS: tuple[Order, ...] = get_args(Order)


def reading_order(codings: pd.DataFrame, objective: str, order: Order = "surest") -> pd.DataFrame:
    """The codings of `objective` that counting made, in the order in which to read them.

    surest      by score, the highest first: shows soonest what its words find; the right ones come first
    least_sure  by margin over the next objective, the smallest first: teaches most, and finds errors
    by_chance   a drawing, the same for whoever reads: only what was read so is a sample of all of them

    Level ones are in the order of their answers, whatever the order of `codings`.
    """
    rows = codings[(codings["objective"] == objective) & codings["basis"].isin(COUNTED)]
    if order == "by_chance":
        rows = rows.assign(by=[_drawn(answer) for answer in rows["answer_id"]])
        return rows.sort_values("by", ignore_index=True).drop(columns="by")
    by, ascending = {"surest": ("score", False), "least_sure": ("margin", True)}[order]
    return rows.sort_values([by, "answer_id"], ascending=[ascending, True], ignore_index=True)


def _drawn(answer_id: str) -> str:
    """A number by which answers stand in an order that has nothing to do with what they say."""
    return hashlib.sha256(answer_id.encode()).hexdigest()
