"""What another threshold of proposing would give: more answers with an objective, or surer ones."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.resampling import ROUNDING
from analysis.text.checks import COUNTED

TIMES = (0.5, 1.0, 1.5, 2.0, 3.0)  # the declared threshold
COLUMNS = ["at_least", "n_codings", "n_assigned", "n_several", "n_none"]


def tried_thresholds(declared: float) -> list[float]:
    """Thresholds around the declared one, which is among them; 0 to 1, each once."""
    return sorted({min(1.0, round(times * declared, 3)) if times != 1 else declared for times in TIMES})


def at_thresholds(codings: pd.DataFrame, n_answers: int, thresholds: Sequence[float]) -> pd.DataFrame:
    """One row per threshold: how many of `n_answers` would have objectives.

    `codings` are made with a threshold no higher than the lowest asked for; what people said holds at each.
    `n_codings` pairs of answer and objective; `n_assigned` answers with one at least, `n_several` with more
    than one, `n_none` with none.
    """
    counted = codings["basis"].isin(COUNTED)
    rows = []
    for at_least in thresholds:
        kept = codings[~counted | (codings["score"] >= at_least - ROUNDING)]
        each = kept.groupby("answer_id").size()
        rows.append((at_least, len(kept), len(each), int((each > 1).sum()), n_answers - len(each)))
    whole = dict.fromkeys(COLUMNS[1:], "int64")
    return pd.DataFrame(rows, columns=COLUMNS).astype({"at_least": "float64", **whole})
