"""Listening from a terminal: labels by seeds, codings as a table, scanned texts, decisions in a store."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app
from consultation.codebook import Codebook
from consultation.deciding import Deciding
from consultation.shipped import open_shipped
from tests.test_cli import HEADER, PLAN, rows, written

Run = Callable[..., Result]
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
SEEDS = ['["Casa"]', 'words = ["casa popolare", "affitto"]', '["Scuola"]', 'words = ["scuola"]']
TEXTS = [
    "answer_id,text,colour",
    "b,L'affitto è troppo alto,red",
    "a,Case popolari vicine alla scuola,blue",
    "c,Bel tempo,red",
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command, in English, with a store of its own."""
    monkeypatch.setenv("ALLEANZA_STORE", str(tmp_path / "store.sqlite"))

    def command(*arguments: object) -> Result:
        return CliRunner().invoke(app, [*(str(argument) for argument in arguments), "--language", "en"])

    return command


def themes(run: Run, folder: Path, texts: list[str], seeds: list[str]) -> Result:
    answers, labels = written(folder / "a.csv", *texts), written(folder / "s.toml", *seeds)
    return run("themes", "--answers", answers, "--seeds", labels, "--out", folder / "out")


def test_themes_scores_each_answer_for_each_label(run: Run, tmp_path: Path) -> None:
    result = themes(run, tmp_path, TEXTS, SEEDS)
    assert result.exit_code == 0, result.output
    scores = rows(tmp_path / "out" / "scores.csv")
    assert list(scores[0]) == ["answer_id", "label", "score", "words"]
    assert {(row["answer_id"], row["label"]) for row in scores} >= {
        ("a", "Casa"),
        ("a", "Scuola"),
        ("b", "Casa"),
    }
    assert {row["answer_id"] for row in scores} == {"a", "b"}
    assert all(0 < float(row["score"]) <= 1 for row in scores)
    words = {(row["answer_id"], row["label"]): row["words"] for row in scores}
    assert words["a", "Casa"].split("|")[0] == "Case popolari"
    assert words["b", "Casa"].split("|")[0] == "affitto"


def test_the_order_of_answers_and_labels_changes_no_byte_of_the_scores(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    themes(run, tmp_path / "one", TEXTS, SEEDS)
    themes(run, tmp_path / "other", [TEXTS[0], *TEXTS[:0:-1]], [*SEEDS[2:], *SEEDS[:2]])
    one, other = (tmp_path / name / "out" / "scores.csv" for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("seeds", "told"),
    [
        (["words = 3"], "no seed words"),
        (['["Casa"]'], "no seed words"),
        (['["Casa"]', "words = []"], "no seed words"),
        (['["Casa"]', 'words = ["a|b"]'], "sign |"),
        (['["Casa"'], "TOML"),
        ([""], "no label"),
    ],
)
def test_a_file_of_labels_that_cannot_be_used_is_told(
    seeds: list[str], told: str, run: Run, tmp_path: Path
) -> None:
    result = themes(run, tmp_path, TEXTS, seeds)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "out").exists()


def test_answers_that_cannot_be_used_come_back_with_their_row(run: Run, tmp_path: Path) -> None:
    result = themes(run, tmp_path, [*TEXTS, ",Un affitto,", "b,Un altro affitto,", "d,,"], SEEDS)
    assert result.exit_code == 0, result.output
    unread = rows(tmp_path / "out" / "unread.csv")
    assert [row["row"] for row in unread] == ["2", "5", "6"]
    assert {row["answer_id"] for row in rows(tmp_path / "out" / "scores.csv")} == {"a"}


def analysed(run: Run, folder: Path, *codings: str) -> Result:
    answers = written(
        folder / "a.csv",
        HEADER,
        "a1,c1,,terzo_settore,protezione,visioni,Il cielo sopra la piazza",
        "a2,c2,,terzo_settore,protezione,visioni,Più ascolto",
    )
    reviews = written(folder / "c.csv", "answer_id,objective,holds", *codings)
    return run(
        *("analyse", "--plan", PLAN, "--answers", answers, "--codings", reviews, "--out", folder / "out")
    )


def test_codings_brought_as_a_table_count(run: Run, tmp_path: Path) -> None:
    result = analysed(run, tmp_path, "a1,protezione-2,sì", "a2,protezione-1,no")
    assert result.exit_code == 0, result.output
    coded = rows(tmp_path / "out" / "assignments.csv")
    assert [(row["answer_id"], row["objective"], row["basis"]) for row in coded] == [
        ("a1", "protezione-2", "reviewed")
    ]
    verified = run("verify", tmp_path / "out" / "receipt.json")
    assert verified.exit_code == 0, verified.output


def test_codings_that_contradict_each_other_or_say_nothing_come_back(run: Run, tmp_path: Path) -> None:
    result = analysed(
        run,
        tmp_path,
        "a1,protezione-2,true",
        "a1,protezione-2,false",
        "a2,protezione-9,true",
        "a2,protezione-1,perhaps",
        ",protezione-1,true",
        "zz,protezione-1,true",
        "a2,,true",
    )
    assert result.exit_code == 0, result.output
    unread = rows(tmp_path / "out" / "unread.csv")
    assert [row["row"] for row in unread] == ["2", "3", "4", "5", "6"]
    assert "two ways on rows 2–3" in unread[0]["reason"]
    assert "zz" in result.stderr
    assert rows(tmp_path / "out" / "assignments.csv") == []  # a2 speaks of none


def test_scanned_texts_are_mended_when_asked_and_else_told(run: Run, tmp_path: Path) -> None:
    text = "I'accountability € un tema, I'ascolto € necessario: I'educazione deI quartiere."
    with (tmp_path / "scan.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text"], [text]])
    command = (
        "import",
        tmp_path / "scan.csv",
        "--plan",
        PLAN,
        "--map",
        "text=text",
        "--out",
        tmp_path / "out",
    )
    told = run(*command)
    assert "--repair" in told.stderr
    assert rows(tmp_path / "out" / "answers.csv")[0]["text"] == text
    mended = run(*command, "--repair")
    assert "1 text mended" in mended.stdout
    assert rows(tmp_path / "out" / "answers.csv")[0]["text"].startswith("L'accountability è un tema")


def test_what_was_decided_in_a_store_counts_and_stands_in_the_receipt(run: Run, tmp_path: Path) -> None:
    arguments = ("analyse", "--consultation", "esempio", "--out")
    store = open_shipped(tmp_path / "store.sqlite")
    assert run(*arguments, tmp_path / "before").exit_code == 0
    consultation = store.consultation("esempio")
    before = Codebook.after(store.decisions("esempio"))
    deciding = Deciding(before, consultation.plan, AT)
    store.decide("esempio", deciding.words("question", ["quartiere"], []), before.number)
    store.close()
    assert run("verify", tmp_path / "before" / "receipt.json").exit_code == 1
    result = run(*arguments, tmp_path / "after")
    assert result.exit_code == 0, result.output
    words = {row["word"] for row in rows(tmp_path / "before" / "words.csv")}
    assert words - {row["word"] for row in rows(tmp_path / "after" / "words.csv")} == {"quartiere"}
    assert '"decisions"' in (tmp_path / "after" / "receipt.json").read_text(encoding="utf-8")
    assert run("verify", tmp_path / "after" / "receipt.json").exit_code == 0
