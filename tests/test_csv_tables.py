"""Answers and ratings as CSV: whatever is wrong with a file, its good rows count and the rest is told."""

from __future__ import annotations

import contextlib
import csv
import io
import random
import sqlite3
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.contribution import plain_text
from consultation.errors import MissingColumns, Notice, Problem, UnreadableFile
from consultation.exporting import csv_bytes, write_files
from consultation.importing.belonging import agree
from consultation.importing.csv_tables import LONGEST_IMPORTED, Read, read_answers, read_ratings
from consultation.importing.files import read_sheet
from consultation.importing.unread import Unread
from consultation.plan import Plan, read_plan
from consultation.tables import ANSWERS, RATINGS

PLAN = """
id = "lago"
title = { it = "Il lago", en = "The lake" }
[[strategic_questions]]
id = "acqua"
title = { it = "L'acqua", en = "Water" }
statement = { it = "Acqua pulita.", en = "Clean water." }
  [[strategic_questions.objectives]]
  id = "acqua-1"
  title = { it = "Pulire", en = "Clean" }
  seeds = ["pulire"]
  [[strategic_questions.objectives]]
  id = "acqua-2"
  title = { it = "Misurare", en = "Measure" }
  seeds = ["misurare"]
[[strategic_questions]]
id = "rive"
title = { it = "Le rive", en = "Shores" }
statement = { it = "Rive aperte.", en = "Open shores." }
  [[strategic_questions.objectives]]
  id = "rive-1"
  title = { it = "Aprire", en = "Open" }
  seeds = ["aprire"]
[[guiding_questions]]
id = "visioni"
heading = { it = "Visioni", en = "Visions" }
question = { it = "Che lago?", en = "What lake?" }
[[guiding_questions]]
id = "risorse"
heading = { it = "Risorse", en = "Resources" }
question = { it = "Con che cosa?", en = "With what?" }
[[stakeholder_groups]]
id = "pescatori"
label = { it = "Pescatori", en = "Fishers" }
[[stakeholder_groups]]
id = "turisti"
label = { it = "Turisti", en = "Tourists" }
"""

HEADER = "answer_id,contribution_id,unit,group,strategic_question,guiding_question,text"
RATED = "contribution_id,unit,group,objective,dimension,value"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(PLAN)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


def told(read: Read) -> str:
    return "\n".join(str(notice) for notice in read.notices)


def reasons(read: Read) -> dict[int, str]:
    return {unread.row: str(unread.reason) for unread in read.unread}


def answers(path: Path, plan: Plan, *rows: str, header: str = HEADER) -> Read:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return read_answers(path, plan)


def ratings(path: Path, plan: Plan, *rows: str) -> Read:
    path.write_text("\n".join([RATED, *rows]) + "\n", encoding="utf-8")
    return read_ratings(path, plan)


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_plain_file_becomes_the_tidy_table(path: Path, plan: Plan) -> None:
    read = answers(
        path, plan, "b,c1,Circolo,pescatori,acqua,visioni,Più pesci", "a,c2,,turisti,,,Rive aperte"
    )
    assert list(read.table.columns) == ANSWERS.all
    assert read.table["answer_id"].tolist() == ["a", "b"]
    assert read.table.iloc[1].to_dict() == {
        "answer_id": "b",
        "contribution_id": "c1",
        "unit": "Circolo",
        "group": "pescatori",
        "strategic_question": "acqua",
        "guiding_question": "visioni",
        "text": "Più pesci",
        "objectives": "",
        "language": "it",
        "consent": "quotable_with_group",
        "channel": "import",
        "at": "",
        "wording": "1",
        "late": "",
    }
    assert read.unread == ()
    assert read.notices == ()


