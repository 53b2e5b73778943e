"""Lines at the mean of what is on the map, and how surely an objective stands on one side."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.ratings.quadrants import Standing, lines, standings

NAN = float("nan")


def test_the_lines_are_those_of_a_go_zone() -> None:
    need, feasibility = lines(np.array([[4.5, 4.1, 3.2, 3.6]]), np.array([[2.5, 4.0, 4.2, 2.3]]))
    assert [need.item(), feasibility.item()] == pytest.approx([3.85, 3.25])


def test_only_what_is_on_the_map_draws_the_lines() -> None:
    need, feasibility = lines(np.array([[10.0, 90.0, 50.0]]), np.array([[20.0, NAN, 40.0]]))
    assert (need.item(), feasibility.item()) == (30, 30)


def test_an_empty_map_has_no_lines() -> None:
    need, feasibility = lines(np.array([[NAN, 5.0]]), np.array([[5.0, NAN]]))
    assert np.isnan([need.item(), feasibility.item()]).all()


def stands(need: list[float], feasibility: list[float]) -> list[str]:
    point = np.array(need), np.array(feasibility)
    return [s.quadrant for s in standings(*point, point[0][None, :], point[1][None, :])]


def test_the_four_quadrants() -> None:
    assert stands([80, 80, 20, 20], [80, 20, 80, 20]) == [
        "act_now", "prepare_and_invest", "quick_opportunities", "keep_watching",
    ]  # fmt: skip


def test_whoever_is_on_the_line_is_high() -> None:
    assert stands([80, 50, 20], [20, 50, 80]) == ["prepare_and_invest", "act_now", "quick_opportunities"]


@pytest.mark.parametrize("score", [0.0, 100 / 3, 70.83333333333333, 100.0])
@pytest.mark.parametrize("k", [1, 3, 7, 14])
def test_objectives_all_alike_are_all_on_the_line(score: float, k: int) -> None:
    """The mean of equal numbers may differ from them by rounding: that puts nobody below it."""
    assert stands([score] * k, [score] * k) == ["act_now"] * k


def test_the_likeliest_quadrant_is_named_with_the_next() -> None:
    need = np.array([[60.0, 40], [60, 40], [60, 40], [30, 50]])
    feasibility = np.full((4, 2), 50.0)
    first, second = standings(np.array([45.0, 55.0]), np.array([50.0, 50.0]), need, feasibility)
    assert first == Standing("act_now", 0.75, "quick_opportunities")
    assert second == Standing("quick_opportunities", 0.75, "act_now")


@pytest.mark.parametrize(("need", "quadrant"), [(60.0, "act_now"), (40.0, "quick_opportunities")])
def test_between_two_equally_likely_ones_the_estimate_decides(need: float, quadrant: str) -> None:
    replicates = np.array([[60.0, 40], [40, 60]])
    standing, _ = standings(np.array([need, 50.0]), np.array([50.0, 50.0]), replicates, np.full((2, 2), 50.0))
    assert (standing.quadrant, standing.probability) == (quadrant, 0.5)


def test_a_replicate_where_it_was_not_rated_says_nothing() -> None:
    need = np.array([[60.0, 40], [NAN, 50], [60, 40]])
    standing, _ = standings(np.array([60.0, 40.0]), np.array([50.0, 50.0]), need, np.full((3, 2), 50.0))
    assert standing == Standing("act_now", 1.0, "")


def test_what_no_replicate_can_place_stands_where_it_is_and_surely_not() -> None:
    point = np.array([60.0]), np.array([50.0])
    (standing,) = standings(*point, np.array([[60.0], [NAN]]), np.array([[NAN], [50.0]]))
    assert standing == Standing("act_now", 0.0, "")


def test_what_is_not_on_the_map_has_no_quadrant() -> None:
    point = np.array([60.0, 40.0]), np.array([NAN, 40.0])
    off, _ = standings(*point, point[0][None, :], point[1][None, :])
    assert (off.quadrant, off.other) == ("", "")
    assert np.isnan(off.probability)
