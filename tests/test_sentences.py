"""What the charts say is hedged as far as the figures demand, and counts in good grammar."""

from __future__ import annotations

from dataclasses import replace
from math import nan
from typing import Any

import pandas as pd
import pytest

from analysis.sentences import (
    Basis,
    how_resampled,
    interval,
    of_coverage,
    of_priorities,
    of_ranked,
    of_silence,
    of_themes,
    quadrant_name,
    share,
    standing,
    why_no_map,
    why_no_priority_map,
    why_no_theme_map,
)
from analysis.sentences.changed import changed_rules, rule_name, rule_value, tried_rules
from analysis.sentences.figures import in_words, joined
from consultation.language import Language
from consultation.rules import CHOICES, Rules
from tests.priorities_rows import whole

ENGLISH = Language("en")
RULES = Rules()
BASIS = Basis(n_participants=148, n_answers=600, n_groups=9, need_line=60.0, feasibility_line=50.0)

OBJECTIVES = pd.DataFrame(
    {
        "objective": ["a", "b", "c", "d"],
        "strategic_question": ["one", "one", "two", "two"],
        "code": ["O1", "O2", "T1", "T2"],
        "short": ["Listen", "Prevent", "Connect", "Open doors"],
        "title": ["To listen", "To prevent", "To connect", "To open doors"],
        "question_title": ["First", "First", "Second", "Second"],
    }
)


def priorities(**columns: Any) -> pd.DataFrame:
    """Four objectives: a is felt most, far from the others, and surely to act on; changed by `columns`."""
    table = pd.DataFrame(
        {
            "objective": OBJECTIVES["objective"],
            "strategic_question": OBJECTIVES["strategic_question"],
            "n_answers": 30,
            "n_participants": 20,
            "n_ratings": 40,
            "n_groups": 9,
            "need": [90.0, 60.0, 50.0, 40.0],
            "need_low": [86.0, 55.0, 45.0, 35.0],
            "need_high": [94.0, 65.0, 55.0, 45.0],
            "feasibility": [70.0, 40.0, 60.0, 30.0],
            "feasibility_low": [66.0, 35.0, 55.0, 25.0],
            "feasibility_high": [74.0, 45.0, 65.0, 35.0],
            "salience": [0.4, 0.3, 0.2, 0.1],
            "salience_basis": "author",
            "breadth": [0.9, 0.8, 0.7, 0.6],
            "quadrant": ["act_now", "prepare_and_invest", "quick_opportunities", "keep_watching"],
            "quadrant_probability": [1.0, 0.9, 0.9, 0.9],
            "quadrant_other": ["", "keep_watching", "keep_watching", "quick_opportunities"],
            "ranked": True,
        }
    )
    return whole(table).assign(**columns)


def finding(table: pd.DataFrame, basis: Basis = BASIS) -> str:
    return of_priorities(table, OBJECTIVES, basis, RULES, ENGLISH).finding


def test_a_need_that_overlaps_with_no_other_stands_out_but_is_not_called_first() -> None:
    assert finding(priorities()) == "One objective to act on now; “Listen” stands out for need"


def test_overlapping_needs_are_among_the_most_felt() -> None:
    table = priorities(need_low=[66.0, 60.0, 45.0, 35.0], need_high=[94.0, 67.0, 55.0, 45.0])
    assert finding(table).endswith("“Listen” and “Prevent” are among the most felt")


def test_when_most_needs_overlap_none_is_named() -> None:
    table = priorities(need_low=[50.0, 45.0, 40.0, 35.0], need_high=[94.0, 65.0, 55.0, 45.0])
    assert finding(table).endswith("; no need stands clear of the others")


def test_an_interval_without_variation_is_no_certainty() -> None:
    table = priorities(need_low=[90.0, 55.0, 45.0, 35.0], need_high=[90.0, 65.0, 55.0, 45.0])
    assert "stands out" not in finding(table)


@pytest.mark.parametrize(("probability", "surely"), [(0.80, True), (0.79, False)])
def test_the_border_begins_below_the_declared_probability(probability: float, surely: bool) -> None:
    table = priorities(
        quadrant_probability=[probability, 0.9, 0.9, 0.9],
        quadrant_other=["prepare_and_invest", "keep_watching", "keep_watching", "quick_opportunities"],
    )
    assert finding(table).startswith("One objective to act on now;") is surely
    if not surely:
        assert finding(table).startswith("No objective is surely to act on now, one is on the border;")