def test_wording_and_lateness_are_read_where_they_stand_and_nothing_else_in_their_place(
    path: Path, plan: Plan
) -> None:
    said = ["a1,c1,,turisti,,,x,12,LATE", "a2,c2,,turisti,,,x,,", "a3,c3,,,,,x,0,", "a4,c4,,,,,x,1,si"]
    read = answers(path, plan, *said, header=f"{HEADER},wording,late")
    assert read.table[["answer_id", "wording", "late"]].to_numpy().tolist() == [
        ["a1", "12", "late"],
        ["a2", "1", ""],
    ]
    assert reasons(read) == {
        4: "“0” is no version of the plan's wording: write a whole number, or leave the cell empty.",
        5: "The column late cannot hold “si”: write late, or leave the cell empty.",
    }


def test_a_late_rating_is_read_as_one(path: Path, plan: Plan) -> None:
    rows = ["c1,,turisti,acqua-1,urgency,3,Late", "c2,,turisti,acqua-1,urgency,3,x"]
    path.write_text("\n".join([f"{RATED},late", *rows]), encoding="utf-8")
    read = read_ratings(path, plan)
    assert read.table["late"].tolist() == ["late"]
    assert [row.row for row in read.unread] == [3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_usual_way_of_saving_reads_alike(
    path: Path, plan: Plan, encoding: str, line_end: str, separator: str
) -> None:
    rows = [
        HEADER.split(","),
        ["a1", "c1", "", "turisti", "acqua", "", f'Città, "bella"; sì:\tperò{line_end}su due righe'],
        ["a2", "c2", "", "pescatori", "", "", "Più reti"],
    ]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, lineterminator=line_end).writerows(rows)
    path.write_bytes(written.getvalue().encode(encoding))
    read = read_answers(path, plan)
    assert read.table["text"].tolist() == ['Città, "bella"; sì:\tperò\nsu due righe', "Più reti"]
    assert (read.unread, read.notices) == ((), ())


def test_rows_are_numbered_as_in_a_spreadsheet(path: Path, plan: Plan) -> None:
    read = answers(
        path,
        plan,
        'a1,c1,,turisti,,,"una\ndue\ntre"',
        "",
        ",,,,,,",
        "a2,c2,,turisti,fuoco,,x",
        "a3,c3,,turisti,,,y",
    )
    assert list(reasons(read)) == [5]  # row 2 has three lines, row 3 is blank, row 4 holds separators only
    assert read.table["answer_id"].tolist() == ["a1", "a3"]


def test_latin_1_bytes_are_read_row_by_row_and_told(path: Path, plan: Plan) -> None:
    lines = [
        HEADER.encode(),
        "a1,c1,,turisti,,,La città è già così".encode(),
        "a2,c2,,turisti,,,La città è già così".encode("cp1252"),
        "a3,c3,,turisti,,,“Caffè” – 5 €".encode("cp1252"),
    ]
    path.write_bytes(b"\n".join(lines))
    read = read_answers(path, plan)
    assert read.table["text"].tolist() == ["La città è già così", "La città è già così", "“Caffè” – 5 €"]
    assert "3–4" in told(read)
    assert "UTF-8" in told(read)


def test_only_the_cell_that_is_not_utf8_is_read_as_windows_1252(path: Path, plan: Plan) -> None:
    path.write_bytes(f"{HEADER}\na1,".encode() + "Università".encode("cp1252") + ",,turisti,,,però".encode())
    read = read_answers(path, plan)
    assert read.table[["contribution_id", "text"]].to_numpy().tolist() == [["Università", "però"]]


def test_control_characters_are_taken_out_and_told(path: Path, plan: Plan) -> None:
    read = answers(
        path,
        plan,
        "a1,c1,,turisti,,,pulito",
        "a2,c2,,turisti,,,spo\x00rc\x07o",
        "a3\x1b,c3,,turisti,,,una\x0bdue",
    )
    assert read.table["text"].tolist() == ["pulito", "sporco", "una\ndue"]
    assert read.table["answer_id"].tolist() == ["a1", "a2", "a3"]
    assert "control characters" in told(read)
    assert "3–4 (2 in all)" in told(read)


