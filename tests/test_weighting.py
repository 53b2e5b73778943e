"""Three ways in which groups may weigh, what each costs, and who weighs nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.participation import costs_of_weighing
from analysis.ratings.estimates import Estimates, estimates
from analysis.ratings.priorities import estimate
from analysis.ratings.sample import valid
from analysis.ratings.weighting import balanced, group_weights, person_weights, schemes, weighings
from consultation.rules import Rules
from tests import f1
from tests.drawn import objectives, toy

NAN = float("nan")
LOUD = {"A": [5] * 20, "B": [3, 2, 4], "C": [2, 3]}
"""Twenty of one mind, and two groups of three and two."""

SHARES = replace(f1.RULES, custom_weights=(("A", 1.0), ("B", 3.0), ("C", 0.0)))


def made(rules: Rules = f1.RULES) -> Estimates:
    return estimates(valid(toy(LOUD), ["o"]), ["o"], ["A", "B", "C"], rules)


def importance(scheme: str, rules: Rules = f1.RULES) -> float:
    found = made(rules)
    means, _ = found.scores(group_weights(scheme, found.sample, rules)).dimension("importance")
    return float(means[0])


def people(sizes: dict[str, int]) -> pd.DataFrame:
    return pd.DataFrame({"group": [g for g, n in sizes.items() for _ in range(n)], "weight": 1.0})


def test_groups_alike_give_the_balanced_mean_and_persons_alike_the_pooled_one() -> None:
    assert importance("equal") == pytest.approx(3.5)
    assert importance("one_person_one_voice") == pytest.approx(4.56)


def test_declared_weights_count_as_declared_and_none_leaves_a_group_out() -> None:
    assert importance("custom", SHARES) == pytest.approx((5 + 3 * 3) / 4)
    tenfold = replace(SHARES, custom_weights=(("A", 10.0), ("B", 30.0), ("C", 0.0)))
    assert importance("custom", tenfold) == importance("custom", SHARES)


def test_declared_weights_are_used_where_the_rules_say_so() -> None:
    table = estimate(
        toy(LOUD), objectives("o"), ["A", "B", "C"], replace(SHARES, group_weights="custom")
    ).table
    assert table["importance"].tolist() == pytest.approx([3.5])
    voices = replace(f1.RULES, group_weights="one_person_one_voice")
    assert estimate(toy(LOUD), objectives("o"), ["A", "B", "C"], voices).table[
        "importance"
    ].tolist() == pytest.approx([4.56])


def test_custom_weights_are_looked_at_only_where_some_are_declared() -> None:
    assert schemes(f1.RULES) == ("equal", "one_person_one_voice")
    assert schemes(SHARES) == ("equal", "one_person_one_voice", "custom")


def test_a_scheme_nobody_declared_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="population"):
        group_weights("population", made().sample, f1.RULES)


def test_what_one_person_weighs_and_as_how_many_they_count() -> None:
    """Of 25 people in groups of 20, 3 and 2 that weigh the same."""
    voices = np.array([20.0, 3.0, 2.0])
    each = person_weights("equal", voices, np.ones(3))
    assert each.tolist() == pytest.approx([0.416667, 2.777778, 4.166667], abs=5e-7)
    assert each @ voices == pytest.approx(25)
    table = weighings(people({"A": 20, "B": 3, "C": 2}), f1.RULES).set_index("scheme")
    assert table["n"].tolist() == [25, 25]
    assert table.loc["equal", "effective_size"] == pytest.approx(10.188679, abs=5e-7)
    assert table.loc["equal", "design_effect"] == pytest.approx(25 / 10.188679, abs=5e-7)
    assert table.loc["one_person_one_voice", "effective_size"] == pytest.approx(25)


def test_a_group_that_weighs_nothing_makes_the_others_no_surer() -> None:
    table = weighings(people({"A": 20, "B": 3, "C": 2}), SHARES).set_index("scheme")
    # one voice of A weighs 1/20, one of B 3/3
    assert table.loc["custom", "effective_size"] == pytest.approx((1 + 3) ** 2 / (20 / 400 + 3 * 1))


def test_the_members_of_a_cluster_cost_what_one_voice_does() -> None:
    campaign = people({"A": 4, "B": 3}).assign(weight=[0.25] * 4 + [1.0] * 3)
    table = weighings(campaign, f1.RULES).set_index("scheme")
    # alike, the four of A weigh as much as the three of B together: 1 and 1/3 each after the division
    assert table.loc["equal", "effective_size"] == pytest.approx(2**2 / (4 / 16 + 3 / 9))


def test_of_nobody_nothing_is_said() -> None:
    table = costs_of_weighing(toy({}), [], f1.RULES)
    assert table["n"].tolist() == [0, 0]
    assert table["effective_size"].tolist() == [0, 0]
    assert table["design_effect"].isna().all()


def test_a_group_that_did_not_rate_a_column_weighs_nothing_there() -> None:
    ratings = pd.concat([toy(LOUD), toy({"A": [4, 4], "B": [2, 2, None]}, "part")])
    found = estimates(valid(ratings, ["o", "part"]), ["o", "part"], ["A", "B", "C"], SHARES)
    column = found.sample.columns("importance").start + 1
    assert group_weights("equal", found.sample, SHARES)[:, column].tolist() == [1, 1, 0]
    assert group_weights("one_person_one_voice", found.sample, SHARES)[:, column].tolist() == [2, 2, 0]
    assert group_weights("custom", found.sample, SHARES)[:, column].tolist() == [1, 3, 0]


def test_a_replicate_that_drew_no_rater_of_a_group_is_balanced_without_it() -> None:
    means = np.array([[[5.0, 1.0], [3.0, NAN]], [[NAN, NAN], [3.0, NAN]]])  # replicates × groups × columns
    weights = np.array([[1.0, 1.0], [3.0, 3.0]])
    found = balanced(means, weights)
    assert found[0].tolist() == [3.5, 1.0]
    assert found[1, 0] == 3.0
    assert np.isnan(found[1, 1])
    assert np.isnan(balanced(means[:, :1], np.zeros((1, 2)))).all()
