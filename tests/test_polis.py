"""Polis's own export: the last vote counts, whoever has no group is counted, and nothing is lost unsaid."""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from subprocess import run

import pandas as pd
import pytest

from analysis.accord.opinion import comment_consensus
from consultation.errors import MissingColumns, Problem
from consultation.importing.polis import read_conversation
from consultation.language import Language
from pages.terminal.consensus import consensus
from tests.conftest import PROJECT, SHARED

COLUMNS = ["comment_id", "n", "agree", "disagree", "pass", "gic", "division"]
FILES = ("votes.csv", "comments.csv", "participants-votes.csv")
REAL = SHARED / "data" / "polis"

VOTES = """\
timestamp,datetime,comment-id,voter-id,vote
1700000000001,Tue Nov 14 23:13:20 CET 2023,2,1,1
1700000000002,Tue Nov 14 23:13:20 CET 2023,2,2,1
1700000000003,Tue Nov 14 23:13:20 CET 2023,2,3,0
1700000000004,Tue Nov 14 23:13:20 CET 2023,2,4,-1
1700000000005,Tue Nov 14 23:13:20 CET 2023,2,5,1
1700000000009,Tue Nov 14 23:13:20 CET 2023,10,1,-1
1700000000006,Tue Nov 14 23:13:20 CET 2023,10,1,1
1700000000007,Tue Nov 14 23:13:20 CET 2023,10,2,-1
1700000000008,Tue Nov 14 23:13:20 CET 2023,7,4,1
"""
COMMENTS = """\
timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1700000000000,Tue Nov 14 23:13:20 CET 2023,10,1,1,2,1,"Più panchine, più ombra"
1700000000000,Tue Nov 14 23:13:20 CET 2023,2,1,3,1,1,=1+1
1700000000000,Tue Nov 14 23:13:20 CET 2023,3,1,0,0,-1,Mai votato
"""
GROUPS = """\
participant,group-id,n-comments,n-votes,n-agree,n-disagree,2,10
1,0,0,2,1,1,1,-1
2,0,0,2,1,1,1,-1
3,1,0,1,0,0,0,
4,1,0,1,0,1,-1,
5,,0,1,1,0,1,
"""


