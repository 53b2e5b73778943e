"""What people rate against what they tell: the oracle's correlation, and where the two part."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from analysis.ratings.priorities import estimate
from analysis.salience import salience
from analysis.stated_spoken import correlation, stated_against_spoken
from tests import f1

NAN = float("nan")


def priorities(
    need: Sequence[float], told: Sequence[float], ranked: Sequence[bool] | None = None
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "objective": [f"o{n}" for n in range(len(need))],
            "need": np.array(need, dtype=np.float64),
            "salience": np.array(told, dtype=np.float64),
            "ranked": [True] * len(need) if ranked is None else list(ranked),
        }
    )


def test_the_correlation_of_the_oracle() -> None:
    rated = estimate(f1.ratings(), f1.OBJECTIVES, f1.GROUPS, f1.RULES).table
    told = salience(f1.codings(), f1.answers(), f1.OBJECTIVES, f1.GROUPS, f1.RULES)
    joined = rated.merge(told, on="objective")
    assert correlation(joined) == pytest.approx(-0.5)
    # of three, a place apart is a third of the ranks
    assert stated_against_spoken(joined) == ["rated_not_told", "rated_not_told", "told_not_rated"]


def test_fourteen_objectives_part_from_five_places_on() -> None:
    """Places by need 1 to 14 from below; the first told like the fifth or the sixth."""
    need = list(range(14))
    four_apart = [4, 0, 1, 2, 3, *range(5, 14)]
    five_apart = [5, 0, 1, 2, 3, 4, *range(6, 14)]
    assert stated_against_spoken(priorities(need, four_apart)) == [""] * 14
    assert stated_against_spoken(priorities(need, five_apart)) == ["told_not_rated", *[""] * 13]
    assert stated_against_spoken(priorities(five_apart, need)) == ["rated_not_told", *[""] * 13]


def test_level_scores_share_their_place() -> None:
    assert stated_against_spoken(priorities([1, 2, 3, 4, 5, 6], [0.3] * 6)) == [
        "told_not_rated", "", "", "", "", "rated_not_told",
    ]  # fmt: skip
    assert correlation(priorities([1, 2, 2, 4], [1, 3, 2, 4])) == pytest.approx(
        spearmanr([1, 2, 2, 4], [1, 3, 2, 4]).statistic
    )


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=14))
def test_it_is_spearmans(pairs: list[tuple[int, int]]) -> None:
    need, told = zip(*pairs, strict=True)
    if len(set(need)) == 1 or len(set(told)) == 1:
        assert np.isnan(correlation(priorities(need, told)))
    else:
        assert correlation(priorities(need, told)) == pytest.approx(spearmanr(need, told).statistic)


def test_an_objective_that_is_not_ranked_or_not_told_takes_no_place_and_moves_none() -> None:
    full = priorities([10, 20, 30], [0.3, 0.2, 0.1])
    more = priorities(
        [10, 90, 20, NAN, 30, 40],
        [0.3, 0.9, 0.2, 0.8, 0.1, NAN],
        [True, False, True, False, True, True],
    )
    assert correlation(more) == correlation(full) == -1
    apart = stated_against_spoken(full)
    assert apart == ["told_not_rated", "", "rated_not_told"]
    assert stated_against_spoken(more) == [apart[0], "", apart[1], "", apart[2], ""]


def test_below_three_objectives_there_is_no_correlation() -> None:
    assert np.isnan(correlation(priorities([1, 2], [2, 1])))
    assert np.isnan(correlation(priorities([], [])))
    assert stated_against_spoken(priorities([], [])) == []
    assert stated_against_spoken(priorities([NAN], [0.5], [False])) == [""]