def test_a_five_megabyte_answer_is_unread_with_its_length_and_the_rest_counts(path: Path, plan: Plan) -> None:
    long = "parola " * 750_000
    read = answers(path, plan, f"a1,c1,,turisti,,,{long}", "a2,c2,,turisti,,,breve")
    assert read.table["answer_id"].tolist() == ["a2"]
    assert "5249999 characters" in reasons(read)[2]
    assert str(LONGEST_IMPORTED) in reasons(read)[2]


def test_a_text_of_the_longest_length_is_read(path: Path, plan: Plan) -> None:
    read = answers(path, plan, "a1,c1,,turisti,,," + "x" * LONGEST_IMPORTED)
    assert read.table.loc[0, "text"] == "x" * LONGEST_IMPORTED


def test_formula_like_cells_are_read_as_they_stand_and_our_own_apostrophe_goes(
    path: Path, plan: Plan
) -> None:
    read = answers(
        path, plan, "a1,c1,,turisti,,,=1+1", "a2,c2,,turisti,,,'=1+1", "a3,c3,,turisti,,,'ndrangheta no"
    )
    assert read.table["text"].tolist() == ["=1+1", "=1+1", "'ndrangheta no"]


def test_a_row_with_too_few_or_too_many_cells_is_unread(path: Path, plan: Plan) -> None:
    read = answers(
        path,
        plan,
        "a1,c1,,turisti",
        "a2,c2,,turisti,,,sì, certo",
        "a3,c3,,turisti,,,va bene,,",
        "a4,c4,,turisti,,,ok",
    )
    assert read.table["answer_id"].tolist() == ["a3", "a4"]  # blanks at the end of a row lose nothing
    assert "4 cells" in reasons(read)[2]
    assert "8 cells" in reasons(read)[3]
    assert "quotation marks" in reasons(read)[3]
    assert {unread.source for unread in read.unread} == {"answers.csv"}


def test_a_stray_quotation_mark_costs_its_own_row_only(path: Path, plan: Plan) -> None:
    read = answers(
        path,
        plan,
        "a1,c1,,turisti,,,prima",
        'a2,c2,,turisti,,"mai chiusa,x',
        'a3,c3,,turisti,,,"chiusa, bene"',
        'a4,c4,,turisti,,,"Bello" disse lui',
        'a5,c5,,turisti,,"mai chiusa,y',
        "a6,c6,,turisti,,,ultima",
    )
    assert read.table["answer_id"].tolist() == ["a1", "a3", "a4", "a6"]
    assert list(reasons(read)) == [3, 6]
    assert "quotation mark" in reasons(read)[3]


def test_a_semicolon_file_whose_questions_hold_commas_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text("Cosa, come, quando?;Dove?\nqui, sì;là\nsempre;lì\n", encoding="utf-8")
    sheet = read_sheet(path)
    assert sheet.headers == ("Cosa, come, quando?", "Dove?")
    assert sheet.cells[1].tolist() == ["là", "lì"]


def test_one_column_without_any_separator_reads(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("testo\nsì, certo\nno\n", encoding="utf-8")
    assert read_sheet(path).cells[0].tolist() == ["sì, certo", "no"]


def test_headers_are_stripped_may_repeat_and_may_hold_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text('"Che cosa\nvorresti? ", Perché ,Perché,\na,b,c,\n', encoding="utf-8")
    assert read_sheet(path).headers == ("Che cosa\nvorresti?", "Perché", "Perché", "")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n\n", "empty"),
        (HEADER.encode(), "no rows"),
        (f"{HEADER}\n,,,,,,\n".encode(), "no rows"),
        (b'answer_id,"text\na1,x\n', "quotation mark"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "spreadsheet"),
        (b"\x1f\x8b\x08\x00abc", "gzip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 9, "not text"),
        ("answer_id,text\na,b\n".encode("utf-16-le"), "not text"),
        (b'[{"answer_id": "a1"}]', "JSON"),
        (b'{"answer_id": "a1"}', "JSON"),
        (b"\n<!DOCTYPE html><html>", "web page"),
    ],
)
def test_a_file_that_holds_no_table_says_what_it_is(
    path: Path, plan: Plan, content: bytes, word: str
) -> None:
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=word):
        read_answers(path, plan)


