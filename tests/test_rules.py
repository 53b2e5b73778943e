"""The declared rules: defaults, and a clear word for each wrong one."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, fields

import pytest

from consultation.errors import BrokenPlan
from consultation.rules import Rules


def test_no_declaration_is_the_recommended_one() -> None:
    assert Rules.declared({}) == Rules()


def test_what_is_declared_stands_and_the_rest_is_recommended() -> None:
    rules = Rules.declared({"seed": 7, "interval": 0.8, "coverage": 1, "group_weights": "equal"})
    assert rules.as_dict() == {**Rules().as_dict(), "seed": 7, "interval": 0.8, "coverage": 1}


def test_every_rule_is_told_in_the_receipt() -> None:
    assert list(Rules().as_dict()) == [field.name for field in fields(Rules)]


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ({"sede": 7}, r"rules\.sede is not a rule: remove it, or use one of assign_at_least, .*seed"),
        ({"seed": "seven"}, r"rules\.seed must be a number, not 'seven'"),
        ({"seed": True}, r"rules\.seed must be a number, not True"),
        ({"seed": -1}, r"rules\.seed must be a whole number from 0 up, not -1"),
        ({"replicates": 99}, r"rules\.replicates must be a whole number from 100 up"),
        ({"replicates": 200.5}, r"rules\.replicates must be a whole number"),
        ({"smallest_group": 1}, r"rules\.smallest_group must be a whole number from 2 up"),
        ({"smallest_cell": 2}, r"rules\.smallest_cell must be a whole number from 3 up"),
        ({"enough_answers": 0}, r"rules\.enough_answers must be a whole number from 1 up"),
        ({"coverage": 75}, r"rules\.coverage must be a share between 0 and 1, not 75"),
        ({"coverage": float("nan")}, r"rules\.coverage must be a share"),
        ({"interval": 1}, r"rules\.interval must be a share between 0 and 1"),
        (
            {"likely_probability": 0.9},
            r"rules\.likely_probability must not be above rules\.robust_probability",
        ),
        ({"robust_consensus": 0.4}, r"rules\.contested_consensus must not be above rules\.robust_consensus"),
        ({"interval": 0.0}, r"rules\.interval must be a share"),
        ({"importance_weight": [0.5]}, r"rules\.importance_weight must be a number"),
        (
            {"group_weights": "population"},
            r"rules\.group_weights must be one of equal, one_person_one_voice, custom, not 'population'",
        ),
        ({"group_weights": ["equal"]}, r"rules\.group_weights must be one of equal"),
        ({"lines": "median"}, r"rules\.lines must be one of mean, scale, not 'median'"),
        ({"group_weights": "custom"}, r"rules\.custom_weights is missing: declare a weight for each group"),
        ({"group_weights": "custom", "custom_weights": {}}, r"rules\.custom_weights is missing"),
        ({"custom_weights": 2}, r"rules\.custom_weights must give each group a weight of 0 or more"),
        ({"custom_weights": ["a", "b"]}, r"rules\.custom_weights must give .*write \{ group = 2, … \}"),
        ({"custom_weights": {"a": -1}}, r"rules\.custom_weights must give each group"),
        ({"custom_weights": {"a": True}}, r"rules\.custom_weights must give each group"),
        ({"custom_weights": {"a": "2"}}, r"rules\.custom_weights must give each group"),
        ({"custom_weights": {"a": float("nan")}}, r"rules\.custom_weights must give each group"),
        ({"custom_weights": {"a": float("inf")}}, r"rules\.custom_weights must give each group"),
        ({"custom_weights": {"a": 0, "b": 0.0}}, r"rules\.custom_weights .*, not all 0"),
        ({"merged_groups": "b"}, r"rules\.merged_groups must name for each small group"),
        ({"merged_groups": ["b"]}, r"rules\.merged_groups must name .*\{ small = \"larger\", … \}"),
        ({"merged_groups": {"a": 1}}, r"rules\.merged_groups must name for each small group"),
        ({"merged_groups": {"a": ["b"]}}, r"rules\.merged_groups must name for each small group"),
        (
            {"merged_groups": {"a": "b", "b": "c"}},
            r"rules\.merged_groups: a goes into b, which goes into another itself",
        ),
        ({"merged_groups": {"a": "a"}}, r"rules\.merged_groups: a goes into a"),
        ({"contested_mean": 0.9}, r"rules\.contested_mean must be a rating between 1 and 5, not 0\.9"),
        ({"contested_mean": 5.1}, r"rules\.contested_mean must be a rating"),
        ({"contested_mean": float("nan")}, r"rules\.contested_mean must be a rating"),
        ({"sensitive_lines": 0}, r"rules\.sensitive_lines must be a whole number from 1 up"),
        ({"top_share": 0}, r"rules\.top_share must be a share"),
        ({"top_share": 1}, r"rules\.top_share must be a share"),
        ({"widest_rank": 1.1}, r"rules\.widest_rank must be a share"),
        ({"robust_consensus": -0.1}, r"rules\.robust_consensus must be a share"),
        ({"replicates": 20_001}, r"rules\.replicates must be at most 20000, not 20001"),
        ({"exact_up_to": 100_001}, r"rules\.exact_up_to must be at most 100000"),
        ({"seed": 2**53}, r"rules\.seed must be at most 9007199254740991"),
    ],
)
def test_a_wrong_rule_is_named_with_its_mend(declared: dict[str, object], told: str) -> None:
    with pytest.raises(BrokenPlan, match=told):
        Rules.declared(declared)


@pytest.mark.parametrize(
    "least",
    [
        {"replicates": 100},
        {"smallest_group": 2},
        {"smallest_cell": 3},
        {"assign_at_least": 0},
        {"sensitive_lines": 1},
        {"contested_mean": 1},
        {"contested_mean": 5},
        {"widest_rank": 1},
        {"replicates": 20_000},
        {"exact_up_to": 100_000},
        {"custom_weights": {"a": 0, "b": 0.5}},
        {"custom_weights": {}},
        {"merged_groups": {"a": "c", "b": "c"}},
        {"merged_groups": {}},
    ],
)
def test_the_least_and_the_greatest_value_stand(least: dict[str, object]) -> None:
    assert Rules.declared(least).as_dict().items() >= least.items()


def test_the_order_in_which_groups_are_written_changes_nothing() -> None:
    one = Rules.declared({"custom_weights": {"b": 2, "a": 1}, "merged_groups": {"d": "a", "c": "a"}})
    other = Rules.declared({"merged_groups": {"c": "a", "d": "a"}, "custom_weights": {"a": 1, "b": 2}})
    assert one == other
    assert hash(one) == hash(other)
    assert one.custom_weights == (("a", 1), ("b", 2))


def test_rules_told_in_a_receipt_declare_the_same_rules_again() -> None:
    rules = Rules.declared(
        {"custom_weights": {"b": 2, "a": 0.5}, "merged_groups": {"c": "a"}, "group_weights": "custom"}
    )
    assert rules.as_dict()["custom_weights"] == {"a": 0.5, "b": 2}
    for declared in (rules, Rules()):
        assert Rules.declared(json.loads(json.dumps(declared.as_dict()))) == declared


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        (
            {"custom_weights": {"a": 1, "b": 1, "x": 1}},
            r"rules\.custom_weights: x is no stakeholder group of this plan; use one of a, b, c",
        ),
        (
            {"custom_weights": {"a": 1}},
            r"rules\.custom_weights lacks a weight for b, c: give every group one",
        ),
        ({"merged_groups": {"x": "a"}}, r"rules\.merged_groups: x is no stakeholder group"),
        ({"merged_groups": {"a": "x"}}, r"rules\.merged_groups: x is no stakeholder group"),
        ({"merged_groups": {"a": "non_indicato"}}, r"non_indicato is no stakeholder group"),
    ],
)
def test_rules_name_the_groups_of_their_plan(declared: dict[str, object], told: str) -> None:
    with pytest.raises(BrokenPlan, match=told):
        Rules.declared(declared).require_groups(["a", "b", "c"])


def test_rules_that_name_every_group_or_none_suit_a_plan() -> None:
    Rules().require_groups(["a"])
    Rules.declared({"custom_weights": {"a": 1, "b": 0}, "merged_groups": {"b": "a"}}).require_groups(
        ["a", "b"]
    )


def test_declared_rules_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Rules().seed = 1  # type: ignore[misc]
