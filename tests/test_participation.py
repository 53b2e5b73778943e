"""Who took part: everybody is counted, whatever channel they came by, and whoever carries much is told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.clusters import CLUSTERS, no_clusters
from analysis.participation import CARRIES_A_GROUP, CHANNELS, loudness, participation
from consultation.rules import Rules
from tests.f1 import answer_table, coding_table, rating_table

GROUPS = ["b", "a"]
NOBODY = pd.DataFrame(columns=["group", "invited"])
NO_TARGET = pd.DataFrame(columns=["variable", "category", "share", "source"])


def taking_part(
    answers: pd.DataFrame | None = None,
    ratings: pd.DataFrame | None = None,
    invitations: pd.DataFrame = NOBODY,
    targets: pd.DataFrame = NO_TARGET,
    clusters: pd.DataFrame | None = None,
    rules: Rules | None = None,
    groups: list[str] = GROUPS,
) -> pd.DataFrame:
    table = participation(
        answer_table([]) if answers is None else answers,
        rating_table([]) if ratings is None else ratings,
        groups,
        invitations,
        targets,
        no_clusters() if clusters is None else clusters,
        rules or Rules(),
    )
    return table.set_index("group")


def answering(group: str, *people: str, unit: str = "") -> pd.DataFrame:
    return answer_table([(f"{who}/1", who, unit or who, group) for who in people])


def invited(**numbers: int) -> pd.DataFrame:
    return pd.DataFrame({"group": list(numbers), "invited": list(numbers.values())})


def test_nobody_yet_is_a_table_of_zeros() -> None:
    table = taking_part()
    assert list(table.index) == GROUPS
    assert list(table.columns) == [
        "n_contributions", "n_units", *CHANNELS, "invited", "response", "to_target",
        "largest_unit", "balanced",
    ]  # fmt: skip
    assert not table[["n_contributions", "n_units", *CHANNELS, "balanced"]].to_numpy().any()
    assert table[["invited", "response", "largest_unit"]].isna().all().all()


def test_who_wrote_and_who_only_rated_are_counted_once_each() -> None:
    answers = answer_table([("1", "p", "coop", "a"), ("2", "p", "coop", "a"), ("3", "q", "coop", "a")])
    ratings = rating_table([
        ("p", "coop", "a", "o", "importance", 5),
        ("r", "r", "a", "o", "importance", None),
        ("s", "s", "elsewhere", "o", "importance", 2),
    ])  # fmt: skip
    table = taking_part(answers, ratings)
    assert table["n_contributions"].to_dict() == {"b": 0, "a": 3, "non_indicato": 1}
    assert table["n_units"].to_dict() == {"b": 0, "a": 2, "non_indicato": 1}
    assert not table["balanced"].any()


def test_a_group_is_balanced_when_enough_units_wrote_or_rated() -> None:
    answers = answering("a", "a0", "a1", "a2")
    ratings = rating_table([(f"b{n}", f"b{n}", "b", "o", "urgency", 1) for n in range(3)])
    assert taking_part(answers, ratings)["balanced"].tolist() == [True, True]
    assert taking_part(answers[1:], ratings[1:])["balanced"].tolist() == [False, False]


def test_neither_a_non_so_nor_one_group_unnamed_makes_a_balanced_group() -> None:
    unsure = rating_table([(f"b{n}", f"b{n}", "b", "o", "urgency", None) for n in range(3)])
    unnamed = answering("non_indicato", *"vwxyz")
    table = taking_part(unnamed, unsure)
    assert table["balanced"].tolist() == [False, False, False]
    assert table["n_units"].tolist() == [3, 0, 5]


@pytest.mark.parametrize(("into_size", "weighed"), [(3, True), (1, True), (0, False)])
def test_a_small_group_is_balanced_where_the_rules_merge_it(into_size: int, weighed: bool) -> None:
    """Two of b go into a: with three of a, or with one, they are enough."""
    answers = pd.concat([answering("b", "b0", "b1"), answering("a", *(f"a{n}" for n in range(into_size)))])
    table = taking_part(answers, rules=Rules(merged_groups=(("b", "a"),)))
    assert table["balanced"].to_dict() == {"b": weighed, "a": weighed}
    assert table["n_contributions"].to_dict() == {"b": 2, "a": into_size}
    assert not taking_part(answers)["balanced"]["b"]


def test_copies_are_people_who_took_part_and_make_no_group_large_enough_to_weigh() -> None:
    three = answering("a", "p", "q", "r")
    copies = pd.DataFrame([("k", who, "duplicate") for who in "qr"], columns=CLUSTERS)
    assert taking_part(three)["balanced"]["a"]
    table = taking_part(three, clusters=copies)
    assert (table["n_contributions"]["a"], table["balanced"]["a"]) == (3, False)


# channels


def test_every_contribution_came_by_one_channel() -> None:
    answers = answering("a", "p", "q", "r").assign(channel=["online", "paper", "workshop"])
    ratings = rating_table(
        [(who, who, "a", "o", d, 3) for who in ("p", "s") for d in ("importance", "urgency")]
    ).assign(channel="import")
    table = taking_part(answers, ratings)
    # p is counted by the answer, not again by the rating
    assert [table[channel].tolist() for channel in CHANNELS] == [[0, 1]] * 4
    assert table["n_contributions"].tolist() == [0, 4]


def test_tables_without_a_channel_were_brought() -> None:
    table = taking_part(answering("a", "p", "q"), rating_table([("r", "r", "b", "o", "urgency", 1)]))
    assert table["import"].to_dict() == {"b": 1, "a": 2}
    assert not table[["online", "workshop", "paper"]].to_numpy().any()
    mixed = taking_part(
        answering("a", "p").assign(channel="online"), rating_table([("r", "r", "a", "o", "urgency", 1)])
    )
    assert (mixed.loc["a", "online"], mixed.loc["a", "import"]) == (1, 1)


def test_whoever_names_no_group_has_a_channel_too() -> None:
    table = taking_part(answering("elsewhere", "p").assign(channel="paper"))
    assert table.loc["non_indicato", "paper"] == 1


# who was invited


def test_response_is_of_those_invited_and_only_where_that_is_known() -> None:
    table = taking_part(answering("a", "p", "q"), invitations=invited(a=8))
    assert table.loc["a", "response"] == 0.25
    assert table["invited"].tolist() == [pd.NA, 8]
    assert table["response"].isna().tolist() == [True, False]
    assert str(table["invited"].dtype) == "Int64"


def test_whom_nobody_answered_from_is_named_with_a_response_of_nought() -> None:
    assert taking_part(invitations=invited(a=8))["response"].tolist()[1] == 0


@pytest.mark.parametrize(("n", "response"), [(3, 1.0), (2, np.nan), (0, np.nan)])
def test_more_than_were_invited_is_no_share(n: int, response: float) -> None:
    table = taking_part(answering("a", "p", "q", "r"), invitations=invited(a=n, b=4))
    assert table.loc["a", "response"] == pytest.approx(response, nan_ok=True)
    assert table.loc["a", "invited"] == n


# who carries much


def test_the_largest_organisation_of_a_group_has_its_share() -> None:
    answers = pd.concat([answering("a", "p", "q", unit="coop"), answering("a", *"rstuvw")])
    assert taking_part(answers)["largest_unit"].tolist()[1] == CARRIES_A_GROUP  # not yet above it
    assert taking_part(answers[:-1])["largest_unit"].tolist()[1] == pytest.approx(2 / 7)


def test_people_by_themselves_are_no_organisation() -> None:
    table = taking_part(pd.concat([answering("a", "p"), answering("non_indicato", "q", "r", unit="coop")]))
    assert table["largest_unit"].isna().all()


def test_a_loud_person_shows_in_ginis_index() -> None:
    answers = answer_table([(f"{who}/{n}", who, who, "a") for who in "pqrs" for n in range(4)])

    def codings(**each: int) -> pd.DataFrame:
        return coding_table(
            [(f"{who}/{n}", "o", "author") for who, times in each.items() for n in range(times)]
        )

    assert loudness(codings(p=1, q=1, r=1, s=1), answers) == pytest.approx(0)
    assert loudness(codings(p=1, q=2, r=3, s=4), answers) == pytest.approx(0.25)
    assert loudness(codings(s=4), answers) == pytest.approx(0.75)
    assert np.isnan(loudness(codings(), answers))


def test_codings_of_one_answer_count_each() -> None:
    answers = answering("a", "p", "q")
    both = coding_table([("p/1", "o", "author"), ("p/1", "n", "author"), ("q/1", "o", "author")])
    assert loudness(both, answers) == pytest.approx(1 / 6)  # of two people with two and with one


@given(st.permutations(range(6)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    answers = pd.concat([answering("a", "p", "q", unit="coop"), answering("b", *"rstu")], ignore_index=True)
    answers["channel"] = ["online", "paper", "online", "import", "workshop", "paper"]
    pd.testing.assert_frame_equal(
        taking_part(answers.iloc[list(order)], invitations=invited(b=9, a=4)),
        taking_part(answers, invitations=invited(a=4, b=9)),
    )


def test_a_group_is_set_against_its_target_and_against_nothing_without_one() -> None:
    """Three of four who named a group are of a, whose share should be a half."""
    answers = pd.concat(
        [answering("a", "p", "q", "r"), answering("b", "s"), answering("non_indicato", "t", "u")]
    )
    targets = pd.DataFrame(
        [("group", "a", 0.5, "census"), ("group", "b", 0.5, "census"), ("language", "it", 1.0, "census")],
        columns=["variable", "category", "share", "source"],
    )
    table = taking_part(answers, targets=targets)
    assert table.loc[["a", "b"], "to_target"].tolist() == [1.5, 0.5]
    assert table["to_target"].isna()["non_indicato"]
    assert taking_part(answers)["to_target"].isna().all()
