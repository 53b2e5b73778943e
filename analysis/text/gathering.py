"""From texts that are copies to contributions that count as one: each stands in one cluster at most.

A family is a set of texts that are copies, or copies of copies. One contribution has several answers, so
it may stand in several families; a cluster is one or more families, and the contributions that count there.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from analysis.text.shingles import Ints

SHORT = -1  # the number of a text too short to be compared


def gathered(answers: pd.DataFrame, families: Ints) -> pd.DataFrame:
    """The answers that are copies, with `cluster` and `family` (numbers of no meaning).

    `answers` has answer_id, contribution_id, text (normalised) and number: its place in `families`, or
    `SHORT`; it is sorted by answer_id.
    """
    long = answers[answers["number"] != SHORT]
    long = long.assign(family=families[long["number"].to_numpy()])
    copied = _of_several(long, ["family"])
    counted = _of_several(_where_most(copied.assign(cluster=_clusters(copied))), ["cluster"])
    return pd.concat([counted, _short(answers, counted)], ignore_index=True)


def _of_several(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The rows of what two contributions or more have."""
    return table[table.groupby(by)["contribution_id"].transform("nunique") > 1]


def _clusters(copied: pd.DataFrame) -> Ints:
    """The cluster of each row: families copied by mostly the same contributions are one.

    Clusters are numbered in the order of their first rows.
    """
    family, families = pd.factorize(copied["family"])
    person, people = pd.factorize(copied["contribution_id"])
    gave = sparse.csr_array(
        (np.ones(len(copied), dtype=np.int64), (family, person)), shape=(len(families), len(people))
    )
    gave.data[:] = 1  # whoever gave it twice is one
    common = (gave @ gave.T).tocoo()
    n = np.asarray(gave.sum(axis=1), dtype=np.int64)
    mostly = 2 * common.data > np.minimum(n[common.row], n[common.col])
    ends = (common.row[mostly], common.col[mostly])
    together = sparse.csr_array((common.data[mostly], ends), shape=common.shape)
    cluster = connected_components(together, directed=False)[1][family]
    return np.asarray(pd.factorize(cluster)[0], dtype=np.int64)


def _where_most(copied: pd.DataFrame) -> pd.DataFrame:
    """The rows of each contribution in the cluster with most of its copied text, else in the first."""
    text = (
        copied["text"].str.len().groupby([copied["contribution_id"], copied["cluster"]]).sum().reset_index()
    )
    text = text.sort_values(["contribution_id", "text", "cluster"], ascending=[True, False, True])
    own = text.drop_duplicates("contribution_id").set_index("contribution_id")["cluster"]
    return copied[copied["cluster"] == copied["contribution_id"].map(own)]


def _short(answers: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """The short answers that two contributions of a cluster gave in the same words, a family each."""
    of = counted.drop_duplicates("contribution_id").set_index("contribution_id")["cluster"]
    theirs = answers["contribution_id"].isin(of.index)
    short = answers[theirs & (answers["number"] == SHORT) & (answers["text"] != "")]
    short = short.assign(family=-1 - pd.factorize(short["text"])[0], cluster=short["contribution_id"].map(of))
    return _of_several(short, ["cluster", "family"])
