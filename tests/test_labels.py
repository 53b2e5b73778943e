"""Labels collide with nothing, and texts are broken where they fit."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.charts.labels import LONGEST, Box, Marker, Place, placed, text_width, wrapped

FRAME = Box(0, 0, 1000, 600)
NAMES = ("P1 Leggere il bisogno", "O3 Incontro bisogni–opportunità", "S2 Creare connessioni", "L1 Dati")

points = st.lists(
    st.builds(
        Marker, st.integers(60, 940).map(float), st.integers(60, 540).map(float), st.sampled_from([4.0, 11.0])
    ),
    min_size=1,
    max_size=14,
)


def names(n: int) -> list[str]:
    return [NAMES[i % len(NAMES)] for i in range(n)]


def assert_free(places: list[Place], markers: list[Marker]) -> None:
    for one, other in combinations(places, 2):
        assert not one.box.meets(other.box)
    for place in places:
        assert FRAME.holds(place.box)
        assert not any(place.box.meets(marker.box) for marker in markers)


@settings(max_examples=60, deadline=None)
@given(points)
def test_labels_meet_neither_each_other_nor_markers_nor_the_frame(markers: list[Marker]) -> None:
    assert_free(placed(names(len(markers)), markers, FRAME, 13), markers)


def test_fourteen_labels_find_room_around_a_single_point() -> None:
    markers = [Marker(500.0, 300.0, 11.0)] * 14
    places = placed(names(14), markers, FRAME, 13)
    assert_free(places, markers)
    assert any(place.leader for place in places)


def test_a_label_alone_stands_beside_its_marker_without_a_leader() -> None:
    (place,) = placed(["P1 Leggere il bisogno"], [Marker(500.0, 300.0, 11.0)], FRAME, 13)
    assert not place.leader
    assert place.align == "left"
    assert place.box.distance(500.0, 300.0) < 30


def test_a_label_keeps_off_walls() -> None:
    wall = Box(500, 0, 1000, 600)
    (place,) = placed(["P1 Leggere il bisogno"], [Marker(480.0, 300.0, 8.0)], FRAME, 13, walls=[wall])
    assert not place.box.meets(wall)
    assert place.align == "right"


def test_a_label_crosses_a_line_only_where_nothing_is_free() -> None:
    above = Box(500, 270, 700, 290)
    (place,) = placed(["P1 Leggere il bisogno"], [Marker(500.0, 300.0, 8.0)], FRAME, 13, lines=[above])
    assert not place.box.meets(above)


def test_a_label_is_not_taken_for_a_neighbour() -> None:
    markers = [Marker(500.0, 300.0, 8.0), Marker(600.0, 284.0, 8.0)]
    first, _second = placed(["P1 Leggere il bisogno", "P2"], markers, FRAME, 13)
    assert first.box.distance(600.0, 284.0) > first.box.distance(500.0, 300.0) + 5


def test_nothing_to_place() -> None:
    assert placed([], [], FRAME, 13) == []


def test_a_long_name_takes_no_more_than_the_room_it_is_cut_to() -> None:
    (place,) = placed(["Sostenere la comunicazione " * 4], [Marker(300.0, 300.0, 8.0)], FRAME, 13)
    assert place.box.right - place.box.left == LONGEST


@pytest.mark.parametrize(
    ("narrower", "wider"), [("iii", "nnn"), ("nnn", "WWW"), ("a", "aa"), ("bisogno", "BISOGNO")]
)
def test_widths_follow_the_letters(narrower: str, wider: str) -> None:
    assert text_width(narrower, 12) < text_width(wider, 12)


def test_accents_do_not_widen_and_bold_does() -> None:
    assert text_width("città più", 12) == text_width("citta piu", 12)
    assert text_width("citta", 12, bold=True) > text_width("citta", 12)


@given(st.lists(st.text("abcdefgW", min_size=1, max_size=20), max_size=30), st.integers(40, 400))
def test_lines_keep_every_word_in_order_and_fit(words: list[str], width: int) -> None:
    lines = wrapped(" ".join(words), 13, width)
    assert " ".join(lines).split() == words
    assert all(text_width(line, 13) <= width or " " not in line for line in lines)
