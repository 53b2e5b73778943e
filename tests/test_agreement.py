"""How far one frequency vector agrees: the published values, and the edges where a formula would slip."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.accord.agreement import (
    agreement,
    interpolated_median,
    polarisation,
    quartiles,
    share_at_least,
)

FREQUENCIES = st.lists(st.integers(0, 50), min_size=3, max_size=9).filter(any)


@pytest.mark.parametrize(
    ("frequencies", "value", "digits"),
    [
        # van der Eijk's worked vector, two parties of his, and the vignette of R's agrmt
        ((30, 40, 210, 130, 530, 50, 10), 0.6113333, 7),
        ((2.4, 2.8, 3.2, 6.2, 13.5, 30.4, 41.6), 0.609724, 6),
        ((1.6, 2.6, 8.2, 21, 29.3, 27, 10.3), 0.482333, 6),
        ((2, 0, 1, 1), 0.083333, 6),
        # the test cases of another implementation, agrmt for Python
        ((10, 30, 50, 30, 10), 0.384615, 6),
        ((40, 10, 0, 10, 40), -0.655556, 6),
        ((60, 0, 10, 20, 30), 0, 6),
        ((50, 30, 10, 5, 5), 0.575, 6),
        ((5, 10, 20, 40, 50, 40, 20, 10, 5, 0), 0.505556, 6),
        ((50, 20, 5, 0, 0, 0, 5, 20, 50, 0), -0.349815, 6),
        # limit cases
        ((5, 0, 0, 0, 5), -1, 12),
        ((20, 20, 20, 20, 20), 0, 12),
        ((0, 100, 0, 0, 0), 1, 12),
        ((1, 1, 0, 0, 0), 0.75, 12),
        ((0, 0, 2, 5, 3), 0.65, 12),
        ((50, 0, 0, 50, 0), -0.416667, 6),
    ],
)
def test_published_values(frequencies: tuple[float, ...], value: float, digits: int) -> None:
    assert agreement(frequencies) == pytest.approx(value, abs=0.5 * 10**-digits)


def test_the_printed_polarisation() -> None:
    assert polarisation(agreement((30, 40, 210, 130, 530, 50, 10))) == pytest.approx(0.1943333, abs=5e-8)
    assert polarisation(1) == 0
    assert polarisation(-1) == 1


def test_two_halves_apart_are_utterly_polarised_at_the_ends_only() -> None:
    """The trap in the documentation, which promises −1 for any two halves that are not neighbours."""
    assert agreement((0, 1, 0, 1, 0)) == pytest.approx(0.166667, abs=5e-7)
    assert agreement((1, 0, 0, 0, 1)) == -1
    assert agreement((1, 0, 1)) == -1  # with three categories the ends are all there is


def test_crumbs_of_a_subtraction_are_no_layer() -> None:
    """0.1 + 0.2 is more than 0.3 by a rounding."""
    assert agreement((0.1 + 0.2, 0.3, 0)) == pytest.approx(agreement((3, 3, 0)), abs=1e-12)
    assert agreement((1 / 3, 0, 1 - 2 / 3)) == pytest.approx(-1, abs=1e-12)


def test_one_voice_among_a_hundred_thousand_is_a_layer() -> None:
    assert agreement((99_999, 0, 0, 0, 1)) == pytest.approx(1 - 4 / 100_000, abs=1e-9)


@given(FREQUENCIES, st.sampled_from([1 / 7, 0.1, 3.0, 1e7]))
def test_the_size_of_the_frequencies_is_of_no_matter(frequencies: list[int], scale: float) -> None:
    scaled = [scale * n for n in frequencies]
    assert agreement(scaled) == pytest.approx(agreement(frequencies), abs=1e-7)
    assert interpolated_median(scaled) == pytest.approx(interpolated_median(frequencies), abs=1e-7)


@given(FREQUENCIES)
def test_agreement_has_its_range_and_no_left_nor_right(frequencies: list[int]) -> None:
    a = agreement(frequencies)
    assert -1 <= a <= 1
    assert 0 <= polarisation(a) <= 1
    assert agreement(frequencies[::-1]) == pytest.approx(a, abs=1e-12)


@given(FREQUENCIES)
def test_only_one_category_is_full_agreement(frequencies: list[int]) -> None:
    assert (agreement(frequencies) > 1 - 1e-9) == (sum(n > 0 for n in frequencies) == 1)


def test_nothing_has_no_agreement() -> None:
    assert np.isnan(
        [agreement([0] * 5), interpolated_median([0] * 5), polarisation(agreement([0] * 5))]
    ).all()


@pytest.mark.parametrize("frequencies", [(1, 2), (1, -1, 3), (1, float("nan"), 2), ((1, 2, 3), (4, 5, 6))])
def test_what_is_no_frequency_vector_is_a_mistake(frequencies: object) -> None:
    with pytest.raises(ValueError, match=r"categories|frequencies"):
        agreement(frequencies)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("frequencies", "median"),
    [
        ((0, 0, 2, 5, 3), 4.1),
        ((1, 2, 3, 2, 2), 3.166667),
        ((0, 4, 0, 0, 0), 2),
        ((5, 5, 0, 0, 0), 1.5),
        ((5, 0, 0, 0, 5), 3),  # halves apart: the middle between them
        ((0.3, 0, 0.3, 0, 0), 2),
    ],
)
def test_interpolated_median(frequencies: tuple[float, ...], median: float) -> None:
    assert interpolated_median(frequencies) == pytest.approx(median, abs=5e-7)


@given(FREQUENCIES)
def test_the_interpolated_median_turns_with_the_scale(frequencies: list[int]) -> None:
    turned = len(frequencies) + 1 - interpolated_median(frequencies[::-1])
    assert interpolated_median(frequencies) == pytest.approx(turned, abs=1e-9)
    assert 0.5 <= turned <= len(frequencies) + 0.5


@given(FREQUENCIES)
def test_the_interpolated_median_stays_in_the_median_category(frequencies: list[int]) -> None:
    values = np.repeat(np.arange(1, len(frequencies) + 1), frequencies)
    median = np.median(values)
    assume(median == int(median) and frequencies[int(median) - 1])
    assert abs(interpolated_median(frequencies) - median) <= 0.5 + 1e-9


@pytest.mark.parametrize(
    ("values", "median", "width", "agreeing"),
    [((3, 4, 4, 5, 5, 2, 4, 4), 4, 0.5, 0.75), ((1, 2, 5, 5, 5, 4), 4.5, 2.5, 4 / 6)],
)
def test_delphi_descriptors(values: tuple[int, ...], median: float, width: float, agreeing: float) -> None:
    described = quartiles([*values, float("nan")])
    assert (described.median, described.range) == (median, width)
    assert described.upper - described.lower == width
    assert share_at_least([*values, float("nan")], 4) == pytest.approx(agreeing)


def test_a_level_reached_but_for_rounding_is_reached() -> None:
    assert share_at_least([0.1 + 0.2, 0.1 * 3, 0.2], 0.3) == pytest.approx(2 / 3)
    assert share_at_least([1 - 1e-12, 0.999], 1) == 0.5


def test_without_values_there_are_no_descriptors() -> None:
    described = quartiles([float("nan")])
    assert np.isnan([described.lower, described.median, described.upper, described.range]).all()
    assert np.isnan(share_at_least([], 4))
