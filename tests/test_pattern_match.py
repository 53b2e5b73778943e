"""Two groups beside each other: what is drawn and said of them, and what is neither drawn nor said."""

from __future__ import annotations

import json
from itertools import pairwise
from math import nan
from typing import Any

import altair as alt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.pattern_match import SURE, UNSURE, default_pair, pattern_match
from analysis.charts.rendering import svg
from analysis.charts.theme import Width
from analysis.charts.two_axes import spread
from analysis.sentences import Basis
from analysis.sentences.groups import of_pattern, why_no_groups, why_no_pattern
from consultation import tables
from consultation.language import Language
from consultation.plan import Plan
from consultation.rules import Rules
from tests.test_charts import data_of, invented_priorities, spec, texts
from tests.test_differences import GROUPS, OBJECTIVES, hidden, profile

ENGLISH, RULES = Language("en"), Rules()
BASIS = Basis(148, 612, 3, need_line=68.0, feasibility_line=55.0, invented=True)
PROFILES = profile({"x": [40.0, 50.0, 60.0], "y": [80.0, 52.0, 30.0]})


def patterns(**columns: Any) -> pd.DataFrame:
    """x and y are unlike, the others alike; changed by `columns`."""
    table = pd.DataFrame(
        {
            "group_a": ["x", "x", "y"],
            "group_b": ["y", "z", "z"],
            "n_objectives": 3,
            "pearson": [-0.896, 0.7, 0.8],
            "spearman": [-0.5, 0.5, 1.0],
        }
    )
    return table.assign(**columns)


def drawn(
    profiles: pd.DataFrame = PROFILES, width: Width = "container", linked: bool = False
) -> alt.LayerChart:
    return pattern_match(
        profiles,
        patterns(),
        GROUPS,
        invented_priorities(OBJECTIVES),
        OBJECTIVES,
        BASIS,
        RULES,
        ENGLISH,
        pair=("x", "y"),
        width=width,
        linked=linked,
    )


def reading(profiles: pd.DataFrame = PROFILES, found: pd.DataFrame | None = None) -> tuple[str, str]:
    told = of_pattern(
        profiles,
        patterns() if found is None else found,
        GROUPS,
        OBJECTIVES,
        BASIS,
        RULES,
        ENGLISH,
        pair=("x", "y"),
    )
    return told.finding, told.basis


# ── the chart ─────────────────────────────────────────────────────────────


def test_every_shared_objective_is_a_line_from_one_need_to_the_other() -> None:
    rows = data_of(spec(drawn()), "rule", stroke="colour")
    assert {row["objective"]: (row["need_one"], row["need_other"]) for row in rows} == {
        "a": (40.0, 80.0),
        "b": (50.0, 52.0),
        "c": (60.0, 30.0),
    }


def test_a_clear_difference_is_drawn_strongly_with_its_band_and_the_widest_thickest() -> None:
    found = spec(drawn())
    lines = {row["objective"]: row for row in data_of(found, "rule", stroke="colour")}
    assert {objective: line["strength"] for objective, line in lines.items()} == {
        "a": SURE,
        "b": UNSURE,
        "c": SURE,
    }
    assert lines["a"]["thickness"] > lines["c"]["thickness"] > lines["b"]["thickness"]
    bands = data_of(found, "area", color="colour")
    assert {(row["objective"], row["side"], row["low"], row["high"]) for row in bands} == {
        ("a", "left", 36.0, 44.0),
        ("a", "right", 76.0, 84.0),
        ("c", "left", 56.0, 64.0),
        ("c", "right", 26.0, 34.0),
    }


def test_each_end_has_its_figure_and_the_symbol_of_its_question() -> None:
    found = spec(drawn())
    symbols = data_of(found, "point", shape="question")
    assert len(symbols) == 2 * len(OBJECTIVES)
    assert {(row["side"], row["objective"]) for row in symbols} >= {("left", "a"), ("right", "a")}
    figures = data_of(found, "text", text="figure")
    assert {row["objective"]: row["figure"] for row in figures} == {"a": "40", "b": "50", "c": "60"}


def test_figures_of_too_few_people_are_neither_drawn_nor_told() -> None:
    rare = PROFILES.replace(80.0, 81.2345)
    table = hidden(rare, "y", "a")
    rows = data_of(spec(drawn(table)), "rule", stroke="colour")
    assert {row["objective"] for row in rows} == {"b", "c"}
    assert "81.2" in json.dumps(spec(drawn(rare)))
    assert "81.2" not in json.dumps(spec(drawn(table)))
    finding, basis = reading(table)
    assert "Listen" not in finding
    assert basis.endswith("too few ratings to show: 1 objective")


def test_without_a_shared_objective_the_chart_is_refused_and_told_why() -> None:
    apart = hidden(hidden(PROFILES, "x", "ab"), "y", "c")
    with pytest.raises(ValueError, match="why_no_pattern"):
        drawn(apart)
    assert "both" in why_no_pattern(apart, ("x", "y"), ENGLISH)
    assert why_no_pattern(PROFILES, ("x", "y"), ENGLISH) == ""


