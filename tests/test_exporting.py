"""What leaves as CSV runs in no spreadsheet, and comes back as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.exporting import csv_bytes, original_cell, safe_cell, write_files

# texts that look like formulas, or like escaped ones, much more often than chance would have them
awkward = st.text(st.sampled_from("'=+-@\t\r\n ＝－ \ufeffa1(")) | st.text()


def cells(table: pd.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+39 02 1234",
        "- più verde",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "   =1",
        "\u00a0=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "più verde", "l'ascolto", "'quoted'", "a=b", "1-2", "«sì»", "# titolo", "4"]
)
def test_any_other_cell_is_left_alone(text: str) -> None:
    assert safe_cell(text) == text
    assert original_cell(text) == text


@given(awkward)
def test_every_cell_comes_back_exactly(text: str) -> None:
    assert original_cell(safe_cell(text)) == text


@given(awkward)
def test_no_exported_cell_begins_like_a_formula(text: str) -> None:
    assert safe_cell(text).lstrip(" \u00a0\ufeff\u200b")[:1] not in tuple("=+-@\t\r\n＝＋－＠")


def test_numbers_have_six_decimals_and_no_minus_zero() -> None:
    table = pd.DataFrame({"need": [0.5, float("nan"), -0.0, -1e-9, -2.25, 100.0]})
    assert csv_bytes(table).decode() == 'need\n0.500000\n""\n0.000000\n0.000000\n-2.250000\n100.000000\n'


def test_each_kind_of_column_has_its_form() -> None:
    table = pd.DataFrame(
        {
            "ranked": [True, False],
            "sure": pd.array([True, None], dtype="boolean"),
            "n": [3, 12_000],
            "value": pd.array([4, None], dtype="Int64"),
            "share": pd.array([0.25, None], dtype="Float64"),
            "group": pd.Categorical(["cittadini", None]),
            "text": pd.Series(["sì", None], dtype="str"),
        }
    )
    assert cells(table)[1:] == [
        ["true", "true", "3", "4", "0.250000", "cittadini", "sì"],
        ["false", "", "12000", "", "", "", ""],
    ]


def test_columns_stand_in_the_order_given_without_the_index() -> None:
    table = pd.DataFrame({"b": ["x"], "a": ["y"]}, index=[7])
    assert csv_bytes(table) == b"b,a\nx,y\n"


def test_texts_with_commas_quotes_and_line_ends_stay_one_cell() -> None:
    table = pd.DataFrame({"text": ['uno, "due"\ntre', "a\r\nb\rc"], "n": [1, 2]})
    assert cells(table)[1:] == [['uno, "due"\ntre', "1"], ["a\nb\nc", "2"]]


def test_bytes_are_utf8_without_a_mark_and_lines_end_in_lf() -> None:
    assert csv_bytes(pd.DataFrame({"text": ["però"]})) == "text\nperò\n".encode()


def test_an_empty_table_is_its_header() -> None:
    assert csv_bytes(pd.DataFrame({"a": [], "b": []})) == b"a,b\n"


def test_the_table_is_not_written_into(tmp_path: Path) -> None:
    table = pd.DataFrame({"text": ["=1"], "need": [-0.0]})
    before = table.copy()
    write_files(tmp_path, {"t.csv": csv_bytes(table)})
    pd.testing.assert_frame_equal(table, before)
    assert (tmp_path / "t.csv").read_bytes() == b"text,need\n'=1,0.000000\n"
