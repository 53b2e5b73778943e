"""What moderation hides counts in every figure, and is quoted nowhere: neither on screen nor in a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.findings import Findings
from cli import app
from consultation.contribution import DIMENSIONS, Rating
from consultation.exporting import csv_bytes
from consultation.language import Language
from consultation.stores import Store
from pages.analyst import downloads
from pages.analyst.maps import Chosen, whole_view
from pages.analyst.results import results
from pages.frame.store import reading
from pages.terminal.verifying import verify
from tests.in_the_room import MILAN, read, say, staff, words, workshop_in

SAID = "Servono luoghi e panchine davanti alle scuole del quartiere."
SECRET = "La signora Bianchi non esce di casa: servono luoghi del quartiere."
PERSON = "La signora Bianchi"


@pytest.fixture
def kept(store: Store) -> Store:
    """A consultation in which twelve people have spoken and rated; the last one's answer names somebody."""
    consultation = store.consultation(MILAN)
    plan = replace(consultation.plan, rules=replace(consultation.rules, replicates=200))  # quick enough
    store.add_consultation(replace(consultation, plan=plan))
    workshop_in(store)
    for n in range(12):
        ratings = tuple(
            Rating(objective, dimension, 1 + (n + place) % 5)
            for place, objective in enumerate(plan.objectives)
            for dimension in DIMENSIONS
        )
        group = list(plan.groups)[n % 3]
        say(store, f"c{n:02}", SECRET if n == 11 else f"{SAID} ({n})", group=group, ratings=ratings, minute=n)
    return store


def hide(store: Store) -> str:
    last = store.contribution("c11")
    assert last is not None
    return read(store, last, "personal_data")


def analysed(out: Path) -> dict[str, bytes]:
    """Every file that the terminal makes of what the store keeps."""
    result = CliRunner().invoke(
        app, ["analyse", "--consultation", MILAN, "--out", str(out), "--language", "en"]
    )
    assert result.exit_code == 0, result.output
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def plain(content: bytes) -> str:
    """A file's text without the marks around the words that decided."""
    return re.sub(r"</?mark>", "", content.decode("utf-8"))


def quoting(files: Mapping[str, bytes], sentence: str) -> set[str]:
    return {name for name, content in files.items() if sentence in plain(content)}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_terminal_quotes_none_of_it_and_makes_it_again_identically(kept: Store, tmp_path: Path) -> None:
    answer = hide(kept)
    files = analysed(tmp_path / "out")
    assert quoting(files, PERSON) == set()
    assert quoting(files, SAID) >= {"quotes.csv", "priority-map.html"}
    assert answer not in [row["answer_id"] for row in rows(files["quotes.csv"])]
    (told,) = [row for row in rows(files["assignments.csv"]) if row["answer_id"] == answer]
    assert told["words"] == ""
    assert sum(int(row["n_contributions"]) for row in rows(files["participation.csv"])) == 12
    found = verify(tmp_path / "out" / "receipt.json", None, None)
    assert found.holds
    assert found.other_inputs == ()


def test_the_analysts_page_with_the_words_quotes_none_of_it_and_every_figure_stands(kept: Store) -> None:
    def look() -> tuple[Findings, list[str]]:
        found = replace(results(kept.consultation(MILAN)), reader=Language("en"))
        view = whole_view(Chosen("priorities"), found)
        assert view is not None
        files = downloads.page_of(found, view), csv_bytes(downloads.voices_of(found))
        return found.findings, [plain(file) for file in files]

    before, quoted = look()
    assert all(PERSON in file for file in quoted)
    hide(kept)
    after, quoted = look()
    assert not any(PERSON in file for file in quoted)
    assert all(SAID in file for file in quoted)
    for table in ("priorities", "participation", "words"):
        pd.testing.assert_frame_equal(getattr(before, table), getattr(after, table))


def test_the_reading_of_a_store_knows_what_is_hidden_until_it_is_shown_or_changed(kept: Store) -> None:
    assert reading(MILAN).hidden == frozenset()
    answer = hide(kept)
    assert reading(MILAN).hidden == {answer}
    last = kept.contribution("c11")
    assert last is not None
    read(kept, last)
    assert reading(MILAN).hidden == frozenset()
    hide(kept)
    say(kept, "c11", "Un'altra cosa.", minute=30)  # which nobody has hidden
    assert reading(MILAN).hidden == frozenset()


def test_an_analysts_answers_mark_it_as_counted_only(kept: Store) -> None:
    hide(kept)
    analyst = staff("analyst")
    analyst.session_state["consultation"] = MILAN
    analyst.switch_page("pages/analyst/contributions.py").run()
    assert Language("it").count("1 answer", "{n} answers", 12) in words(analyst)
    analyst.text_input[0].set_value(PERSON).run()
    assert SECRET.removeprefix(PERSON) in words(analyst)
    assert Language("it").say("Only to be counted: do not quote") in words(analyst)
