"""Confirmed clusters and invitations as CSV: what cannot be used is told with its row, the rest counts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation import tables
from consultation.errors import MissingColumns, UnreadableFile
from consultation.importing.besides import (
    read_clusters,
    read_invitations,
    read_invited,
    unknown_members,
)
from consultation.importing.csv_tables import Read
from consultation.plan import Plan, load_plan
from tests.conftest import PROJECT

LIBRARIES = PROJECT / "tests" / "plans" / "biblioteche.toml"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(LIBRARIES)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "besides.csv"


def clusters(path: Path, *rows: str, header: str = "cluster,contribution_id,kind") -> Read:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return read_clusters(path)


def invitations(path: Path, plan: Plan, *rows: str, header: str = "group,invited") -> Read:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return read_invitations(path, plan)


def reasons(read: Read) -> dict[int, str]:
    return {unread.row: str(unread.reason) for unread in read.unread}


def told(read: Read) -> str:
    return "\n".join(str(notice) for notice in read.notices)


# clusters


def test_clusters_become_the_tidy_table(path: Path) -> None:
    read = clusters(path, "k2,c9,duplicate", "k1,c2,campaign", "k2,c3,Duplicate", "k1,c10,")
    assert list(read.table.columns) == tables.CLUSTERS.all
    assert read.table.to_numpy().tolist() == [
        ["k1", "c10", "campaign"],
        ["k1", "c2", "campaign"],
        ["k2", "c3", "duplicate"],
        ["k2", "c9", "duplicate"],
    ]
    assert (read.unread, read.notices) == ((), ())


def test_without_a_kind_they_are_campaigns(path: Path) -> None:
    read = clusters(path, "k,c1", "k,c2", header="cluster,contribution_id")
    assert read.table["kind"].tolist() == ["campaign"] * 2


@pytest.mark.parametrize("row", ["k,,campaign", ",c9,campaign", ",,"])
def test_a_member_without_its_cluster_or_its_name_is_handed_back(path: Path, row: str) -> None:
    read = clusters(path, "k,c1,campaign", row, "k,c2,campaign")
    assert read.table["contribution_id"].tolist() == ["c1", "c2"]
    if row != ",,":  # an empty line is none
        assert "needs both a cluster and a contribution_id" in reasons(read)[3]


def test_an_unknown_kind_is_told_with_those_there_are(path: Path) -> None:
    read = clusters(path, "k,c1,petizione", "k,c2,campaign")
    assert read.table["contribution_id"].tolist() == ["c2"]
    assert "“petizione”" in reasons(read)[2]
    assert "campaign, duplicate" in reasons(read)[2]


def test_a_contribution_in_two_clusters_is_in_none_and_both_rows_say_so(path: Path) -> None:
    read = clusters(path, "k,c1,campaign", "k,c2,campaign", "m,c1,duplicate", "m,c3,duplicate")
    assert read.table[["cluster", "contribution_id"]].to_numpy().tolist() == [["k", "c2"], ["m", "c3"]]
    assert list(reasons(read)) == [2, 4]
    for reason in reasons(read).values():
        assert "“c1” stands in more than one cluster, on rows 2, 4" in reason


def test_one_member_of_two_kinds_is_not_guessed_between(path: Path) -> None:
    read = clusters(path, "k,c1,campaign", "k,c1,duplicate", "k,c2,campaign")
    assert read.table["contribution_id"].tolist() == ["c2"]
    assert list(reasons(read)) == [2, 3]


def test_a_row_pasted_twice_is_one_member_and_told(path: Path) -> None:
    read = clusters(path, "k,c1,campaign", "k,c1,Campaign", "k,c2,campaign")
    assert read.table["contribution_id"].tolist() == ["c1", "c2"]
    assert "rows repeat others word for word" in told(read)
    assert read.unread == ()


def test_columns_nobody_uses_are_told_and_missing_ones_named(path: Path) -> None:
    read = clusters(path, "k,c1,campaign,Anna", header="Cluster,Contribution_ID,kind,confirmed_by")
    assert "“confirmed_by”" in told(read)
    assert len(read.table) == 1
    with pytest.raises(MissingColumns, match="lacks the column contribution_id"):
        clusters(path, "k,c1", header="cluster,member")
    with pytest.raises(MissingColumns, match="lacks these columns: cluster, contribution_id"):
        clusters(path, "k,c1", header="gruppo,member")
    with pytest.raises(UnreadableFile):
        read_clusters(path.with_name("none.csv"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.permutations(["k,c1,campaign", "k,c2,campaign", "m,c3,duplicate", "m,c4,duplicate", "m,c1,campaign"])
)
def test_the_order_of_rows_changes_nothing(path: Path, rows: list[str]) -> None:
    read = clusters(path, *rows)
    assert read.table["contribution_id"].tolist() == ["c2", "c3", "c4"]
    assert len(read.unread) == 2


def test_confirmed_members_make_the_same_table(path: Path) -> None:
    read = clusters(path, "k2,c9,duplicate", "k1,c2,campaign")
    made = tables.clusters([("k2", "c9", "duplicate"), ("k1", "c2", "campaign")])
    assert made.to_dict("list") == read.table.to_dict("list")
    assert tables.clusters([]).columns.tolist() == tables.CLUSTERS.all


# invitations


def test_invitations_stand_in_the_plans_order(path: Path, plan: Plan) -> None:
    read = invitations(path, plan, "librerie,12", "Scuole,30")
    assert read.table.to_dict("list") == {"group": ["scuole", "librerie"], "invited": [30, 12]}
    assert read.table["invited"].dtype == "int64"
    assert read.unread == ()


def test_several_rows_of_one_group_are_added_up(path: Path, plan: Plan) -> None:
    read = invitations(path, plan, "scuole,30", "librerie,0", "scuole,12")
    assert read.table.to_dict("list") == {"group": ["scuole", "librerie"], "invited": [42, 0]}


@pytest.mark.parametrize("value", ["-1", "1.5", "molti", "", "1e3", "12345678", "²"])
def test_what_is_no_number_of_people_is_handed_back(path: Path, plan: Plan, value: str) -> None:
    read = invitations(path, plan, f"scuole,{value}", "librerie,3")
    assert read.table["group"].tolist() == ["librerie"]
    assert "is not a number of people" in reasons(read)[2]


def test_a_group_the_plan_does_not_list_is_handed_back(path: Path, plan: Plan) -> None:
    read = invitations(path, plan, "marziani,5", "non_indicato,2", "scuole,3")
    assert read.table["group"].tolist() == ["scuole"]
    assert list(reasons(read)) == [2, 3]
    assert "“marziani”" in reasons(read)[2]


def test_nothing_that_can_be_read_is_an_empty_table(path: Path, plan: Plan) -> None:
    read = invitations(path, plan, "marziani,5")
    assert read.table.columns.tolist() == ["group", "invited"]
    assert read.table.empty
    assert str(read.table["invited"].dtype) == "int64"


def test_a_list_with_a_row_for_each_person_is_counted_by_groups_and_nothing_else_is_read(
    path: Path, plan: Plan
) -> None:
    path.write_text("nome;Group\nUgo Zani;Scuole\nPia Rho;abitanti\nEva Riva;scuole\n", encoding="utf-8")
    read = read_invited(path, plan)
    assert read.table.to_dict("list") == {"group": ["scuole", "abitanti"], "invited": [2, 1]}
    assert "Zani" not in f"{read}"


def test_a_list_with_numbers_is_added_up_and_an_empty_number_is_no_person(path: Path, plan: Plan) -> None:
    path.write_text("group,invited\nscuole,30\nlibrerie,\nscuole,2\n", encoding="utf-8")
    read = read_invited(path, plan)
    assert read.table.to_dict("list") == {"group": ["scuole"], "invited": [32]}
    assert "is not a number of people" in reasons(read)[3]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("header", ["gruppo,invitati", " Gruppo , INVITATE", "GRUPPO,Numero", "group,numero"])
def test_a_list_may_have_italian_headings_whatever_their_case_blanks_and_separator(
    path: Path, plan: Plan, header: str, separator: str
) -> None:
    lines = [header, "scuole,30", "Librerie,2", "scuole,1"]
    path.write_text("\n".join(lines).replace(",", separator), encoding="utf-8")
    for read in (read_invited(path, plan), read_invitations(path, plan)):
        assert read.table.to_dict("list") == {"group": ["scuole", "librerie"], "invited": [31, 2]}
        assert (read.unread, read.notices) == ((), ())


@pytest.mark.parametrize("text", ["gruppo\nscuole\nscuole\n", "nome;Gruppo\nUgo;scuole\nPia;Scuole\n"])
def test_a_list_of_people_may_have_an_italian_heading(path: Path, plan: Plan, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    assert read_invited(path, plan).table.to_dict("list") == {"group": ["scuole"], "invited": [2]}


def test_a_group_that_is_not_known_is_told_with_the_heading_that_the_list_has(path: Path, plan: Plan) -> None:
    path.write_text("Gruppo,invitati\nmarziani,3\n", encoding="utf-8")
    assert reasons(read_invited(path, plan))[2].startswith("The column Gruppo cannot hold “marziani”")


@pytest.mark.parametrize(
    "header", ["gruppo,invitati,numero", "gruppo,group,invitati", "gruppo,invitati,Invitati"]
)
def test_two_columns_that_say_the_same_are_told_and_none_is_chosen(
    path: Path, plan: Plan, header: str
) -> None:
    path.write_text(f"{header}\nscuole,3,4\n", encoding="utf-8")
    with pytest.raises(MissingColumns, match=r"for the same thing: “.+”, “.+”\. Keep"):
        read_invited(path, plan)


@pytest.mark.parametrize(
    ("header", "lacking"),
    [
        ("settore,invitati", "lacks the column of the groups: call it “group”"),
        ("gruppo,persone", "lacks the column of how many were invited: call it “invited”"),
        ("settore,persone", "lacks two columns: call them “group” and “invited”"),
    ],
)
def test_a_missing_column_is_told_one_as_one_and_two_as_two(
    path: Path, plan: Plan, header: str, lacking: str
) -> None:
    with pytest.raises(MissingColumns, match=f"{lacking}. It has “") as told:
        invitations(path, plan, "scuole,3", header=header)
    assert header.split(",")[0] in str(told.value)


def test_groups_may_be_called_by_their_names(path: Path, plan: Plan) -> None:
    label = plan.groups["volontari"].label.it
    read = invitations(path, plan, f'"{label.upper()}",3', "volontari,4")
    assert read.table.to_dict("list") == {"group": ["volontari"], "invited": [7]}


def test_what_the_plan_says_of_invitations_is_the_same_table(path: Path) -> None:
    source = LIBRARIES.read_text("utf-8")
    right = 'label = { it = "Librerie" }'
    path.write_text(source.replace(right, f"{right}\ninvited = 12", 1), encoding="utf-8")
    assert tables.invitations(load_plan(path)).to_dict("list") == {"group": ["librerie"], "invited": [12]}
    assert tables.invitations(load_plan(LIBRARIES)).empty


def test_members_whom_nobody_knows_are_told(tmp_path: Path) -> None:
    clusters = tables.clusters([("k", "a", "campaign"), ("k", "zz", "campaign")])
    answers = pd.DataFrame({"contribution_id": ["a", "b"]})
    (notice,) = unknown_members(clusters, [answers], tmp_path / "clusters.csv")
    assert notice.values["n"] == 1
    assert "zz" in str(notice)
    assert unknown_members(clusters.iloc[:1], [answers], tmp_path / "clusters.csv") == ()
