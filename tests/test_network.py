"""Words that people write in the same answers: which are linked, which belong together, where they stand."""

from __future__ import annotations

from itertools import combinations
from math import log

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.strata import Integers
from analysis.text.corpus import Corpus, read_words
from analysis.text.graphs import communities, spread
from analysis.text.likelihood_ratio import signed_ratio
from analysis.text.network import LINKS, MOST_LINKS, NODES, Network, network
from analysis.text.words import count_words
from tests.test_words import LEXICONS, corpus


def found(read: Corpus) -> Network:
    return network(read, count_words(read))


def of(*texts: str) -> Network:
    """The network of these answers, each by another person."""
    return found(corpus(*((f"p{n}", text) for n, text in enumerate(texts))))


def links(net: Network) -> set[tuple[str, str]]:
    return set(zip(net.links["one"], net.links["other"], strict=True))


TWO_THEMES = ["orario e domenica"] * 8 + ["bambini, favole"] * 8 + ["rete"] * 8


def test_words_of_the_same_answers_are_linked() -> None:
    assert links(of(*TWO_THEMES)) == {("domenica", "orario"), ("bambino", "favola")}


def test_a_link_has_the_figures_of_its_two_words() -> None:
    net = of(*["orario domenica"] * 6, *["orario"] * 2, *["domenica"], *["rete"] * 15)
    row = net.links.iloc[0]
    assert (row["one"], row["other"]) == ("domenica", "orario")
    assert (row["n_participants"], row["n_answers"]) == (6, 6)
    # 24 answers; domenica in 7, orario in 8
    assert row["g2"] == signed_ratio(*(np.array([cell]) for cell in (6, 1, 2, 15)))[0]
    assert row["npmi"] == pytest.approx(log(6 * 24 / (7 * 8)) / -log(6 / 24), abs=1e-8)


def test_words_always_together_have_all_the_information_there_is() -> None:
    assert of(*TWO_THEMES).links["npmi"].tolist() == pytest.approx([1.0, 1.0])


def test_one_person_does_not_link_words() -> None:
    others = [(f"p{n}", "rete") for n in range(20)]
    loud = [("anna", "orario domenica")] * 9 + [("b", "orario domenica")]
    assert found(corpus(*others, *loud)).links.empty
    assert links(found(corpus(*others, *loud, ("c", "domenica, orario")))) == {("domenica", "orario")}


def test_words_in_different_answers_of_one_person_are_not_together() -> None:
    said = [(f"p{n}", text) for n in range(9) for text in ("orario", "domenica")]
    assert found(corpus(*said, *[(f"q{n}", "rete") for n in range(9)])).links.empty


def test_words_apart_are_not_linked() -> None:
    """Orario and domenica never meet; rete meets both as often as chance has it."""
    net = of(*["orario rete"] * 5, *["orario casa"] * 5, *["domenica rete"] * 5, *["domenica casa"] * 5)
    assert net.links.empty
    assert net.nodes.empty


def test_words_without_a_link_are_left_out_and_the_most_used_part_comes_first() -> None:
    net = of(*TWO_THEMES, "bambini e favole")
    assert net.nodes["word"].tolist() == ["bambino", "favola", "domenica", "orario"]
    assert net.nodes["cluster"].tolist() == [1, 1, 2, 2]
    assert net.nodes["n_participants"].tolist() == [9, 9, 8, 8]


def test_only_the_most_used_words_are_looked_at_and_chance_is_told() -> None:
    read = corpus(*((f"p{n}", text) for n, text in enumerate([*TWO_THEMES, "orario domenica"])))
    net = network(read, count_words(read), most=2)
    assert links(net) == {("domenica", "orario")}
    assert net.by_chance == pytest.approx(0.005)  # of one pair
    assert found(read).by_chance == pytest.approx(0.05)  # of ten


def test_no_more_links_than_can_be_seen() -> None:
    letters = "abcdefghilmnopq"
    words = ["z" + a + b + "x" for a, b in combinations(letters, 2)][:40]
    texts = [" ".join(words[i : i + 5]) for i in range(0, 40) for _ in range(4)]
    assert len(of(*texts).links) == MOST_LINKS


@pytest.mark.parametrize("texts", [[], [""], ["rete"], ["rete casa"] * 5])
def test_without_links_there_is_an_empty_network(texts: list[str]) -> None:
    net = of(*texts)
    assert net.nodes.empty
    assert net.links.empty
    assert (list(net.nodes.columns), list(net.links.columns)) == (NODES, LINKS)


