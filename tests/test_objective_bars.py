"""How objectives are recognised, drawn and told: who says so, how often rightly, and what nobody checked."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from analysis.charts.objective_bars import FACES, objective_bars
from analysis.charts.rendering import svg
from analysis.charts.theme import PAPER
from analysis.sentences import Basis
from analysis.sentences.objectives_found import (
    of_objectives_found,
    of_thresholds,
    of_unassigned,
    precision,
    score_told,
)
from analysis.text.checks import BASES, checks
from analysis.text.thresholds import at_thresholds
from consultation import tables
from consultation.language import Language
from consultation.plan import Plan
from tests.test_charts import contrast, data_of, spec, texts

ENGLISH = Language("en")
BASIS = Basis(40, 90, 3)


@pytest.fixture(scope="module")
def objectives(milan: Plan) -> pd.DataFrame:
    return tables.objectives(milan, ENGLISH)


def table(objectives: pd.DataFrame, *judged: tuple[int, int]) -> pd.DataFrame:
    """The first objective spoken of on every basis; the first ones `judged`."""
    first = objectives["objective"][0]
    coded = pd.DataFrame(
        [(f"{basis}{n}", first, basis, 0.5) for number, basis in enumerate(BASES) for n in range(number + 1)],
        columns=["answer_id", "objective", "basis", "score"],
    )
    return checks(coded, objectives, dict(zip(objectives["objective"], judged, strict=False)), 0.9)


def finding(objectives: pd.DataFrame, *judged: tuple[int, int]) -> str:
    return of_objectives_found(table(objectives, *judged), BASIS, ENGLISH).finding


def test_the_finding_says_what_is_not_checked_and_how_often_the_rest_was_right(
    objectives: pd.DataFrame,
) -> None:
    assert finding(objectives).startswith("Nobody has checked any of the 14 objectives yet")
    assert finding(objectives, (7, 10), (1, 2)) == (
        "12 objectives of 14 are not checked yet; of 12 proposals read so far 8 were right"
    )
    assert finding(objectives, *[(1, 2)] * 13) == (
        "One objective of 14 is not checked yet; of 26 proposals read so far 13 were right"
    )
    assert finding(objectives, *[(3, 5)] * 14).startswith("Every objective is checked; of 70 ")


def test_one_proposal_or_none_right_are_told_as_such(objectives: pd.DataFrame) -> None:
    assert finding(objectives, (1, 1)).endswith("the one proposal read so far was right")
    assert finding(objectives, (0, 1)).endswith("the one proposal read so far was not right")
    assert finding(objectives, (0, 3)).endswith("of 3 proposals read so far none was right")
    assert finding(objectives, (1, 3)).endswith("of 3 proposals read so far one was right")


def test_a_precision_is_told_with_its_interval_and_none_is_made_up(objectives: pd.DataFrame) -> None:
    rows = list(table(objectives, (7, 10)).itertuples())
    assert precision(rows[0], ENGLISH) == "7 of 10 right (70%; 44–87%)"
    assert precision(rows[1], ENGLISH) == "not checked"


def test_bars_stand_side_by_side_in_the_order_of_who_says_so(objectives: pd.DataFrame) -> None:
    rows = data_of(spec(objective_bars(table(objectives), objectives, BASIS, ENGLISH)), "rect", x="begins")
    assert [(row["begins"], row["ends"], row["figure"]) for row in rows] == [
        (0, 1, "1"),
        (1, 3, "2"),
        (3, 6, "3"),
        (6, 10, "4"),
    ]


def test_only_what_was_checked_has_a_dot_and_the_rest_says_so(objectives: pd.DataFrame) -> None:
    picture = texts(
        svg(objective_bars(table(objectives, (7, 10)), objectives, BASIS, ENGLISH, width=900), 900)
    )
    assert picture.count("7 of 10") == 1
    assert picture.count("not checked") == 13
    assert picture.count("no answer yet") == 13


def test_a_phone_shows_the_same(objectives: pd.DataFrame) -> None:
    picture = texts(
        svg(objective_bars(table(objectives, (7, 10)), objectives, BASIS, ENGLISH, width=330), 330)
    )
    assert picture.count("not checked") == 13


def test_people_and_counting_differ_in_grey_and_figures_can_be_read() -> None:
    for basis, (fill, edge, ink) in FACES.items():
        assert contrast(ink, fill) >= 4.5, basis
        by_people = basis in ("author", "reviewed")
        assert (edge == PAPER) == by_people
        if not by_people:
            assert contrast(edge, PAPER) >= 4.5
    fills = [fill for fill, _, _ in FACES.values()]
    assert all(contrast(one, other) > 1.1 for one, other in pairwise(fills))


def test_a_consultation_without_any_coding_is_drawn_too(objectives: pd.DataFrame) -> None:
    empty = checks(
        pd.DataFrame({"answer_id": [], "objective": [], "basis": []}, dtype="str"), objectives, {}, 0.9
    )
    picture = texts(svg(objective_bars(empty, objectives, BASIS, ENGLISH, width=900), 900))
    assert picture.count("no answer yet") == 14


def test_answers_of_no_objective_are_told_with_their_share() -> None:
    assert of_unassigned(0, 9, ENGLISH) == "Every answer speaks of at least one objective"
    assert of_unassigned(1, 4, ENGLISH) == "One answer of 4 speaks of none of these objectives (25%)"
    assert of_unassigned(3, 4, ENGLISH) == "3 answers of 4 speak of none of these objectives (75%)"


def test_the_declared_threshold_is_told_with_its_nearest_neighbours() -> None:
    coded = pd.DataFrame(
        {
            "answer_id": ["a", "a", "b", "c"],
            "objective": ["one", "two", "one", "one"],
            "basis": "proposed",
            "score": [0.3, 0.25, 0.12, 0.07],
        }
    )
    told = of_thresholds(at_thresholds(coded, 5, [0.05, 0.1, 0.2, 0.4]), 0.1, ENGLISH)
    assert told == (
        "2 answers have at least one objective by the declared threshold (0.10), one of them several. "
        "There would be 3 with 0.05. There would be one with 0.20."
    )


def test_a_score_is_told_with_its_distance_from_the_next_objective() -> None:
    assert score_told(0.42, 0.1, ENGLISH) == "score 0.42 (0.10 above the next objective)"
    assert score_told(0.42, -0.1, ENGLISH) == "score 0.42 (0.10 below another objective)"
    assert score_told(1.0, float("nan"), ENGLISH) == "score 1.00"