def test_names_stand_on_a_wide_picture_and_codes_on_a_telephone() -> None:
    names = set(OBJECTIVES["code"] + " " + OBJECTIVES["short"])
    wide, narrow = (texts(svg(drawn(width=width))) for width in (1100, 324))
    assert names <= set(wide)
    assert set(OBJECTIVES["code"]) <= set(narrow)
    assert not names & set(narrow)
    assert {"Schools", "Unions"} <= set(narrow)


def test_the_whole_plan_is_drawn_at_every_width(milan: Plan) -> None:
    objectives = tables.objectives(milan, ENGLISH)
    groups = tables.groups(milan, ENGLISH).head(2)
    n = len(objectives)
    table = pd.concat(
        profile({group: [50.0, 50.0, 50.0]})
        .head(1)
        .loc[[0] * n]
        .assign(objective=list(objectives["objective"]), need=[start + (i * step) % 60 for i in range(n)])
        for group, start, step in zip(groups["group"], (30.0, 35.0), (7, 11), strict=True)
    )
    pair = (groups["group"].iloc[0], groups["group"].iloc[1])
    found = pd.DataFrame(
        {"group_a": [pair[0]], "group_b": [pair[1]], "n_objectives": [n], "pearson": [0.1], "spearman": [0.2]}
    )
    for width in (324, 700, 1100):
        picture = texts(
            svg(
                pattern_match(
                    table,
                    found,
                    groups,
                    invented_priorities(objectives),
                    objectives,
                    BASIS,
                    RULES,
                    ENGLISH,
                    pair=pair,
                    width=width,
                )
            )
        )
        labels = objectives["code"] if width == 324 else objectives["code"] + " " + objectives["short"]
        assert all(picture.count(label) == 2 for label in labels)


def test_needs_that_are_all_level_still_draw_in_the_plans_order() -> None:
    level = PROFILES.assign(need=75.0, need_low=75.0, need_high=75.0)
    rows = data_of(spec(drawn(level)), "text", text="label")
    from_the_top = sorted(rows, key=lambda row: -row["place"])
    assert [row["code"] for row in from_the_top] == list(OBJECTIVES["code"])
    assert reading(level)[0] == "No clear difference between “Schools” and “Unions”"


def test_a_click_chooses_an_objective_or_leads_to_its_words() -> None:
    choosing = spec(drawn())
    assert [(p["name"], p["select"]) for p in choosing["params"]] == [
        ("objective", {"type": "point", "fields": ["objective"]})
    ]
    leading = spec(drawn(linked=True))
    assert "params" not in leading
    assert leading["layer"][-1]["encoding"]["href"]["field"] == "link"


def test_the_same_rows_in_another_order_make_the_same_picture() -> None:
    assert svg(drawn(PROFILES.iloc[::-1], width=700)) == svg(drawn(width=700))


def test_the_callers_tables_are_left_alone() -> None:
    before, looks = PROFILES.copy(), OBJECTIVES.copy()
    drawn()
    pd.testing.assert_frame_equal(PROFILES, before)
    pd.testing.assert_frame_equal(OBJECTIVES, looks)


# ── labels that part ──────────────────────────────────────────────────────


@given(st.lists(st.floats(0, 100), min_size=1, max_size=14).map(sorted))
def test_places_are_apart_within_bounds_and_in_order(wanted: list[float]) -> None:
    places = spread(wanted, 5.0, 0.0, 100.0)
    assert all(after - before >= 5.0 - 1e-9 for before, after in pairwise(places))
    assert places[0] >= -1e-9
    assert places[-1] <= 100 + 1e-9


def test_places_with_room_stay_where_they_were_and_crowded_ones_part_evenly() -> None:
    assert spread([10.0, 20.0, 30.0], 5.0, 0.0, 100.0) == [10.0, 20.0, 30.0]
    assert spread([50.0, 50.0, 50.0, 90.0], 10.0, 0.0, 100.0) == [40.0, 50.0, 60.0, 90.0]
    assert spread([0.0, 1.0], 10.0, 0.0, 100.0) == [0.0, 10.0]
    assert spread([], 10.0, 0.0, 100.0) == []


def test_where_there_is_not_room_for_all_they_share_it() -> None:
    assert spread([5.0] * 5, 10.0, 0.0, 20.0) == [0.0, 5.0, 10.0, 15.0, 20.0]


# ── which pair ────────────────────────────────────────────────────────────

THREE = profile({"x": [40.0, 50.0, 60.0], "y": [80.0, 52.0, 30.0], "z": [80.0, 52.0, 30.0]})