@given(st.permutations(range(9)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    table = pd.DataFrame(
        {
            "answer_id": list("abcdefghi"),
            "contribution_id": list("abcdefghi"),
            "text": ["orario domenica"] * 4 + ["favole bambini rete"] * 4 + ["rete"],
        }
    )
    one, other = found(read_words(table, LEXICONS)), found(read_words(table.iloc[order], LEXICONS))
    assert not one.links.empty
    pd.testing.assert_frame_equal(one.nodes, other.nodes, check_exact=True)
    pd.testing.assert_frame_equal(one.links, other.links, check_exact=True)


# ── graphs ────────────────────────────────────────────────────────────────


def graph(n: int, edges: list[tuple[int, int]], weight: int = 1) -> Integers:
    weights = np.zeros((n, n), dtype=np.int64)
    for a, b in edges:
        weights[a, b] = weights[b, a] = weight
    return weights


def ring_of_triangles() -> list[tuple[int, int]]:
    inside = [(3 * t + a, 3 * t + b) for t in range(4) for a, b in ((0, 1), (1, 2), (0, 2))]
    return [*inside, *((3 * t + 2, 3 * ((t + 1) % 4)) for t in range(4))]


def test_a_ring_of_triangles_falls_into_its_triangles() -> None:
    assert communities(graph(12, ring_of_triangles())).tolist() == [0] * 3 + [1] * 3 + [2] * 3 + [3] * 3


KARATE = [
    "1-2 1-3 1-4 1-5 1-6 1-7 1-8 1-9 1-11 1-12 1-13 1-14 1-18 1-20 1-22 1-32 2-3 2-4 2-8 2-14 2-18 2-20",
    "2-22 2-31 3-4 3-8 3-9 3-10 3-14 3-28 3-29 3-33 4-8 4-13 4-14 5-7 5-11 6-7 6-11 6-17 7-17 9-31 9-33",
    "9-34 10-34 14-34 15-33 15-34 16-33 16-34 19-33 19-34 20-34 21-33 21-34 23-33 23-34 24-26 24-28 24-30",
    "24-33 24-34 25-26 25-28 25-32 26-32 27-30 27-34 28-34 29-32 29-34 30-33 30-34 31-33 31-34 32-33 32-34",
    "33-34",
]


def test_zacharys_club_has_the_modularity_that_its_authors_print() -> None:
    """Clauset, Newman and Moore's method finds three parts, Q = 0.381, in the karate club of 34."""
    pairs = [pair.split("-") for line in KARATE for pair in line.split()]
    weights = graph(34, [(int(a) - 1, int(b) - 1) for a, b in pairs])
    parts = communities(weights)
    assert weights.sum() == 2 * 78
    degree, whole = weights.sum(axis=1), weights.sum()
    same = parts[:, None] == parts[None]
    modularity = ((weights - np.outer(degree, degree) / whole) * same).sum() / whole
    assert parts.max() + 1 == 3
    assert modularity == pytest.approx(0.381, abs=5e-4)


def test_nodes_without_links_stay_alone() -> None:
    assert communities(graph(3, [])).tolist() == [0, 1, 2]
    assert communities(graph(0, [])).tolist() == []


def test_a_path_is_drawn_in_its_order_and_evenly() -> None:
    linked = graph(5, [(0, 1), (1, 2), (2, 3), (3, 4)]) > 0
    places = spread(linked, np.zeros(5, dtype=np.int64))
    along = np.linalg.norm(places - places[0], axis=1)
    assert (np.diff(along) > 0).all()


edges = st.sets(st.sampled_from(list(combinations(range(8), 2))), max_size=20)


@given(edges)
def test_every_node_has_a_place_of_its_own_within_the_frame(chosen: set[tuple[int, int]]) -> None:
    linked: npt.NDArray[np.bool_] = graph(8, sorted(chosen)) > 0
    places = spread(linked, communities(linked.astype(np.int64)))
    assert ((places >= 0) & (places <= 1)).all()
    assert len({tuple(place) for place in places.tolist()}) == 8


def test_linked_nodes_stand_nearer_than_others() -> None:
    linked = graph(12, ring_of_triangles()) > 0
    places = spread(linked, communities(linked.astype(np.int64)))
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    others = ~linked & ~np.eye(12, dtype=bool)
    assert apart[linked].mean() < 0.6 * apart[others].mean()


@pytest.mark.parametrize("n", [0, 1])
def test_a_single_node_stands_in_the_middle(n: int) -> None:
    assert spread(np.zeros((n, n), dtype=bool), np.zeros(n, dtype=np.int64)).tolist() == [[0.5, 0.5]] * n
