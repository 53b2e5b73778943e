"""A workshop as it is prepared: its title, rounds, tables and whom it invites."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.edition import asking
from consultation.errors import BrokenWorkshop
from consultation.workshop import (
    LONGEST_TABLE,
    LONGEST_TITLE,
    MOST_INVITED,
    MOST_MINUTES,
    MOST_ROUNDS,
    MOST_TABLES,
    Round,
    Table,
    Workshop,
)
from tests.store_contract import LIBRARIES, consultation

LIBRARIES_TALK = consultation()
RIVA = Workshop("RIVA", "biblioteche", "Una sera a Riva")


def test_a_workshop_has_a_title_that_tells_it_from_others() -> None:
    assert Workshop.titled("  Una sera a Riva ", "RIVA", LIBRARIES_TALK) == RIVA
    assert RIVA.renamed("t" * LONGEST_TITLE).title == "t" * LONGEST_TITLE
    for title in ("", "\n\x00", "t" * (LONGEST_TITLE + 1)):
        with pytest.raises(BrokenWorkshop, match="at most 120"):
            Workshop.titled(title, "RIVA", LIBRARIES_TALK)
        with pytest.raises(BrokenWorkshop, match="at most 120"):
            RIVA.renamed(title)


# ── rounds ────────────────────────────────────────────────────────────────


def test_rounds_keep_their_order_and_ask_in_that_of_the_plan() -> None:
    rounds = (
        Round("luoghi", ("aiuti", "desideri", "aiuti"), 0),
        Round("lettori", (), MOST_MINUTES, rated=False),
    )
    asked = RIVA.with_rounds(rounds, LIBRARIES_TALK).rounds
    assert asked == (replace(rounds[0], guiding_questions=("desideri", "aiuti")), rounds[1])
    assert RIVA.with_rounds(asked, LIBRARIES_TALK).with_rounds((), LIBRARIES_TALK) == RIVA


@pytest.mark.parametrize("minutes", [-1, MOST_MINUTES + 1])
def test_a_round_has_a_time_that_a_room_can_sit_through(minutes: int) -> None:
    with pytest.raises(BrokenWorkshop, match="Round 2: give it from 0"):
        RIVA.with_rounds([Round("lettori"), Round("luoghi", minutes=minutes)], LIBRARIES_TALK)


def test_there_are_not_more_rounds_than_a_day_has() -> None:
    assert len(RIVA.with_rounds([Round("lettori")] * MOST_ROUNDS, LIBRARIES_TALK).rounds) == MOST_ROUNDS
    with pytest.raises(BrokenWorkshop, match="at most 20 rounds"):
        RIVA.with_rounds([Round("lettori")] * (MOST_ROUNDS + 1), LIBRARIES_TALK)


@pytest.mark.parametrize("asked", [Round("mare"), Round("lettori", ("desideri", "sogni"))])
def test_a_round_asks_what_the_plan_asks(asked: Round) -> None:
    with pytest.raises(ValueError, match="of this plan"):
        RIVA.with_rounds([asked], LIBRARIES_TALK)


# ── tables ────────────────────────────────────────────────────────────────


def test_tables_are_named_on_one_line() -> None:
    seated = RIVA.with_tables([Table("AAAAAA", " Tavolo\n 1 "), Table("BBBBBB", "x" * LONGEST_TABLE)])
    assert [table.label for table in seated.tables] == ["Tavolo 1", "x" * LONGEST_TABLE]
    assert seated.words() == ["RIVA", "AAAAAA", "BBBBBB"]


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        ([""], "a name of at most 40"),
        (["x" * (LONGEST_TABLE + 1)], "a name of at most 40"),
        (["tavolo 1", " Tavolo  1"], "Two tables are called Tavolo 1"),
    ],
)
def test_a_table_is_told_from_every_other(labels: list[str], told: str) -> None:
    with pytest.raises(BrokenWorkshop, match=told):
        RIVA.with_tables([Table(f"TABLE{n}", label) for n, label in enumerate(labels)])


@pytest.mark.parametrize("words", [["AAAAAA", "aaa-aaa"], ["riva"], ["--"]])
def test_no_word_leads_to_two_places_however_it_is_typed(words: list[str]) -> None:
    with pytest.raises(ValueError, match="a word of its own"):
        RIVA.with_tables([Table(word, f"Tavolo {n}") for n, word in enumerate(words)])


def test_a_room_holds_only_so_many_tables() -> None:
    words = [f"W{n}" for n in range(MOST_TABLES + 1)]
    assert len(RIVA.with_table_count(MOST_TABLES, "Tavolo", words).tables) == MOST_TABLES
    too_many = [Table(word, word) for word in words]
    with pytest.raises(BrokenWorkshop, match="at most 60 tables"):
        RIVA.with_tables(too_many)
    with pytest.raises(BrokenWorkshop, match="at most 60 tables"):
        RIVA.with_table_count(MOST_TABLES + 1, "Tavolo", words)
    with pytest.raises(ValueError, match="no number of tables"):
        RIVA.with_table_count(-1, "Tavolo", words)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_tables_that_stay_keep_their_word_and_name(counts: list[int]) -> None:
    """Their cards are printed."""
    workshop, words = RIVA, (f"W{n}" for n in count())
    for tables in counts:
        before = workshop.tables
        workshop = workshop.with_table_count(tables, "Tavolo", words)
        assert workshop.tables[: len(before)] == before[:tables]
        assert [table.label for table in workshop.tables] == [f"Tavolo {n}" for n in range(1, tables + 1)]


def test_a_new_table_takes_the_next_name_and_word_that_are_free() -> None:
    seated = RIVA.with_tables([Table("AAAAAA", "Tavolo 3"), Table("BBBBBB", "Giovani")])
    more = seated.with_table_count(4, "Tavolo", ["riva", "aaaaaa", "CCCCCC", "cccccc", "DDDDDD"])
    assert more.tables[2:] == (Table("CCCCCC", "Tavolo 4"), Table("DDDDDD", "Tavolo 5"))


# ── a plan that asks less ─────────────────────────────────────────────────


def test_rounds_about_what_is_asked_no_more_are_gone_and_the_others_as_they_were() -> None:
    rounds = (
        Round("lettori", ("desideri", "aiuti"), 15, False),
        Round("luoghi", minutes=0),
        Round("lettori"),
    )
    held = replace(RIVA, rounds=rounds)
    assert held.within(LIBRARIES) == held
    assert held.within(asking(LIBRARIES, ["luoghi"], list(LIBRARIES.guides))).rounds == rounds[1:2]
    fewer_guides = held.within(asking(LIBRARIES, list(LIBRARIES.questions), ["aiuti"]))
    assert fewer_guides.rounds == (replace(rounds[0], guiding_questions=("aiuti",)), *rounds[1:])


def test_a_round_that_loses_all_its_guiding_questions_does_not_begin_to_ask_every_other_one() -> None:
    held = replace(RIVA, rounds=(Round("lettori", ("desideri",)), Round("lettori")))
    assert held.within(asking(LIBRARIES, list(LIBRARIES.questions), ["aiuti"])).rounds == (Round("lettori"),)


# ── who is invited ────────────────────────────────────────────────────────


def test_the_invited_are_counted_by_group_in_the_order_of_the_plan() -> None:
    invited = RIVA.inviting({"abitanti": MOST_INVITED, "scuole": 0}, LIBRARIES_TALK)
    assert invited.invited == (("scuole", 0), ("abitanti", MOST_INVITED))
    assert [group for group in LIBRARIES.groups if group in dict(invited.invited)] == ["scuole", "abitanti"]


@pytest.mark.parametrize("invited", [{"scuole": -1}, {"scuole": MOST_INVITED + 1}])
def test_the_invited_are_not_counted_wrongly(invited: dict[str, int]) -> None:
    with pytest.raises(BrokenWorkshop, match="from 0 to 100000"):
        RIVA.inviting(invited, LIBRARIES_TALK)


def test_only_groups_of_the_plan_are_invited() -> None:
    invited: Any = {"marziani": 3}
    with pytest.raises(ValueError, match="not a stakeholder group"):
        RIVA.inviting(invited, LIBRARIES_TALK)