def test_a_workbook_an_archive_and_a_database_are_told_by_name(path: Path, plan: Plan) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(UnreadableFile, match="spreadsheet"):
        read_answers(path, plan)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("answers.csv", HEADER)
    with pytest.raises(UnreadableFile, match="ZIP"):
        read_answers(path, plan)
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("create table answers (text)")
    with pytest.raises(UnreadableFile, match="SQLite"):
        read_answers(path, plan)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path, plan: Plan) -> None:
    with pytest.raises(UnreadableFile, match="no file"):
        read_answers(tmp_path / "nowhere.csv", plan)
    with pytest.raises(UnreadableFile, match="folder"):
        read_ratings(tmp_path, plan)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300) | st.text("\"',;\t\r\n\0aà1=").map(str.encode), st.booleans())
def test_no_file_at_all_ends_in_a_traceback(path: Path, plan: Plan, content: bytes, headed: bool) -> None:
    path.write_bytes(f"{HEADER},objectives,at\n".encode() * headed + content)
    with contextlib.suppress(Problem):
        read = read_answers(path, plan)
        assert read.table["answer_id"].is_unique
        assert (read.table["text"] != "").all()


@given(st.text())
def test_cells_are_mended_just_as_the_form_mends_texts(text: str) -> None:
    from consultation.importing.files import _plain

    assert _plain(text) == plain_text(text)


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────


def test_missing_columns_are_named_with_those_found(path: Path, plan: Plan) -> None:
    with pytest.raises(MissingColumns, match=r"group, text.*“answer_id”, “testo”"):
        answers(
            path,
            plan,
            "a,b,c,d,e,f",
            header="answer_id,testo,contribution_id,unit,strategic_question,guiding_question",
        )


def test_headers_are_found_whatever_their_case_blanks_and_order(path: Path, plan: Plan) -> None:
    header = " Text ,GROUP,unit,contribution_id,Answer_ID,guiding_question,strategic_question,note"
    read = answers(path, plan, "ciao,turisti,,c1,a1,,,mia", header=header)
    assert read.table[["answer_id", "text", "group"]].to_numpy().tolist() == [["a1", "ciao", "turisti"]]
    assert "“note”" in told(read)


def test_a_column_that_stands_twice_is_not_guessed_between(path: Path, plan: Plan) -> None:
    with pytest.raises(MissingColumns, match="more than one column named text"):
        answers(path, plan, "a1,c1,,turisti,,,x,y", header=f"{HEADER},text")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",c1,,turisti,,,x,,,", "answer_id"),
        ("a1,c1,,turisti,fuoco,,x,,,", "“fuoco”.*acqua, rive"),
        ("a1,c1,,turisti,,sogni,x,,,", "“sogni”.*visioni, risorse"),
        ("a1,c1,,turisti,acqua,,x,acqua-1|acqua-9,,", "“acqua-9”.*acqua-1, acqua-2, rive-1"),
        ("a1,c1,,turisti,acqua,,x,rive-1,,", "rive-1.*another.*acqua"),
        ("a1,c1,,turisti,,,x,,forse,", "consent.*“forse”.*counted_only"),
        ("a1,c1,,turisti,,,x,,,klingon", "language.*“klingon”.*it, en"),
    ],
)
def test_a_row_with_a_value_the_plan_does_not_know_is_unread(
    path: Path, plan: Plan, row: str, words: str
) -> None:
    read = answers(
        path, plan, row, "a2,c2,,turisti,,,buona,,,", header=f"{HEADER},objectives,consent,language"
    )
    assert read.table["answer_id"].tolist() == ["a2"]
    with pytest.raises(Problem, match=words):
        raise read.unread[0].reason
    assert read.unread[0].row == 2


