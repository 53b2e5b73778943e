"""How each objective is recognised: who says that answers speak of it, and how often counting was right.

Precision is of the proposals that people have read. Whoever reads the surest first reads those that are
right most often, so it is no estimate of all of them, and says nothing of answers that no proposal reached.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.shares import wilson

BASES = ("author", "reviewed", "learned", "proposed")
"""Who says so: people first, then a model that people's codings taught, then counting words."""
COUNTED = ("learned", "proposed")  # to be read by a person before anything rests on it
COLUMNS = [
    "objective",
    *(f"n_{basis}" for basis in BASES),
    "n_right",
    "n_judged",
    "precision",
    "low",
    "high",
    "checked",
]


def checks(
    codings: pd.DataFrame, objectives: pd.DataFrame, judged: Mapping[str, tuple[int, int]], width: float
) -> pd.DataFrame:
    """One row per objective, in the order of `objectives`.

    n_author, n_reviewed, n_learned, n_proposed   answers coded to it on that basis
    n_right, n_judged   `judged` by objective: proposals found right, and all that people have judged
    precision           n_right of n_judged, 0 to 1, with Wilson's interval of `width` as `low` and `high`;
                        NaN where nobody has judged
    checked             whether anybody has

    Raises `ValueError` where more are right than were judged.
    """
    counts = (
        codings.groupby(["objective", "basis"])["answer_id"]
        .nunique()
        .unstack("basis", fill_value=0)
        .reindex(index=objectives["objective"], columns=list(BASES), fill_value=0)
        .add_prefix("n_")
    )
    read = [judged.get(objective, (0, 0)) for objective in counts.index]
    ends = [wilson(right, n, width) for right, n in read]
    table = counts.assign(
        n_right=[right for right, _ in read],
        n_judged=[n for _, n in read],
        low=[low for low, _ in ends],
        high=[high for _, high in ends],
    ).reset_index()
    table = table.assign(
        precision=table["n_right"] / table["n_judged"].where(table["n_judged"] > 0),
        checked=table["n_judged"] > 0,
    )
    whole = [name for name in COLUMNS if name.startswith("n_")]
    return table[COLUMNS].astype({"objective": "str", **dict.fromkeys(whole, "int64")})
