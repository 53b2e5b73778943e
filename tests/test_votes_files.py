"""Votes and lists as CSV: a ballot against the rules comes back whole, with its rows and why."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.errors import BrokenMapping, MissingColumns
from consultation.importing.csv_tables import Read
from consultation.importing.votes import MENTIONS, VOTES, read_mentions, read_ngt, read_votes
from consultation.plan import Plan, read_plan
from pages.terminal.votes import compare_rounds, count_dots, count_ngt, rank_lists, read_merges
from tests.test_csv_tables import PLAN, RATED, reasons, told

BALLOTS = [
    "a,,pescatori,acqua-1,2",
    "a,,pescatori,Moli,2",
    "b,,pescatori,rive-1,1",
    "c,,pescatori,,0",
    "d,,turisti,Moli,2",
]
LISTS = [
    "a,,pescatori,1,scuola",
    "a,,pescatori,2,biblioteca",
    "a,,pescatori,3,rsa",
    "b,,pescatori,1,biblioteca",
    "b,,pescatori,2,scuola",
    "c,,pescatori,1,parrocchia",
    "c,,pescatori,2,biblioteca",
    "c,,pescatori,3,scuola",
    "c,,pescatori,4,orti",
]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(PLAN)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "votes.csv"


def written(path: Path, columns: tuple[str, ...], rows: list[str]) -> Path:
    path.write_text("\n".join([",".join(columns), *rows]) + "\n", encoding="utf-8")
    return path


def votes(path: Path, plan: Plan, *rows: str) -> Read:
    return read_votes(written(path, VOTES.required, list(rows)), plan, budget=5, cap=2)


def points(path: Path, plan: Plan, *rows: str) -> Read:
    return read_ngt(written(path, VOTES.required, list(rows)), plan, most=3)


def lists(path: Path, plan: Plan, *rows: str) -> Read:
    return read_mentions(written(path, MENTIONS.required, list(rows)), plan)


def given_by(read: Read) -> list[tuple[str, str, int]]:
    return list(read.table[["contribution_id", "item", "points"]].itertuples(index=False, name=None))


# dots


def test_a_plain_file_becomes_the_tidy_table(path: Path, plan: Plan) -> None:
    read = votes(path, plan, *reversed(BALLOTS))
    assert list(read.table.columns) == ["contribution_id", "unit", "group", "item", "points"]
    assert given_by(read) == [
        ("a", "Moli", 2), ("a", "acqua-1", 2), ("b", "rive-1", 1), ("c", "", 0), ("d", "Moli", 2),
    ]  # fmt: skip
    assert read.table["unit"].tolist() == ["a", "a", "b", "c", "d"]
    assert (read.unread, read.notices) == ((), ())


@pytest.mark.parametrize(("cell", "read_as"), [("2", 2), ("02", 2), ("1.0", 1), ('"1,00"', 1), ("0", 0)])
def test_whole_numbers_as_spreadsheets_write_them(path: Path, plan: Plan, cell: str, read_as: int) -> None:
    assert given_by(votes(path, plan, f"a,,turisti,Moli,{cell}")) == [("a", "Moli", read_as)]


@pytest.mark.parametrize("cell", ["-1", "1.5", "due", "", "²", "1e1"])
def test_points_that_are_none_are_handed_back_alone(path: Path, plan: Plan, cell: str) -> None:
    read = votes(path, plan, f"a,,turisti,Moli,{cell}", "a,,turisti,rive-1,1")
    assert given_by(read) == [("a", "rive-1", 1)]
    assert list(reasons(read)) == [2]
    assert "no whole number" in reasons(read)[2]


def test_a_person_over_the_budget_has_no_vote_and_every_row_says_so(path: Path, plan: Plan) -> None:
    read = votes(
        path, plan, "a,,turisti,Moli,2", "b,,turisti,Moli,1", "a,,turisti,Reti,2", "a,,turisti,Pontili,2"
    )
    assert given_by(read) == [("b", "Moli", 1)]
    assert list(reasons(read)) == [2, 4, 5]
    assert "“a” gives 6 points in all, and each person has 5" in reasons(read)[2]


def test_the_budget_is_all_of_it_and_no_more(path: Path, plan: Plan) -> None:
    rows = ["a,,turisti,Moli,2", "a,,turisti,Reti,2", "a,,turisti,Pontili,1"]
    assert len(votes(path, plan, *rows).table) == 3
    assert votes(path, plan, *rows, "a,,turisti,Boe,1").table.empty


def test_an_item_over_the_cap_has_none_of_the_persons_points(path: Path, plan: Plan) -> None:
    read = votes(path, plan, "a,,turisti,Moli,3", "a,,turisti,Reti,2", "b,,turisti,Moli,2")
    assert given_by(read) == [("a", "Reti", 2), ("b", "Moli", 2)]
    assert "“Moli” more than 2 points (rows: 2)" in reasons(read)[2]


def test_points_on_several_rows_are_one_sum_against_the_cap(path: Path, plan: Plan) -> None:
    rows = ["a,,turisti,Moli,1", "a,,turisti,Moli,1", "b,,turisti,Moli,1"]
    read = votes(path, plan, *rows)
    assert given_by(read) == [("a", "Moli", 1), ("a", "Moli", 1), ("b", "Moli", 1)]
    assert "points are added to it: 3 (1 in all)" in told(read)
    more = votes(path, plan, *rows, "a,,turisti,MOLI,1")
    assert given_by(more) == [("b", "Moli", 1)]
    assert "(rows: 2–3, 5)" in reasons(more)[5]


def test_points_for_nothing_and_by_nobody_are_handed_back(path: Path, plan: Plan) -> None:
    read = votes(path, plan, "a,,turisti,,1", ",,turisti,Moli,1", "a,,turisti,,0")
    assert given_by(read) == [("a", "", 0)]
    assert "no item" in reasons(read)[2]
    assert "no contribution_id" in reasons(read)[3]


def test_an_abstention_written_twice_is_one(path: Path, plan: Plan) -> None:
    table, _, notices = count_dots(
        written(path, VOTES.required, ["a,,turisti,,0", "a,,turisti,,0", "b,,turisti,Moli,1"]), plan, 5, 2, {}
    )
    assert table["share"].tolist() == [1 / 10]
    assert notices == ()


def test_items_merged_after_the_vote_count_up_to_the_cap_again(path: Path, plan: Plan) -> None:
    """Whoever filled both of two items that become one gave it the cap, and no more."""
    rows = ["a,,turisti,Moli,2", "a,,turisti,Pontili,2", "b,,turisti,Pontili,1", "c,,turisti,Fari,1"]
    file = written(path, VOTES.required, rows)
    table, _, _ = count_dots(file, plan, 5, 2, read_merges([" Pontili = Moli"]))
    assert dict(zip(table["item"], table["points"], strict=True)) == {"Moli": 3, "Fari": 1}


@pytest.mark.parametrize("merges", [["Moli"], ["=Moli"], ["Moli="], ["A=B", "B=C"]])
def test_a_merge_that_cannot_be_followed_is_told(merges: list[str]) -> None:
    with pytest.raises(BrokenMapping, match="--merge"):
        read_merges(merges)


def test_one_item_however_it_is_written(path: Path, plan: Plan) -> None:
    read = votes(
        path,
        plan,
        "a,,turisti,Moli  nuovi,1",
        "b,,turisti,moli nuovi,1",
        "c,,turisti,moli nuovi,1",
        "d,,turisti,ACQUA-1,1",
        "e,,turisti,Boe,1",
    )
    assert [item for _, item, _ in given_by(read)] == ["moli nuovi"] * 3 + ["acqua-1", "Boe"]
    assert told(read).count("count as one: “moli nuovi”.") == 1


def test_groups_and_units_are_settled_as_in_other_tables(path: Path, plan: Plan) -> None:
    read = votes(path, plan, "a,coop,TURISTI,Moli,1", "a,,,Reti,1", "b,,marziani,Moli,1")
    assert read.table["group"].tolist() == ["turisti", "turisti", "non_indicato"]
    assert read.table["unit"].tolist() == ["coop", "coop", "b"]
    assert "“marziani” 1" in told(read)


def test_words_stay_as_they_were_written(path: Path, plan: Plan) -> None:
    read = votes(path, plan, "a,,turisti,'=Moli & <b>barche</b>,1")
    assert given_by(read) == [("a", "=Moli & <b>barche</b>", 1)]


def test_a_file_without_points_is_named(path: Path, plan: Plan) -> None:
    with pytest.raises(MissingColumns, match="points"):
        read_votes(written(path, VOTES.required[:-1], ["a,,turisti,Moli"]), plan, 5, 2)


# nominal groups


def test_each_choice_goes_to_another_item(path: Path, plan: Plan) -> None:
    read = points(
        path,
        plan,
        *["a,,turisti,Moli,3", "a,,turisti,Reti,2", "a,,turisti,Boe,1", "a,,turisti,rive-1,0"],
        *["b,,turisti,Moli,3", "b,,turisti,Reti,3"],
        *["c,,turisti,Moli,3", "c,,turisti,moli,2", "c,,turisti,Boe,1"],
        *["d,,turisti,Moli,4", "d,,turisti,Boe,2"],
    )
    assert [row for row in given_by(read) if row[0] == "a"] == [
        ("a", "Boe", 1), ("a", "Moli", 3), ("a", "Reti", 2), ("a", "rive-1", 0),
    ]  # fmt: skip
    assert [row for row in given_by(read) if row[0] != "a"] == [("d", "Boe", 2)]
    assert list(reasons(read)) == [6, 7, 8, 9, 10, 11]
    assert "(rows: 8–9)" in reasons(read)[10]
    assert "more than 3" in reasons(read)[11]


# ordered lists


def test_whoever_names_nothing_stays_among_those_asked(path: Path, plan: Plan) -> None:
    read = lists(path, plan, "b,,turisti,,", "a,,turisti,2,Reti", "a,,turisti,1.,Moli", "c,,turisti,1,")
    assert read.table["item"].tolist() == ["Moli", "Reti", "", ""]
    assert read.table["position"].tolist()[:2] == [1, 2]
    assert read.table["position"].isna().tolist() == [False, False, True, True]
    assert (read.unread, read.notices) == ((), ())


@pytest.mark.parametrize("cell", ["0", "-1", "primo", "", "1.5"])
def test_a_place_in_a_list_is_counted_from_one(path: Path, plan: Plan, cell: str) -> None:
    read = lists(path, plan, f"a,,turisti,{cell},Moli", "a,,turisti,1,Reti", ",,turisti,1,Boe")
    assert read.table["item"].tolist() == ["Reti"]
    assert "no whole number from 1 up" in reasons(read)[2]
    assert "no contribution_id" in reasons(read)[4]


def test_a_row_pasted_twice_counts_once(path: Path, plan: Plan) -> None:
    read = lists(path, plan, "a,,turisti,1,Moli", "a,,turisti,1,Moli")
    assert len(read.table) == 1
    assert "word for word" in told(read)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms())
def test_the_order_of_rows_changes_nothing(path: Path, plan: Plan, chance: random.Random) -> None:
    for read, rows in ((votes, BALLOTS), (points, BALLOTS), (lists, LISTS)):
        shuffled = list(rows)
        chance.shuffle(shuffled)
        pd.testing.assert_frame_equal(read(path, plan, *shuffled).table, read(path, plan, *rows).table)


# from file to table


def test_dots_from_file_to_table(path: Path, plan: Plan) -> None:
    """Of three voters of the only group large enough, one gave acqua-1 two of five dots."""
    rows = [*BALLOTS, "e,,pescatori,Moli,9"]
    table, unread, notices = count_dots(written(path, VOTES.required, rows), plan, 5, 2, {})
    assert table["item"].tolist() == ["acqua-1", "rive-1", "Moli"]
    assert table["points"].tolist() == [2, 1, 4]
    assert table["score"].tolist() == pytest.approx([2 / 15, 1 / 15, 2 / 15])
    assert [one.row for one in unread] == [7]
    assert notices == ()


def test_points_from_file_to_table(path: Path, plan: Plan) -> None:
    table, unread, _ = count_ngt(written(path, VOTES.required, [*BALLOTS, "d,,turisti,Reti,2"]), plan, 5)
    # a and d give the same points twice
    assert table["item"].tolist() == ["rive-1"]
    assert table["n_choosers"].tolist() == [1]
    assert [one.row for one in unread] == [2, 3, 6, 7]


def test_lists_from_file_to_table(path: Path, plan: Plan) -> None:
    table, unread, _ = rank_lists(written(path, MENTIONS.required, [*LISTS, "d,,turisti,,"]), plan)
    assert table["item"].tolist() == ["biblioteca", "scuola", "parrocchia", "rsa", "orti"]
    assert table["smith"][0] == pytest.approx(29 / 48)  # of four, one of whom named nothing
    assert table["smith_balanced"][0] == pytest.approx(29 / 36)  # of the three of the group large enough
    assert unread == ()


def test_rounds_from_files_to_table(tmp_path: Path, plan: Plan) -> None:
    header = tuple(RATED.split(","))
    said = [f"p{n},,turisti,acqua-1,importance,{value}" for n, value in enumerate("2333444455")]
    again = [f"p{n},,turisti,acqua-1,importance,{value}" for n, value in enumerate("3334444455")]
    first = written(tmp_path / "first.csv", header, said)
    second = written(tmp_path / "second.csv", header, [*again, "p0,,turisti,acqua-1,importanza,6"])
    table, unread, _ = compare_rounds(first, second, plan, at_most=0.15)
    assert table["objective"].unique().tolist() == ["acqua-1", "acqua-2", "rive-1"]
    assert table["net_change"][0] == pytest.approx(0.10)
    assert (table["stable"][0], table["n_paired"][0], table["dropped"][0]) == (True, 10, 0)
    assert not table["stable"][1:].any()
    assert [(one.row, one.source) for one in unread] == [(12, "second.csv")]
