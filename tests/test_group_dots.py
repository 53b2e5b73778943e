"""All groups on every objective and on one: order, hidden figures, hedged words."""

from __future__ import annotations

import json
from math import nan
from typing import Any

import altair as alt
import pandas as pd
import pytest

from analysis.charts.group_dots import group_dots
from analysis.charts.group_intervals import group_intervals
from analysis.charts.rendering import svg
from analysis.charts.theme import Width
from analysis.sentences import Basis, Reading
from analysis.sentences.groups import of_group_dots, of_group_intervals, why_no_group_intervals
from consultation.language import Language
from consultation.rules import Rules
from tests.test_charts import data_of, invented_priorities, spec, texts
from tests.test_differences import GROUPS, OBJECTIVES, hidden, profile

ENGLISH, RULES = Language("en"), Rules()
BASIS = Basis(148, 612, 3, need_line=68.0, feasibility_line=55.0, invented=True)
PROFILES = profile({"x": [40.0, 50.0, 60.0], "y": [48.0, 90.0, 63.0], "z": [44.0, 20.0, 61.0]})
TINY = 81.2345  # a figure that would be found again


def priorities(**columns: Any) -> pd.DataFrame:
    return invented_priorities(OBJECTIVES).assign(veto=False).assign(**columns)


def dots(
    profiles: pd.DataFrame = PROFILES, width: Width = "container", linked: bool = False, **columns: Any
) -> alt.LayerChart:
    return group_dots(
        profiles,
        GROUPS,
        priorities(**columns),
        OBJECTIVES,
        BASIS,
        RULES,
        ENGLISH,
        width=width,
        linked=linked,
    )


def intervals(
    profiles: pd.DataFrame = PROFILES, objective: str = "b", width: Width = "container", **columns: Any
) -> alt.LayerChart:
    return group_intervals(
        profiles,
        GROUPS,
        objective,
        priorities(**columns),
        OBJECTIVES,
        BASIS,
        RULES,
        ENGLISH,
        width=width,
    )


def of_all(profiles: pd.DataFrame = PROFILES, **columns: Any) -> Reading:
    return of_group_dots(profiles, GROUPS, priorities(**columns), OBJECTIVES, BASIS, RULES, ENGLISH)


def of_one(profiles: pd.DataFrame = PROFILES, objective: str = "b", **columns: Any) -> Reading:
    return of_group_intervals(
        profiles, GROUPS, objective, priorities(**columns), OBJECTIVES, BASIS, RULES, ENGLISH
    )


def down_the_page(found: dict[str, Any], text: str = "name") -> list[dict[str, Any]]:
    rows = data_of(found, "text", text=text)
    return sorted(rows, key=lambda row: row["at_name"] if "at_name" in row else row["at"])


# ── the overview ──────────────────────────────────────────────────────────


def test_rows_go_from_the_widest_range_down() -> None:
    assert [row["objective"] for row in down_the_page(spec(dots()))] == ["b", "a", "c"]


def test_level_ranges_stand_in_the_plans_order() -> None:
    level = profile({"x": [40.0, 50.0, 60.0], "y": [50.0, 60.0 + 1e-12, 50.0]})
    assert [row["objective"] for row in down_the_page(spec(dots(level)))] == ["a", "b", "c"]


def test_each_group_is_a_dot_at_its_need_and_tells_of_itself() -> None:
    rows = data_of(spec(dots()), "point", stroke="colour")
    assert {(row["group"], row["objective"]): row["need"] for row in rows} == {
        (row.group, row.objective): row.need for row in PROFILES.itertuples()
    }
    unions = next(row for row in rows if (row["group"], row["objective"]) == ("y", "b"))
    assert (unions["label"], unions["told_need"], unions["told_ratings"]) == ("Unions", "90 (86–94)", "8")


def test_the_ends_of_a_range_are_named() -> None:
    rows = {row["objective"]: row for row in data_of(spec(dots()), "text", text="lowest")}
    assert (rows["b"]["lowest"], rows["b"]["highest"]) == ("20 Citizens", "90 Unions")


