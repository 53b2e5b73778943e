"""Copies as they are found beside what was decided of them: what is open, and what has come since.

Copies are found again with every new answer, and what was decided holds by contributions. So a cluster that
is found belongs to the decision with which it shares most contributions, and the rest is told apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.strata import UNSTATED_GROUP
from analysis.text.duplicates import CLUSTERS, Copies

DECIDED = ["cluster", "contribution_id", "kind", "at"]
COUNTED_ONCE = ("campaign", "duplicate", "organisation")

OPEN, IN, NEW, OUT, ELSEWHERE, UNLIKE = "open", "in", "new", "out", "elsewhere", "unlike"
"""How a contribution stands to the decision about its cluster.

open        nothing was decided of the cluster
in          it was decided of, and is still alike
new         it is alike, and was sent since
out         it is alike, was sent before, and was not decided of
elsewhere   it is alike, and stands in another decision
unlike      it was decided of, and is alike no more, or has no answer left
"""


@dataclass(frozen=True, eq=False)
class Families:
    """Clusters and what was decided of them.

    clusters, a row each, the largest first: the columns of `Copies.clusters`, and
    n_groups    stated groups only
    unit        that of all its members, "" if they are of several
    decided     the decision's own id for it, "" while open; `kind` and `at` (ISO 8601) are as decided, or ""
    n_decided   contributions in the decision
    n_new       those that are `new`

    A decided cluster of which no two contributions are alike any more stands here too, under its own id,
    with `kind_found` "" and the contributions in the decision as `n_contributions`.

    members, a row per contribution, those neither `in` nor `open` first, then the least alike: `cluster`,
    `contribution_id`, `likeness` (0 to 1, of its answer least like the model; NaN if unlike), `standing`
    """

    clusters: pd.DataFrame
    members: pd.DataFrame


def beside(copies: Copies, decided: pd.DataFrame, sent: pd.DataFrame) -> Families:
    """What was found beside what was decided.

    `decided` is a row per contribution of a decided cluster: `cluster`, `contribution_id`, `kind`, `at` (when
    it was decided, ISO 8601), each contribution once. `sent` is a row per contribution: `contribution_id`,
    `unit`, `group`, `at` (when its present version was sent). A member not among `sent` is left out.
    """
    decided = decided[decided["contribution_id"].isin(sent["contribution_id"])].astype("str")
    own = copies.members.groupby(["cluster", "contribution_id"], as_index=False)["likeness"].min()
    own = own.merge(decided.rename(columns={"cluster": "in"})[["in", "contribution_id"]], how="left")
    shared = own.dropna(subset="in").groupby(["cluster", "in"]).size().rename("n").reset_index()
    shared = shared.sort_values(["cluster", "n", "in"], ascending=[True, False, True])
    of = shared.drop_duplicates("cluster").set_index("cluster")["in"]
    when = decided.drop_duplicates("cluster").set_index("cluster")
    home = own["cluster"].map(of)
    arrived = own["contribution_id"].map(sent.set_index("contribution_id")["at"])
    own["standing"] = np.select(
        [
            home.isna(),
            own["in"] == home,
            own["in"].notna(),
            _moments(arrived) > _moments(home.map(when["at"])),
        ],
        [OPEN, IN, ELSEWHERE, NEW],
        OUT,
    )
    members = pd.concat([own.drop(columns="in"), _unlike(own, of, decided)], ignore_index=True)
    clusters = pd.concat([copies.clusters, _alike_no_more(of, decided)], ignore_index=True)
    clusters = _told(clusters, members, of, when, sent)
    members = members.assign(apart=~members["standing"].isin([OPEN, IN])).sort_values(
        ["cluster", "apart", "likeness", "contribution_id"], ascending=[True, False, True, True]
    )
    members = members.drop(columns="apart").reset_index(drop=True)
    order = ["n_contributions", "cluster"]
    return Families(clusters.sort_values(order, ascending=[False, True], ignore_index=True), members)


def _moments(told: pd.Series) -> pd.Series:
    return pd.to_datetime(told, errors="coerce", utc=True, format="ISO8601")


def _unlike(own: pd.DataFrame, of: pd.Series, decided: pd.DataFrame) -> pd.DataFrame:
    """Contributions that were decided of and not found, in every cluster that belongs to that decision."""
    homes = of.rename_axis("of").rename("cluster").reset_index()
    asked = decided[["cluster", "contribution_id"]].merge(homes, on="cluster", how="left")
    asked["of"] = asked["of"].fillna(asked["cluster"])
    found = pd.MultiIndex.from_frame(own[["cluster", "contribution_id"]])
    asked = asked[~pd.MultiIndex.from_frame(asked[["of", "contribution_id"]]).isin(found)]
    return pd.DataFrame(
        {
            "cluster": asked["of"].astype("str"),
            "contribution_id": asked["contribution_id"],
            "likeness": np.nan,
            "standing": UNLIKE,
        }
    )


def _alike_no_more(of: pd.Series, decided: pd.DataFrame) -> pd.DataFrame:
    """Decided clusters to which nothing that is found belongs."""
    left = decided[~decided["cluster"].isin(of)].groupby("cluster").size()
    table = pd.DataFrame(
        {
            "cluster": left.index,
            "n_contributions": left.to_numpy(),
            "n_answers": 0,
            "kind_found": "",
            "similarity": np.nan,
            "flagged": False,
            "same_ratings": np.nan,
            "burst": pd.NA,
            "n_groups": 0,
            "n_units": 0,
            "model": "",
        }
    )
    return table.astype(CLUSTERS)


def _told(
    clusters: pd.DataFrame, members: pd.DataFrame, of: pd.Series, when: pd.DataFrame, sent: pd.DataFrame
) -> pd.DataFrame:
    alike = members[members["standing"] != UNLIKE]
    by_id = sent.set_index("contribution_id")
    units, groups = alike["contribution_id"].map(by_id["unit"]), alike["contribution_id"].map(by_id["group"])
    unit = units.groupby(alike["cluster"]).agg(lambda names: names.iloc[0] if names.nunique() == 1 else "")
    decided = clusters["cluster"].map(of)
    decided = decided.where(decided.notna(), clusters["cluster"].where(clusters["kind_found"] == ""))
    counted = members["standing"].isin([IN, UNLIKE]).groupby(members["cluster"]).sum()
    new = (members["standing"] == NEW).groupby(members["cluster"]).sum()
    stated = groups[groups != UNSTATED_GROUP].groupby(alike["cluster"]).nunique()
    return clusters.assign(
        n_groups=clusters["cluster"].map(stated).fillna(0).astype("int64"),
        unit=clusters["cluster"].map(unit).astype("str").fillna(""),
        decided=decided.astype("str").fillna(""),
        kind=decided.map(when["kind"]).astype("str").fillna(""),
        at=decided.map(when["at"]).astype("str").fillna(""),
        n_decided=clusters["cluster"].map(counted).fillna(0).astype("int64"),
        n_new=clusters["cluster"].map(new).fillna(0).astype("int64"),
    )
