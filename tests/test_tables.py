"""The only doors out: which rows leave, in what types and order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from consultation import tables
from consultation.contribution import Contribution, Rating, Reply
from consultation.language import Language
from consultation.plan import load_plan

PLAN = load_plan(Path(__file__).parent / "plans" / "biblioteche.toml")
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

ONE = Contribution(
    id="c2",
    version=3,
    consultation="biblioteche",
    group="scuole",
    consent="counted_only",
    at=NOON,
    channel="workshop",
    language="en",
    organisation="Liceo Pascoli",
    replies=(
        Reply("lettori", "desideri", "NA", ("lettori-1", "lettori-3")),
        Reply("luoghi", "aiuti", "Più tavoli,\nmeno rumore"),
    ),
    ratings=(Rating("lettori-1", "urgency", 5), Rating("lettori-1", "importance", None)),
)
TWO = Contribution(
    id="c1",
    version=1,
    consultation="biblioteche",
    group="abitanti",
    consent="quotable_with_group",
    at=NOON,
    replies=(Reply("", "", "Una lettera"), Reply("lettori", "desideri", "None")),
    ratings=(Rating("luoghi-2", "feasibility", 1),),
)
SILENT = replace(TWO, id="c0", replies=(), ratings=())


def test_answers_have_one_row_each_with_who_and_where() -> None:
    table = tables.answers([ONE, TWO, SILENT])
    assert list(table.columns) == tables.ANSWERS.all
    assert list(table["answer_id"]) == [
        "c1//",
        "c1/lettori/desideri",
        "c2/lettori/desideri",
        "c2/luoghi/aiuti",
    ]
    assert table.iloc[2].to_dict() == {
        "answer_id": "c2/lettori/desideri",
        "contribution_id": "c2",
        "unit": "Liceo Pascoli",
        "group": "scuole",
        "strategic_question": "lettori",
        "guiding_question": "desideri",
        "text": "NA",
        "objectives": "lettori-1|lettori-3",
        "language": "en",
        "consent": "counted_only",
        "channel": "workshop",
        "at": "2026-11-22T12:00:00+00:00",
    }


def test_words_that_look_like_nothing_stay_words() -> None:
    table = tables.answers([ONE, TWO])
    assert table["text"].notna().all()
    assert {"NA", "None"} <= set(table["text"])


def test_non_so_is_a_row_without_value_and_no_answer_is_no_row() -> None:
    table = tables.ratings([ONE, TWO, SILENT])
    assert list(table.columns) == tables.RATINGS.all
    assert table["value"].dtype == pd.Int64Dtype()
    rows = list(zip(table["contribution_id"], table["objective"], table["dimension"], strict=True))
    assert rows == [
        ("c1", "luoghi-2", "feasibility"),
        ("c2", "lettori-1", "importance"),
        ("c2", "lettori-1", "urgency"),
    ]
    assert table["value"].isna().tolist() == [False, True, False]
    assert table["value"].dropna().tolist() == [1, 5]
    assert list(table["unit"]) == ["c1", "Liceo Pascoli", "Liceo Pascoli"]


@pytest.mark.parametrize("said", [[], [SILENT]])
def test_tables_of_nobody_have_their_columns_and_types(said: list[Contribution]) -> None:
    full, empty = tables.answers([ONE]), tables.answers(said)
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    full, empty = tables.ratings([ONE]), tables.ratings(said)
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_only_non_so_is_still_a_table_of_numbers() -> None:
    unsure = replace(ONE, ratings=(Rating("lettori-1", "urgency", None),))
    table = tables.ratings([unsure])
    assert table["value"].dtype == pd.Int64Dtype()
    assert table["value"].isna().all()


def test_the_order_of_what_comes_in_does_not_matter() -> None:
    said = [
        replace(contribution, id=f"{contribution.id}{n}") for n in range(20) for contribution in (ONE, TWO)
    ]
    shuffled = random.Random(7).sample(said, len(said))
    for make in (tables.answers, tables.ratings):
        pd.testing.assert_frame_equal(make(said), make(shuffled))


def test_a_tidy_table_is_a_new_one_without_foreign_columns() -> None:
    foreign = tables.answers([ONE, TWO]).assign(note="x").iloc[::-1]
    before = foreign.copy()
    pd.testing.assert_frame_equal(tables.tidy_answers(foreign), tables.answers([ONE, TWO]))
    pd.testing.assert_frame_equal(foreign, before)
    rated = tables.ratings([ONE, TWO]).assign(note="x").iloc[::-1]
    pd.testing.assert_frame_equal(tables.tidy_ratings(rated), tables.ratings([ONE, TWO]))


def test_objectives_come_in_the_plans_order_as_they_are_shown() -> None:
    table = tables.objectives(PLAN, Language("it"))
    assert list(table["objective"]) == list(PLAN.objectives)
    assert table.iloc[0].to_dict() == {
        "objective": "lettori-1",
        "strategic_question": "lettori",
        "code": "L1",
        "short": "Aprire di sera",
        "title": "Aprire le biblioteche la sera e la domenica",
        "question_title": "Lettori",
        "colour": "#1F5FA8",
        "symbol": "circle",
        "seeds": "orario|sera|domenica|aperto|chiuso|turni",
    }
    assert list(tables.objectives(PLAN, Language("en"))["short"])[:2] == [
        "Open late",
        "Portare i libri dove le persone già sono",
    ]


def test_groups_and_guiding_questions_come_in_the_plans_order() -> None:
    groups = tables.groups(PLAN, Language("en"))
    assert list(groups["group"]) == ["scuole", "librerie", "volontari", "abitanti"]
    assert list(groups["label"]) == ["Schools", "Librerie", "Volontari della lettura", "Abitanti"]
    guides = tables.guiding_questions(PLAN, Language("it"))
    assert guides.iloc[1].to_dict() == {
        "guiding_question": "ostacoli",
        "heading": "Ostacoli",
        "question": "Che cosa ti tiene lontano?",
    }
