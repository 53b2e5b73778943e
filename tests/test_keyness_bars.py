"""Two sides' words back to back: which are drawn, how sure, and in what words."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.charts.keyness_bars import MOST, keyness_bars
from analysis.charts.rendering import svg
from analysis.charts.theme import Width
from analysis.sentences import Basis
from analysis.sentences.words_compared import Compared, of_keyness
from analysis.text.keyness import Size, keyness, most_apart, size_of
from consultation.language import Language
from tests.test_charts import data_of, spec, texts
from tests.test_keyness import two_sides

ENGLISH = Language("en")
BASIS = Basis(60, 120, 5, invented=True)
SIDES = Compared("“Schools”", "the other groups", Size(12, 300), Size(48, 2_000))


def row(word: str, g2: float, *, key: bool = True, here: int = 6, there: int = 3) -> dict[str, object]:
    return {
        "word": word,
        "shown": word.upper(),
        "n_here": here,
        "n_there": there,
        "share_here": here / 12,
        "share_there": there / 48,
        "g2": g2,
        "p": 0.001 if abs(g2) > 3.84 else 0.5,
        "key": key,
    }


TABLE = pd.DataFrame(
    [
        row("orario", 25.0),
        row("sera", 6.0, key=False),
        row("rete", 0.5, key=False),
        row("favola", -18.0, here=0, there=20),
    ]
)


def drawn(table: pd.DataFrame = TABLE, width: Width = "container") -> list[dict[str, object]]:
    found = spec(keyness_bars(table, SIDES, BASIS, ENGLISH, width=width))
    return sorted(data_of(found, "text", text="shown"), key=lambda row: row["at_name"])


def test_words_go_from_one_sides_down_to_the_others_without_those_alike() -> None:
    assert [row["word"] for row in drawn()] == ["orario", "sera", "favola"]


def test_of_few_people_counts_are_printed_and_of_more_shares_too() -> None:
    first = drawn()[0]
    assert (first["told_here"], first["told_there"]) == ("6 of 12", "6% (3)")


def test_what_may_be_chance_is_hollow() -> None:
    found = spec(keyness_bars(TABLE, SIDES, BASIS, ENGLISH))
    bars = [
        layer for layer in found["layer"] if layer["mark"]["type"] == "rect" and "x2" in layer["encoding"]
    ]
    fills = {layer["transform"][-1]["filter"]: layer["mark"]["fill"] for layer in bars}
    hollow = {fill for test, fill in fills.items() if "key === false" in test}
    assert hollow == {"#FFFFFF"}
    assert "#FFFFFF" not in {fill for test, fill in fills.items() if "key === true" in test}
    assert [row["told_sure"] for row in drawn()] == ["clear", "may be chance", "clear"]


def test_key_words_have_room_before_others() -> None:
    many = pd.DataFrame(
        [row(f"a{n}", 50.0 - n, key=False) for n in range(MOST)] + [row("zeta", 9.0), row("eta", -9.0)]
    )
    shown = most_apart(many, MOST)["word"].tolist()
    assert len(shown) == MOST + 1
    assert {"zeta", "eta"} <= set(shown)


def test_a_bar_can_be_chosen_by_its_word() -> None:
    found = spec(keyness_bars(TABLE, SIDES, BASIS, ENGLISH))
    assert [p["select"]["fields"] for p in found["params"] if p["name"] == "word"] == [["word"]]


def test_without_any_word_apart_there_is_no_chart() -> None:
    with pytest.raises(ValueError, match="no word differs"):
        keyness_bars(TABLE[TABLE["word"] == "rete"], SIDES, BASIS, ENGLISH)


@pytest.mark.parametrize("width", [324, 900])
def test_every_word_and_figure_is_written_at_any_width(width: int) -> None:
    seen = texts(svg(keyness_bars(TABLE, SIDES, BASIS, ENGLISH, width=width)))
    assert {"ORARIO", "SERA", "FAVOLA", "6 of 12", "42% (20)", "“Schools”", "the other groups"} <= set(seen)


@pytest.mark.parametrize(
    ("keys", "finding"),
    [
        (0, "Between “Schools” and the other groups no word makes a clear difference"),
        (1, "Between “Schools” and the other groups one word makes a difference"),
        (2, "Between “Schools” and the other groups 2 words make a difference"),
    ],
)
def test_the_finding_counts_key_words_only_and_names_none(keys: int, finding: str) -> None:
    table = TABLE.assign(key=[n < keys for n in range(len(TABLE))])
    reading = of_keyness(table, SIDES, BASIS, ENGLISH)
    assert reading.finding == finding
    assert "“Schools”: 12 participants, 300 words" in reading.basis
    assert "invented" in reading.caution


def test_the_tables_of_keyness_can_be_drawn() -> None:
    read, here = two_sides(["orario rete casa"] * 12, ["rete casa scuola"] * 12)
    sides = Compared("A", "B", size_of(read, here), size_of(read, ~here))
    assert sides.size_here == (12, 36)
    found = spec(keyness_bars(keyness(read, here), sides, BASIS, ENGLISH))
    assert [row["shown"] for row in data_of(found, "text", text="shown")] == ["orario", "scuola"]


def test_the_callers_table_is_left_alone() -> None:
    before = TABLE.copy()
    drawn()
    pd.testing.assert_frame_equal(TABLE, before)


def test_where_nothing_stands_apart_no_bars_are_told_of() -> None:
    alike = TABLE[TABLE["word"] == "rete"].assign(key=False)
    reading = of_keyness(alike, SIDES, BASIS, ENGLISH)
    assert "bars" not in reading.basis
    assert "about as often on both sides" in reading.says
    sure = of_keyness(TABLE[TABLE["key"]], SIDES, BASIS, ENGLISH)
    assert "hollow" not in sure.basis
    assert "hollow" in of_keyness(TABLE, SIDES, BASIS, ENGLISH).basis