def export(folder: Path, votes: str = VOTES, comments: str = COMMENTS, groups: str = GROUPS) -> list[Path]:
    """An invented conversation of five voters in two groups, as Polis would export it."""
    paths = [folder / name for name in FILES]
    for path, text in zip(paths, (votes, comments, groups), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def told(problems: list[Problem]) -> list[str]:
    return [Language("en").tell(problem) for problem in problems]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shuffled(text: str, seed: int) -> str:
    header, *rows = text.splitlines()
    random.Random(seed).shuffle(rows)
    return "\n".join([header, *rows]) + "\n"


@pytest.mark.parametrize(
    "folder", sorted(REAL.iterdir()) if REAL.is_dir() else [], ids=lambda folder: folder.name
)
def test_real_conversations_count_as_they_do_by_hand(folder: Path) -> None:
    """Against plain dicts and fractions, which share nothing with the project but the files."""
    paths = [folder / name for name in FILES]
    table, unread, _ = consensus(*paths)
    assert unread == ()
    assert table.columns.tolist() == COLUMNS

    last: dict[tuple[int, str], tuple[int, int]] = {}
    for row in rows_of(paths[0]):
        ballot = (int(row["comment-id"]), row["voter-id"])
        if ballot not in last or int(row["timestamp"]) >= last[ballot][0]:
            last[ballot] = (int(row["timestamp"]), int(row["vote"]))
    group_of = {row["participant"]: row["group-id"] for row in rows_of(paths[2])}
    votes: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for (comment, voter), (_, vote) in last.items():
        votes[comment][group_of.get(voter, "")].append(vote)

    comments = sorted({int(row["comment-id"]) for row in rows_of(paths[1])} | set(votes))
    assert table["comment_id"].tolist() == comments
    for comment, found in zip(comments, table.to_dict("records"), strict=True):
        everyone = [vote for of_group in votes[comment].values() for vote in of_group]
        counts = (len(everyone), everyone.count(1), everyone.count(-1), everyone.count(0))
        assert (found["n"], found["agree"], found["disagree"], found["pass"]) == counts
        shares = [
            Fraction(of_group.count(1) + 1, len(of_group) + 2)
            for group, of_group in votes[comment].items()
            if group
        ]
        product = Fraction(1)
        for share in shares:
            product *= share
        gic = float(product) ** (1 / len(shares)) if shares else float("nan")
        division = float(max(shares) - min(shares)) if len(shares) > 1 else float("nan")
        assert found["gic"] == pytest.approx(gic, abs=1e-12, nan_ok=True)
        assert found["division"] == pytest.approx(division, abs=1e-12, nan_ok=True)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real conversations are not on this machine")
def test_the_last_votes_are_those_polis_lists_per_participant() -> None:
    """`participants-votes.csv` has a column for each comment: an oracle within the export itself."""
    for folder in REAL.iterdir():
        read = read_conversation(*(folder / name for name in FILES))
        counted = {(v.voter_id, str(v.comment_id)): v.vote for v in read.votes.itertuples()}
        listed = {
            (row["participant"], comment): int(vote)
            for row in rows_of(folder / "participants-votes.csv")
            for comment, vote in row.items()
            if comment.isdigit() and vote
        }
        assert listed
        assert {ballot: counted[ballot] for ballot in listed} == listed


def test_an_invented_conversation(tmp_path: Path) -> None:
    """On 10 a voter changed from agreeing to disagreeing, in a line that stands before the other."""
    table, unread, notices = consensus(*export(tmp_path))
    nan = float("nan")
    expected = pd.DataFrame(
        [
            # (2 + 1)/(2 + 2) in one group, (0 + 1)/(2 + 2) in the other, where one passed
            (2, 5, 3, 1, 1, (3 / 4 * 1 / 4) ** 0.5, 0.5),
            (3, 0, 0, 0, 0, nan, nan),
            (7, 1, 1, 0, 0, 2 / 3, nan),
            (10, 2, 0, 2, 0, 1 / 4, nan),
        ],
        columns=COLUMNS,
    )
    pd.testing.assert_frame_equal(table, expected)
    assert unread == ()
    assert told(list(notices)) == [
        "votes.csv: votes that the same voter gave again later: 1. The last on each comment counts.",
        "votes.csv: comments that have votes and no row in comments.csv: 1 (7). Their votes count.",
        "participants-votes.csv: voters without an opinion group: 1. Their votes are counted, but not in the "
        "consensus of the groups.",
    ]


def test_what_people_wrote_stays_as_it_stands(tmp_path: Path) -> None:
    comments = read_conversation(*export(tmp_path)).comments
    assert dict(zip(comments["comment_id"], comments["text"], strict=True)) == {
        2: "=1+1",
        3: "Mai votato",
        10: "Più panchine, più ombra",
    }


@pytest.mark.parametrize("seed", range(5))
def test_another_order_of_rows_gives_the_same_table(tmp_path: Path, seed: int) -> None:
    table, _, notices = consensus(*export(tmp_path))
    paths = export(tmp_path, shuffled(VOTES, seed), shuffled(COMMENTS, seed), shuffled(GROUPS, seed))
    again, _, notices_again = consensus(*paths)
    assert again.to_csv() == table.to_csv()
    assert told(list(notices_again)) == told(list(notices))


def test_of_two_votes_in_one_millisecond_the_one_furthest_down_counts_and_is_told(tmp_path: Path) -> None:
    """Time alone cannot say which was meant; a vote repeated with the same sign raises no question."""
    twice = VOTES + "1700000000004,,2,4,1\n1700000000005,,2,5,1\n"
    table, _, notices = consensus(*export(tmp_path, votes=twice))
    assert table.loc[table["comment_id"] == 2, ["agree", "disagree"]].to_numpy().tolist() == [[4, 0]]
    assert (
        "votes.csv: on these rows a voter gives one comment different votes at the same moment: 5, 11. "
        "The one furthest down counts."
    ) in told(list(notices))


def test_an_earlier_doubt_is_settled_by_a_later_vote(tmp_path: Path) -> None:
    later = VOTES + "1700000000004,,2,4,1\n1700000000010,,2,4,0\n"
    _, _, notices = consensus(*export(tmp_path, votes=later))
    assert not [sentence for sentence in told(list(notices)) if "same moment" in sentence]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1700000000020,,2,6,2", "The column vote cannot hold “2”: write one of 1, 0, -1."),
        ("1700000000020,,2,6,", "The column vote cannot hold “”: write one of 1, 0, -1."),
        ("1700000000020,,two,6,1", "The column comment-id cannot hold “two”: write a whole number."),
        ("1.7E+12,,2,6,1", "The column timestamp cannot hold “1.7E+12”: write a whole number."),
        ("1700000000020,,2,,1", "This row has no voter-id: say whose it is."),
        (
            "1700000000020,,2,6",
            "This row has 4 cells, the header 5: add the missing ones, or a closing quotation mark before "
            "them.",
        ),
    ],
)
def test_a_row_that_cannot_be_used_is_handed_back_and_the_others_count(
    tmp_path: Path, row: str, reason: str
) -> None:
    whole, _, _ = consensus(*export(tmp_path))
    header, first, *rest = VOTES.splitlines()
    table, unread, _ = consensus(*export(tmp_path, votes="\n".join([header, first, row, *rest])))
    assert [(one.row, one.source, Language("en").tell(one.reason)) for one in unread] == [
        (3, "votes.csv", reason)
    ]
    pd.testing.assert_frame_equal(table, whole, check_exact=True)