def test_all_rows_unread_is_an_empty_table_not_an_error(path: Path, plan: Plan) -> None:
    read = answers(path, plan, "a1,c1,,turisti,fuoco,,x")
    assert read.table.empty
    assert list(read.table.columns) == ANSWERS.all
    assert len(read.unread) == 1


def test_what_is_given_in_optional_columns_is_kept(path: Path, plan: Plan) -> None:
    header = f"{HEADER},objectives,language,consent,channel,at"
    read = answers(
        path,
        plan,
        "a1,c1,,turisti,acqua,,x,acqua-2 | acqua-1|acqua-2,EN,counted_only,paper,2026-11-22T10:00+01:00",
        "a2,c2,,turisti,,,y,rive-1|acqua-1,,,,",
        "a3,c3,,turisti,,,z,,,,,ieri",
        header=header,
    )
    assert read.table.iloc[0][["objectives", "language", "consent", "channel", "at"]].tolist() == [
        "acqua-2|acqua-1", "en", "counted_only", "paper", "2026-11-22T10:00:00+01:00",
    ]  # fmt: skip
    assert read.table.iloc[1][["objectives", "language", "consent", "channel", "at"]].tolist() == [
        "rive-1|acqua-1", "it", "quotable_with_group", "import", "",
    ]  # fmt: skip
    assert read.table.loc[2, "at"] == ""
    assert "“ieri” 1" in told(read)


def test_an_empty_text_makes_no_answer_only_a_count(path: Path, plan: Plan) -> None:
    read = answers(path, plan, "a1,c1,,turisti,,,  ", ",,,,fuoco,,", "a2,c2,,turisti,,,x")
    assert read.table["answer_id"].tolist() == ["a2"]
    assert read.unread == ()
    assert "no answer: 2" in told(read)


def test_without_contribution_or_unit_an_answer_stands_for_itself(path: Path, plan: Plan) -> None:
    read = answers(path, plan, "a1,,,turisti,,,x", "a2,c2,,turisti,,,y", "a3,,Circolo,turisti,,,z")
    assert read.table[["contribution_id", "unit"]].to_numpy().tolist() == [
        ["a1", "a1"],
        ["c2", "c2"],
        ["a3", "Circolo"],
    ]


def test_unknown_and_empty_groups_are_not_stated_and_told_with_their_counts(path: Path, plan: Plan) -> None:
    read = answers(
        path,
        plan,
        "a1,c1,,Marziani,,,x",
        "a2,c1,,Marziani,,,y",
        "a3,c3,,Venusiani,,,z",
        "a4,c4,,,,,w",
        "a5,c5,,TURISTI,,,v",
    )
    assert read.table["group"].tolist() == ["non_indicato"] * 4 + ["turisti"]
    assert "“Marziani” 1, “Venusiani” 1" in told(read)  # contributions, not answers
    assert "count as non_indicato: 1" in told(read)


def test_a_contribution_of_two_groups_has_none_and_is_told(path: Path, plan: Plan) -> None:
    read = answers(path, plan, "a1,c1,,turisti,,,x", "a2,c1,,pescatori,,,y", "a3,c2,,turisti,,,z")
    assert read.table["group"].tolist() == ["non_indicato", "non_indicato", "turisti"]
    assert "two different groups" in told(read)
    assert "“c1”" in told(read)
    assert "name no group" not in told(read)


def test_a_group_or_unit_given_once_holds_for_the_whole_contribution(path: Path, plan: Plan) -> None:
    read = answers(path, plan, "a1,c1,,,,,x", "a2,c1,Circolo,pescatori,,,y", "a3,c1,,non_indicato,,,z")
    assert read.table["group"].tolist() == ["pescatori"] * 3
    assert read.table["unit"].tolist() == ["Circolo"] * 3
    assert "some rows only" in told(read)


def test_a_contribution_of_two_units_is_its_own(path: Path, plan: Plan) -> None:
    read = answers(path, plan, "a1,c1,Circolo,turisti,,,x", "a2,c1,Pro loco,turisti,,,y")
    assert read.table["unit"].tolist() == ["c1", "c1"]
    assert "two different units" in told(read)