def test_an_objective_whose_second_likeliest_quarter_is_to_act_on_is_on_the_border() -> None:
    table = priorities(
        quadrant_probability=[1.0, 0.6, 0.6, 0.6], quadrant_other=["", "act_now", "act_now", "keep_watching"]
    )
    assert finding(table).startswith("One objective to act on now, two on the border;")


def test_several_objectives_are_counted_in_words() -> None:
    table = priorities(quadrant=["act_now"] * 3 + ["keep_watching"])
    assert finding(table).startswith("Three objectives to act on now;")


def test_nothing_to_act_on() -> None:
    assert finding(priorities(quadrant="keep_watching")).startswith("No objective is both strongly felt")


def test_only_what_enough_groups_rated_is_compared() -> None:
    assert "“Listen”" not in finding(priorities(ranked=[False, True, True, True]))
    assert "too few groups" in finding(priorities(ranked=False)).lower()
    assert finding(priorities(ranked=[True, False, False, False])).startswith("Only one objective")


def test_objectives_rated_alike() -> None:
    table = priorities(need=75.0, need_low=75.0, need_high=75.0, feasibility=50.0)
    assert "alike" in finding(table)


def test_one_group_is_named_in_title_and_basis() -> None:
    reading = of_priorities(
        priorities(), OBJECTIVES, Basis(22, 80, 1, 60.0, 50.0, group="Third sector"), RULES, ENGLISH
    )
    assert reading.finding.startswith("Third sector: one objective")
    assert reading.basis.startswith("only Third sector · 22 participants · ")


def test_the_basis_says_how_many_how_weighted_and_what_the_marks_mean() -> None:
    reading = of_priorities(priorities(), OBJECTIVES, BASIS, RULES, ENGLISH)
    assert reading.basis == (
        "148 participants in 9 groups, every group weighs the same · crosses: 90% stability interval · "
        "area: how much it is spoken of (as their authors marked it)"
    )
    assert "not for the whole city" in reading.caution


def test_proposed_salience_says_that_nobody_reviewed_it() -> None:
    reading = of_priorities(priorities(salience_basis="proposed"), OBJECTIVES, BASIS, RULES, ENGLISH)
    assert "otherwise proposed by counting words and not reviewed" in reading.basis
    marked = of_priorities(priorities(salience_basis="author"), OBJECTIVES, BASIS, RULES, ENGLISH)
    assert "proposed" not in marked.basis


def test_what_is_hollow_or_not_rated_is_said() -> None:
    table = priorities(
        need=[90.0, 60.0, 50.0, nan], feasibility=[70.0, 40.0, nan, nan], ranked=[True, False, True, False]
    )
    basis = of_priorities(table, OBJECTIVES, BASIS, RULES, ENGLISH).basis
    assert "hollow: rated by too few groups" in basis
    assert basis.endswith("not rated: T1 and T2")


def test_invented_data_is_called_so_on_every_chart() -> None:
    invented = Basis(148, 600, 9, 60.0, 50.0, invented=True)
    coverage = cells([1, 1, 1, 1])
    for reading in (
        of_priorities(priorities(), OBJECTIVES, invented, RULES, ENGLISH),
        of_ranked(priorities(), OBJECTIVES, invented, RULES, ENGLISH),
        of_themes(priorities(), OBJECTIVES, invented, RULES, ENGLISH),
        of_coverage(coverage, OBJECTIVES, invented, ENGLISH),
        of_silence(coverage, GROUPS, invented, ENGLISH),
    ):
        assert "invented data" in reading.caution
        assert "most important" not in reading.finding


# ── why there is no chart ─────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("n", "sentence"),
    [
        (0, "There are no answers here yet."),
        (1, "There is only one answer: too few for a chart, so read it as it is."),
        (19, "There are only 19 answers: too few for a chart, so read them as they are."),
        (20, ""),
    ],
)
def test_below_the_declared_number_of_answers_there_is_no_chart(n: int, sentence: str) -> None:
    basis = Basis(n_participants=12, n_answers=n, n_groups=3)
    assert why_no_theme_map(priorities(), basis, RULES, ENGLISH) == sentence


