"""What is said of trials, of other orders and of what is told against what is rated."""

from __future__ import annotations

from math import nan

import pandas as pd
import pytest

from analysis.ranks.other_orders import OtherOrders
from analysis.ratings.raking import Raking
from analysis.sentences.other_orders import of_other_orders, of_stated_and_spoken
from analysis.sentences.participation import (
    largest_unit,
    of_absent,
    of_carried,
    of_nonresponse,
    of_raking,
    of_weighings,
)
from analysis.sentences.sensitivity import not_computed, of_sensitivity, sensitivity_table
from analysis.sentences.trial import MOST_CODES, of_trial
from consultation.language import Language
from consultation.rules import Rules

ENGLISH = Language("en")
N = 8
OBJECTIVES = pd.DataFrame(
    {
        "objective": [f"o{n}" for n in range(N)],
        "code": [f"O{n}" for n in range(N)],
        "short": [f"Aim {n}" for n in range(N)],
    }
)


def priorities(**columns: object) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "objective": OBJECTIVES["objective"],
            "need": [float(90 - 5 * n) for n in range(N)],
            "salience": [0.4 - 0.04 * n for n in range(N)],
            "ranked": True,
            "tier": "watch",
            "quadrant": "act_now",
            "rank": [float(n + 1) for n in range(N)],
            "apart": "",
            "sensitive": False,
        }
    )
    return table.assign(**columns)  # type: ignore[arg-type]


def test_a_trial_that_changes_nothing_says_so() -> None:
    assert "no tier, quadrant or position changes" in of_trial(
        priorities(), priorities(), OBJECTIVES, ENGLISH
    )


def test_a_trial_names_what_changes_and_counts_what_is_too_much_to_name() -> None:
    tiers = ["robust", *["watch"] * (N - 1)]
    told = of_trial(priorities(), priorities(tier=tiers, rank=nan), OBJECTIVES, ENGLISH)
    assert "in another tier: O0" in told
    assert f"at another position: {N} objectives" in told
    assert N > MOST_CODES
    assert "quadrant" not in told
    assert "τ = 1.00" in told


def test_what_is_missing_in_both_is_no_change() -> None:
    lost = priorities(rank=nan, need=nan, ranked=False)
    assert "no tier, quadrant or position changes" in of_trial(lost, lost, OBJECTIVES, ENGLISH)


def test_rated_and_told_are_set_against_each_other_and_what_differs_is_named() -> None:
    apart = ["rated_not_told", *[""] * (N - 2), "told_not_rated"]
    told = of_stated_and_spoken(priorities(apart=apart), OBJECTIVES, ENGLISH)
    assert "ρ = 1.00" in told
    assert "Rated high, and little told of: “Aim 0”." in told
    assert f"Much told of, and not rated high: “Aim {N - 1}”." in told
    assert of_stated_and_spoken(priorities(salience=nan), OBJECTIVES, ENGLISH) == ""


@pytest.mark.parametrize(("borda", "index", "parts"), [(0.9, 0.8, 2), (0.9, nan, 1), (nan, nan, 0)])
def test_checks_that_cannot_be_made_are_not_told(borda: float, index: float, parts: int) -> None:
    told = of_other_orders(OtherOrders(pd.DataFrame(), pd.DataFrame(), borda, index), ENGLISH)
    assert told.count("τ = ") == parts


def lines(*changed: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "line": ["person_centred", "importance_only", "urgency_only"][: len(changed)],
            "n": 40,
            "n_groups": 4,
            "tau": 0.5,
            "tier_changes": [len(one.split("|")) if one else 0 for one in changed],
            "changed": changed,
        }
    )


@pytest.mark.parametrize(
    ("changed", "sensitive", "told"),
    [
        (("", ""), 0, "No tier changes under any of the other choices."),
        (("o1", ""), 0, "The tier of one objective changes, but in fewer than 2 lines."),
        (("o1", "o2"), 0, "The tiers of 2 objectives change, but each in fewer than 2 lines."),
        (("o1", "o1"), 1, "“Aim 0”: the tier changes in 2 lines or more"),
        (("o1", "o1"), 4, "The tiers of four objectives change in 2 lines or more"),
    ],
)
def test_the_sensitivity_table_says_whose_tier_stands(
    changed: tuple[str, ...], sensitive: int, told: str
) -> None:
    table = priorities(sensitive=[n < sensitive for n in range(N)])
    assert told in of_sensitivity(table, lines(*changed), OBJECTIVES, Rules(), ENGLISH)