def test_the_same_row_twice_is_one_answer(path: Path, plan: Plan) -> None:
    read = answers(path, plan, "a1,c1,,turisti,,,x", "a1,c1,,turisti,,, x ", "a2,c2,,turisti,,,x")
    assert read.table["answer_id"].tolist() == ["a1", "a2"]
    assert "3 (1 in all)" in told(read)


def test_one_answer_id_with_different_texts_is_unread_everywhere(path: Path, plan: Plan) -> None:
    read = answers(
        path, plan, "a1,c1,,turisti,,,x", "a1,c1,,turisti,,,y", "a1,c1,,turisti,,,x", "a2,c2,,turisti,,,z"
    )
    assert read.table["answer_id"].tolist() == ["a2"]
    assert list(reasons(read)) == [2, 3, 4]
    assert all("“a1” stands on rows 2–4" in reason for reason in reasons(read).values())


def test_long_values_are_cut_in_what_is_told(path: Path, plan: Plan) -> None:
    read = answers(path, plan, f"a1,c1,,turisti,{'fuoco ' * 100_000},,x")
    assert len(reasons(read)[2]) < 300


# ── ratings ──────────────────────────────────────────────────────────────────────────────────────────────


def test_ratings_become_whole_numbers_and_non_so(path: Path, plan: Plan) -> None:
    values = ["4", "4.0", " 4 ", "4,0", "", "non so", "NSP", "n/a", "?"]
    read = ratings(path, plan, *(f'c{i},,turisti,acqua-1,importance,"{v}"' for i, v in enumerate(values)))
    assert list(read.table.columns) == list(RATINGS.all)
    assert read.table["value"].dtype == "Int64"
    assert read.table["value"].fillna(0).tolist() == [4] * 4 + [0] * 5
    assert read.unread == ()


@pytest.mark.parametrize("value", ["7", "0", "-1", "4.5", "alta", "44", "5e0", "４", "1/5"])
def test_a_rating_off_the_scale_is_unread(path: Path, plan: Plan, value: str) -> None:
    read = ratings(path, plan, f"c1,,turisti,acqua-1,importance,{value}", "c2,,turisti,acqua-1,importance,5")
    assert read.table["contribution_id"].tolist() == ["c2"]
    assert f"“{value}”" in reasons(read)[2]
    assert "1 to 5" in reasons(read)[2]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",,turisti,acqua-1,importance,5", "contribution_id"),
        ("c1,,turisti,fuoco-1,importance,5", "“fuoco-1”.*acqua-1, acqua-2, rive-1"),
        ("c1,,turisti,acqua-1,bellezza,5", "dimension.*“bellezza”.*importance, urgency, feasibility"),
    ],
)
def test_a_rating_of_nothing_known_is_unread(path: Path, plan: Plan, row: str, words: str) -> None:
    read = ratings(path, plan, row, "c2,,turisti,acqua-1,importance,5")
    assert len(read.table) == 1
    with pytest.raises(Problem, match=words):
        raise read.unread[0].reason


def test_the_same_rating_twice_is_one_and_different_ones_are_none(path: Path, plan: Plan) -> None:
    read = ratings(
        path,
        plan,
        "c1,,turisti,acqua-1,importance,5",
        "c1,,turisti,acqua-1,importance,5.0",
        "c2,,turisti,acqua-1,urgency,5",
        "c2,,turisti,acqua-1,urgency,non so",
        "c2,,turisti,acqua-1,feasibility,",
        "c2,,turisti,acqua-1,feasibility,nsp",
    )
    assert read.table[["contribution_id", "dimension"]].to_numpy().tolist() == [
        ["c1", "importance"],
        ["c2", "feasibility"],
    ]
    assert list(reasons(read)) == [4, 5]
    assert "rows 4–5" in reasons(read)[4]
    assert "3, 7 (2 in all)" in told(read)


