"""How ratings spread over the scale: people are counted as they are, shares are balanced by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from analysis.clusters import counted_once
from analysis.ratings.distribution import SCALE, Frequencies, distribution
from analysis.ratings.priorities import estimate
from analysis.ratings.sample import DIMENSIONS
from consultation.rules import Rules
from tests import f1
from tests.drawn import GROUPS, consultations, objectives, toy


def table(
    ratings: pd.DataFrame,
    ids: Sequence[str] = ("o",),
    groups: Sequence[str] = ("A", "B"),
    rules: Rules | None = None,
) -> pd.DataFrame:
    main = estimate(ratings, objectives(*ids), groups, rules or Rules())
    return distribution(ratings, main.rated, ids, main.spread)


def spread(ratings: pd.DataFrame, groups: Sequence[str] = ("A", "B")) -> Frequencies:
    return estimate(ratings, objectives("o"), groups, Rules()).spread


def importance(found: pd.DataFrame, column: str, objective: str = "o") -> list[float]:
    own = found[(found["objective"] == objective) & (found["dimension"] == "importance")]
    return own[column].tolist()


def test_every_cell_stands_in_its_order() -> None:
    found = table(toy({"A": [3, 3, 3]}), ["p", "o"])
    assert list(found.columns) == ["objective", "dimension", "answer", "n", "share"]
    cells = [(o, d, a) for o in ("p", "o") for d in DIMENSIONS for a in ("1", "2", "3", "4", "5", "unsure")]
    assert list(zip(found["objective"], found["dimension"], found["answer"], strict=True)) == cells


def test_a_loud_group_has_one_voice_in_the_shares_and_its_people_in_the_numbers() -> None:
    found = table(toy({"A": [5] * 20, "B": [3, 2, 4]}))
    assert importance(found, "n") == [0, 1, 1, 1, 20, 0]
    assert importance(found, "share") == pytest.approx([0, 1 / 6, 1 / 6, 1 / 6, 1 / 2, 0])


def test_a_non_so_is_counted_apart_of_all_who_answered() -> None:
    found = table(toy({"A": [5, 5, 4, None], "B": [1, None, None, None]}))
    assert importance(found, "n") == [1, 0, 0, 1, 2, 4]
    assert importance(found, "share") == pytest.approx([0, 0, 0, 1 / 3, 2 / 3, 4 / 8])


def test_small_groups_and_unstated_ones_are_in_the_numbers_only() -> None:
    found = table(toy({"A": [5, 5, 4], "B": [1, 1], "non_indicato": [2]}))
    assert importance(found, "n") == [2, 1, 0, 1, 2, 0]
    assert importance(found, "share")[:5] == pytest.approx([0, 0, 0, 1 / 3, 2 / 3])


def test_where_no_group_has_enough_there_are_numbers_without_shares() -> None:
    found = table(toy({"A": [5, 4], "B": [1, None]}))
    assert importance(found, "n") == [1, 0, 0, 1, 1, 1]
    assert np.isnan(importance(found, "share")[:5]).all()
    assert importance(found, "share")[5] == 0.25


def test_what_nobody_was_asked_has_no_share_of_non_so() -> None:
    found = table(toy({"A": [5, 4, 3]}), ["o", "silent"])
    assert importance(found, "n", "silent") == [0] * 6
    assert np.isnan(importance(found, "share", "silent")).all()


def test_the_balanced_shares_of_the_oracle() -> None:
    """Of O1: TS 5 5 4 5, PA 3 4 2, CI 4 3."""
    found = table(f1.ratings(), ["O1"], f1.GROUPS, f1.RULES)
    shares = [0, 1 / 9, (1 / 3 + 1 / 2) / 3, (1 / 4 + 1 / 3 + 1 / 2) / 3, 3 / 4 / 3]
    assert importance(found, "share", "O1")[:5] == pytest.approx(shares)
    feasibility = table(f1.ratings(), ["O2"], f1.GROUPS, f1.RULES).query("dimension == 'feasibility'")
    assert feasibility["n"].tolist() == [0, 0, 2, 5, 1, 1]


def test_a_cluster_has_one_voice_in_the_shares() -> None:
    voices: Mapping[str, list[int]] = {"A": [1, 1, 5, 5, 5, 5]}
    clusters = pd.DataFrame(
        [("k", f"A{n}", "campaign") for n in range(2, 6)], columns=["cluster", "contribution_id", "kind"]
    )
    found = table(counted_once(toy(voices), clusters))
    assert importance(found, "share")[:5] == pytest.approx([2 / 3, 0, 0, 0, 1 / 3])
    assert importance(found, "n") == [2, 0, 0, 0, 4, 0]


def test_frequencies_of_groups_and_of_everybody() -> None:
    found = spread(toy({"A": [5, 5, 4], "B": [1, 1], "C": [2, 2, 2]}))
    assert found.groups[:, 0, 0].tolist() == [[0, 0, 0, 1, 2]]
    assert found.pooled[0, 0].tolist() == [2, 3, 0, 1, 2]
    assert found.present.tolist() == [[[1], [1], [1]]]


@settings(max_examples=40)
@given(consultations())
def test_shares_are_the_balanced_mean_taken_apart(ratings: pd.DataFrame) -> None:
    """The five shares of a cell sum to one, and their mean is the balanced mean of the estimates."""
    main = estimate(ratings, objectives("a", "b"), GROUPS, f1.RULES)
    found = distribution(ratings, main.rated, ["a", "b"], main.spread)
    for dimension in ("importance", "urgency"):
        own = found[(found["dimension"] == dimension) & (found["answer"] != "unsure")]
        shares = own["share"].to_numpy().reshape(2, 5)
        known = ~np.isnan(main.table[dimension].to_numpy())
        assert (~np.isnan(shares)).all(axis=1).tolist() == known.tolist()
        np.testing.assert_allclose(shares[known].sum(axis=1), 1)
        np.testing.assert_allclose((shares @ np.array(SCALE))[known], main.table.loc[known, dimension])
