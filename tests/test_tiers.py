"""From figures to tiers: each threshold at its edge, the order in which they are judged, and the badges."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ratings.priorities import estimate
from analysis.ratings.tiers import TIERS, Evidence, badges, tiers
from analysis.salience import salience
from consultation.rules import Rules
from tests import f1

NAN = float("nan")
ROBUST = {
    "ranked": True,
    "rank_low": 1,
    "rank_high": 2,
    "p_top": 0.9,
    "p_top_voice": 0.9,
    "p_top_random": 0.9,
    "consensus": 0.7,
    "polarisation": 0.2,
    "veto": False,
}


def tier(rules: Rules | None = None, **figures: Any) -> str:
    """The tier of the first of fourteen ranked objectives, robust but for `figures`."""
    first = {**ROBUST, **figures}
    table = pd.DataFrame([first] + [ROBUST] * 13)
    evidence = Evidence(*(table[name].to_numpy() for name in Evidence._fields))
    return tiers(evidence, rules or Rules())[0]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, "robust"),
        ({"p_top": 0.8, "p_top_voice": 0.8, "p_top_random": 0.8}, "robust"),
        ({"p_top": 0.799}, "likely"),
        ({"p_top_voice": 0.799}, "likely"),
        ({"p_top_random": 0.799}, "likely"),
        ({"consensus": 0.6}, "robust"),
        ({"consensus": 0.599}, "likely"),
        ({"consensus": NAN}, "likely"),  # one group alone: nobody else can confirm it
        ({"p_top_voice": NAN}, "likely"),
        ({"p_top": 0.5}, "likely"),
        ({"p_top": 0.499}, "watch"),
        ({"p_top": NAN}, "watch"),
        ({"consensus": 0.5}, "likely"),
        ({"consensus": 0.499}, "contested"),
        ({"polarisation": 0.5}, "robust"),
        ({"polarisation": 0.501}, "contested"),
        ({"polarisation": NAN}, "robust"),
        ({"veto": True}, "contested"),
        ({"veto": True, "p_top": 0.5}, "contested"),
        ({"veto": True, "p_top": 0.499}, "watch"),
        ({"rank_low": 2, "rank_high": 8}, "robust"),  # seven of fourteen places
        ({"rank_low": 2, "rank_high": 9}, "not_classifiable"),
        ({"ranked": False}, "not_classifiable"),
        ({"ranked": False, "veto": True}, "not_classifiable"),
        ({"rank_low": 1, "rank_high": 14, "veto": True}, "not_classifiable"),
    ],
)
def test_each_threshold_at_its_edge(figures: dict[str, Any], expected: str) -> None:
    if figures.get("ranked") is False:  # one ranked less, and half of thirteen places
        figures = {**figures, "rank_low": 0, "rank_high": 0}
    assert tier(**figures) == expected


def test_edges_hold_against_a_last_digit() -> None:
    """Sums of shares that are meant to be 0.8, 0.6 and 0.5."""
    below = 0.1 + 0.7  # 0.7999999999999999
    assert below < 0.8
    assert tier(p_top=below, p_top_voice=below, p_top_random=below) == "robust"
    assert tier(polarisation=0.5 + 1e-12, consensus=0.6 - 1e-12) == "robust"
    assert tier(p_top=0.5 - 1e-12, consensus=0.5 - 1e-12) == "likely"


@pytest.mark.parametrize(
    ("rules", "figures", "expected"),
    [
        (Rules(robust_probability=0.95), {}, "likely"),
        (Rules(robust_consensus=0.75), {}, "likely"),
        (Rules(likely_probability=0.79), {"p_top": 0.78}, "watch"),
        (Rules(contested_consensus=0.75), {}, "contested"),
        (Rules(contested_polarisation=0.1), {}, "contested"),
        (Rules(widest_rank=0.1), {}, "not_classifiable"),
        (Rules(widest_rank=1.0), {"rank_low": 1, "rank_high": 14}, "robust"),
    ],
)
def test_every_threshold_is_one_of_the_declared_rules(
    rules: Rules, figures: dict[str, Any], expected: str
) -> None:
    assert tier(rules, **figures) == expected


@given(
    st.fixed_dictionaries(
        {
            "ranked": st.booleans(),
            "rank_high": st.integers(1, 14),
            "p_top": st.floats(0, 1) | st.just(NAN),
            "p_top_voice": st.floats(0, 1) | st.just(NAN),
            "p_top_random": st.floats(0, 1) | st.just(NAN),
            "consensus": st.floats(0, 1) | st.just(NAN),
            "polarisation": st.floats(0, 1) | st.just(NAN),
            "veto": st.booleans(),
        }
    )
)
def test_every_objective_has_one_tier_and_a_robust_one_lacks_nothing(figures: dict[str, Any]) -> None:
    found = tier(**figures)
    assert found in TIERS
    if found == "robust":
        assert tier(**{**figures, "p_top": 1.0, "consensus": 1.0}) == "robust"
        assert tier(**{**figures, "veto": True}) == "contested"


def test_the_tiers_of_the_oracle() -> None:
    """The width rule is meant for fourteen objectives and not applied to three."""
    found = estimate(f1.ratings(), f1.OBJECTIVES, f1.GROUPS, replace(f1.RULES, widest_rank=1.0))
    assert found.table["tier"].tolist() == ["watch", "robust", "watch"]
    assert found.table["p_top"].tolist() == pytest.approx([0.0968, 0.9032, 0], abs=5e-5)
    assert found.table["p_top_voice"].tolist() == pytest.approx([164 / 1152, 988 / 1152, 0])
    assert found.table["p_top_random"].tolist() == pytest.approx([0.112153, 0.877234, 0.010613], abs=5e-7)


def test_with_the_declared_width_two_places_of_three_are_too_many() -> None:
    found = estimate(f1.ratings(), f1.OBJECTIVES, f1.GROUPS, f1.RULES)
    assert found.table["tier"].tolist() == ["not_classifiable", "robust", "not_classifiable"]


# what words say beside it


def spoken(*rows: tuple[float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["salience", "reach", "breadth"])


@pytest.mark.parametrize(
    ("reach", "breadth", "expected"),
    [
        (0.5, 0.25, "confirmed"),
        (0.499, 0.25, ""),
        (1.0, 0.249, "one_group"),
        (1.0, NAN, "confirmed"),  # one group alone has no breadth
    ],
)
def test_much_told_is_confirmed_if_told_widely(reach: float, breadth: float, expected: str) -> None:
    assert badges(spoken((0.6, reach, breadth), (0.1, 1, 1)))[0] == expected


def test_the_lower_half_and_the_middle_are_little_told() -> None:
    table = spoken((0.9, 1, 1), (0.5, 1, 1), (0.1, 1, 1))
    assert badges(table) == ["confirmed", "little_told", "little_told"]
    assert badges(spoken(*[(0.3, 1, 1)] * 4)) == ["little_told"] * 4
    assert badges(spoken((0.1, 0, 0.1), (0.2, 1, 1))) == ["little_told|one_group", "confirmed"]


def test_without_words_there_is_no_badge() -> None:
    assert badges(spoken((NAN, NAN, NAN), (NAN, NAN, NAN))) == ["", ""]
    assert badges(spoken((NAN, NAN, NAN), (0.3, 1, 1), (0.6, 1, 1))) == ["", "little_told", "confirmed"]


def test_the_badges_of_the_oracle_tell_the_loud_group() -> None:
    """Three objectives with as many mentions: one of them by one group alone."""
    told = salience(f1.codings(), f1.answers(), f1.OBJECTIVES, f1.GROUPS, f1.RULES)
    assert told["n_participants"].tolist() == [4, 4, 4]
    assert told["reach"].tolist() == pytest.approx([1 / 3] * 3)
    assert badges(told) == ["little_told|one_group", "little_told", ""]


def test_nothing_told_moves_a_tier() -> None:
    assert not {"salience", "reach", "breadth"} & set(Evidence._fields)