def test_the_priority_map_rests_on_ratings_however_few_the_answers() -> None:
    assert why_no_priority_map(priorities(), ENGLISH) == ""


def test_without_ratings_there_is_no_priority_map() -> None:
    assert "rated" in why_no_priority_map(priorities(need=nan), ENGLISH)
    assert "rated" in why_no_priority_map(priorities(feasibility=nan), ENGLISH)


def test_without_breadth_or_codings_there_is_no_theme_map() -> None:
    assert "two groups" in why_no_theme_map(priorities(breadth=nan), BASIS, RULES, ENGLISH)
    assert "linked" in why_no_theme_map(priorities(n_participants=0, breadth=nan), BASIS, RULES, ENGLISH)


def test_without_any_map_it_is_said_what_is_missing() -> None:
    def missing(n_answers: int, **columns: Any) -> str:
        basis = Basis(n_participants=30, n_answers=n_answers, n_groups=0)
        return why_no_map(priorities(**columns), basis, RULES, ENGLISH)

    assert missing(0) == missing(600, need=nan) == ""
    assert "at least 3" in missing(0, need=nan)
    assert missing(0, need=nan, n_ratings=0) == "There are no answers here yet."
    assert "only 4 answers" in missing(4, need=nan)
    assert "linked" in missing(600, need=nan, n_participants=0)


def test_how_the_intervals_were_made_is_told() -> None:
    assert how_resampled(True, 81, RULES, ENGLISH) == "The intervals come from all 81 resamples there are."
    told = how_resampled(False, 2000, RULES, ENGLISH)
    assert told == "The intervals come from 2,000 resamples, seed 20261122."


# ── what is spoken of ─────────────────────────────────────────────────────


def spoken_of(table: pd.DataFrame) -> str:
    return of_themes(table, OBJECTIVES, BASIS, RULES, ENGLISH).finding


def test_the_most_spoken_of_are_named_together() -> None:
    assert spoken_of(priorities()) == "Among the most spoken of: “Listen”, “Prevent” and “Connect”"


def test_ties_beyond_three_name_nobody() -> None:
    assert "no objective is clearly" in spoken_of(priorities(salience=0.2)).lower()


def test_what_few_groups_speak_of_is_said() -> None:
    assert spoken_of(priorities(breadth=[0.9, 0.8, 0.7, 0.24])).endswith("few groups speak of “Open doors”")
    assert "few groups" not in spoken_of(priorities(breadth=[0.9, 0.8, 0.7, 0.25]))
    assert spoken_of(priorities(breadth=[0.9, 0.1, 0.1, nan])).endswith(
        "few groups speak of “Prevent” and “Connect”"
    )


def test_silence_and_groups_too_small_are_findings_too() -> None:
    assert "nobody" in spoken_of(priorities(n_participants=0, salience=0.0, breadth=nan)).lower()
    assert "enough people" in spoken_of(priorities(salience=nan, breadth=nan))


def test_objectives_without_a_place_are_named() -> None:
    reading = of_themes(priorities(breadth=[0.9, nan, 0.7, nan]), OBJECTIVES, BASIS, RULES, ENGLISH)
    assert reading.basis.endswith("without a place here: O2 and T2")


# ── coverage ──────────────────────────────────────────────────────────────

GROUPS = pd.DataFrame({"group": ["x", "y"], "label": ["Schools", "Unions"]})


def cells(counts: list[int], group: str = "x") -> pd.DataFrame:
    """Two strategic by two guiding questions of one group."""
    return pd.DataFrame(
        {
            "group": group,
            "strategic_question": ["one", "one", "two", "two"],
            "guiding_question": ["g", "h", "g", "h"],
            "n_answers": counts,
            "n_participants": counts,
        }
    )


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([0, 0, 0, 0], "No answer says which question it is about"),
        ([3, 0, 4, 5], "One of 4 cells is empty; “First” has the fewest answers (3)"),
        ([0, 0, 4, 5], "2 of 4 cells are empty; “First” has the fewest answers (0)"),
        ([3, 3, 4, 5], "Every question has at least one answer; “First” has the fewest answers (6)"),
        ([3, 3, 1, 5], "Every question has at least one answer"),
    ],
)
def test_coverage_counts_its_empty_cells(counts: list[int], sentence: str) -> None:
    assert of_coverage(cells(counts), OBJECTIVES, BASIS, ENGLISH).finding == sentence