def test_the_first_pair_shown_is_the_least_alike() -> None:
    assert default_pair(patterns(), THREE) == ("x", "y")
    assert default_pair(patterns(spearman=[0.9, 0.1, -0.2]), THREE) == ("y", "z")


def test_of_equally_unlike_pairs_the_first_is_taken() -> None:
    assert default_pair(patterns(spearman=[0.9, 0.1 + 1e-12, 0.1]), THREE) == ("x", "z")


def test_a_group_with_nothing_to_show_is_in_no_pair() -> None:
    assert default_pair(patterns(), hidden(THREE, "x")) == ("y", "z")
    with pytest.raises(ValueError, match="why_no_groups"):
        default_pair(patterns(), hidden(hidden(THREE, "x"), "y"))


def test_a_likeness_that_cannot_be_calculated_is_not_called_unlike() -> None:
    assert default_pair(patterns(spearman=[nan, 0.5, 0.6]), THREE) == ("x", "z")
    assert default_pair(patterns(spearman=nan), THREE) == ("x", "y")


def test_groups_with_little_in_common_are_not_set_beside_each_other_first() -> None:
    few = patterns(spearman=[-1.0, 0.4, 0.5]).assign(n_objectives=[10, 14, 14])
    assert default_pair(few, THREE) == ("x", "z")
    enough = few.assign(n_objectives=[11, 14, 14])
    assert default_pair(enough, THREE) == ("x", "y")


# ── the words ─────────────────────────────────────────────────────────────


def test_clear_differences_are_named_the_widest_first() -> None:
    assert reading()[0] == "“Schools” and “Unions” differ clearly on “Listen” and “Connect”"


@pytest.mark.parametrize(("around", "clear"), [(19.9, True), (20.0, False)])
def test_a_difference_is_called_one_until_the_intervals_touch(around: float, clear: bool) -> None:
    finding, basis = reading(profile({"x": [40.0, 50.0, 60.0], "y": [80.0, 52.0, 30.0]}, around))
    assert (finding == "“Schools” and “Unions” differ clearly on “Listen”") is clear
    assert (finding == "No clear difference between “Schools” and “Unions”") is not clear
    assert ("do not overlap" in basis) is clear


def test_of_many_differences_some_are_named() -> None:
    four = pd.concat([OBJECTIVES, OBJECTIVES.head(1).assign(objective="d", code="T2", short="Open doors")])
    table = profile({"x": [40.0, 50.0, 60.0], "y": [80.0, 80.0, 30.0]})
    fourth = table[table["objective"] == "a"].assign(objective="d")
    told = of_pattern(
        pd.concat([table, fourth]), patterns(), GROUPS, four, BASIS, RULES, ENGLISH, pair=("x", "y")
    )
    assert told.finding == (
        "“Schools” and “Unions” differ clearly on four objectives, among them “Listen”, “Open doors” and "
        "“Prevent”"
    )


def test_the_basis_names_each_n_and_calls_correlations_descriptive() -> None:
    fewer = PROFILES.assign(n=[8, 9, 12, 5, 5, 5])
    assert reading(fewer)[1] == (
        "at both sides: need (0–100) · Schools: 8–12 ratings per objective · Unions: 5 ratings per "
        "objective · r -0.90, ρ -0.50 on 3 objectives: they describe these points and prove nothing · "
        "full lines with a band: clear difference, the 90% stability intervals do not overlap"
    )


def test_correlations_that_do_not_exist_are_not_printed() -> None:
    assert "cannot be calculated" in reading(found=patterns(pearson=nan, spearman=nan))[1]
    assert "r 0.00, ρ – on" in reading(found=patterns(pearson=-0.001, spearman=nan))[1]


def test_the_pair_may_be_asked_for_in_either_order() -> None:
    turned = of_pattern(PROFILES, patterns(), GROUPS, OBJECTIVES, BASIS, RULES, ENGLISH, pair=("y", "x"))
    assert turned.finding.startswith("“Unions” and “Schools”")
    assert "ρ -0.50" in turned.basis
    with pytest.raises(ValueError, match="no pair"):
        of_pattern(PROFILES, patterns(), GROUPS, OBJECTIVES, BASIS, RULES, ENGLISH, pair=("x", "x"))


def test_fewer_than_two_groups_are_not_compared() -> None:
    assert why_no_groups(PROFILES, ENGLISH) == ""
    assert "Only one group" in why_no_groups(hidden(PROFILES, "x"), ENGLISH)
    assert "Only one group" in why_no_groups(profile({"x": [40.0, 50.0, nan]}), ENGLISH)
    assert "No group" in why_no_groups(PROFILES.assign(published=False), ENGLISH)
    assert "No group" in why_no_groups(PROFILES.iloc[:0], ENGLISH)


def test_invented_data_is_called_so() -> None:
    caution = of_pattern(
        PROFILES, patterns(), GROUPS, OBJECTIVES, BASIS, RULES, ENGLISH, pair=("x", "y")
    ).caution
    assert "invented data" in caution
