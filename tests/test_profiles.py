"""What each group says by itself, and which of it may be published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from analysis.ratings.priorities import estimate
from analysis.ratings.profiles import need_by_group, profiles
from consultation.rules import Rules
from tests import f1
from tests.drawn import GROUPS, consultations, objectives, toy


def table(
    ratings: pd.DataFrame,
    ids: Sequence[str] = ("o",),
    groups: Sequence[str] = ("A", "B"),
    rules: Rules | None = None,
) -> pd.DataFrame:
    used = rules or Rules()
    main = estimate(ratings, objectives(*ids), groups, used)
    return profiles(main.rated, ids, main.made, used).set_index(["group", "objective"])


def test_the_groups_of_the_oracle() -> None:
    found = table(f1.ratings(), ["O1", "O2", "O3"], f1.GROUPS, f1.RULES)
    assert list(found.index) == [(g, o) for g in f1.GROUPS for o in ("O1", "O2", "O3")]
    assert found["importance"].tolist() == pytest.approx([4.75, 4.25, 3, 3, 14 / 3, 11 / 3, 3.5, 3.5, 4.5])
    assert found["n"].tolist() == found["n_units"].tolist() == [4] * 3 + [3] * 3 + [2] * 3
    assert not found["published"].any()


def test_the_balanced_need_is_the_mean_of_the_groups_needs() -> None:
    main = estimate(f1.ratings(), f1.OBJECTIVES, f1.GROUPS, f1.RULES)
    needs = need_by_group(main.made, f1.RULES)
    assert needs.shape == (3, 3)
    assert needs.mean(axis=0).tolist() == pytest.approx([70.833333, 78.472222, 67.013889], abs=5e-7)
    found = table(f1.ratings(), ["O1", "O2", "O3"], f1.GROUPS, f1.RULES)
    assert found["need"].tolist() == pytest.approx(needs.ravel().tolist())


def test_a_groups_interval_is_over_its_own_draws() -> None:
    """Of the nine draws of two from 5, 3 and 1, one is twice 1 and one twice 5: more than a twentieth."""
    found = table(toy({"A": [5, 3, 1], "B": [4, 4, 4]}))
    a, b = found.iloc[0], found.iloc[1]
    assert (a["need_low"], a["need"], a["need_high"]) == (0, 50, 100)
    assert (b["need_low"], b["need"], b["need_high"]) == (75, 75, 75)
    assert (a["feasibility_low"], a["feasibility_high"]) == (0, 100)


def test_a_group_too_small_to_be_balanced_has_no_row() -> None:
    found = table(toy({"A": [5, 3, 1], "B": [4, 4], "non_indicato": [1] * 9}))
    assert list(found.index) == [("A", "o")]


def test_a_group_with_too_few_ratings_of_an_objective_has_no_figure_there() -> None:
    ratings = pd.concat([toy({"A": [5, 3, 1]}), toy({"A": [4, 4, None]}, "part")])
    row = table(ratings, ["o", "part"]).iloc[1]
    assert (row["n"], row["n_units"]) == (2, 3)
    assert row[["importance", "need", "need_low", "need_high", "feasibility"]].isna().all()


@pytest.mark.parametrize(("n", "published"), [(4, False), (5, True)])
def test_a_figure_is_published_from_five_people_on(n: int, published: bool) -> None:
    found = table(toy({"A": [3, 4, 2, 5, 1][:n]}))
    assert (found["n"].tolist(), found["published"].tolist()) == ([n], [published])


def test_five_people_are_counted_and_not_units() -> None:
    ratings = toy({"A": [3, 4, 2, 5, 1]})
    ratings["unit"] = ratings["unit"].replace({"A3": "coop", "A4": "coop", "A2": "coop"})
    assert table(ratings)["published"].tolist() == [True]


@pytest.mark.parametrize("thin", ["urgency", "feasibility"])
def test_nothing_is_published_where_one_of_its_figures_rests_on_four(thin: str) -> None:
    """Five rated the importance, but only four what else a figure is made of."""
    ratings = toy({"A": [3, 4, 2, 5, 1]})
    rest = ratings[~((ratings["dimension"] == thin) & (ratings["contribution_id"] == "A0"))]
    row = table(rest).iloc[0]
    assert row["n"] == 5
    assert not row["published"]
    # what nobody rated is no figure, and hides none
    none = ratings[ratings["dimension"] != thin]
    assert table(none, rules=Rules(importance_weight=1.0))["published"].tolist() == [True]


def test_without_importance_the_others_decide() -> None:
    ratings = toy({"A": [3, 4, 2, 5, 1]}, dimensions=["urgency", "feasibility"])
    row = table(ratings, rules=Rules(importance_weight=0.0)).iloc[0]
    assert (row["n"], row["need"], bool(row["published"])) == (0, 50, True)
    assert np.isnan(row["importance"])


def test_what_nobody_of_a_group_rated_is_not_published() -> None:
    row = table(toy({"A": [3, 4, 2, 5, 1]}), ["o", "silent"]).iloc[1]
    assert (row["n"], bool(row["published"])) == (0, False)


def hidden(groups: Mapping[str, Sequence[int | None]], smallest_cell: int = 5) -> set[str]:
    found = table(toy(groups), groups=list(groups), rules=Rules(replicates=100, smallest_cell=smallest_cell))
    return {str(group) for group, _ in found.index[~found["published"]]}


def test_a_group_hidden_alone_hides_the_next_smallest_with_it() -> None:
    """Else the balanced figure, less those of all others, would be its own."""
    six, seven, four, three = [3] * 6, [3, 4] * 3 + [3], [1, 2, 1, 1], [5, 5, 4]
    assert hidden({"A": six, "B": seven, "C": four}) == {"A", "C"}
    assert hidden({"A": seven, "B": six, "C": four}) == {"B", "C"}
    assert hidden({"A": six, "B": six, "C": four}) == {"A", "C"}
    assert hidden({"A": six, "B": seven, "C": four, "D": three}) == {"C", "D"}
    assert hidden({"A": six, "B": seven}) == set()
    assert hidden({"C": four}) == {"C"}


def test_a_group_that_does_not_weigh_hides_nobody() -> None:
    """Two of D rated it: it is not in the balanced figure, which tells nothing of it, and nothing hides C."""
    several = {"A": [3] * 6, "B": [3, 4] * 3 + [3]}
    thin: list[int | None] = [2, 2, None]
    ratings = pd.concat([toy({**several, "D": thin}), toy({"D": [1, 1, 1]}, "p")])
    found = table(ratings, ["o", "p"], groups=["A", "B", "D"])
    assert found["published"].unstack("objective")["o"].to_dict() == {"A": True, "B": True, "D": False}
    ratings = pd.concat([toy({**several, "C": [1, 2, 1, 1], "D": thin}), toy({"D": [1, 1, 1]}, "p")])
    found = table(ratings, ["o", "p"], groups=["A", "B", "C", "D"])
    assert found["published"].unstack("objective")["o"].to_dict() == {
        "A": False, "B": True, "C": False, "D": False,
    }  # fmt: skip


def test_without_groups_there_are_no_rows() -> None:
    found = table(toy({"A": [3, 4]}))
    assert found.empty
    assert {"n", "need", "published"} <= set(found.columns)


@settings(max_examples=30)
@given(consultations())
def test_every_figure_lies_in_its_interval(ratings: pd.DataFrame) -> None:
    main = estimate(ratings, objectives("a", "b"), GROUPS, f1.RULES)
    found = profiles(main.rated, ["a", "b"], main.made, f1.RULES)
    for measure in ("need", "feasibility"):
        rated = found[found[measure].notna()]
        assert (rated[f"{measure}_low"] <= rated[measure]).all()
        assert (rated[measure] <= rated[f"{measure}_high"]).all()
