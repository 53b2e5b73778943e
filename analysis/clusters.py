"""Answers that came many times over, once a person has confirmed that they belong together.

`clusters` is a tidy table of what was confirmed, a row per member: `cluster`, `contribution_id`, `kind`
(`campaign` or `duplicate`). A cluster counts once: each of its members weighs one part of it, and within a
group they are one unit, so that copies make no group larger and no result surer. Nothing is deleted.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.resampling import STEP

CLUSTER = "cluster: "
"""How the name of the one participant begins that the members of a confirmed cluster are together."""

CLUSTERS = ["cluster", "contribution_id", "kind"]


def no_clusters() -> pd.DataFrame:
    """The table of a consultation in which none was confirmed."""
    return pd.DataFrame(columns=CLUSTERS, dtype="str")


def present(clusters: pd.DataFrame, contribution_ids: pd.Series) -> pd.DataFrame:
    """The members of `clusters` that are among these contributions; what was erased weighs nothing.

    Raises `ValueError` if a contribution stands in two clusters: it could not be counted once.
    """
    if clusters["contribution_id"].duplicated().any():
        raise ValueError("a contribution stands in two clusters")
    return clusters[clusters["contribution_id"].isin(contribution_ids)]


def counted_once(rows: pd.DataFrame, clusters: pd.DataFrame) -> pd.DataFrame:
    """`rows` with `weight`, 1 but for members of a cluster, and the cluster as these members' unit.

    `rows` are ratings or answers. `clusters` holds those that are `present`: its members share one weight
    of 1, whichever of them stand in `rows`.
    """
    of = clusters.set_index("contribution_id")["cluster"]
    weight = _parts(clusters)
    cluster = rows["contribution_id"].map(of).astype("str")
    return rows.assign(
        unit=rows["unit"].where(cluster.isna(), CLUSTER + cluster),
        weight=rows["contribution_id"].map(weight).fillna(1.0),
    )


def _parts(clusters: pd.DataFrame) -> pd.Series:
    """Each member's part of its cluster, by contribution: as good as alike, and together exactly 1."""
    members = clusters.sort_values(["cluster", "contribution_id"])
    own = members.groupby("cluster")["contribution_id"]
    sizes, place = own.transform("size").to_numpy(np.int64), own.cumcount().to_numpy(np.int64)
    whole = round(1 / STEP)
    parts = (whole // sizes + (place < whole % sizes)) * STEP
    return pd.Series(parts, index=members["contribution_id"].to_numpy(), dtype="float64")


def excluded(rows: pd.DataFrame, clusters: pd.DataFrame) -> pd.DataFrame:
    """`rows` without the members of any cluster."""
    return rows[~rows["contribution_id"].isin(clusters["contribution_id"])].reset_index(drop=True)


def voices(rows: pd.DataFrame) -> pd.Series:
    """Whose voice each row is: that of its contribution, or of the cluster among which it is counted."""
    return rows["contribution_id"].where(weights(rows) == 1, rows["unit"]).rename("voice")


def one_voice(answers: pd.DataFrame, clusters: pd.DataFrame) -> pd.DataFrame:
    """`answers` in which the members of each cluster are one participant: where people are counted by words.

    `clusters` holds those that are `present`.
    """
    of = clusters.set_index("contribution_id")["cluster"]
    cluster = answers["contribution_id"].map(of).astype("str")
    return answers.assign(contribution_id=answers["contribution_id"].where(cluster.isna(), CLUSTER + cluster))


def weights(rows: pd.DataFrame) -> pd.Series:
    """How much each row counts: its `weight`, or 1 where the table has none."""
    if "weight" in rows:
        return rows["weight"].astype("float64")
    return pd.Series(1.0, index=rows.index)