def test_numbers_and_signs_as_other_programs_write_them(tmp_path: Path) -> None:
    """Semicolons, 7.0 for 7, a plus sign, a typographer's minus."""
    whole, _, _ = consensus(*export(tmp_path))
    votes = VOTES.replace(",-1\n", ",−1\n").replace(",1\n", ",+1.0\n").replace(",2,", ",2.0,")
    table, unread, _ = consensus(
        *export(tmp_path, votes=votes.replace(",", ";"), groups=GROUPS.replace("\n4,1,", "\n4.0,1.0,"))
    )
    assert unread == ()
    pd.testing.assert_frame_equal(table, whole, check_exact=True)


def test_a_participant_in_two_groups_is_in_none_and_a_repeated_one_in_one(tmp_path: Path) -> None:
    groups = GROUPS + "2,1,0,2,1,1,1,-1\n1,0,0,2,1,1,1,-1\n"
    table, unread, notices = consensus(*export(tmp_path, groups=groups))
    assert [(one.row, one.source) for one in unread] == [(3, FILES[2]), (7, FILES[2])]
    assert Language("en").tell(unread[0].reason) == (
        "The participant “2” stands on rows 3, 7 with different contents: keep one of them."
    )
    assert table.loc[table["comment_id"] == 2, "n"].item() == 5
    assert table.loc[table["comment_id"] == 2, "gic"].item() == pytest.approx((2 / 3 * 1 / 4) ** 0.5)
    assert any("repeat others word for word" in sentence for sentence in told(list(notices)))
    assert any("without an opinion group: 2" in sentence for sentence in told(list(notices)))


def test_a_comment_that_stands_twice_with_other_words_is_handed_back(tmp_path: Path) -> None:
    comments = COMMENTS + "1700000000000,,2,1,3,1,1,Altro\n"
    table, unread, _ = consensus(*export(tmp_path, comments=comments))
    assert [(one.row, one.source) for one in unread] == [(3, "comments.csv"), (5, "comments.csv")]
    assert table["comment_id"].tolist() == [2, 3, 7, 10]


def test_voters_whom_no_group_knows_are_counted_without_consensus(tmp_path: Path) -> None:
    table, _, _ = consensus(*export(tmp_path, groups="participant,group-id\n99,0\n"))
    assert table["n"].tolist() == [5, 0, 1, 2]
    assert table[["gic", "division"]].isna().all(axis=None)


def test_without_a_readable_vote_every_comment_stands_empty(tmp_path: Path) -> None:
    table, unread, _ = consensus(*export(tmp_path, votes=VOTES.splitlines()[0] + "\n1,,2,1,agree\n"))
    assert table["n"].tolist() == [0, 0, 0]
    assert table["comment_id"].tolist() == [2, 3, 10]
    assert len(unread) == 1


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 2, 1), (2, 1, 0)])
def test_files_in_each_others_place_are_told(tmp_path: Path, order: tuple[int, ...]) -> None:
    paths = export(tmp_path)
    with pytest.raises(MissingColumns, match="lacks these columns"):
        consensus(*(paths[place] for place in order))


def test_a_column_that_stands_twice_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingColumns, match="more than one column named vote"):
        consensus(*export(tmp_path, votes=VOTES.replace("datetime", "vote")))


def test_two_votes_of_one_voter_on_a_comment_are_a_mistake() -> None:
    votes = pd.DataFrame({"comment_id": [1, 1], "voter_id": ["a", "a"], "vote": [1, 0]})
    groups = pd.DataFrame({"voter_id": ["a"], "group": ["0"]})
    with pytest.raises(ValueError, match="one vote"):
        comment_consensus(votes, votes[["comment_id"]], groups)
    with pytest.raises(ValueError, match="a vote is one of"):
        comment_consensus(votes.tail(1).assign(vote=2), votes[["comment_id"]], groups)
    with pytest.raises(ValueError, match="not unique"):
        comment_consensus(votes.tail(1), votes[["comment_id"]], pd.concat([groups, groups]))


def test_the_terminal_loads_no_screen() -> None:
    code = "import sys, pages.terminal.consensus; sys.exit('streamlit' in sys.modules)"
    assert run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0
