"""Who has come: everybody once, against the list of invited where there is one, and nobody guessed."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.attendance import attendance, expected_groups
from analysis.sentences import Basis
from analysis.sentences.attendance import attendance_rows, of_attendance
from consultation.language import Language
from tests.f1 import answer_table, rating_table

GROUPS = ["b", "a", "c", "d", "e"]
LABELS = pd.DataFrame({"group": GROUPS, "label": ["Bakers", "Artists", "Cooks", "Drivers", "Elders"]})
NOBODY = pd.DataFrame({"group": [], "invited": []}).astype({"group": "str", "invited": "int64"})
BASIS, ENGLISH = Basis(3, 5, 1), Language("en")
PEOPLE = st.lists(
    st.tuples(st.sampled_from("pqrs"), st.sampled_from([*GROUPS, "elsewhere"])), max_size=12, unique=True
)


def invited(**numbers: int) -> pd.DataFrame:
    return pd.DataFrame({"group": list(numbers), "invited": list(numbers.values())})


def came(*people: str, list_: pd.DataFrame = NOBODY, present: dict[str, int] | None = None) -> pd.DataFrame:
    """The attendance of people called by their group and a number, who each answered once."""
    answers = answer_table([(f"{who}/q/g", who, who, who[0]) for who in people])
    return attendance(answers, rating_table([]), None, GROUPS, list_, present)


def figures(table: pd.DataFrame, column: str) -> dict[str, object]:
    return {str(g): None if pd.isna(n) else n for g, n in zip(table["group"], table[column], strict=True)}


def test_whoever_wrote_rated_and_voted_is_counted_once_where_they_wrote() -> None:
    answers = answer_table([("1", "p", "p", "a"), ("2", "p", "p", "a")])
    ratings = rating_table([("p", "p", "b", "o", "urgency", 3), ("q", "q", "b", "o", "urgency", None)])
    votes = pd.DataFrame({"contribution_id": ["q", "v"], "group": ["c", "c"]})
    table = attendance(answers, ratings, votes, GROUPS, NOBODY)
    assert list(table.columns) == ["group", "n_contributions", "invited", "response", "present"]
    assert figures(table, "n_contributions") == {"b": 1, "a": 1, "c": 1, "d": 0, "e": 0}
    assert table[["invited", "response", "present"]].isna().all().all()


def test_response_is_of_those_invited_and_unknown_where_it_would_be_no_share() -> None:
    table = came("a1", "a2", "b1", "c1", "c2", list_=invited(a=8, b=0, c=1), present={"a": 3})
    assert figures(table, "response") == {"a": 0.25, "b": None, "c": None, "d": None, "e": None}
    assert figures(table, "invited") == {"a": 8, "b": 0, "c": 1, "d": None, "e": None}
    assert figures(table, "present") == {"a": 3, "b": None, "c": None, "d": None, "e": None}


def test_those_of_no_group_stand_last_and_only_if_there_are_any() -> None:
    assert list(came("a1")["group"]) == GROUPS
    assert list(came("a1", "x1")["group"]) == [*GROUPS, "non_indicato"]
    counted = came("a1", present={"non_indicato": 2})
    assert figures(counted, "n_contributions")["non_indicato"] == 0
    assert figures(counted, "present")["non_indicato"] == 2


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (came(), GROUPS),
        (came("a1", "x1"), ["a"]),
        (came(present={"d": 4}), ["d"]),
        (came("a1", list_=invited(b=2, c=0)), ["b", "a"]),
        (came("c1", list_=invited(b=2, c=0)), ["b"]),
        (came(list_=invited(a=0, b=0, c=0, d=0, e=0)), []),
    ],
)
def test_silence_counts_of_those_invited_and_of_those_off_the_list_who_came(
    table: pd.DataFrame, expected: list[str]
) -> None:
    assert expected_groups(table) == expected


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(people: list[tuple[str, str]], random: object) -> None:
    rows = [(f"{n}", who, who, group) for n, (who, group) in enumerate(people)]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (
        attendance(answer_table(its), rating_table([]), None, GROUPS, NOBODY) for its in (rows, shuffled)
    )
    pd.testing.assert_frame_equal(one, other)
    assert one["n_contributions"].sum() == len({who for who, _ in people})


# in words


def finding(table: pd.DataFrame) -> str:
    return of_attendance(table, LABELS, BASIS, ENGLISH).finding


def test_the_title_says_how_many_groups_spoke_and_which_did_not() -> None:
    assert finding(came()) == "Nobody has answered yet"
    assert finding(came("x1")) == "Whoever has spoken named no group"
    assert (
        finding(came("a1", "b1", "c1")) == "3 groups of 5 have been heard; nobody from “Drivers” and “Elders”"
    )
    assert finding(came("a1")) == "One group of 5 has been heard"  # four names are more than a title holds
    assert finding(came(*(f"{group}1" for group in GROUPS))) == "All 5 groups expected have been heard"


def test_a_group_to_which_nobody_was_invited_is_not_missing() -> None:
    listed = invited(a=2, b=2, c=0)
    assert finding(came("a1", list_=listed)) == "One group of 2 has been heard; nobody from “Bakers”"
    assert finding(came("a1", "b1", list_=listed)) == "All 2 groups expected have been heard"


def test_figures_are_counts_with_their_base() -> None:
    table = came("a1", "c1", "c2", list_=invited(a=8, c=1, d=0), present={"a": 3})
    rows = attendance_rows(table, LABELS, ENGLISH)
    assert dict(zip(rows["name"], rows["figure"], strict=True)) == {
        "Bakers": "0",
        "Artists": "1 of 8 invited · 3 in the room",
        "Cooks": "2 (1 invited)",
        "Drivers": "0",
        "Elders": "0",
    }
    reading = of_attendance(table, LABELS, BASIS, ENGLISH)
    assert reading.basis.split(" · ") == [
        "3 people have written, rated or voted",
        "line: invited (9 people)",
        "diamond: counted in the room (3)",
    ]
    assert "%" not in reading.basis + reading.finding