def test_groups_that_share_an_end_are_counted_and_one_place_for_all_is_said_once() -> None:
    level = profile({"x": [40.0, 50.0, 60.0], "y": [40.0, 50.0, 60.0], "z": [40.0, 70.0, 60.0]})
    rows = {row["objective"]: row for row in data_of(spec(dots(level)), "text", text="lowest")}
    assert (rows["b"]["lowest"], rows["b"]["highest"]) == ("50 · 2 groups", "70 Citizens")
    assert (rows["a"]["lowest"], rows["a"]["highest"]) == ("40 · 3 groups", "")


def test_dots_that_would_cover_each_other_or_the_symbol_stand_apart() -> None:
    level = profile({"x": [40.0, 50.0, 60.0], "y": [40.0, 50.0, 60.0], "z": [40.0, 70.0, 60.0]})
    table = priorities(need=[20.0, 60.0, 60.0])
    found = group_dots(level, GROUPS, table, OBJECTIVES, BASIS, RULES, ENGLISH)
    places = data_of(spec(found), "point", stroke="colour")
    assert len({(row["objective"], row["need"], row["at"]) for row in places}) == 3 + 3 + 2
    (symbol,) = [r for r in data_of(spec(found), "point", shape="question") if r["objective"] == "c"]
    beside = [abs(row["at"] - symbol["at_first"]) for row in places if row["objective"] == "c"]
    assert min(beside) > 10


def test_the_line_of_a_range_is_dashed_where_no_groups_clearly_differ() -> None:
    found = spec(dots())
    clear = {row["objective"]: row["clear"] for row in data_of(found, "rule", x="low")}
    assert clear == {"a": False, "b": True, "c": False}
    dashed = [
        layer["transform"][-1]["filter"]
        for layer in found["layer"]
        if layer["mark"].get("strokeDash") == [2, 4]
    ]
    assert dashed == ["isValid(datum.range) && datum.clear === false"]


def test_figures_of_too_few_people_are_neither_drawn_nor_told_but_counted() -> None:
    rare = PROFILES.replace(90.0, TINY)
    assert "81.2" in json.dumps(spec(dots(rare)))
    table = hidden(rare, "y", "b")
    found = spec(dots(table))
    assert "81.2" not in json.dumps(found)
    assert ("y", "b") not in {
        (row["group"], row["objective"]) for row in data_of(found, "point", stroke="colour")
    }
    (row,) = [row for row in data_of(found, "text", text="name") if row["objective"] == "b"]
    assert (row["told_hidden"], row["highest"]) == ("1", "50 Schools")
    assert of_all(table).basis.endswith("too few ratings to show: 1 dot")


def test_objectives_that_no_group_may_be_shown_on_stay_in_the_list() -> None:
    table = hidden(hidden(hidden(PROFILES, "x", "c"), "y", "c"), "z", "c")
    row = down_the_page(spec(dots(table)))[-1]
    assert (row["objective"], row["lowest"], row["highest"]) == ("c", "too few ratings to show", "")
    assert row["range"] is None


def test_what_some_group_finds_unimportant_is_marked() -> None:
    veto = [False, True, False]
    names = [row["name"] for row in down_the_page(spec(dots(veto=veto)))]
    assert names == ["O2 Prevent *", "O1 Listen", "T1 Connect"]
    assert "* at least one group finds it of little importance" in of_all(veto=veto).basis
    assert "importance" not in of_all().basis


def test_an_objective_without_a_balanced_need_has_no_symbol_but_its_dots() -> None:
    def filled(**needs: Any) -> int:
        return svg(dots(width=700, **needs)).count(b'fill="#1F5FA8"')

    in_legend = 1
    assert filled() == in_legend + 2
    assert filled(need=[nan, 50.0, 60.0]) == in_legend + 1
    unknown = spec(dots(need=nan, need_low=nan, need_high=nan))
    assert len(data_of(unknown, "point", stroke="colour")) == len(PROFILES)


