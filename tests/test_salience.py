"""Who speaks of what: participants counted once, groups alike, and the ground it rests on told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.salience import breadth, salience
from consultation.rules import Rules
from tests import f1
from tests.f1 import answer_table, coding_table

NAN = float("nan")


def talk(groups: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """Salience of `o` when so many of so many in each group speak of it, one answer each."""
    people = [(f"{group}{n}", group, n < said) for group, (said, all_) in groups.items() for n in range(all_)]
    return salience(
        coding_table([(person, "o", "author") for person, _, said in people if said]),
        answer_table([(person, person, person, group) for person, group, _ in people]),
        pd.DataFrame({"objective": ["o"]}),
        list(groups),
        Rules(),
    )


def test_the_oracle() -> None:
    """Three objectives with as many mentions, which mean very different things."""
    table = salience(f1.codings(), f1.answers(), f1.OBJECTIVES, f1.GROUPS, f1.RULES)
    assert table["objective"].tolist() == ["O1", "O2", "O3"]
    assert table["n_participants"].tolist() == table["n_answers"].tolist() == [4, 4, 4]
    assert table["salience"].tolist() == pytest.approx([0.333333, 0.472222, 0.527778], abs=5e-7)
    assert table["breadth"].tolist() == pytest.approx([0, 0.825688, 0.568047], abs=5e-7)
    assert (1 + 2 * table["breadth"]).tolist() == pytest.approx([1, 2.651376, 2.136095], abs=5e-7)


def test_a_loud_group_has_one_voice() -> None:
    row = talk({"A": (18, 20), "B": (1, 10), "C": (0, 5)}).iloc[0]
    assert row["salience"] == pytest.approx(0.333333, abs=5e-7)
    assert row["n_participants"] / 35 == pytest.approx(0.543, abs=5e-4)  # of all people alike


@pytest.mark.parametrize(
    ("shares", "evenness"),
    [
        ((0.5, 0.5, 0.5), 1),
        ((0.8, 0.1, 0.1), 0.2576),
        ((0.6, 0, 0), 0),
        ((0.4, 0.3, 0.2, 0.1), 0.7778),
        ((0, 0, 0), NAN),
        ((0.7,), NAN),
    ],
)
def test_breadth(shares: tuple[float, ...], evenness: float) -> None:
    assert breadth(np.array(shares)[:, None]).item() == pytest.approx(evenness, abs=5e-5, nan_ok=True)


@pytest.mark.parametrize(
    ("shares", "groups"),
    [((0.5, 0.5, 0.5), 3), ((0.8, 0.1, 0.1), 1.5152), ((0.6, 0, 0), 1), ((0.4, 0.3, 0.2, 0.1), 3.3333)],
)
def test_breadth_counts_the_groups_that_would_be_as_concentrated(
    shares: tuple[float, ...], groups: float
) -> None:
    found = breadth(np.array(shares)[:, None]).item()
    assert 1 + (len(shares) - 1) * found == pytest.approx(groups, abs=5e-5)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=12))
def test_breadth_is_a_share(shares: list[float]) -> None:
    value = breadth(np.array(shares)[:, None]).item()
    assert np.isnan(value) == (sum(shares) == 0)
    assert np.isnan(value) or 0 <= value <= 1


def test_silence_is_a_salience_of_zero_without_breadth() -> None:
    row = talk({"A": (0, 3), "B": (0, 3)}).iloc[0]
    assert row["salience"] == 0
    assert np.isnan(row["breadth"])


def test_one_group_alone_has_a_salience_and_no_breadth() -> None:
    row = talk({"A": (1, 4)}).iloc[0]
    assert row["salience"] == 0.25
    assert np.isnan(row["breadth"])


def test_a_small_group_is_counted_and_not_balanced() -> None:
    row = talk({"A": (0, 3), "B": (2, 2), "non_indicato": (4, 4)}).iloc[0]
    assert (row["salience"], row["n_participants"]) == (0, 6)


def test_without_a_group_large_enough_there_is_no_salience() -> None:
    row = talk({"A": (1, 2), "non_indicato": (3, 3)}).iloc[0]
    assert np.isnan([row["salience"], row["breadth"]]).all()
    assert row["n_answers"] == 4


def test_without_answers_nothing_is_claimed() -> None:
    table = salience(coding_table([]), answer_table([]), f1.OBJECTIVES, f1.GROUPS, Rules())
    assert table["n_answers"].tolist() == [0, 0, 0]
    assert table["salience"].isna().all()
    assert table["salience_basis"].tolist() == ["proposed"] * 3


def test_writing_much_buys_no_weight() -> None:
    """One of three writes four answers about it: a third speak of it, in four answers."""
    answers = answer_table(
        [(f"a{n}", "a", "a", "G") for n in range(4)] + [("b0", "b", "b", "G"), ("c0", "c", "c", "G")]
    )
    codings = coding_table([(f"a{n}", "o", "proposed") for n in range(4)])
    row = salience(codings, answers, pd.DataFrame({"objective": ["o"]}), ["G"], Rules()).iloc[0]
    assert row["salience"] == pytest.approx(1 / 3)
    assert (row["n_answers"], row["n_participants"]) == (4, 1)


def attention(codings: list[tuple[str, str]], groups: dict[str, str]) -> list[float]:
    """Attention to x, y and z, where each coding is of one answer by a person of `groups`."""
    answers = answer_table([(f"{n}", who, who, groups[who]) for n, (who, _) in enumerate(codings)])
    told = coding_table([(f"{n}", objective, "author") for n, (_, objective) in enumerate(codings)])
    plan = pd.DataFrame({"objective": ["x", "y", "z"]})
    table = salience(told, answers, plan, sorted(set(groups.values())), Rules())
    return [float(share) for share in table["attention"]]


SPREAD = [("a", "x"), ("a", "x"), ("a", "x"), ("a", "y"), ("b", "x"), ("c", "y"), ("c", "z")]


def test_attention_worked_by_hand() -> None:
    """One gives x three codings and y one, one x alone, one y and z alike."""
    found = attention(SPREAD, dict.fromkeys("abc", "A"))
    assert found == pytest.approx([7 / 12, 1 / 4, 1 / 6])


def test_attention_is_everyones_alike_and_every_groups() -> None:
    """A second group speaks of z only; whoever speaks of nothing has no attention to give."""
    others = [("d", "z"), ("e", "z"), ("f", "z"), ("f", "z"), ("f", "z")]
    groups = {**dict.fromkeys("abc", "A"), **dict.fromkeys("def", "B")}
    assert attention(SPREAD + others, groups) == pytest.approx([7 / 24, 1 / 8, 7 / 12])
    silent = {**groups, **dict.fromkeys("ghi", "C")}
    assert attention(SPREAD + others + [(who, "") for who in "ghi"], silent) == pytest.approx(
        [7 / 24, 1 / 8, 7 / 12]
    )


def test_an_objective_reaches_a_group_by_two_of_its_units() -> None:
    """Two units of A, one of B, and of C two people of one organisation: one group of three."""
    people = [(f"{group}{n}", group, f"{group}{n}") for group in "ABC" for n in range(4)]
    people = [(who, group, "coop" if who in ("C0", "C1") else unit) for who, group, unit in people]
    answers = answer_table([(who, who, unit, group) for who, group, unit in people])
    told = coding_table([(who, "o", "author") for who in ("A0", "A1", "B0", "C0", "C1")])
    table = salience(told, answers, pd.DataFrame({"objective": ["o"]}), list("ABC"), Rules())
    assert table["reach"].tolist() == pytest.approx([1 / 3])
    assert table["salience"].tolist() == pytest.approx([(1 / 2 + 1 / 4 + 1 / 2) / 3])


def test_a_group_is_large_by_units_and_its_share_counts_contributions() -> None:
    people = [("a", "coop"), ("b", "coop"), ("c", "u"), ("d", "v")]
    answers = answer_table([(who, who, unit, "G") for who, unit in people])
    codings = coding_table([("a", "o", "author"), ("b", "o", "author")])
    one = pd.DataFrame({"objective": ["o"]})
    assert salience(codings, answers, one, ["G"], Rules())["salience"].item() == 0.5
    assert np.isnan(salience(codings, answers, one, ["G"], Rules(smallest_group=4))["salience"].item())


@pytest.mark.parametrize(
    ("codings", "spoken", "silent"),
    [
        ([("a", "o", "author"), ("b", "o", "author")], "author", "author"),
        ([("a", "o", "author"), ("b", "o", "reviewed")], "reviewed", "author"),
        ([("a", "o", "author"), ("b", "o", "proposed")], "proposed", "proposed"),
        ([("a", "o", "author")], "author", "proposed"),  # nobody but the count has read b
        ([("a", "o", "proposed"), ("a", "o", "author"), ("b", "x", "reviewed")], "author", "author"),
        ([("a", "o", "reviewed"), ("b", "x", "reviewed")], "reviewed", "reviewed"),
        ([], "proposed", "proposed"),
    ],
)
def test_the_ground_is_the_weakest_among_those_used(
    codings: list[tuple[str, str, str]], spoken: str, silent: str
) -> None:
    answers = answer_table([("a", "a", "a", "G"), ("b", "b", "b", "G")])
    plan = pd.DataFrame({"objective": ["o", "silent"]})
    table = salience(coding_table(codings), answers, plan, ["G"], f1.RULES)
    assert table["salience_basis"].tolist() == [spoken, silent]


def test_an_unknown_ground_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="basis"):
        salience(f1.codings("guessed"), f1.answers(), f1.OBJECTIVES, f1.GROUPS, f1.RULES)


def test_codings_of_answers_that_are_gone_count_nowhere() -> None:
    codings = pd.concat([f1.codings(), coding_table([("erased", "O1", "author")])])
    pd.testing.assert_frame_equal(
        salience(codings, f1.answers(), f1.OBJECTIVES, f1.GROUPS, f1.RULES),
        salience(f1.codings(), f1.answers(), f1.OBJECTIVES, f1.GROUPS, f1.RULES),
        check_exact=True,
    )


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(9)), st.permutations(range(12)))
def test_the_order_of_rows_changes_nothing(answer_order: list[int], coding_order: list[int]) -> None:
    answers, codings = f1.answers(), f1.codings()
    shuffled = salience(
        codings.iloc[list(coding_order)], answers.iloc[list(answer_order)], f1.OBJECTIVES, f1.GROUPS, f1.RULES
    )
    kept = salience(codings, answers, f1.OBJECTIVES, f1.GROUPS, f1.RULES)
    pd.testing.assert_frame_equal(shuffled, kept, check_exact=True)
    assert shuffled.to_csv() == kept.to_csv()
    pd.testing.assert_frame_equal(codings, f1.codings())
