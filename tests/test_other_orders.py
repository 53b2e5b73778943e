"""Borda's count and the single index: checks on the order, by hand on three people."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.ranks.other_orders import borda_count, other_orders
from consultation.rules import Rules

NEEDS = np.array([[5.0, 3, 1], [4, 4, 2], [1, 5, np.nan]])


def priorities(**columns: object) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "objective": ["a", "b", "c"],
            "need": [70.0, 60, 50],
            "importance": [0.9, 0.5, 0.6],
            "urgency": [0.2, 0.7, 0.6],
            "salience": [0.5, 0.5, 0.9],
            "ranked": True,
        }
    )
    return table.assign(**columns)  # type: ignore[arg-type]


def test_each_voice_gives_a_point_for_every_objective_below_and_half_for_a_level_one() -> None:
    counted = borda_count(NEEDS, ["a", "b", "c"]).set_index("objective")
    assert counted["n_rankings"].to_dict() == {"a": 3, "b": 3, "c": 2}
    assert counted["borda"].tolist() == pytest.approx([(2 + 1.5 + 0) / 5, (1 + 1.5 + 1) / 5, 0])


def test_an_objective_that_nobody_rated_has_no_borda_and_no_index() -> None:
    table = priorities(need=[70.0, 60, np.nan], ranked=[True, True, False], importance=[0.9, 0.5, np.nan])
    found = other_orders(table, borda_count(NEEDS[:2, :2], ["a", "b"]), Rules())
    row = found.orders.set_index("objective").loc["c"]
    assert row["n_rankings"] == 0
    assert np.isnan([row["borda"], row["p_top_index"]]).all()


def test_the_index_is_taken_under_every_weighting_of_percentiles() -> None:
    """Percentiles (83, 17, 50), (17, 83, 50) and (33, 33, 83): c is first unless another weighs most.

    a is above c if w1 > w2 + 1.5 w3 with the weights together 1, and b likewise: a triangle of corners
    (1, 0, 0), (½, ½, 0) and (0.6, 0, 0.4), which is 0.2 of all weights.
    """
    found = other_orders(priorities(), borda_count(NEEDS, ["a", "b", "c"]), Rules())
    top = found.orders["p_top_index"].to_numpy()
    assert top.sum() == pytest.approx(1)
    assert top == pytest.approx([0.2, 0.2, 0.6], abs=4 * np.sqrt(0.24 / 20_000))


def test_it_says_how_like_the_main_order_each_is_and_what_the_index_is_made_of() -> None:
    found = other_orders(priorities(), borda_count(NEEDS, ["a", "b", "c"]), Rules())
    assert found.borda_tau == pytest.approx(2 / np.sqrt(2 * 3))  # a and b are level, c is last
    assert found.components["component"].tolist() == ["importance", "urgency", "salience"]
    index = (np.array([250, 50, 150]) / 3 + np.array([50, 250, 150]) / 3 + np.array([100, 100, 250]) / 3) / 3
    parts = [[250, 50, 150], [50, 250, 150], [100, 100, 250]]
    assert found.components["squared_correlation"].tolist() == pytest.approx(
        [np.corrcoef(part, index)[0, 1] ** 2 for part in parts]
    )


def test_without_anything_rated_there_is_nothing_to_check() -> None:
    table = priorities(need=np.nan, importance=np.nan, ranked=False)
    found = other_orders(table, borda_count(np.empty((0, 3)), ["a", "b", "c"]), Rules())
    assert found.orders[["borda", "p_top_index"]].isna().all(axis=None)
    assert np.isnan([found.borda_tau, found.index_tau]).all()
    assert found.components["squared_correlation"].isna().all()
