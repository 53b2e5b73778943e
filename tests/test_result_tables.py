"""What is written tells nothing that could be computed back to a group too small to be shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.ratings.rating_findings import RatingFindings, Surroundings, read_ratings
from analysis.result_tables import outcomes_table, published, published_agreements, rating_tables
from consultation.rules import Rules
from tests.drawn import objectives, toy

GROUPS = ["A", "B", "C", "D"]


def found(ratings: pd.DataFrame, rules: Rules | None = None) -> RatingFindings:
    asked = objectives("o").assign(strategic_question="q")
    return read_ratings(
        ratings, pd.Series(dtype="str"), asked, GROUPS, rules or Rules(replicates=100), Surroundings()
    )


FOUR = toy({"A": [5, 5, 5, 4], "B": [3] * 6, "C": [1, 1, 1, 2], "D": [4] * 7})


def test_two_hidden_groups_leave_their_figures_out_of_every_table() -> None:
    tables = rating_tables(found(FOUR))
    groups = tables["groups.csv"].set_index("group")
    assert groups.loc[["A", "C"], ["importance", "need", "feasibility"]].isna().all(axis=None)
    assert groups.loc[["B", "D"], ["importance", "need", "feasibility"]].notna().all(axis=None)
    assert groups["n"].to_dict() == {"A": 4, "B": 6, "C": 4, "D": 7}
    assert "score" not in tables["outcomes.csv"]
    assert np.isnan(tables["agreement.csv"]["range"].item())
    assert tables["agreement.csv"]["lowest_group"].item() == "B"  # A and C are too few to be named


def test_one_hidden_group_takes_the_next_smallest_with_it() -> None:
    ratings = toy({"A": [5, 5, 5, 4], "B": [3] * 6, "C": [2] * 5, "D": [4] * 7})
    groups = published(found(ratings).profiles).set_index("group")["need"]
    assert groups.isna().to_dict() == {"A": True, "B": False, "C": True, "D": False}


def test_the_lowest_group_is_not_named_where_it_is_hidden_with_another() -> None:
    ratings = toy({"A": [5, 5, 5, 4], "B": [3] * 6, "C": [2] * 5, "D": [4] * 7})
    agreements = found(ratings).agreements
    assert agreements["lowest_group"].item() == "C"
    told = published_agreements(agreements, found(ratings).profiles)
    assert told["lowest_group"].item() == ""
    assert np.isnan(told["lowest_mean"].item())
    assert told["veto"].item()


def test_what_is_large_enough_is_told_whole() -> None:
    ratings = toy({group: [2, 3, 4, 5, 5] for group in GROUPS})
    read = found(ratings)
    pd.testing.assert_frame_equal(published_agreements(read.agreements, read.profiles), read.agreements)
    assert published(read.profiles).notna().all(axis=None)


def numbers(ratings: pd.DataFrame) -> list[int]:
    """How many gave each value to its importance, then the unsure, as written; −1 where that is left out."""
    table = rating_tables(found(ratings))["distribution.csv"]
    assert table["share"].notna().all()
    return table.loc[table["dimension"] == "importance", "n"].fillna(-1).tolist()


def test_one_person_of_no_group_is_not_what_is_left_when_the_groups_are_taken_away() -> None:
    """Sixteen 3s, with two groups' means and sizes beside them, would tell what the last one gave."""
    groups = {"A": [3] * 8, "B": [3] * 8}
    assert numbers(toy(groups)) == [0, 0, 16, 0, 0, 0]
    assert numbers(toy({**groups, "non_indicato": [1]})) == [-1] * 5 + [0]
    assert numbers(toy({**groups, "non_indicato": [1, 1, 1, 2]})) == [-1] * 5 + [0]
    assert numbers(toy({**groups, "non_indicato": [1, 1, 1, 2, 2]})) == [3, 2, 16, 0, 0, 0]


def test_two_hidden_groups_are_not_what_solves_two_sums() -> None:
    """The mean of people and the mean of groups, with all others shown, would tell both."""
    assert numbers(FOUR) == [-1] * 5 + [0]


def test_outcomes_keep_places_probabilities_and_tiers() -> None:
    assert list(outcomes_table(found(FOUR))) == ["line", "objective", "rank", "p_top", "tier"]


def test_a_group_of_no_declared_weight_is_no_group_of_need() -> None:
    rules = replace(
        Rules(replicates=100),
        group_weights="custom",
        custom_weights=(("A", 0.0), ("B", 1.0), ("C", 1.0), ("D", 2.0)),
    )
    ratings = toy({"A": [5] * 6, "B": [3] * 6, "C": [3] * 6, "D": [3] * 6})
    row = found(ratings, rules).table.iloc[0]
    assert (row["n_groups"], row["need"], row["ranked"]) == (3, 50, True)