def test_the_channel_of_a_rating_is_kept_and_told_when_unknown(path: Path, plan: Plan) -> None:
    path.write_text(
        f"{RATED},channel\n"
        "c1,,turisti,acqua-1,importance,5,Paper\n"
        "c2,,turisti,acqua-1,importance,5,\n"
        "c3,,turisti,acqua-1,importance,5,pigeon\n"
        "c4,,turisti,acqua-1,importance,5,workshop\n",
        encoding="utf-8",
    )
    read = read_ratings(path, plan)
    assert dict(zip(read.table["contribution_id"], read.table["channel"], strict=True)) == {
        "c1": "paper",
        "c2": "import",
        "c4": "workshop",
    }
    assert list(reasons(read)) == [4]
    assert "“pigeon”" in reasons(read)[4]
    assert "paper" in reasons(read)[4]


def test_ratings_without_a_channel_were_brought(path: Path, plan: Plan) -> None:
    assert ratings(path, plan, "c1,,turisti,acqua-1,importance,5").table["channel"].tolist() == ["import"]


# ── the two tables of one analysis ───────────────────────────────────────────────────────────────────────


def test_answers_and_ratings_agree_on_groups_and_units(tmp_path: Path, plan: Plan) -> None:
    said = answers(
        tmp_path / "a.csv",
        plan,
        "a1,c1,,turisti,,,x",
        "a2,c2,Circolo,turisti,,,y",
        "a3,c3,,,,,z",
        "a4,c4,Circolo,pescatori,,,w",
    ).table
    rated = ratings(
        tmp_path / "r.csv",
        plan,
        "c1,,pescatori,acqua-1,importance,5",
        "c2,,turisti,acqua-1,importance,4",
        "c3,Pro loco,turisti,acqua-1,importance,3",
        "c4,Pro loco,pescatori,acqua-1,importance,2",
    ).table
    before = said.copy(), rated.copy()
    agreed, rated_too, notices = agree(said, rated)
    assert (
        agreed["group"].tolist()
        == rated_too["group"].tolist()
        == ["non_indicato", "turisti", "turisti", "pescatori"]
    )
    assert agreed["unit"].tolist() == rated_too["unit"].tolist() == ["c1", "Circolo", "Pro loco", "c4"]
    texts = "\n".join(map(str, notices))
    assert "two different groups" in texts
    assert "“c1”" in texts
    assert "two different units" in texts
    pd.testing.assert_frame_equal(said, before[0])
    pd.testing.assert_frame_equal(rated, before[1])
    assert any("“c3” turisti" in str(notice) for notice in notices)
    pd.testing.assert_frame_equal(agree(agreed, rated_too)[0], agreed)


def test_tables_that_agree_already_are_left_as_they_are(tmp_path: Path, plan: Plan) -> None:
    said = answers(tmp_path / "a.csv", plan, "a1,c1,,turisti,,,x", "a2,c2,,,,,y").table
    rated = ratings(tmp_path / "r.csv", plan, "c1,,turisti,acqua-1,importance,5").table
    agreed, rated_too, notices = agree(said, rated)
    pd.testing.assert_frame_equal(agreed, said)
    pd.testing.assert_frame_equal(rated_too, rated)
    assert notices == ()
    pd.testing.assert_frame_equal(agree(said, rated.head(0))[0], said)
    pd.testing.assert_frame_equal(agree(said.head(0), rated)[1], rated)


# ── whatever the order of rows ───────────────────────────────────────────────────────────────────────────

