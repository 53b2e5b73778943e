"""What can be voted on, and what one person can give."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.ballot import (
    FEWEST_RANKED,
    LONGEST_ITEM,
    LONGEST_TITLE,
    MOST_DOTS,
    MOST_ITEMS,
    MOST_RANKED,
    Ballot,
    Vote,
    ballot,
    vote,
)
from consultation.contribution import Rating
from consultation.errors import BrokenBallot, BrokenContribution, BrokenVote
from consultation.plan import UNSTATED_GROUP
from tests.store_contract import LIBRARIES, NOON

OBJECTIVES = list(LIBRARIES.objectives)
ITEMS = ["lettori-1", "luoghi-2", "Più sedie al sole"]
DOTS = Ballot("b1", "dots", "Da dove si comincia?", tuple(ITEMS), 5, 2)
POINTS = Ballot("b2", "points", "Da dove si comincia?", tuple(ITEMS), 3)
RATINGS = Ballot("b3", "ratings", "Ancora una volta", ("lettori-1", "luoghi-2"))
TITLE = "Da dove si comincia?"


def made(kind: Any, items: Any, budget: int = 0, cap: int = 0, title: str = TITLE) -> Ballot:
    return ballot(LIBRARIES, "b1", kind, title, items, budget, cap)


def many(count: int) -> list[str]:
    return [f"Proposta {n}" for n in range(count)]


def given_in(
    on: Ballot, points: Any = None, ratings: Any = (), group: str = "scuole", organisation: str = ""
) -> Vote:
    return vote(LIBRARIES, on, "RIVA", "c1", group, organisation, NOON, points, ratings)


# ── what is voted on ──────────────────────────────────────────────────────


def test_items_are_objectives_or_statements_as_people_wrote_them() -> None:
    assert made("dots", [*ITEMS[:2], "  Più sedie\n al\x07 sole ", " "], 5, 2, f" {TITLE}\n") == DOTS


def test_each_kind_keeps_only_the_numbers_that_it_has() -> None:
    assert made("points", ITEMS, 3, 9) == Ballot("b1", "points", TITLE, tuple(ITEMS), 3, 0)
    assert made("ratings", ["lettori-1"], 3, 9) == Ballot("b1", "ratings", TITLE, ("lettori-1",), 0, 0)


@pytest.mark.parametrize("kind", ["dots", "points"])
def test_there_is_something_to_choose_between_and_not_more_than_a_person_reads(kind: str) -> None:
    for count in (2, MOST_ITEMS):
        assert len(made(kind, many(count), 2, 1).items) == count
    for count in (0, 1, MOST_ITEMS + 1):
        with pytest.raises(BrokenBallot, match=rf"from 2 to 40 items \(found: {count}\)"):
            made(kind, many(count), 2, 1)


def test_a_single_contested_objective_can_be_rated_again() -> None:
    assert made("ratings", ["luoghi-1"]).items == ("luoghi-1",)
    with pytest.raises(BrokenBallot, match="from 1 to 40"):
        made("ratings", [])


@pytest.mark.parametrize("twin", ["più sedie al sole", "PIÙ  SEDIE al sole", "Piu\u0300 sedie al sole"])
def test_one_thing_stands_on_the_ballot_once_however_it_is_written(twin: str) -> None:
    """Votes would be split between the two."""
    with pytest.raises(BrokenBallot, match="stands there twice and would split"):
        made("dots", [*ITEMS, twin], 4, 2)
    with pytest.raises(BrokenBallot, match="stands there twice and would split"):
        made("dots", [*ITEMS, "lettori-1"], 4, 2)


def test_titles_and_statements_fit_on_a_phone() -> None:
    longest = made("dots", ["x" * LONGEST_ITEM, "altro"], 2, 1, "t" * LONGEST_TITLE)
    assert len(longest.items[0]) == LONGEST_ITEM
    with pytest.raises(BrokenBallot, match="121 characters: shorten it to 120"):
        made("dots", ["x" * (LONGEST_ITEM + 1), "altro"], 2, 1)
    for title in ("", " \n", "t" * (LONGEST_TITLE + 1)):
        with pytest.raises(BrokenBallot, match="title of at most 120"):
            made("dots", ITEMS, 2, 1, title)


@pytest.mark.parametrize(("budget", "cap"), [(1, 1), (3, 1), (6, 2), (6, 6), (MOST_DOTS, MOST_DOTS)])
def test_dots_can_all_be_given(budget: int, cap: int) -> None:
    assert (made("dots", ITEMS, budget, cap).budget, made("dots", ITEMS, budget, cap).cap) == (budget, cap)


@pytest.mark.parametrize(
    ("budget", "cap", "told"),
    [
        (0, 1, "from 1 to 50 dots"),
        (MOST_DOTS + 1, 20, "from 1 to 50 dots"),
        (3, 0, "from 1 to 3 dots of a person"),
        (3, 4, "from 1 to 3 dots of a person"),
        (4, 1, "Nobody could give 4 dots: 3 items take 3 at most"),
        (7, 2, "Nobody could give 7 dots: 3 items take 6 at most"),
    ],
)
def test_dots_that_cannot_be_given_are_refused(budget: int, cap: int, told: str) -> None:
    with pytest.raises(BrokenBallot, match=told):
        made("dots", ITEMS, budget, cap)


def test_points_go_to_two_items_at_least_and_never_to_more_than_there_are() -> None:
    assert made("points", many(12), MOST_RANKED).budget == MOST_RANKED
    for items, budget, most in ((12, MOST_RANKED + 1, 9), (12, FEWEST_RANKED - 1, 9), (3, 4, 3)):
        with pytest.raises(BrokenBallot, match=f"from 2 to {most}"):
            made("points", many(items), budget)


def test_only_objectives_are_rated_and_only_known_kinds_held() -> None:
    with pytest.raises(ValueError, match="not objectives"):
        made("ratings", ITEMS)
    with pytest.raises(ValueError, match="no kind of vote"):
        made("auction", ITEMS)


# ── what one person gives ─────────────────────────────────────────────────


@given(st.permutations(ITEMS), st.permutations(["importance", "urgency"]))
def test_votes_that_give_the_same_are_equal(order: list[str], dimensions: list[Any]) -> None:
    dots = dict(zip(ITEMS, (2, 0, 1), strict=True))
    assert given_in(DOTS, {item: dots[item] for item in order}) == given_in(DOTS, {ITEMS[2]: 1, ITEMS[0]: 2})
    said = [Rating(item, d, None) for item in order[:2] for d in dimensions if item in OBJECTIVES]
    assert given_in(RATINGS, ratings=said) == given_in(RATINGS, ratings=said[::-1])


def test_a_vote_says_who_counts_as_one() -> None:
    assert (given_in(DOTS).voter, given_in(DOTS).unit) == ("c1", "c1")
    assert given_in(DOTS, organisation=" Circolo Arcimboldi ").unit == "Circolo Arcimboldi"
    assert given_in(DOTS, group=UNSTATED_GROUP).group == UNSTATED_GROUP
    with pytest.raises(BrokenContribution, match="121 characters"):
        given_in(DOTS, organisation="x" * 121)


@pytest.mark.parametrize("on", [DOTS, POINTS, RATINGS])
def test_whoever_gives_nothing_abstains(on: Ballot) -> None:
    assert (given_in(on, {}).points, given_in(on).ratings) == ((), ())


def test_dots_are_given_up_to_the_budget_and_the_cap() -> None:
    assert given_in(DOTS, {ITEMS[2]: 1, ITEMS[0]: 2, ITEMS[1]: 2}).points == tuple(
        zip(ITEMS, (2, 2, 1), strict=True)
    )


@pytest.mark.parametrize(
    ("dots", "told"),
    [
        ((2, 2, 2), "5 dots and gave 6. To take back: 1"),
        ((3, 0, 0), "at most 2 of your dots. To take back: 1"),
        ((5, 4, 0), "at most 2 of your dots. To take back: 5"),
    ],
)
def test_too_many_dots_are_not_cut_but_taken_back_by_the_voter(dots: tuple[int, ...], told: str) -> None:
    with pytest.raises(BrokenVote, match=told):
        given_in(DOTS, dict(zip(ITEMS, dots, strict=True)))


def test_each_number_of_points_goes_to_one_item() -> None:
    assert given_in(POINTS, {ITEMS[1]: 3, ITEMS[0]: 1}).points == ((ITEMS[0], 1), (ITEMS[1], 3))
    with pytest.raises(BrokenVote, match="gave 2 points to 2 items"):
        given_in(POINTS, {ITEMS[0]: 2, ITEMS[1]: 2, ITEMS[2]: 3})


def test_a_second_round_keeps_what_people_are_unsure_of() -> None:
    ratings = (Rating("lettori-1", "importance", 5), Rating("luoghi-2", "feasibility", None))
    assert given_in(RATINGS, ratings=ratings[::-1]).ratings == ratings


@pytest.mark.parametrize(
    ("on", "points", "ratings"),
    [
        (DOTS, {"lettori-2": 1}, ()),
        (DOTS, {ITEMS[0]: -1}, ()),
        (DOTS, {ITEMS[0]: 0.5}, ()),
        (DOTS, None, (Rating("lettori-1", "importance", 5),)),
        (POINTS, {ITEMS[0]: 4}, ()),
        (RATINGS, {"lettori-1": 1}, ()),
        (RATINGS, None, (Rating("lettori-2", "importance", 5),)),
        (RATINGS, None, (Rating("lettori-1", "importance", 6),)),
        (RATINGS, None, (Rating("lettori-1", "importance", 0),)),
        (RATINGS, None, (Rating("lettori-1", "beauty", 3),)),  # type: ignore[arg-type]
        (RATINGS, None, (Rating("lettori-1", "urgency", 3), Rating("lettori-1", "urgency", 4))),
    ],
)
def test_what_no_form_sends_is_a_mistake_of_the_program(on: Ballot, points: Any, ratings: Any) -> None:
    with pytest.raises(ValueError, match=r"vote|numbers|points|dimension|scale"):
        given_in(on, points, ratings)


def test_a_vote_comes_from_somebody_in_a_group_of_the_plan() -> None:
    with pytest.raises(ValueError, match="stakeholder group"):
        given_in(DOTS, group="marziani")
    with pytest.raises(ValueError, match="voter"):
        vote(LIBRARIES, DOTS, "RIVA", "", "scuole", "", NOON)