def test_without_any_answer_coverage_says_so() -> None:
    nothing = replace(BASIS, n_answers=0)
    assert of_coverage(cells([0, 0, 0, 0]), OBJECTIVES, nothing, ENGLISH).finding == "Nobody has answered yet"


def test_counts_are_not_said_to_be_balanced() -> None:
    assert "weighs" not in of_coverage(cells([1, 1, 1, 1]), OBJECTIVES, BASIS, ENGLISH).basis


def test_silent_groups_are_named_and_the_unstated_one_is_none() -> None:
    table = pd.concat([cells([1, 1, 0, 1]), cells([0, 0, 0, 0], "y"), cells([0] * 4, "non_indicato")])
    assert (
        of_silence(table, GROUPS, BASIS, ENGLISH).finding
        == "5 of 8 pairings of group and question have no voice yet; nobody has spoken for “Unions”"
    )
    full = pd.concat([cells([1] * 4), cells([2] * 4, "y")])
    assert of_silence(full, GROUPS, BASIS, ENGLISH).finding == "Every group has answered every question"


# ── single figures ────────────────────────────────────────────────────────


def test_an_interval_is_told_with_its_ends_and_without_variation_with_its_n() -> None:
    assert interval(88.4, 83.6, 91.5, 40, 0, ENGLISH) == "88 (84–92)"
    assert interval(88.4, 83.6, 91.5, 400, 1, ENGLISH) == "88.4 (83.6–91.5)"
    assert interval(75.0, 75.0, 75.0, 12, 0, ENGLISH) == "75 (no variation in 12 ratings)"
    assert interval(75.0, 75.0, 75.0, 1, 0, ENGLISH) == "75 (only one rating)"
    assert interval(75.0, nan, nan, 3, 0, ENGLISH) == "75"
    assert interval(nan, nan, nan, 0, 0, ENGLISH) == "Not rated"


def test_a_standing_is_sure_on_the_border_or_none() -> None:
    table = priorities(
        quadrant=["act_now", "prepare_and_invest", "", "act_now"],
        quadrant_probability=[1.0, 0.6, 0.0, 1.0],
        ranked=[True, True, False, False],
    )
    assert [standing(row, RULES, ENGLISH) for row in table.itertuples()] == [
        "Act now",
        "On the border: Prepare and invest or Keep watching",
        "Not rated",
        "Rated by too few groups",
    ]


def test_decimals_need_two_hundred_participants() -> None:
    assert (Basis(199, 0, 0).digits, Basis(200, 0, 0).digits) == (0, 1)


def test_the_basis_of_a_participation_table_adds_up() -> None:
    participation = pd.DataFrame(
        {
            "group": ["x", "y", "non_indicato"],
            "n_contributions": [10, 2, 3],
            "n_units": [9, 2, 3],
            "balanced": [True, False, False],
        }
    )
    basis = Basis.of(participation, 40, need_line=60.0, feasibility_line=50.0, invented=True)
    assert basis == Basis(15, 40, 1, 60.0, 50.0, invented=True)


def test_small_words() -> None:
    assert [in_words(n, ENGLISH) for n in (2, 10, 11)] == ["two", "ten", "11"]
    assert joined([], ENGLISH) == ""
    assert joined(["a"], ENGLISH) == "a"
    assert joined(["a", "b", "c"], ENGLISH) == "a, b and c"
    assert share(0.345, ENGLISH) == "34%"
    assert share(nan, ENGLISH) == "–"


def test_an_unknown_quadrant_is_a_programmers_mistake() -> None:
    with pytest.raises(KeyError):
        quadrant_name("somewhere", ENGLISH)


# ── rules changed after the opening ───────────────────────────────────────


def changed(*changes: tuple[str, object, object], reason: str = "The council asked.") -> str:
    return changed_rules(changes, "01/03/2026", reason, ENGLISH)


def test_a_changed_rule_is_told_with_its_day_both_values_and_the_reason() -> None:
    assert changed(("lines", "mean", "scale")) == (
        "Rules changed after the opening, on 01/03/2026: where the map is divided: from “lines at the mean "
        "of the objectives” to “lines at the middle of the scale (50)”. Reason given: “The council asked.”"
    )


