"""As whom people are counted where copies were confirmed to belong together."""

from __future__ import annotations

import pandas as pd


def counted_as(clusters: pd.DataFrame | None) -> dict[str, str]:
    """As whom each member of a cluster is counted, by contribution: all of a cluster as one person."""
    if clusters is None:
        return {}
    return dict(zip(clusters["contribution_id"], "cluster: " + clusters["cluster"], strict=True))
