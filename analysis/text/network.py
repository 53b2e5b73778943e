"""Which of the most used words people write in the same answers: a network of few words, and its parts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.strata import Floats, Integers
from analysis.text.collocations import FEWEST_PARTICIPANTS
from analysis.text.corpus import Corpus
from analysis.text.graphs import communities, spread
from analysis.text.likelihood_ratio import DIGITS, signed_ratio

MOST_WORDS = 40  # that a telephone can show and a person can read
MOST_LINKS = 60  # more of them are a ball of wool
LEAST_RATIO = 6.635  # chi-square, 1 degree of freedom: one pair in a hundred is as far from chance by chance,
_BY_CHANCE = 0.005  # and half of these upwards

Flags = npt.NDArray[np.bool_]

NODES = ["word", "shown", "n_participants", "cluster", "x", "y"]
LINKS = ["one", "other", "n_participants", "n_answers", "npmi", "g2"]


class Network(NamedTuple):
    """Words that go together.

    nodes  word, shown, n_participants (who use it), cluster (from 1: the one with most participants'
           uses first), x and y (0 to 1, close where words go together), in the order of `count_words`
    links  one and other (words, in alphabetical order), n_participants and n_answers (that have both in one
           answer), npmi (0 as by chance, 1 only together), g2; the surest first
    by_chance   how many links would be there if no two words had anything to do with each other, at most
    """

    nodes: pd.DataFrame
    links: pd.DataFrame
    by_chance: float


def network(
    corpus: Corpus, words: pd.DataFrame, most: int = MOST_WORDS, at_least: int = FEWEST_PARTICIPANTS
) -> Network:
    """The `most` used of these `words` (of `count_words`), as far as they go with each other in answers.

    Two words are linked when at least `at_least` participants write both in one answer, and that more
    often than chance would: G² with Williams' correction over the answers is at least `LEAST_RATIO`. Of more
    links the `MOST_LINKS` surest are kept. `npmi` is the normalised pointwise mutual information of Bouma
    (2009). Words without a link are left out. Clusters are those of greedy modularity (Clauset, Newman,
    Moore 2004), links weighing as many participants as they have.
    """
    words = words.head(most)
    links = _links(corpus, words, at_least).reset_index(drop=True)
    linked = set(links["one"]) | set(links["other"])
    nodes = words[words["word"].isin(linked)].reset_index(drop=True)
    place = {word: number for number, word in enumerate(nodes["word"])}
    weights = np.zeros((len(nodes), len(nodes)), dtype=np.int64)
    ends = links["one"].map(place).to_numpy(np.int64), links["other"].map(place).to_numpy(np.int64)
    weights[ends] = links["n_participants"]
    weights += weights.T
    parts = communities(weights)
    at = spread(weights > 0, parts)
    return Network(
        nodes.assign(cluster=_numbered(parts, nodes), x=at[:, 0], y=at[:, 1])[NODES],
        links,
        _BY_CHANCE * len(words) * (len(words) - 1) / 2,
    )


def _links(corpus: Corpus, words: pd.DataFrame, at_least: int) -> pd.DataFrame:
    """The links between these words, the surest first."""
    names = sorted(words["word"])
    used = _used(corpus, names)
    together = (used.T @ used).astype(np.int64)
    n_answers = np.diag(together)
    n = int(np.count_nonzero(np.bincount(corpus.answer_of[corpus.content])))  # answers that say anything
    one, other = np.triu_indices(len(names), 1)
    both = together[one, other]
    g2 = signed_ratio(
        both, n_answers[one] - both, n_answers[other] - both, n - n_answers[one] - n_answers[other] + both
    )
    certain = np.flatnonzero(g2 >= LEAST_RATIO)
    one, other, both = one[certain], other[certain], both[certain]
    table = pd.DataFrame(
        {
            "one": pd.Series([names[place] for place in one], dtype="str"),
            "other": pd.Series([names[place] for place in other], dtype="str"),
            "n_participants": _people(corpus, used > 0, one, other),
            "n_answers": both,
            "npmi": _npmi(both, n_answers[one], n_answers[other], n),
            "g2": g2[certain],
        }
    )[LINKS]
    links = table[table["n_participants"] >= at_least]
    return links.sort_values(["g2", "one", "other"], ascending=[False, True, True]).head(MOST_LINKS)


def _used(corpus: Corpus, names: list[str]) -> Floats:
    """Which answers have which of the words `names`: 1 or 0, answers × words."""
    place = np.full(len(corpus.vocabulary), -1, dtype=np.int64)
    for number, name in enumerate(names):
        place[corpus.key_number[name]] = number
    of = place[corpus.keys]
    said = corpus.content & (of >= 0)
    used = np.zeros((len(corpus.answers), len(names)))
    used[corpus.answer_of[said], of[said]] = 1
    return used


def _people(corpus: Corpus, used: Flags, one: Integers, other: Integers) -> Integers:
    """How many participants have both words of each pair in one answer."""
    columns = np.ascontiguousarray(used.T)
    people = [
        np.count_nonzero(np.bincount(corpus.contribution_of[columns[a] & columns[b]]))
        for a, b in zip(one.tolist(), other.tolist(), strict=True)
    ]
    return np.array(people, dtype=np.int64)


def _npmi(both: Integers, one: Integers, other: Integers, n: int) -> Floats:
    """ln(p(both) / p(one) p(other)) / −ln p(both); 1 where every answer has both."""
    information = np.log(both * n / (one * other))
    surprise = -np.log(both / max(n, 1))
    npmi = np.divide(information, surprise, out=np.ones(len(both)), where=surprise > 0)
    return np.asarray(np.round(npmi, DIGITS), dtype=np.float64)


def _numbered(parts: Integers, nodes: pd.DataFrame) -> pd.Series:
    """Clusters by number, the one whose words most participants use first, then by its first word."""
    uses = nodes["n_participants"].groupby(parts).sum()
    first = pd.Series(range(len(nodes))).groupby(parts).min()
    order = sorted(uses.index, key=lambda part: (-uses[part], first[part]))
    number = {part: rank for rank, part in enumerate(order, 1)}
    return pd.Series([number[part] for part in parts.tolist()], dtype="int64")
