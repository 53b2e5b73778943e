"""Visions: near answers stand together, each group is heard in its own words, and no answer is dropped."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.clusters import one_voice
from analysis.text.corpus import read_words
from analysis.text.lexicon import read_lexicons
from analysis.text.nearness import Matrix, gathered, near
from analysis.text.visions import HELD, NEAR, Visions, visions
from tests.conftest import PROJECT

LEXICONS = read_lexicons(PROJECT / "data" / "lexicon")
ALL = "quotable_with_group"

BENCHES = "Più panchine e più fontane nei cortili."
BENCH = "Panchine nei cortili, con le fontane."
YARDS = "Cortili aperti, panchine comode, fontane vere."
TIME = "Pagare il tempo di chi resta nel quartiere."


def answers(rows: Sequence[tuple[str, str]], question: str = "v") -> pd.DataFrame:
    """A participant each: group and text."""
    return pd.DataFrame(
        [(f"a{n:03}", f"c{n:03}", group, question, text, "it") for n, (group, text) in enumerate(rows)],
        columns=["answer_id", "contribution_id", "group", "guiding_question", "text", "language"],
        dtype="str",
    )


def found(table: pd.DataFrame, *silent: str, questions: Sequence[str] = ("v",)) -> Visions:
    consents = {id_: "counted_only" if id_ in silent else ALL for id_ in table["answer_id"]}
    return visions(read_words(table, LEXICONS), consents, questions)


def test_near_answers_are_one_vision_with_the_words_they_share() -> None:
    read = found(answers([("a", BENCHES), ("b", TIME), ("b", BENCH)]))
    first = read.visions.iloc[0]
    assert set(first["words"].split("|")) == {"panchine", "fontane", "cortili"}
    assert read.voices[read.voices["vision"] == 1]["answer_id"].tolist() == ["a000", "a002"]
    assert read.visions["n_answers"].tolist() == [2, 1]


def test_an_answer_near_no_other_is_kept_also_one_that_says_nothing() -> None:
    read = found(answers([("a", TIME), ("b", BENCH), ("c", "boh"), ("c", ""), ("c", "è così")]))
    assert sorted(read.voices["answer_id"]) == ["a000", "a001", "a002", "a003", "a004"]
    assert read.visions["n_answers"].tolist() == [1] * 5
    assert set(read.visions["words"]) == {""}
    assert set(read.visions["held"]) == {"one"}


@pytest.mark.parametrize(
    ("holding", "silent", "held"),
    [
        ("abc", "", "shared"),
        ("ab", "", "shared"),
        ("ab", "c", "shared"),
        ("ab", "cd", "two"),
        ("aa", "bcd", "one"),
        ("a", "", "one"),
    ],
)
def test_how_many_groups_hold_it_is_told_against_how_many_answered(
    holding: str, silent: str, held: str
) -> None:
    others = ("Un notaio gratuito.", "Musica dal vivo.", "Tre gatti neri.")
    rows = [*((group, BENCH) for group in holding), *zip(silent, others, strict=False)]
    read = found(answers(rows))
    assert read.visions.iloc[0]["held"] == held
    assert read.n_groups == len(set(holding + silent))


def test_who_stated_no_group_is_a_participant_of_no_group() -> None:
    row = found(answers([("non_indicato", BENCH), ("", BENCHES), ("a", YARDS)])).visions.iloc[0]
    assert (row["n_groups"], row["n_participants"], row["held"]) == (1, 3, "one")


def test_one_who_says_it_twice_holds_it_once() -> None:
    table = answers([("a", BENCH), ("a", BENCHES)]).assign(contribution_id="c")
    row = found(table).visions.iloc[0]
    assert (row["n_participants"], row["n_answers"]) == (1, 2)


def test_an_answer_of_one_word_is_near_to_one_that_has_it_but_two_with_a_common_word_are_not() -> None:
    assert len(found(answers([("a", "Panchine!"), ("b", "Panchine e fontane.")])).visions) == 1
    apart = [("a", "Panchine davanti alla scuola."), ("b", "Panchine e fontane.")]
    assert len(found(answers(apart)).visions) == 2


def test_a_chain_of_neighbours_is_not_one_vision() -> None:
    """The first and the last have nothing in common."""
    read = found(
        answers(
            [("a", "panchine fontane cortili"), ("b", "cortili fontane musica danza"), ("c", "musica danza")]
        )
    )
    assert read.visions["n_answers"].tolist() == [3]
    assert read.visions.iloc[0]["middle"] == "a001"
    chain = [
        "uno panchine fontane",
        "panchine fontane musica danza",
        "musica danza teatro canto",
        "teatro canto",
    ]
    read = found(answers([("a", text) for text in chain]))
    assert max(read.visions["n_answers"]) < 4


def test_the_vision_of_most_groups_comes_first() -> None:
    loud = [("a", "Un notaio gratuito per tutti."), *[("a", "Il notaio gratuito.")] * 5]
    read = found(answers([*loud, ("a", BENCH), ("b", BENCHES)]))
    assert read.visions["n_groups"].tolist() == [2, 1]
    assert read.visions["n_participants"].tolist() == [2, 6]


def test_each_group_is_heard_once_nearest_to_the_middle() -> None:
    read = found(answers([("a", BENCHES), ("a", BENCH), ("b", YARDS), ("b", BENCH)]))
    nearest = read.voices[read.voices["nearest"]]
    assert sorted(nearest["group"]) == ["a", "b"]
    first = read.voices.groupby("group")["nearness"].max()
    assert nearest.set_index("group")["nearness"].to_dict() == first.to_dict()


def test_words_of_answers_that_are_only_counted_are_not_told() -> None:
    both = answers([("a", BENCH), ("b", BENCH), ("c", TIME)])
    assert found(both, "a000", "a001").visions.iloc[0]["words"] == ""
    half = found(both, "a000")
    assert set(half.visions.iloc[0]["words"].split("|")) == {"Panchine", "cortili", "fontane"}
    assert half.visions.iloc[0]["n_groups"] == 2


def test_one_that_may_be_quoted_speaks_for_its_group() -> None:
    read = found(answers([("a", BENCH), ("a", YARDS), ("b", BENCH)]), "a000")
    voices = read.voices.set_index("answer_id")
    assert not voices.loc["a000", "nearest"]
    assert voices.loc["a001", "nearest"]
    alone = found(answers([("a", BENCH), ("b", BENCH)]), "a000").voices.set_index("answer_id")
    assert alone.loc["a000", "nearest"]


def test_only_answers_to_the_questions_asked_for_are_read() -> None:
    table = pd.concat([answers([("a", BENCH)]), answers([("b", BENCH)], "other").assign(answer_id="z")])
    assert found(table).voices["answer_id"].tolist() == ["a000"]
    assert len(found(table, questions=()).voices) == 2


@pytest.mark.parametrize("question", ["v", "other"])
def test_without_answers_there_are_tables_without_rows(question: str) -> None:
    read = found(answers([] if question == "v" else [("a", BENCH)], question))
    assert read.visions.empty
    assert read.voices.empty
    assert read.n_groups == 0


words = st.sampled_from(["panchine", "fontane", "cortili", "musica", "danza", "teatro"])
texts = st.lists(words, max_size=4).map(" ".join)
rows = st.lists(st.tuples(st.sampled_from(["a", "b", "c", ""]), texts), max_size=8)


@given(rows, st.randoms(use_true_random=False))
def test_row_order_changes_nothing(rows: list[tuple[str, str]], random: object) -> None:
    table = answers(rows)
    order = list(table.index)
    random.shuffle(order)  # type: ignore[attr-defined]
    one, other = found(table), found(table.loc[order])
    pd.testing.assert_frame_equal(one.visions, other.visions)
    pd.testing.assert_frame_equal(one.voices, other.voices)


@given(rows)
def test_every_answer_stands_in_one_vision_near_its_middle(rows: list[tuple[str, str]]) -> None:
    read = found(answers(rows))
    assert sorted(read.voices["answer_id"]) == [f"a{n:03}" for n in range(len(rows))]
    assert read.voices["nearness"].between(NEAR, 1).all()
    assert read.visions["n_answers"].sum() == len(rows)
    assert set(read.visions["held"]) <= set(HELD)
    assert (read.voices.groupby("vision")["nearest"].sum() >= 1).all()


@given(st.lists(st.lists(st.integers(0, 2), min_size=4, max_size=4), min_size=1, max_size=7))
def test_nearness_is_the_same_both_ways_and_stars_share_no_answer(counts: list[list[int]]) -> None:
    from scipy.sparse import csr_matrix

    said = csr_matrix(pd.DataFrame(counts).to_numpy(float))
    matrix = near(said, said, NEAR)
    assert (matrix != matrix.T).nnz == 0
    assert matrix.diagonal().sum() == 0
    found = gathered(said, ["g"] * len(counts), ["p"] * len(counts), NEAR)
    assert sorted(row for star in found for row in star.rows) == list(range(len(counts)))


def one_by_one(counts: list[list[int]], groups: list[str], people: list[str]) -> list[tuple[object, ...]]:
    """The stars as they are defined, of all answers and not of their kinds: slow, and plain."""
    from scipy.sparse import csr_matrix

    said = csr_matrix(np.array(counts, dtype=float))
    matrix = near(said, said, NEAR).toarray()
    free = set(range(len(counts)))
    found: list[tuple[object, ...]] = []

    def worth(row: int) -> tuple[int, int, int, float, int]:
        star = [other for other in sorted(free) if other == row or matrix[row, other]]
        groups_of, people_of = {groups[one] for one in star} - {""}, {people[one] for one in star}
        value = round(sum(matrix[row, one] for one in star), 6)
        return -len(groups_of), -len(people_of), -len(star), -value, row

    while free:
        middle = min(map(worth, free))[-1]
        others = sorted((-matrix[middle, one], one) for one in free - {middle} if matrix[middle, one])
        found.append((middle, (middle, *(one for _, one in others)), (1.0, *(-value for value, _ in others))))
        free -= {middle, *(one for _, one in others)}
    return found


kinds = st.sampled_from([[1, 1, 0, 0], [1, 1, 1, 0], [2, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0], [1, 0, 0, 1]])
held = st.tuples(kinds, st.sampled_from(["a", "b", ""]), st.sampled_from(["p", "q", "r", "s"]))


@given(st.lists(held, min_size=1, max_size=10))
def test_answers_of_the_same_words_are_gathered_as_if_each_were_compared(
    rows: list[tuple[list[int], str, str]],
) -> None:
    from scipy.sparse import csr_matrix

    counts, groups, people = (list(column) for column in zip(*rows, strict=True))
    found = gathered(csr_matrix(np.array(counts, dtype=float)), groups, people, NEAR)
    assert [(star.middle, star.rows, star.nearness) for star in found] == one_by_one(counts, groups, people)


def test_thousands_of_the_same_answer_are_one_vision_and_compared_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[int] = []

    def counting(said: Matrix, among: Matrix, at_least: float) -> Matrix:
        compared.append(said.shape[0])
        return near(said, among, at_least)

    monkeypatch.setattr("analysis.text.nearness.near", counting)
    read = found(answers([(("a", "b")[n % 2], BENCH) for n in range(3_000)]))
    assert compared == [1]
    assert read.visions[["n_groups", "n_participants", "n_answers"]].to_numpy().tolist() == [[2, 3000, 3000]]
    assert read.voices["nearness"].tolist() == [1.0] * 3_000


def test_copies_that_were_confirmed_are_one_participant() -> None:
    table = answers([("a", BENCH), ("a", BENCH), ("b", BENCH)])
    clusters = pd.DataFrame({"cluster": ["k", "k"], "contribution_id": ["c000", "c001"], "kind": "campaign"})
    consents = dict.fromkeys(table["answer_id"], ALL)
    row = visions(read_words(one_voice(table, clusters), LEXICONS), consents).visions.iloc[0]
    assert (row["n_groups"], row["n_participants"], row["n_answers"]) == (2, 2, 3)
