"""What a new store begins with, and tidy tables turned back into contributions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation import tables
from consultation.contribution import (
    CHANNELS,
    CONSENTS,
    DIMENSIONS,
    Contribution,
    Rating,
    Reply,
    plain_text,
    sorted_ratings,
    sorted_replies,
)
from consultation.occasion import Consultation
from consultation.opening import EXAMPLE, contributions_from, open_first, remove_example
from consultation.plan import UNSTATED_GROUP
from consultation.stores import Store
from consultation.stores.sql import SqlStore
from tests.store_contract import LIBRARIES, NOON, WORD_FOR_WORD, consultation, said

NO_RATINGS = tables.ratings([])
OWN = LIBRARIES.id


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = SqlStore(tmp_path / "alleanza.sqlite")
    yield store
    store.close()


def example() -> list[Contribution]:
    return [said("e1", where=EXAMPLE), said("e2", where=EXAMPLE)]


def never() -> Sequence[Contribution]:
    raise AssertionError("the example was read again")


# The first start


def test_a_new_store_begins_with_the_example_and_the_plans_own_consultation(store: Store) -> None:
    open_first(store, LIBRARIES, example)
    assert [(c.id, c.stage, c.invented) for c in store.consultations()] == [
        (EXAMPLE, "closed", True),  # answered, so it is what a newcomer meets first
        (OWN, "open", False),
    ]
    assert list(store.contributions(EXAMPLE)) == example()
    assert list(store.contributions(OWN)) == []


def test_later_starts_change_nothing(store: Store) -> None:
    open_first(store, LIBRARIES, example)
    store.add_consultation(Consultation(OWN, LIBRARIES, "closed"))
    before = [(c.id, c.stage, store.revision(c.id)) for c in store.consultations()]
    open_first(store, LIBRARIES, never)
    assert [(c.id, c.stage, store.revision(c.id)) for c in store.consultations()] == before


def test_a_removed_example_does_not_come_back(store: Store) -> None:
    open_first(store, LIBRARIES, example)
    assert remove_example(store)
    open_first(store, LIBRARIES, never)
    assert [c.id for c in store.consultations()] == [OWN]
    store.remove_consultation(OWN)
    open_first(store, LIBRARIES, never)
    assert list(store.consultations()) == []


def test_a_store_in_use_gets_no_example_but_a_consultation_to_answer(store: Store) -> None:
    store.add_consultation(consultation("raccolta-2020", "closed"))
    open_first(store, LIBRARIES, never)
    assert [c.id for c in store.consultations()] == [OWN, "raccolta-2020"]


def test_a_consultation_of_the_plan_that_is_there_stays_as_it_is(store: Store) -> None:
    store.add_consultation(Consultation(OWN, LIBRARIES, "paused"))
    store.add(said(where=OWN))
    open_first(store, LIBRARIES, never)
    assert store.consultation(OWN).stage == "paused"
    assert [c.id for c in store.contributions(OWN)] == ["c1"]


def test_a_first_start_cut_short_is_finished_at_the_next(store: Store) -> None:
    def power_cut() -> Sequence[Contribution]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_first(store, LIBRARIES, power_cut)
    open_first(store, LIBRARIES, example)
    assert [c.id for c in store.consultations()] == [EXAMPLE, OWN]
    assert len(store.contributions(EXAMPLE)) == 2


def test_removing_the_example_takes_nothing_real(store: Store) -> None:
    store.add_consultation(consultation("prova", invented=True))
    store.add_consultation(consultation(EXAMPLE, invented=False))
    assert not remove_example(store)
    assert [c.id for c in store.consultations()] == [EXAMPLE, "prova"]


def test_without_an_example_there_is_nothing_to_remove(store: Store) -> None:
    assert not remove_example(store)


# Tables turned back


def answer(answer_id: str, contribution_id: str = "c1", **other: str) -> dict[str, str]:
    row = {
        "answer_id": answer_id,
        "contribution_id": contribution_id,
        "unit": contribution_id,
        "group": "scuole",
        "strategic_question": "lettori",
        "guiding_question": "desideri",
        "text": f"Testo di {answer_id}",
        **tables.ANSWERS.optional,
    }
    return row | other


def turned_back(*rows: dict[str, str], ratings: pd.DataFrame = NO_RATINGS) -> list[Contribution]:
    answers = tables.tidy_answers(pd.DataFrame(list(rows), columns=tables.ANSWERS.all))
    return contributions_from(answers, ratings, "biblioteche", LIBRARIES, NOON)


def rated(*rows: tuple[str, str, str, str, str, int | None]) -> pd.DataFrame:
    return tables.tidy_ratings(
        pd.DataFrame(list(rows), columns=list(tables.RATINGS.required)).assign(channel="workshop")
    )


def test_a_row_becomes_a_contribution() -> None:
    (one,) = turned_back(answer("a1", objectives="lettori-3|lettori-1", language="en", channel="paper"))
    assert one == Contribution(
        id="c1",
        version=1,
        consultation="biblioteche",
        group="scuole",
        consent="quotable_with_group",
        at=NOON,
        channel="paper",
        language="en",
        organisation="",
        replies=(Reply("lettori", "desideri", "Testo di a1", ("lettori-3", "lettori-1")),),
    )


def test_a_unit_of_its_own_is_no_organisation() -> None:
    one, two = turned_back(answer("a1"), answer("a2", "c2", unit="Liceo Pascoli"))
    assert (one.organisation, one.unit) == ("", "c1")
    assert (two.organisation, two.unit) == ("Liceo Pascoli", "Liceo Pascoli")


@pytest.mark.parametrize("group", ["", "marziani", UNSTATED_GROUP])
def test_a_group_the_plan_does_not_list_is_not_stated(group: str) -> None:
    (one,) = turned_back(answer("a1", group=group))
    assert one.group == UNSTATED_GROUP


@pytest.mark.parametrize(
    ("consents", "holds"),
    [
        (("quotable_with_group", "quotable_anonymous"), "quotable_anonymous"),
        (("counted_only", "quotable_with_group"), "counted_only"),
        (("", "quotable_with_group"), "quotable_with_group"),
        (("yes", "quotable_with_group"), "counted_only"),
    ],
)
def test_the_most_careful_consent_holds(consents: tuple[str, str], holds: str) -> None:
    (one,) = turned_back(*(answer(f"a{n}", consent=consent) for n, consent in enumerate(consents)))
    assert one.consent == holds


def test_the_time_is_the_latest_one_written_else_the_one_handed_in() -> None:
    (one,) = turned_back(answer("a1", at="2026-03-01T10:00:00+01:00"), answer("a2", at="2026-03-01"))
    assert one.at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    (one,) = turned_back(answer("a1", at="a marzo"))
    assert one.at == NOON
    (one,) = turned_back(ratings=rated(("c1", "c1", "scuole", "lettori-1", "urgency", 3)))
    assert (one.at, one.group, one.replies) == (NOON, "scuole", ())


def test_answers_in_one_place_are_joined_and_places_are_kept_apart() -> None:
    (one,) = turned_back(
        answer("a3", text="terza", objectives="lettori-2"),
        answer("a1", text="prima", objectives="lettori-1|lettori-2"),
        answer("a2", text=" \x00 "),
        answer("b1", strategic_question="", guiding_question="", text="senza domanda"),
        answer("b2", strategic_question="", text="una guida sola"),
        answer("b3", guiding_question="", text="un'area sola"),
    )
    assert one.replies == (
        Reply("lettori", "desideri", "prima\n\nterza", ("lettori-1", "lettori-2")),
        Reply("lettori", "", "un'area sola"),
        Reply("", "desideri", "una guida sola"),
        Reply("", "", "senza domanda"),
    )
    table = tables.answers([one])
    assert sorted(table["answer_id"]) == ["c1//", "c1//desideri", "c1/lettori/", "c1/lettori/desideri"]


def test_answers_without_question_survive_the_store(store: Store) -> None:
    (one,) = turned_back(answer("b1", strategic_question="", guiding_question=""))
    store.add_consultation(consultation())
    store.add(one)
    assert store.contribution("c1") == one


def test_whoever_said_nothing_is_no_contribution() -> None:
    assert turned_back(answer("a1", text=" ")) == []


def test_ratings_join_the_answers_of_their_contribution() -> None:
    ratings = rated(
        ("c1", "c1", "scuole", "luoghi-1", "urgency", None),
        ("c1", "c1", "scuole", "lettori-1", "feasibility", 4),
        ("c2", "Circolo Luna", "abitanti", "lettori-1", "importance", 1),
    )
    one, two = turned_back(answer("a1"), ratings=ratings)
    assert one.ratings == (Rating("lettori-1", "feasibility", 4), Rating("luoghi-1", "urgency", None))
    assert len(one.replies) == 1
    assert (two.group, two.organisation) == ("abitanti", "Circolo Luna")


@pytest.mark.parametrize(
    "row",
    [
        answer("a1", strategic_question="mercati"),
        answer("a1", guiding_question="sogni"),
        answer("a1", objectives="lettori-9"),
    ],
)
def test_what_the_plan_does_not_know_should_have_been_told_before(row: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is not in this plan"):
        turned_back(row)


@pytest.mark.parametrize(
    ("objective", "dimension", "value"),
    [("x-1", "urgency", 3), ("lettori-1", "beauty", 3), ("lettori-1", "urgency", 7)],
)
def test_so_should_ratings_off_the_plan(objective: str, dimension: str, value: int) -> None:
    with pytest.raises(ValueError, match="is not in this plan"):
        turned_back(ratings=rated(("c1", "c1", "scuole", objective, dimension, value)))


# There and back

REPLIES = st.lists(
    st.builds(
        Reply,
        st.sampled_from(["", *LIBRARIES.questions]),
        st.sampled_from(["", *LIBRARIES.guides]),
        st.text(st.characters(codec="utf-8"), max_size=40).map(plain_text).filter(bool),
        st.lists(st.sampled_from(list(LIBRARIES.objectives)), unique=True, max_size=2).map(tuple),
        late=st.booleans(),
    ),
    unique_by=lambda reply: (reply.strategic_question, reply.guiding_question),
)
RATINGS = st.lists(
    st.builds(
        Rating,
        st.sampled_from(list(LIBRARIES.objectives)),
        st.sampled_from(DIMENSIONS),
        st.sampled_from([None, 1, 2, 3, 4, 5]),
        late=st.booleans(),
    ),
    unique_by=lambda rating: (rating.objective, rating.dimension),
)
CONTRIBUTIONS = st.builds(
    Contribution,
    id=st.sampled_from(["c1", "c2", "c/3", "c1/lettori", "è"]),
    version=st.just(1),
    consultation=st.just("biblioteche"),
    group=st.sampled_from([UNSTATED_GROUP, *LIBRARIES.groups]),
    consent=st.sampled_from(CONSENTS),
    at=st.sampled_from([NOON, NOON + timedelta(microseconds=1)]),
    channel=st.sampled_from(CHANNELS),
    language=st.sampled_from(["it", "en"]),
    organisation=st.sampled_from(["", "Liceo Pascoli"]),
    replies=REPLIES.map(lambda replies: sorted_replies(LIBRARIES, replies)).filter(bool),
    ratings=RATINGS.map(lambda ratings: sorted_ratings(LIBRARIES, ratings)),
)


@given(st.lists(CONTRIBUTIONS, unique_by=lambda contribution: contribution.id), st.randoms())
def test_contributions_come_back_from_their_tables_whatever_the_order_of_rows(
    contributions: list[Contribution], chance: Random
) -> None:
    answers, ratings = tables.answers(contributions), tables.ratings(contributions)
    assert answers["answer_id"].is_unique
    seed = chance.randrange(2**32)
    back = contributions_from(
        answers.sample(frac=1, random_state=seed),
        ratings.sample(frac=1, random_state=seed),
        "biblioteche",
        LIBRARIES,
        NOON,
    )
    assert back == sorted(contributions, key=lambda contribution: contribution.id)


def test_answers_that_are_joined_are_late_when_one_of_them_was() -> None:
    table = tables.answers([said()])
    twice = pd.concat([table, table.assign(answer_id="c1/z", text="Altro.", late=tables.LATE)])
    (back,) = contributions_from(twice, NO_RATINGS, "biblioteche", LIBRARIES, NOON)
    assert [(reply.text, reply.late) for reply in back.replies] == [(f"{WORD_FOR_WORD}\n\nAltro.", True)]


def test_turning_back_leaves_the_tables_as_they_were() -> None:
    contributions = [replace(said(), workshop="")]
    answers, ratings = tables.answers(contributions), tables.ratings(contributions)
    kept = answers.copy(), ratings.copy()
    assert contributions_from(answers, ratings, "biblioteche", LIBRARIES, NOON) == contributions
    pd.testing.assert_frame_equal(answers, kept[0])
    pd.testing.assert_frame_equal(ratings, kept[1])