def test_without_any_figure_both_charts_are_refused() -> None:
    none = PROFILES.assign(published=False)
    with pytest.raises(ValueError, match="why_no_groups"):
        dots(none)
    with pytest.raises(ValueError, match="why_no_group_intervals"):
        intervals(none)
    assert "this objective" in why_no_group_intervals(none, "b", ENGLISH)
    assert why_no_group_intervals(PROFILES, "b", ENGLISH) == ""
    assert why_no_group_intervals(PROFILES.assign(need=nan), "b", ENGLISH) != ""


def test_a_row_or_a_dot_chooses_its_objective_or_leads_to_its_words() -> None:
    choosing = spec(dots())
    assert [(p["name"], p["select"]) for p in choosing["params"]] == [
        ("objective", {"type": "point", "fields": ["objective"]})
    ]
    leading = spec(dots(linked=True))
    assert "params" not in leading
    assert [layer["encoding"]["href"]["field"] for layer in leading["layer"][-2:]] == ["link", "link"]


def test_the_same_rows_in_another_order_make_the_same_pictures() -> None:
    turned = PROFILES.iloc[::-1]
    assert svg(dots(turned, width=700)) == svg(dots(width=700))
    assert svg(intervals(turned, width=700)) == svg(intervals(width=700))


def test_on_a_telephone_names_are_whole_and_ends_still_told() -> None:
    seen = texts(svg(dots(width=324)))
    assert {"O2 Prevent", "20 Citizens", "90 Unions"} <= set(seen)


# ── the words of the overview ─────────────────────────────────────────────


def test_objectives_with_a_clear_difference_are_named() -> None:
    assert of_all().finding == "The groups furthest apart differ clearly on “Prevent”"


@pytest.mark.parametrize(
    ("around", "sentence"),
    [
        (34.9, "The groups furthest apart differ clearly on “Prevent”"),
        (35.0, "No clear difference between groups on any objective"),
    ],
)
def test_a_difference_is_called_one_until_the_intervals_touch(around: float, sentence: str) -> None:
    table = profile({"x": [40.0, 50.0, 60.0], "y": [48.0, 90.0, 63.0], "z": [44.0, 20.0, 61.0]}, around)
    assert of_all(table).finding == sentence


