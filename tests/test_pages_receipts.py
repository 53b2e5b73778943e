"""A receipt taken from a page: what it names is made again in the terminal, whatever was chosen there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from analysis.charts.rendering import WIDE, svg
from analysis.receipt import digest
from cli import app
from consultation.exporting import csv_bytes
from consultation.language import Language
from consultation.opening import EXAMPLE
from consultation.shipped import open_shipped
from consultation.stores.addresses import VARIABLE
from pages.analyst import downloads
from pages.analyst.maps import Chosen, whole_view
from pages.analyst.receipts import material_of, receipt_of
from pages.analyst.results import Results, only, results
from pages.analyst.word_tables import take
from pages.frame.store import store
from pages.terminal import analysing
from pages.terminal.verifying import Compared, verify
from tests.conftest import PROJECT

GROUPS = ("cittadini", "sanita")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shipped") / "store.sqlite"
    open_shipped(path).close()
    return path


@pytest.fixture
def example(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Results:
    """Everyone in the example, as a page has it."""
    path = tmp_path / "store.sqlite"
    shutil.copy(shipped, path)
    monkeypatch.setenv(VARIABLE, str(path))
    return replace(results(store().consultation(EXAMPLE)), reader=Language("en"))


def offered(found: Results, everyone: Results, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the page of the map gives to take away, by the name of each file."""
    given: dict[str, Any] = {}

    def button(_label: str, data: Callable[[], bytes], name: str, *_: object, **__: object) -> None:
        given[name] = data

    view = whole_view(Chosen("priorities"), found)
    assert view is not None
    monkeypatch.setattr("streamlit.download_button", button)
    downloads.downloads(found, view, "priorities", everyone)
    return given


def test_some_groups_by_other_rules_are_made_again_byte_for_byte(
    example: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = replace(example.rules, seed=7, replicates=200)
    found = replace(only(GROUPS, example, rules), reader=Language("en"))
    given = offered(found, example, monkeypatch)
    name = "esempio-trial-sanita-cittadini-priorities"
    for file in (f"{name}.csv", f"{name}.svg", f"{name}.html", f"{name}-receipt.json"):
        (tmp_path / file).write_bytes(given[file]())
    receipt = tmp_path / f"{name}-receipt.json"
    written = json.loads(receipt.read_text(encoding="utf-8"))
    parameters = written["parameters"]
    assert (parameters["tried"], parameters["groups"]) == (True, ["sanita", "cittadini"])
    assert (written["rules"]["seed"], parameters["consultation"]) == (7, EXAMPLE)
    assert "A trial, not the declared rules" in parameters["notes"][0]
    assert "participation.csv" not in written["outputs"]
    assert written["outputs"]["priorities.csv"] == written["files"][f"{name}.csv"]

    found_again = verify(receipt, None, None)
    assert found_again.holds
    assert (found_again.other_inputs, found_again.other_versions) == ((), ())
    told = {one.name: one for one in found_again.results}
    # the very page and picture that the terminal makes, under names of their own
    for file in (f"{name}.csv", f"{name}.svg", f"{name}.html"):
        assert told[file] == Compared(file, True, True)
    assert set(written["files"]) == set(given) - {f"{name}.png", f"{name}-receipt.json"}

    (tmp_path / f"{name}.svg").write_bytes(b"<svg/>")
    assert not verify(receipt, None, None).holds


def test_a_receipt_of_everybody_by_the_declared_rules_says_so_and_holds(
    example: Results, tmp_path: Path
) -> None:
    receipt = tmp_path / "esempio-words-receipt.json"
    words = csv_bytes(example.findings.words)
    receipt.write_bytes(receipt_of(example, {"esempio-words.csv": lambda: words}))
    written = json.loads(receipt.read_text(encoding="utf-8"))
    assert written["parameters"] == {
        "language": "en", "invented": True, "consultation": EXAMPLE, "tried": False,
    }  # fmt: skip
    assert written["files"] == {"esempio-words.csv": digest(words)}
    assert "recognition.csv" in written["outputs"]
    result = CliRunner().invoke(
        app, ["verify", str(receipt), "--store", str(tmp_path / "store.sqlite"), "--language", "en"]
    )
    assert result.exit_code == 0, result.output
    assert "Every output is identical, byte for byte." in result.stdout


MAPS = {
    "priority-map.svg": Chosen("priorities"),
    "positions.svg": Chosen("ladder"),
    "urgency.svg": Chosen("ratings", dimension="urgency"),
    "groups.svg": Chosen("groups"),
    "themes.svg": Chosen("themes"),
}


def test_every_map_of_the_page_is_the_picture_that_the_terminal_draws(example: Results) -> None:
    again, _, _ = analysing.results(material_of(example), example.reader)
    for name, chosen in MAPS.items():
        view = whole_view(chosen, example)
        assert view is not None
        assert svg(view.wide.draw(width=WIDE)) == again[name], name


@pytest.mark.parametrize(
    ("page", "n"), [("priority_map", 1), ("words", 1), ("visions", 1), ("themes", 1), ("coverage", 0)]
)
@pytest.mark.usefixtures("example")
def test_every_page_with_something_to_take_away_gives_its_receipt(page: str, n: int) -> None:
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=60)
    app.query_params["consultation"] = EXAMPLE
    app.run()
    app.switch_page(f"pages/analyst/{page}.py").run()
    assert not app.exception
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels.count(Language("it").say("Receipt (JSON)")) == n


def test_tables_of_a_page_come_with_their_receipt_unless_nothing_may_leave(
    example: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []

    def button(_label: str, _data: object, name: str, *_: object, **__: object) -> None:
        names.append(name)

    monkeypatch.setattr("streamlit.download_button", button)
    take(example, example, {"words": ("These words (CSV)", example.findings.words)})
    assert names == ["esempio-words.csv", "esempio-words-receipt.json"]
    names.clear()
    take(only(("fondazioni",), example), example, {"words": ("", example.findings.words)})
    assert names == []
