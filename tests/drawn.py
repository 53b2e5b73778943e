"""Consultations made up for a test: a few values written down, or drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from hypothesis import strategies as st

from analysis.ratings.sample import DIMENSIONS
from tests.f1 import rating_table

GROUPS = ["g0", "g1", "g2"]

scale = st.integers(1, 5)
scale_or_unsure = scale | st.none()


def objectives(*ids: str) -> pd.DataFrame:
    return pd.DataFrame({"objective": ids})


def toy(
    groups: Mapping[str, Sequence[int | None]], objective: str = "o", dimensions: Sequence[str] = DIMENSIONS
) -> pd.DataFrame:
    """Each group's values, one contribution each, the same on every dimension."""
    return rating_table(
        [
            (f"{group}{n}", f"{group}{n}", group, objective, dimension, value)
            for group, values in groups.items()
            for n, value in enumerate(values)
            for dimension in dimensions
        ]
    )


@st.composite
def consultations(
    draw: st.DrawFn,
    values: st.SearchStrategy[int | None] = scale_or_unsure,
    ids: Sequence[str] = ("a", "b"),
) -> pd.DataFrame:
    """Ratings of some objectives by up to three groups of three units, some with two contributions."""
    rows: list[tuple[str, str, str, str, str, int | None]] = []
    for group in GROUPS[: draw(st.integers(1, 3))]:
        for unit in range(draw(st.integers(1, 3))):
            for voice in range(draw(st.integers(1, 2))):
                name = f"{group}u{unit}"
                rows += [
                    (f"{name}c{voice}", name, group, objective, dimension, draw(values))
                    for objective in ids
                    for dimension in DIMENSIONS
                ]
    return rating_table(rows)
