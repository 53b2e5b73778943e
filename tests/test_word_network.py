"""The network of words as it is drawn: everything readable, nothing covered, the same every time."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.charts.labels import text_width
from analysis.charts.rendering import svg
from analysis.charts.word_network import LABEL_SIZE, LEAST_RADIUS, NARROWEST, word_network
from analysis.sentences import Basis
from analysis.sentences.words_together import of_network, parts, why_no_network
from analysis.text.network import MOST_WORDS, Network
from consultation.language import Language
from tests.test_charts import spec, texts
from tests.test_network import TWO_THEMES, of

ENGLISH = Language("en")
BASIS = Basis(25, 25, 0, invented=True)
NET = of(*TWO_THEMES, "bambini e favole")


def crowded() -> Network:
    """As many words as there can be, long ones, all at two places, each linked to the next."""
    words = [f"parolalunga{n:02}" for n in range(MOST_WORDS)]
    nodes = pd.DataFrame({"word": words, "shown": words, "n_participants": range(45, 45 - MOST_WORDS, -1)})
    nodes = nodes.assign(cluster=1, x=[n % 2 * 1.0 for n in range(MOST_WORDS)], y=0.5)
    links = pd.DataFrame({"one": words[:-1], "other": words[1:]})
    return Network(nodes, links.assign(n_participants=3, n_answers=3, npmi=0.5, g2=9.0), 3.9)


def circles(net: Network) -> list[dict[str, Any]]:
    return rows_with(net, "at_label")


def rows_with(net: Network, column: str) -> list[dict[str, Any]]:
    """The rows that have this column: those of the words, or of the lines."""
    datasets = spec(word_network(net, BASIS, ENGLISH))["datasets"].values()
    return next(rows for rows in datasets if column in rows[0])


def test_every_word_is_a_circle_with_the_number_of_its_group() -> None:
    rows = {row["word"]: row for row in circles(NET)}
    assert {word: row["cluster"] for word, row in rows.items()} == {
        "bambino": 1,
        "favola": 1,
        "domenica": 2,
        "orario": 2,
    }
    assert rows["bambino"]["size"] > rows["orario"]["size"]
    assert rows["bambino"]["with"] == "favole"


def test_a_line_leads_from_circle_to_circle() -> None:
    at = {(row["x"], row["y"]): row["shown"] for row in circles(NET)}
    for line in rows_with(NET, "x2"):
        assert {at[line["x"], line["y"]], at[line["x2"], line["y2"]]} == set(line["both"].split(" – "))


def test_no_circle_or_word_covers_another_on_the_narrowest_telephone() -> None:
    rows = circles(crowded())
    assert len(rows) == MOST_WORDS
    boxes = []
    for row in rows:
        half = max(text_width(row["shown"], LABEL_SIZE, bold=True) / 2, row["radius"])
        assert half <= row["x"] <= NARROWEST - half
        assert row["radius"] >= LEAST_RADIUS
        boxes.append((row["x"], half, row["y"] - row["radius"], row["at_label"] + LABEL_SIZE))
    for (x, half, top, bottom), (x2, half2, top2, bottom2) in combinations(boxes, 2):
        assert abs(x - x2) >= half + half2 or bottom <= top2 or bottom2 <= top


def test_it_is_drawn_alike_every_time() -> None:
    assert svg(word_network(crowded(), BASIS, ENGLISH, width=360)) == svg(
        word_network(crowded(), BASIS, ENGLISH, width=360)
    )


@pytest.mark.parametrize("width", [324, 900])
def test_every_word_is_written_at_any_width(width: int) -> None:
    seen = texts(svg(word_network(NET, BASIS, ENGLISH, width=width)))
    assert {"bambini", "favole", "domenica", "orario", "1", "2"} <= set(seen)


def test_a_circle_can_be_chosen_by_its_word() -> None:
    found = spec(word_network(NET, BASIS, ENGLISH))
    assert [p["select"]["fields"] for p in found["params"] if p["name"] == "word"] == [["word"]]


def test_without_links_it_is_said_why_there_is_no_chart() -> None:
    nothing = of("rete", "casa")
    assert why_no_network(nothing, ENGLISH)
    assert not why_no_network(NET, ENGLISH)
    with pytest.raises(ValueError, match="ask why_no_network first"):
        word_network(nothing, BASIS, ENGLISH)


def test_the_words_tell_groups_links_and_chance() -> None:
    reading = of_network(NET, BASIS, ENGLISH)
    assert reading.finding == "The most used words form 2 groups that people write together"
    assert "2 links between two words" in reading.basis
    assert "at most about 1 would be there by chance" in reading.basis
    assert parts(NET).values.tolist() == [[1, "bambini, favole"], [2, "domenica, orario"]]


def test_the_callers_tables_are_left_alone() -> None:
    net = crowded()
    before = net.nodes.copy()
    word_network(net, BASIS, ENGLISH)
    pd.testing.assert_frame_equal(net.nodes, before)
    assert np.isfinite(before["x"]).all()