def many(different: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Five objectives and two groups, clearly apart on the first so many of them."""
    objectives = pd.concat([OBJECTIVES.head(1)] * 5, ignore_index=True).assign(
        objective=list("abcde"), short=["Listen", "Prevent", "Connect", "Open", "Care"]
    )
    one = profile({"x": [50.0, 50.0, 50.0]}).head(1)
    rows = [
        one.assign(group=group, objective=objective, need=need, need_low=need - 4, need_high=need + 4)
        for place, objective in enumerate("abcde")
        for group, need in (("x", 10.0), ("y", 10.0 + (50 - 5 * place if place < different else 0)))
    ]
    return pd.concat(rows, ignore_index=True), objectives


@pytest.mark.parametrize(
    ("different", "sentence"),
    [
        (3, "The groups furthest apart differ clearly on “Listen”, “Prevent” and “Connect”"),
        (
            4,
            "On four objectives the groups furthest apart differ clearly; most on “Listen”, “Prevent” and "
            "“Connect”",
        ),
        (
            5,
            "On every objective the groups furthest apart differ clearly; most on “Listen”, “Prevent” and "
            "“Connect”",
        ),
    ],
)
def test_of_many_differences_the_widest_are_named(different: int, sentence: str) -> None:
    table, objectives = many(different)
    about = invented_priorities(objectives).assign(veto=False)
    assert of_group_dots(table, GROUPS, about, objectives, BASIS, RULES, ENGLISH).finding == sentence


def test_the_basis_says_what_the_marks_mean() -> None:
    assert of_all().basis == (
        "148 participants in 3 groups, every group weighs the same · dots: groups · symbol and band: all "
        "groups together, 90% stability interval · dashed: no clear difference between groups"
    )
    table, objectives = many(5)
    about = invented_priorities(objectives).assign(veto=False)
    assert "dashed" not in of_group_dots(table, GROUPS, about, objectives, BASIS, RULES, ENGLISH).basis


# ── one objective ─────────────────────────────────────────────────────────


def test_groups_go_from_the_strongest_need_down_and_level_ones_in_the_plans_order() -> None:
    assert [row["label"] for row in down_the_page(spec(intervals()), "label")] == [
        "Unions",
        "Schools",
        "Citizens",
    ]
    level = profile({"z": [40.0, 50.0, 60.0], "y": [40.0, 50.0 + 1e-12, 60.0], "x": [40.0, 50.0, 60.0]})
    assert [row["label"] for row in down_the_page(spec(intervals(level)), "label")] == [
        "Schools",
        "Unions",
        "Citizens",
    ]


def test_each_group_has_interval_figure_and_n_and_the_balanced_need_goes_through_all() -> None:
    found = spec(intervals(need=62.0, need_low=58.0, need_high=66.0))
    unions = data_of(found, "rule", x="need_low")[0]
    assert (unions["need_low"], unions["need_high"], unions["figure"]) == (86.0, 94.0, "90")
    assert unions["raters"] == "8 ratings"
    assert data_of(found, "rect", x="need_low")[0]["need_high"] == 66.0
    assert "all groups together 62" in texts(svg(intervals(need=62.0, need_low=58.0, need_high=66.0)))


def test_an_interval_without_width_says_how_many_agree() -> None:
    alike = PROFILES.assign(need_low=PROFILES["need"], need_high=PROFILES["need"])
    rows = data_of(spec(intervals(alike)), "text", text="raters")
    assert {row["raters"] for row in rows} == {"no variation in 8 ratings"}
    assert of_one(alike).finding == "No clear difference between groups on “Prevent”"


def test_groups_with_too_few_ratings_are_named_last_without_a_figure() -> None:
    table = hidden(PROFILES.replace(90.0, TINY), "y", "b")
    found = spec(intervals(table))
    assert "81.2" not in json.dumps(found)
    rows = data_of(found, "text", text="reason")
    assert [(row["label"], row["reason"]) for row in rows] == [("Unions", "too few ratings to show")]
    assert rows[0]["at"] > max(row["at_name"] for row in data_of(found, "text", text="raters"))
    unrated = PROFILES.assign(need=PROFILES["need"].where(PROFILES["group"] != "z"))
    assert [row["label"] for row in data_of(spec(intervals(unrated)), "text", text="reason")] == ["Citizens"]


def test_one_group_alone_is_shown_and_compared_with_nobody() -> None:
    table = hidden(hidden(PROFILES, "x"), "y")
    assert [row["label"] for row in data_of(spec(intervals(table)), "text", text="raters")] == ["Citizens"]
    assert of_one(table).finding == "Only “Citizens” has enough ratings of “Prevent” to be shown by itself"
    assert of_one(PROFILES.assign(published=False)).finding.startswith("No group has enough ratings")


def test_without_a_balanced_need_there_is_no_upright_line() -> None:
    found = spec(intervals(need=nan, need_low=nan, need_high=nan))
    assert not [layer for layer in found["layer"] if layer["mark"].get("strokeDash")]


def test_a_group_feels_a_need_more_than_another_only_if_they_are_clearly_apart() -> None:
    assert of_one().finding == "“Prevent” is felt more by “Unions” than by “Citizens”"
    assert of_one(objective="a").finding == "No clear difference between groups on “Listen”"
    assert of_one(veto=[False, True, False]).finding == (
        "“Prevent” is felt more by “Unions” than by “Citizens”; at least one group finds it of little "
        "importance"
    )


def test_every_figure_fits_a_narrow_column() -> None:
    seen = texts(svg(intervals(width=324)))
    assert {"Unions", "90", "8 ratings"} <= set(seen)


def test_invented_data_is_called_so() -> None:
    assert all("invented data" in told.caution for told in (of_all(), of_one()))


def test_the_callers_tables_are_left_alone() -> None:
    before = PROFILES.copy()
    dots()
    intervals()
    pd.testing.assert_frame_equal(PROFILES, before)
