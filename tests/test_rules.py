"""The declared rules: defaults, and a clear word for each wrong one."""

from __future__ import annotations

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
        ({"interval": 0.0}, r"rules\.interval must be a share"),
        ({"importance_weight": [0.5]}, r"rules\.importance_weight must be a number"),
        ({"group_weights": "population"}, r"rules\.group_weights must be one of equal, one_person_one_voice, custom, not 'population'"),
        ({"group_weights": ["equal"]}, r"rules\.group_weights must be one of equal"),
    ],
)
def test_a_wrong_rule_is_named_with_its_mend(declared: dict[str, object], told: str) -> None:
    with pytest.raises(BrokenPlan, match=told):
        Rules.declared(declared)


@pytest.mark.parametrize(
    "least", [{"replicates": 100}, {"smallest_group": 2}, {"smallest_cell": 3}, {"assign_at_least": 0}]
)
def test_the_least_value_stands(least: dict[str, object]) -> None:
    assert Rules.declared(least).as_dict().items() >= least.items()


def test_declared_rules_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Rules().seed = 1  # type: ignore[misc]
