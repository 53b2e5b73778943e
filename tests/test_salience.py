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
    assert row["salience"] == pytest.approx(1 / 3)
    assert row["n_participants"] == 19


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