some_group = st.sampled_from(["turisti", "pescatori", "", "marziani", "non_indicato"])
answer_rows = st.lists(
    st.tuples(
        st.sampled_from(["a1", "a2", "a3", "a4", ""]),
        st.sampled_from(["c1", "c2", ""]),
        st.sampled_from(["", "Circolo", "Pro loco"]),
        some_group,
        st.sampled_from(["", "acqua", "fuoco"]),
        st.sampled_from(["", "visioni"]),
        st.sampled_from(["x", "y", "", "=z", "'- w", 'due "righe"\ncon, virgola']),
    ),
    min_size=1,
    max_size=9,
)
rating_rows = st.lists(
    st.tuples(
        st.sampled_from(["c1", "c2"]),
        st.sampled_from(["", "Circolo", "Pro loco"]),
        some_group,
        st.sampled_from(["acqua-1", "rive-1"]),
        st.sampled_from(["importance", "urgency"]),
        st.sampled_from(["5", "4", "", "7"]),
    ),
    min_size=1,
    max_size=9,
)


def written(path: Path, header: str, rows: list[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header.split(","), *rows])
    return path


def shown(notices: tuple[Notice, ...]) -> list[str]:
    return [str(Notice(notice.message, **{**notice.values, "rows": "…"})) for notice in notices]


def unread_contents(
    unread: tuple[Unread, ...], rows: list[tuple[str, ...]]
) -> list[tuple[tuple[str, ...], str]]:
    return sorted((rows[one.row - 2], one.reason.message) for one in unread)


def spoken(rows: list[tuple[str, ...]]) -> bool:
    return any(any(cell.strip() for cell in row) for row in rows)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer_rows.filter(spoken), st.randoms(use_true_random=False))
def test_shuffled_answers_give_the_same_table(
    tmp_path: Path, plan: Plan, rows: list[tuple[str, ...]], chance: random.Random
) -> None:
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    one = read_answers(written(tmp_path / "a.csv", HEADER, rows), plan)
    other = read_answers(written(tmp_path / "a.csv", HEADER, shuffled), plan)
    pd.testing.assert_frame_equal(one.table, other.table)
    assert shown(one.notices) == shown(other.notices)
    assert unread_contents(one.unread, rows) == unread_contents(other.unread, shuffled)
    assert one.table["answer_id"].is_unique
    assert one.table.groupby("contribution_id")[["group", "unit"]].nunique().le(1).all(axis=None)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rating_rows, st.randoms(use_true_random=False))
def test_shuffled_ratings_give_the_same_table(
    tmp_path: Path, plan: Plan, rows: list[tuple[str, ...]], chance: random.Random
) -> None:
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    one = read_ratings(written(tmp_path / "r.csv", RATED, rows), plan)
    other = read_ratings(written(tmp_path / "r.csv", RATED, shuffled), plan)
    pd.testing.assert_frame_equal(one.table, other.table)
    assert shown(one.notices) == shown(other.notices)
    assert unread_contents(one.unread, rows) == unread_contents(other.unread, shuffled)
    assert not one.table.duplicated(["contribution_id", "objective", "dimension"]).any()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from("'=+-@ \t＝\"a,;è\n") | st.characters()), min_size=1, max_size=5))
def test_our_own_export_gives_the_answers_back(tmp_path: Path, plan: Plan, texts: list[str]) -> None:
    kept = [text for text in map(plain_text, texts) if text] or ["-"]
    table = pd.DataFrame({name: [""] * len(kept) for name in ANSWERS.all}, dtype="str").assign(
        answer_id=[f"{i}" for i in range(len(kept))],
        text=kept,
        group="turisti",
        contribution_id="=c1",
        unit="=c1",
    )
    table = table.assign(**{name: value for name, value in ANSWERS.optional.items() if value}).astype("str")
    write_files(tmp_path, {"own.csv": csv_bytes(table)})
    read = read_answers(tmp_path / "own.csv", plan)
    pd.testing.assert_frame_equal(read.table, table)
    assert read.unread == ()


def test_a_hundred_thousand_rows_take_seconds(path: Path, plan: Plan) -> None:
    rows = (f"a{i},c{i // 5},,turisti,acqua,visioni,La città è già così però" for i in range(100_000))
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    started = time.perf_counter()
    read = read_answers(path, plan)
    assert len(read.table) == 100_000
    assert time.perf_counter() - started < 20  # 2 s alone on the machine this was written on
