"""Contributions that say the same in the same words: campaigns, templates, texts sent more than once.

Of the 21.7 million comments on an American rule 6 % were unique, and seven texts made 38 % (Pew Research
Center). To count every copy as a voice of its own is wrong, and so is to drop them: the European Ombudsman
(case 1956/2021) found it acceptable that campaigns are treated apart, and regretted that nothing was told
of their content. So what is found here is shown to a person, whose decision is logged; copies that she
confirms count once (`analysis.clusters`), and nothing is deleted.

Copies share wording, not opinion: a campaign whose members write in their own words is not seen, and a very
long text may hold most runs of a short one by chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.resampling import ROUNDING
from analysis.strata import Floats
from analysis.text.coordination import bursts, same_ratings
from analysis.text.gathering import SHORT, gathered
from analysis.text.links import Links, links
from analysis.text.shingles import jaccard, normalised, shingle_sets, words_in

AT_LEAST = 0.8  # the share of their runs of characters that copies have in common
SHORTEST, FEWEST_WORDS = 40, 8  # short answers are often alike by chance
SHORTEST_TEMPLATE = 120  # characters
FEWEST_FLAGGED, FLAGGED_SHARE = 5, 0.02  # contributions, and their share of all

CLUSTERS = {
    "cluster": "str",
    "n_contributions": "int64",
    "n_answers": "int64",
    "kind_found": "str",
    "similarity": "float64",
    "flagged": "bool",
    "same_ratings": "float64",
    "burst": "boolean",
    "n_groups": "int64",
    "n_units": "int64",
    "model": "str",
}
MEMBERS = {
    "cluster": "str",
    "contribution_id": "str",
    "answer_id": "str",
    "model": "str",
    "likeness": "float64",
}
_NEEDED = ["answer_id", "contribution_id", "unit", "group", "text"]


@dataclass(frozen=True, eq=False)
class Copies:
    """The clusters that were found, and their members, a row per copied answer; see `find_copies`."""

    clusters: pd.DataFrame
    members: pd.DataFrame


def find_copies(
    answers: pd.DataFrame, ratings: pd.DataFrame | None = None, at_least: float = AT_LEAST
) -> Copies:
    """The clusters of contributions with copied answers, the largest first.

    Two texts, `normalised`, are copies if they are equal; or if, of the runs of five characters that
    either has, both have the share `at_least` (above 0, up to 1); or if, both having 120 characters or
    more, that share of the runs of the one that has fewer is in the other (a template). Copies of copies
    stand together. A text under 40 characters or 8 words is no copy by itself; it joins a cluster of which
    two contributions gave it in the same words. Nobody copies herself: a cluster has two contributions.

    A contribution stands in one cluster at most, since it is counted once. Texts copied by mostly the same
    contributions (more than half of those with the rarer one) are one cluster. One that still copied from
    two stands where most of its copied text does, else in the one with the smaller answer id; so a person
    who joins two campaigns makes no single one of them. A cluster left with one contribution is none.

    clusters, a row each
    cluster          its smallest answer id. A name, which changes if that answer is erased: what a person
                     decides holds by contributions
    n_contributions, n_answers   its members, and their copied answers
    kind_found       `exact`, `near` or `template`: the weakest kind of link that holds its texts together
    similarity       0 to 1: the weakest of these links, as Jaccard index; 1 if all are equal. The links are
                     the strongest there are, those through contributions counted elsewhere among them
    flagged          whether it has at least 5 contributions, and 2 % of all in `answers`
    same_ratings, burst          signs that they were sent together, see `coordination`; missing if unknown
    n_groups, n_units            of how many stakeholder groups and units its members are
    model            the answer to show for it: the model of most of its contributions

    members, a row per answer
    cluster, contribution_id, answer_id
    model            the answer it is compared with: of the cluster's variants of this text, the one most
                     like all the others; the one with the smallest id among equals
    likeness         0 to 1: its Jaccard index with the model, 1 if they are equal

    `answers` may have the column `at`. Raises `ValueError` if another is missing, or `at_least` is no share.
    """
    if missing := set(_NEEDED) - set(answers.columns):
        raise ValueError(f"the table of answers has no column {', '.join(sorted(missing))}")
    if not 0 < at_least <= 1:
        raise ValueError(f"copies cannot have {at_least} of their runs in common: above 0, up to 1")
    table = answers.reindex(columns=[*_NEEDED, "at"]).astype("str").fillna("")
    table = table.sort_values([*_NEEDED, "at"], ignore_index=True)
    table["text"] = pd.Series(normalised(table["text"].tolist()), dtype="str")
    texts = sorted(filter(_long_enough, set(table["text"])))
    number = {text: place for place, text in enumerate(texts)}
    table["number"] = table["text"].map(lambda text: number.get(text, SHORT)).astype("int64")
    sets = shingle_sets(texts)
    may_be_template = np.array([len(text) >= SHORTEST_TEMPLATE for text in texts], dtype=np.bool_)
    found = links(sets, may_be_template, at_least)
    members = _compared(gathered(table, found.families()), sets)
    members["cluster"] = members.groupby("cluster")["answer_id"].transform("min")
    clusters = _described(members, found, at_least, table["contribution_id"].nunique())
    clusters["burst"] = bursts(members)
    clusters["same_ratings"] = np.nan if ratings is None else same_ratings(members, ratings)
    clusters = clusters.reset_index().sort_values(["n_contributions", "cluster"], ascending=[False, True])
    return Copies(_typed(clusters, CLUSTERS), _typed(members.sort_values(["cluster", "answer_id"]), MEMBERS))


def _long_enough(text: str) -> bool:
    return len(text) >= SHORTEST and words_in(text) >= FEWEST_WORDS


def _typed(table: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    return table[list(columns)].astype(columns).reset_index(drop=True)


def _compared(members: pd.DataFrame, sets: sparse.csr_array) -> pd.DataFrame:
    """`members` with `given` (how many contributions of the cluster gave this text), `model`, `likeness`."""
    given = members.groupby(["cluster", "text"])["contribution_id"].transform("nunique")
    members = members.assign(given=given).sort_values("answer_id")
    models = members.drop_duplicates(["cluster", "family", "text"])
    models = models.assign(central=_centrality(models, sets))
    models = models.sort_values(["central", "answer_id"], ascending=[False, True])
    models = models.drop_duplicates(["cluster", "family"])[["cluster", "family", "answer_id", "number"]]
    models = models.rename(columns={"answer_id": "model", "number": "as"})
    members = members.merge(models, on=["cluster", "family"])
    likeness = np.ones(len(members))
    other = (members["number"] != members["as"]).to_numpy()
    compared = members.loc[other, ["number", "as"]].to_numpy(np.int64)
    likeness[other] = jaccard(sets, compared[:, 0], compared[:, 1]).round(6)
    return members.assign(likeness=likeness)


def _centrality(variants: pd.DataFrame, sets: sparse.csr_array) -> Floats:
    """How like each variant of a text is to all that was given of it: the sum of cosines of their sets.

    Unlike a sum of Jaccard indices it needs no comparison of all with all. 0 for short texts.
    """
    central = np.zeros(len(variants))
    long = (variants["number"] != SHORT).to_numpy()
    told = variants[long]
    rows = sets[told["number"].to_numpy()].astype(np.float64)
    rows.data /= np.repeat(np.sqrt(np.diff(rows.indptr)), np.diff(rows.indptr))
    text = told.groupby(["cluster", "family"]).ngroup().to_numpy()
    shape = (int(text.max(initial=-1)) + 1, len(told))
    whole = sparse.csr_array((told["given"].to_numpy(np.float64), (text, np.arange(len(told)))), shape) @ rows
    central[long] = rows.multiply(whole[text]).sum(axis=1).round(9)
    return central


def _described(members: pd.DataFrame, found: Links, at_least: float, n: int) -> pd.DataFrame:
    """A row per cluster, by its name: what its members and the links among their texts tell."""
    weakest = pd.Series(found.likeness).groupby(found.families()[found.left]).min()
    own = members.assign(weakest=members["family"].map(weakest)).groupby("cluster")
    similarity = own["weakest"].min()
    n_contributions = own["contribution_id"].nunique()
    of_model = members.groupby(["cluster", "model"])["contribution_id"].transform("nunique")
    shown = members.assign(short=members["number"] == SHORT, of_model=of_model).sort_values(
        ["short", "of_model", "model"], ascending=[True, False, True]
    )
    return pd.DataFrame(
        {
            "n_contributions": n_contributions,
            "n_answers": own.size(),
            "kind_found": np.select(
                [similarity.isna(), similarity >= at_least - ROUNDING], ["exact", "near"], "template"
            ),
            "similarity": similarity.fillna(1.0).round(6),
            "flagged": n_contributions >= max(FEWEST_FLAGGED, FLAGGED_SHARE * n - ROUNDING),
            "n_groups": own["group"].nunique(),
            "n_units": own["unit"].nunique(),
            "model": shown.drop_duplicates("cluster").set_index("cluster")["model"],
        }
    )
