"""Smith's S: early and often, over everybody who was asked."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ballots.lists import smith
from consultation.rules import Rules

ORACLE = {
    "a": ["scuola", "biblioteca", "rsa"],
    "b": ["biblioteca", "scuola"],
    "c": ["parrocchia", "biblioteca", "scuola", "orti"],
}


def mentions(lists: dict[str, list[str]]) -> pd.DataFrame:
    """The lists of people called `name` or `name group`."""
    return pd.DataFrame(
        [
            (who.split()[0], who.split()[0], (who + " G").split()[1], position, item)
            for who, items in lists.items()
            for position, item in enumerate(items, 1)
        ],
        columns=["contribution_id", "unit", "group", "position", "item"],
    ).astype({"contribution_id": "str", "unit": "str", "group": "str", "position": "Int64", "item": "str"})


def respondents(lists: dict[str, list[str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(who.split()[0], who.split()[0], (who + " G").split()[1]) for who in lists],
        columns=["contribution_id", "unit", "group"],
        dtype="str",
    )


def ranked(lists: dict[str, list[str]], rules: Rules | None = None) -> pd.DataFrame:
    return smith(mentions(lists), respondents(lists), ["G", "H"], rules or Rules())


def by_item(table: pd.DataFrame, measure: str) -> dict[str, float]:
    return {str(item): float(value) for item, value in zip(table["item"], table[measure], strict=True)}


def test_the_oracle() -> None:
    table = ranked(ORACLE)
    assert table["item"].tolist() == ["biblioteca", "scuola", "parrocchia", "rsa", "orti"]
    assert table["smith"].tolist() == pytest.approx([29 / 36, 2 / 3, 1 / 3, 1 / 9, 1 / 12])
    assert table["smith"][0] == pytest.approx(0.805556, abs=5e-7)
    assert table["n_participants"].tolist() == [3, 3, 1, 1, 1]
    assert table["smith_balanced"].tolist() == pytest.approx(table["smith"].tolist())


def test_whoever_named_nothing_is_asked_all_the_same() -> None:
    assert by_item(ranked({**ORACLE, "d": []}), "smith")["scuola"] == pytest.approx(2 / 4)


def test_an_item_named_twice_stands_where_it_was_first() -> None:
    """And the list is as long as it has different items."""
    assert by_item(ranked({"a": ["x", "y", "x", "z"]}), "smith") == pytest.approx(
        {"x": 1, "y": 2 / 3, "z": 1 / 3}
    )


def test_gaps_between_positions_are_no_items() -> None:
    listed = mentions({"a": ["x", "y"]}).assign(position=[2, 7])
    table = smith(listed, respondents({"a": []}), ["G"], Rules())
    assert by_item(table, "smith") == {"x": 1, "y": 0.5}


def test_items_at_one_position_share_their_places() -> None:
    listed = mentions({"a": ["x", "y", "z"]}).assign(position=[1, 1, 2])
    table = smith(listed, respondents({"a": []}), ["G"], Rules())
    assert by_item(table, "smith") == pytest.approx({"x": 2.5 / 3, "y": 2.5 / 3, "z": 1 / 3})


def test_a_large_group_has_one_voice() -> None:
    lists = {f"g{n} G": ["x"] for n in range(9)} | {f"h{n} H": ["y", "x"] for n in range(3)}
    table = ranked(lists)
    assert by_item(table, "smith") == pytest.approx({"x": (9 + 1.5) / 12, "y": 3 / 12})
    assert by_item(table, "smith_balanced") == pytest.approx({"x": 0.75, "y": 0.5})


def test_a_small_group_is_counted_and_not_balanced_unless_the_rules_say_where() -> None:
    lists = {"g1 G": ["x"], "g2 G": ["x"], "g3 G": ["x"], "h1 H": ["y"]}
    assert by_item(ranked(lists), "smith_balanced") == {"x": 1, "y": 0}
    assert by_item(ranked(lists, Rules(merged_groups=(("H", "G"),))), "smith_balanced") == {
        "x": 0.75,
        "y": 0.25,
    }


def test_the_interval_is_of_all_draws_of_respondents() -> None:
    """Of the nine draws of two from 1, ½ and 0: 0, ¼ ¼, ½ ½ ½, ¾ ¾, 1."""
    row = ranked({"a": ["x"], "b": ["y", "x"], "c": []}, Rules(interval=0.5)).iloc[0]
    assert row[["item", "smith_balanced", "smith_low", "smith_high"]].tolist() == ["x", 0.5, 0.25, 0.75]


def test_without_a_group_large_enough_nothing_is_balanced() -> None:
    table = ranked({"a": ["x"], "b": ["x"]})
    assert table["smith"].tolist() == [1]
    assert table[["smith_balanced", "smith_low", "smith_high"]].isna().all(axis=None)


def test_nobody_names_anything() -> None:
    assert ranked({"a": [], "b": [], "c": []}).empty
    assert ranked({}).empty


def test_a_mention_is_somebodys() -> None:
    with pytest.raises(ValueError, match="respondents"):
        smith(mentions(ORACLE), respondents({"a": []}), ["G"], Rules())


def test_level_items_stand_by_name() -> None:
    lists = {f"p{n}": order for n, order in enumerate([["c", "a", "b"], ["b", "c", "a"], ["a", "b", "c"]])}
    assert ranked(lists)["item"].tolist() == ["a", "b", "c"]


def test_sums_that_only_rounding_tells_apart_are_level() -> None:
    """0.1 and 0.2 are a little more than 0.3."""
    places = [{10: "b", 8: "a"}, {9: "b"}]
    lists = {f"p{n}": [own.get(place, f"z{place}") for place in range(1, 11)] for n, own in enumerate(places)}
    table = ranked(lists)
    assert [item for item in table["item"] if item in "ab"] == ["a", "b"]


@given(st.permutations(range(9)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    people = respondents(ORACLE)
    shuffled = smith(mentions(ORACLE).iloc[list(order)], people.iloc[::-1], ["G"], Rules())
    pd.testing.assert_frame_equal(shuffled, smith(mentions(ORACLE), people, ["G"], Rules()), check_exact=True)


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), min_size=1, max_size=8))
def test_a_list_gives_half_its_length_and_a_half(lists: list[list[str]]) -> None:
    """1 + (L − 1)/L + … + 1/L = (L + 1)/2, whatever is in it."""
    people = {f"p{n}": items for n, items in enumerate(lists)}
    table = ranked(people, Rules(replicates=100, exact_up_to=100))
    expected = sum((len(set(items)) + 1) / 2 for items in lists if items) / len(lists)
    assert table["smith"].sum() == pytest.approx(expected)


def test_no_name_moves_the_last_digit() -> None:
    """Lists of up to eleven items: sevenths and elevenths add up alike in whatever order people stand."""
    lists = [[str(place) for place in range(n % 11 + 1)] for n in range(60)]
    one, other = (
        by_item(ranked({f"p{n:02}": lists[at] for n, at in enumerate(order)}), "smith_balanced")
        for order in (range(60), reversed(range(60)))
    )
    assert one == other
