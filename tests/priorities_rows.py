"""Rows of priorities as tests write them: a few columns by hand, the rest calm."""

from __future__ import annotations

from math import nan

import pandas as pd

CALM: dict[str, float | bool | str] = {
    "importance": 4.0,
    "urgency": 4.0,
    "need_t_low": nan,
    "need_t_high": nan,
    "feasibility_t_low": nan,
    "feasibility_t_high": nan,
    "rank": 1.0,
    "rank_tied": False,
    "p_top": 0.5,
    "p_top_voice": 0.5,
    "p_top_random": 0.5,
    "rank_low": 1,
    "rank_high": 3,
    "rank_set_low": 1,
    "rank_set_high": 4,
    "gic_raw": 0.4,
    "gic": 0.7,
    "agreement": 0.6,
    "polarisation": 0.2,
    "veto": False,
    "tier": "likely",
    "sensitive": False,
    "badges": "",
    "apart": "",
    "salience_low": 0.1,
    "salience_high": 0.4,
    "reach": 0.5,
    "attention": 0.1,
}


def whole(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with every column that priorities have."""
    return table.assign(**{name: value for name, value in CALM.items() if name not in table})
