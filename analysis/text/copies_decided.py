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
PART = "part"
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

    A decision to which no cluster belongs stands here too, under its own id, with the contributions in it as
    `n_contributions`: its `kind_found` is `part` if some of them are copies and most of these were decided of
    otherwise, or "" if none of them is a copy any more.

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
    apart = decided[~decided["cluster"].isin(of)]
    members = pd.concat(
        [own.drop(columns="in"), _unlike(own, of, decided), _members_apart(own, apart)], ignore_index=True
    )
    clusters = pd.concat([copies.clusters, _apart(own, apart, copies.clusters)], ignore_index=True)
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
    asked = decided[["cluster", "contribution_id"]].merge(homes, on="cluster")
    found = pd.MultiIndex.from_frame(own[["cluster", "contribution_id"]])
    asked = asked[~pd.MultiIndex.from_frame(asked[["of", "contribution_id"]]).isin(found)]
    return (
        asked[["of", "contribution_id"]]
        .set_axis(["cluster", "contribution_id"], axis=1)
        .assign(likeness=np.nan, standing=UNLIKE)
    )


def _members_apart(own: pd.DataFrame, apart: pd.DataFrame) -> pd.DataFrame:
    """The contributions of decisions to which no cluster that is found belongs."""
    members = apart[["cluster", "contribution_id"]].merge(
        own[["contribution_id", "likeness"]], on="contribution_id", how="left"
    )
    return members.assign(standing=np.where(members["likeness"].isna(), UNLIKE, IN))


def _apart(own: pd.DataFrame, apart: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """These decisions as clusters; the model is that of the cluster in which most of their copies stand."""
    among = apart.merge(own[["contribution_id", "cluster"]], on="contribution_id", suffixes=("", "_found"))
    most = among.groupby(["cluster", "cluster_found"]).size().rename("n").reset_index()
    most = most.sort_values(["cluster", "n", "cluster_found"], ascending=[True, False, True])
    model = most.drop_duplicates("cluster").set_index("cluster")["cluster_found"]
    model = model.map(found.set_index("cluster")["model"])
    sizes = apart.groupby("cluster").size()
    table = pd.DataFrame(
        {
            "cluster": sizes.index,
            "n_contributions": sizes.to_numpy(),
            "n_answers": 0,
            "kind_found": np.where(sizes.index.isin(model.index), PART, ""),
            "similarity": np.nan,
            "flagged": False,
            "same_ratings": np.nan,
            "burst": pd.NA,
            "n_groups": 0,
            "n_units": 0,
            "model": model.reindex(sizes.index).fillna("").to_numpy(),
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
    decided = decided.where(
        decided.notna(), clusters["cluster"].where(clusters["kind_found"].isin(["", PART]))
    )
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