def test_several_rules_stand_in_one_sentence_in_the_order_given() -> None:
    told = changed(("seed", 20261122, 7), ("importance_weight", 0.5, 0.625))
    assert "starting number of the resampling: from 20261122 to 7; " in told  # a name: no thousands
    assert "share of importance in need (the rest is urgency): from 50% to 62.5%." in told


def test_weights_name_every_group_at_first_and_then_those_that_differ() -> None:
    first, then = {"Residents": 1, "Schools": 2.5}, {"Residents": 1, "Schools": 3}
    assert "weight of each group: from none declared to Residents 1, Schools 2.5." in changed(
        ("custom_weights", {}, first)
    )
    assert "weight of each group: from Schools 2.5 to Schools 3." in changed(("custom_weights", first, then))
    assert "from Residents 1, Schools 2.5 to none declared." in changed(("custom_weights", first, {}))
    assert "merged_groups: from none declared to Schools → Residents." in changed(
        ("merged_groups", {}, {"Schools": "Residents"})
    )


@pytest.mark.parametrize("before", [0.8, 0, 1 / 3, 0.12345])
def test_two_values_that_differ_are_never_told_alike(before: float) -> None:
    for after in (before + 0.0002, before + 0.01, 1):
        for name in ("coverage", "importance_weight"):
            assert rule_value(name, before, ENGLISH) != rule_value(name, after, ENGLISH)


def test_a_reason_with_signs_of_its_own_stays_as_it_was_given() -> None:
    assert changed(("seed", 1, 2), reason="{day} <b>[x]</b> 100%").endswith("“{day} <b>[x]</b> 100%”")


@pytest.mark.parametrize(
    ("name", "values"),
    [("group_weights", CHOICES["group_weights"]), ("lines", CHOICES["lines"])],
)
def test_every_choice_has_words_of_its_own(name: str, values: tuple[str, ...]) -> None:
    told = {rule_value(name, value, ENGLISH) for value in values}
    assert len(told) == len(values)
    assert not told & set(values)


@pytest.mark.parametrize("name", list(Rules().as_dict()))
def test_only_rules_of_the_plan_file_are_called_by_their_id(name: str) -> None:
    in_the_app = {"seed", "importance_weight", "group_weights", "custom_weights", "lines"}
    assert (rule_name(name, ENGLISH) != name) == (name in in_the_app)


@pytest.mark.parametrize(
    ("scheme", "told"),
    [
        ("equal", "every group weighs the same"),
        ("one_person_one_voice", "every person weighs the same"),
        ("custom", "groups weigh as declared"),
    ],
)
def test_the_basis_says_how_groups_weigh_and_words_always_alike(scheme: str, told: str) -> None:
    basis = replace(BASIS, group_weights=scheme)
    assert told in of_priorities(priorities(), OBJECTIVES, basis, RULES, ENGLISH).basis
    assert "every group weighs the same" in of_themes(priorities(), OBJECTIVES, basis, RULES, ENGLISH).basis


def test_every_map_carries_the_notes_of_its_basis() -> None:
    basis = replace(BASIS, notes=("Rules changed.", "A trial."))
    assert of_priorities(priorities(), OBJECTIVES, basis, RULES, ENGLISH).caution.endswith(
        "Rules changed. A trial."
    )


def test_a_trial_is_told_as_one() -> None:
    told = tried_rules([("group_weights", "equal", "one_person_one_voice"), ("seed", 1, 2)], ENGLISH)
    assert told == (
        "A trial, not the declared rules: how the groups weigh: from “every group weighs the same” to “every "
        "person weighs the same”; starting number of the resampling: from 1 to 2."
    )


@pytest.mark.parametrize(
    ("rated", "told"),
    [
        (148, "148 participants in 9 groups, every"),
        (130, "148 participants in 9 groups, 130 of whom have rated, every"),
    ],
)
def test_a_map_of_ratings_says_how_many_have_rated(rated: int, told: str) -> None:
    basis = replace(BASIS, n_rated=rated)
    assert told in of_priorities(priorities(), OBJECTIVES, basis, RULES, ENGLISH).basis
    assert "rated" not in of_themes(priorities(), OBJECTIVES, basis, RULES, ENGLISH).basis
