"""The only doors out: which rows leave, in what types and order."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given

from analysis.ballots.voting import dots
from consultation import tables
from consultation.ballot import Ballot, Vote
from consultation.codebook import Codebook
from consultation.contribution import Contribution, Rating, Reply
from consultation.deciding import Deciding
from consultation.decisions import CLUSTER_KINDS, Decision
from consultation.language import Language
from consultation.plan import load_plan
from consultation.rules import Rules
from tests.store_contract import WORD_FOR_WORD, logs

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
        "wording": "1",
        "late": "",
    }


def test_what_came_late_or_replies_to_other_words_says_so_and_stays_among_the_rest() -> None:
    late = replace(
        ONE,
        replies=(replace(ONE.replies[0], wording=3, late=True), ONE.replies[1]),
        ratings=(replace(ONE.ratings[0], late=True), ONE.ratings[1]),
    )
    answers, ratings = tables.answers([late, TWO]), tables.ratings([late, TWO])
    assert rows(answers[["answer_id", "wording", "late"]])[2:] == [
        ("c2/lettori/desideri", "3", "late"),
        ("c2/luoghi/aiuti", "1", ""),
    ]
    assert ratings["late"].tolist() == ["", "", "late"]
    besides = answers.drop(columns=["wording", "late"])
    pd.testing.assert_frame_equal(besides, tables.answers([ONE, TWO]).drop(columns=["wording", "late"]))
    rated = tables.ratings([ONE, TWO]).drop(columns="late")
    pd.testing.assert_frame_equal(ratings.drop(columns="late"), rated)


def test_a_hidden_answer_counts_and_may_be_shown_to_nobody() -> None:
    hidden = ["c1/lettori/desideri", "gone//"]
    table, all_shown = tables.answers([TWO, ONE], hidden), tables.answers([TWO, ONE])
    assert table["consent"].tolist() == [
        "quotable_with_group",
        "counted_only",
        "counted_only",
        "counted_only",
    ]
    assert all_shown["consent"].tolist()[:2] == ["quotable_with_group"] * 2
    pd.testing.assert_frame_equal(table.drop(columns="consent"), all_shown.drop(columns="consent"))


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


def test_a_table_without_its_optional_columns_has_their_values() -> None:
    answers, ratings = tables.answers([TWO]), tables.ratings([TWO])
    bare = tables.tidy_answers(answers[list(tables.ANSWERS.required)])
    assert {name: set(bare[name]) for name in tables.ANSWERS.optional} == {
        name: {value} for name, value in tables.ANSWERS.optional.items()
    }
    assert bare.dtypes.to_dict() == answers.dtypes.to_dict()
    rated = tables.tidy_ratings(ratings[list(tables.RATINGS.required)])
    assert rated[["channel", "late"]].to_numpy().tolist() == [["import", ""]]
    nobody = tables.tidy_ratings(ratings[list(tables.RATINGS.required)].iloc[:0])
    assert nobody.dtypes.to_dict() == ratings.dtypes.to_dict()


DOTS = Ballot("b1", "dots", "Che cosa per primo?", ("lettori-2", "Più luce", "lettori-1"), 5, 3)
CAST = [
    Vote("RIVA", "b1", "v2", "scuole", "Liceo Pascoli", NOON, (("Più luce", 2), ("lettori-1", 3))),
    Vote("RIVA", "b1", "v3", "abitanti", "v3", NOON, (("lettori-2", 0), ("Più luce", 0))),
    Vote("RIVA", "b2", "v1", "abitanti", "v1", NOON, (("lettori-1", 1),)),
    Vote("RIVA", "b1", "v1", "abitanti", "v1", NOON),
]


def test_votes_have_a_row_for_each_item_with_points_and_an_abstainer_has_one() -> None:
    table = tables.votes(CAST, DOTS)
    assert list(table.columns) == tables.VOTES.all
    assert rows(table) == [
        ("v1", "v1", "abitanti", "lettori-2", 0),
        ("v2", "Liceo Pascoli", "scuole", "Più luce", 2),
        ("v2", "Liceo Pascoli", "scuole", "lettori-1", 3),
        ("v3", "v3", "abitanti", "lettori-2", 0),
    ]
    pd.testing.assert_frame_equal(table, tables.votes(CAST[::-1], DOTS))
    nobody = tables.votes([], DOTS)
    assert len(nobody) == 0
    assert nobody.dtypes.to_dict() == table.dtypes.to_dict()


def test_who_abstains_weighs_in_the_tally_like_who_votes() -> None:
    groups, rules = ["scuole", "abitanti"], replace(Rules(), smallest_group=1, replicates=100)
    tally = dots(tables.votes(CAST, DOTS), DOTS.items, groups, rules, DOTS.budget, DOTS.cap)
    assert tally["n_voters"].tolist() == [0, 1, 1]
    assert tally["points"].tolist() == [0, 2, 3]
    assert tally["share"].tolist() == pytest.approx([0, 2 / 15, 3 / 15])  # three people, five dots each


def test_ratings_of_a_second_round_pair_with_the_first() -> None:
    again = Ballot("b3", "ratings", "Ancora una volta", ("lettori-1",))
    second = (Rating("lettori-1", "urgency", 3), Rating("lettori-1", "importance", None, late=True))
    cast = [*CAST, Vote("RIVA", "b3", "c2", "scuole", "Liceo Pascoli", NOON, ratings=second)]
    table, first = tables.second_ratings(cast, again), tables.ratings([ONE])
    assert table.dtypes.to_dict() == first.dtypes.to_dict()
    assert table["value"].isna().tolist() == [True, False]
    assert table["late"].tolist() == ["late", ""]
    assert set(table["channel"]) == {"workshop"}
    key = ["contribution_id", "unit", "group", "objective", "dimension"]
    pd.testing.assert_frame_equal(table[key], first[key])
    assert len(tables.second_ratings(CAST, again)) == 0


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


def decided(*decides: Callable[[Deciding], Decision]) -> Codebook:
    """The codebook after decisions, each made by somebody who has seen those before."""
    log: list[Decision] = []
    for one in decides:
        log.append(one(Deciding(Codebook.after(log), PLAN, NOON)))
    return Codebook.after(log)


def rows(table: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(table.itertuples(index=False, name=None))


def test_objectives_have_the_seeds_that_people_chose_and_else_the_plans() -> None:
    chosen = decided(lambda d: d.seeds("lettori-1", ["notte", "terzo settore"]))
    table = tables.objectives(PLAN, Language("it"), chosen).set_index("objective")
    plans = tables.objectives(PLAN, Language("it")).set_index("objective")
    assert table.loc["lettori-1", "seeds"] == "notte|terzo settore"
    pd.testing.assert_frame_equal(table.drop("lettori-1"), plans.drop("lettori-1"))
    pd.testing.assert_frame_equal(table.drop(columns="seeds"), plans.drop(columns="seeds"))


def test_copies_count_once_unless_they_are_alike_by_coincidence() -> None:
    codebook = decided(
        *(
            lambda d, n=n, kind=kind: d.cluster(f"k{n}", kind, [f"b{n}", f"a{n}"])
            for n, kind in enumerate(CLUSTER_KINDS)
        )
    )
    assert CLUSTER_KINDS == ("campaign", "duplicate", "organisation", "coincidence")
    assert rows(tables.clusters(codebook)) == [
        ("k0", "a0", "campaign"),
        ("k0", "b0", "campaign"),
        ("k1", "a1", "duplicate"),
        ("k1", "b1", "duplicate"),
        ("k2", "a2", "duplicate"),
        ("k2", "b2", "duplicate"),
    ]
    assert set(tables.clusters(codebook)["kind"]) <= set(tables.CLUSTER_KINDS)
    pd.testing.assert_frame_equal(tables.clusters(Codebook.after([])), tables.clusters([]))


LETTER, WISH, NA, NOISE = "c1//", "c1/lettori/desideri", "c2/lettori/desideri", "c2/luoghi/aiuti"
TEXTS = {LETTER: "Una lettera", WISH: "None", NA: "NA", NOISE: "Più tavoli,\nmeno rumore"}


def test_a_coding_is_of_the_answer_itself_and_else_of_its_theme() -> None:
    codebook = decided(
        lambda d: d.confirm("Silenzio", "", {a: TEXTS[a] for a in (LETTER, WISH, NOISE)}, "luoghi-1"),
        lambda d: d.judge(NOISE, TEXTS[NOISE], "luoghi-2", True, True),
        lambda d: d.judge(WISH, TEXTS[WISH], "luoghi-1", False, True),
        lambda d: d.judge_none(LETTER, TEXTS[LETTER]),
        lambda d: d.confirm("Altro", "", {NA: TEXTS[NA]}),  # linked to no objective
    )
    table = tables.codings(codebook, tables.answers([TWO, ONE]))
    assert list(table.columns) == tables.CODINGS.all
    assert table["holds"].dtype == bool
    assert rows(table) == [
        (LETTER, "", True, "judged"),
        (WISH, "luoghi-1", False, "judged"),
        (NOISE, "luoghi-1", True, "theme"),
        (NOISE, "luoghi-2", True, "judged"),
    ]


def test_a_theme_has_a_row_per_answer() -> None:
    codebook = decided(
        lambda d: d.confirm("Silenzio", "Meno rumore.", {NOISE: TEXTS[NOISE], NA: TEXTS[NA]}, "luoghi-1"),
        lambda d: d.split("t1", "Altro", [NA]),
        lambda d: d.link("t2", ""),
        *(lambda d, n=n: d.confirm(f"Tema {n}", "", {LETTER: TEXTS[LETTER]}) for n in range(3, 11)),
        lambda d: d.move(WISH, TEXTS[WISH], "t2"),
    )
    table = tables.themes(codebook, tables.answers([ONE, TWO]))
    assert list(table.columns) == tables.THEMES.all
    assert rows(table) == [
        ("t1", "Silenzio", "Meno rumore.", "luoghi-1", NOISE),
        ("t2", "Altro", "", "", WISH),
        ("t2", "Altro", "", "", NA),
        ("t10", "Tema 10", "", "", LETTER),
    ]


@pytest.mark.parametrize(
    "said",
    [
        [ONE],
        [
            ONE,
            replace(TWO, replies=(Reply("", "", "Un'altra lettera"), Reply("lettori", "desideri", "none"))),
        ],
    ],
)
def test_what_was_decided_of_other_words_or_of_an_answer_that_is_gone_counts_no_more(
    said: list[Contribution],
) -> None:
    codebook = decided(
        lambda d: d.confirm("Silenzio", "", {LETTER: TEXTS[LETTER], NOISE: TEXTS[NOISE]}, "luoghi-1"),
        lambda d: d.judge(WISH, TEXTS[WISH], "luoghi-2", True, True),
        lambda d: d.judge_none(WISH, TEXTS[WISH]),
    )
    answers = tables.answers(said)
    assert rows(tables.codings(codebook, answers)) == [(NOISE, "luoghi-1", True, "theme")]
    assert list(tables.themes(codebook, answers)["answer_id"]) == [NOISE]


@given(log=logs)
def test_an_answer_has_one_coding_for_each_objective_and_one_theme(log: list[Decision]) -> None:
    codebook = Codebook.after(log)
    texts = {f"c{n}/lettori/desideri": WORD_FOR_WORD for n in range(1, 4)}  # c4 was never there
    answers = pd.DataFrame({"answer_id": list(texts), "text": list(texts.values())})
    coded, themed = tables.codings(codebook, answers), tables.themes(codebook, answers)
    assert not coded.duplicated(["answer_id", "objective"]).any()
    assert not themed["answer_id"].duplicated().any()
    assert not tables.clusters(codebook)["contribution_id"].duplicated().any()
    assert {*coded["answer_id"], *themed["answer_id"]} <= texts.keys()
    of_none = set(coded.loc[coded["objective"] == "", "answer_id"])
    assert not of_none & set(coded.loc[coded["holds"] & (coded["objective"] != ""), "answer_id"])
    shuffled = answers.iloc[::-1]
    pd.testing.assert_frame_equal(coded, tables.codings(codebook, shuffled))
    pd.testing.assert_frame_equal(themed, tables.themes(codebook, shuffled))


def test_of_nothing_decided_the_tables_have_their_columns_and_types() -> None:
    answers = tables.answers([ONE])
    full = decided(lambda d: d.confirm("Silenzio", "", {NOISE: TEXTS[NOISE]}, "luoghi-1"))
    for make in (tables.codings, tables.themes):
        none = make(Codebook.after([]), answers)
        assert len(none) == 0
        assert none.dtypes.to_dict() == make(full, answers).dtypes.to_dict()


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