def test_lines_that_are_not_there_are_named_with_their_reason() -> None:
    told = not_computed(lines("", "", ""), Rules(), ENGLISH)
    for reason in (
        "no weights are declared for the groups",
        "no campaign was confirmed",
        "no channel other than online brought more than 30% of the ratings",
        "no target with a source is declared",
    ):
        assert told.count(reason) == 1


def test_a_channel_that_has_its_line_is_named_there_and_none_is_missed() -> None:
    table = lines("o1", "").assign(line=["without_workshop", "without_import"])
    assert "channel" not in not_computed(table, Rules(), ENGLISH)
    named = sensitivity_table(table, OBJECTIVES, ENGLISH)["If instead"].tolist()
    assert named == ["Without what came from workshops", "Without what was imported"]


def test_the_table_names_objectives_by_their_codes() -> None:
    table = sensitivity_table(lines("o1|o2", ""), OBJECTIVES, ENGLISH)
    assert table["Whose tier changes"].tolist() == ["O1 and O2", "nobody's"]
    assert table["Likeness of the rankings (τ)"].tolist() == ["0.50", "0.50"]


LABELS = {"a": "Schools", "b": "Unions"}


def people(**columns: object) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "group": ["a", "b"],
            "n_contributions": [4, 0],
            "invited": pd.array([10, 12], dtype="Int64"),
            "largest_unit": [0.25, nan],
        }
    )
    return table.assign(**columns)  # type: ignore[arg-type]


def test_who_was_invited_and_did_not_come_is_named() -> None:
    assert of_absent(people(), LABELS, ENGLISH) == "Invited, and absent: Unions (12 invited)."
    assert of_absent(people(invited=pd.array([10, None], dtype="Int64")), LABELS, ENGLISH) == ""


def test_without_a_list_of_invited_nobody_is_called_absent() -> None:
    unknown = people(invited=pd.array([None, None], dtype="Int64"))
    assert "cannot be told" in of_absent(unknown, LABELS, ENGLISH)


def test_an_organisation_is_named_for_its_group_above_a_quarter() -> None:
    large = people(n_contributions=[50, 0])
    assert of_carried(large, LABELS, 5, ENGLISH) == ""
    assert "Schools (26%)" in of_carried(large.assign(largest_unit=[0.26, nan]), LABELS, 5, ENGLISH)


@pytest.mark.parametrize(("n", "told"), [(4, "–"), (5, "2 of 5"), (19, "8 of 19"), (20, "40%")])
def test_on_a_small_base_a_share_is_told_in_numbers_and_on_a_handful_not_at_all(n: int, told: str) -> None:
    row = next(people(n_contributions=[n, 0], largest_unit=[0.4, nan]).itertuples())
    assert largest_unit(row, 5, ENGLISH) == told


def test_bounds_are_told_only_where_too_many_are_missing() -> None:
    table = pd.DataFrame(
        {
            "objective": ["o1", "o2"],
            "nonresponse": [0.3, 0.1],
            "need_worst": [40.0, nan],
            "need_best": [70.0, nan],
        }
    )
    told = of_nonresponse(table, OBJECTIVES, 0, ENGLISH)
    assert "O1 Aim 1 (30% missing; need 40–70" in told
    assert "O2" not in told
    assert of_nonresponse(table.iloc[1:], OBJECTIVES, 0, ENGLISH) == ""


def test_weighings_are_told_by_what_they_are_as_sure_as() -> None:
    table = pd.DataFrame(
        {"scheme": ["equal", "custom"], "n": 25, "effective_size": [10.2, nan], "design_effect": [2.5, nan]}
    )
    told = of_weighings(table, ENGLISH)
    assert told == (
        "25 contributions have ratings that weigh. Every group weighs the same: as sure as 10 voices "
        "weighing the same."
    )
    assert of_weighings(table.assign(n=0), ENGLISH) == ""


def test_targets_that_cannot_be_met_say_why() -> None:
    refused = Raking(refused="small_category", variable="group", category="a")
    assert "too few voices stand in a category that has a target (group, a)" in of_raking(refused, ENGLISH)
    assert of_raking(None, ENGLISH) == ""
