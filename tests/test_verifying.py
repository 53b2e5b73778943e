"""An analysis made again from its receipt: the same bytes, or a word on which are not, and why."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from analysis.receipt import digest
from cli import app
from consultation.errors import BrokenReceipt
from pages.terminal.verifying import verify
from tests.f1 import files

Run = Callable[..., Result]

RECEIPT: dict[str, Any] = {
    "rules": {},
    "parameters": {"language": "it"},
    **{name: {} for name in ("versions", "inputs", "paths", "outputs")},
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command, in English, with a store of its own."""
    monkeypatch.setenv("ALLEANZA_STORE", str(tmp_path / "store.sqlite"))

    def command(*arguments: object) -> Result:
        return CliRunner().invoke(app, [*(str(argument) for argument in arguments), "--language", "en"])

    return command


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the oracle's files and the results of their analysis in `out`."""
    folder = tmp_path_factory.mktemp("made")
    given = [part for name, path in files(folder).items() for part in (f"--{name}", str(path))]
    result = CliRunner().invoke(app, ["analyse", *given, "--out", str(folder / "out"), "--language", "en"])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be moved and altered."""
    return shutil.copytree(made, tmp_path / "study")


def altered(path: Path, right: str, wrong: str) -> Path:
    source = path.read_text(encoding="utf-8")
    assert right in source
    path.write_text(source.replace(right, wrong, 1), encoding="utf-8")
    return path


def different(result: Result) -> list[str]:
    """The outputs that the table on the screen calls different or not there, in any column."""
    rows = [line.replace("│", " ").split() for line in result.stdout.splitlines() if "│" in line]
    return [row[0] for row in rows if "different" in row or "not" in row]


def test_the_same_inputs_give_the_same_bytes_wherever_the_folder_stands(study: Path, run: Run) -> None:
    result = run("verify", study / "out" / "receipt.json")
    assert result.exit_code == 0, result.output
    assert different(result) == []
    assert "Every output is identical, byte for byte." in result.stdout
    assert result.stderr.strip() == ""
    names = {path.name for path in (study / "out").iterdir()} - {"receipt.json", "unread.csv"}
    assert all(name in result.stdout for name in names)


def test_an_output_altered_by_hand_is_named(study: Path, run: Run) -> None:
    altered(study / "out" / "priorities.csv", "78.472222", "98.472222")
    result = run("verify", study / "out" / "receipt.json")
    assert result.exit_code == 1
    assert different(result) == ["priorities.csv"]
    assert "Not every output is identical." in result.stdout
    found = {one.name: one for one in verify(study / "out" / "receipt.json", None, None).results}
    assert (found["priorities.csv"].again, found["priorities.csv"].on_disk) == (True, False)


def test_an_output_that_is_not_there_is_told_and_makes_nothing_different(study: Path, run: Run) -> None:
    (study / "out" / "priority-map.svg").unlink()
    result = run("verify", study / "out" / "receipt.json")
    assert result.exit_code == 0, result.output
    assert different(result) == ["priority-map.svg"]
    assert "not there" in result.stdout


def test_an_altered_input_is_named_with_what_comes_out_otherwise(study: Path, run: Run) -> None:
    altered(study / "f1-ratings", "TS1,TS1,ts,o1,importance,5", "TS1,TS1,ts,o1,importance,1")
    result = run("verify", study / "out" / "receipt.json")
    assert result.exit_code == 1
    assert "These inputs are not the ones of the receipt: ratings." in result.stderr
    assert "priorities.csv" in different(result)
    assert "words.csv" not in different(result)


def test_an_input_saved_otherwise_is_the_same(study: Path, run: Run) -> None:
    """Rows in another order, other line ends: what a spreadsheet does to a file is no other content."""
    path = study / "f1-ratings"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_bytes("\r\n".join([header, *reversed(rows), ""]).encode("utf-8-sig"))
    assert run("verify", study / "out" / "receipt.json").exit_code == 0


def test_altered_rules_come_out_otherwise(study: Path, run: Run) -> None:
    altered(study / "out" / "receipt.json", '"importance_weight": 0.5', '"importance_weight": 0.9')
    result = run("verify", study / "out" / "receipt.json")
    assert result.exit_code == 1
    assert "priorities.csv" in different(result)


def test_inputs_that_were_moved_are_found_in_the_folder_named(study: Path, run: Run, tmp_path: Path) -> None:
    elsewhere = shutil.move(study / "out", tmp_path / "elsewhere")
    lost = run("verify", Path(elsewhere) / "receipt.json")
    assert lost.exit_code == 2
    assert "name the folder that holds the inputs with --inputs" in lost.stderr
    assert run("verify", Path(elsewhere) / "receipt.json", "--inputs", study).exit_code == 0


def test_versions_that_differ_are_told_and_alone_change_nothing(study: Path, run: Run) -> None:
    path = study / "out" / "receipt.json"
    receipt: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    receipt["versions"]["numpy"] = "0.9"
    receipt["versions"]["abacus"] = "1.0"
    path.write_text(json.dumps(receipt), encoding="utf-8")
    result = run("verify", path)
    assert result.exit_code == 0, result.output
    assert "numpy: the receipt was made with 0.9, here is " in result.stderr
    assert "abacus: the receipt was made with 1.0, here is –." in result.stderr


def test_an_output_nobody_makes_any_more_is_different(study: Path, run: Run) -> None:
    path = study / "out" / "receipt.json"
    receipt = json.loads(path.read_text(encoding="utf-8"))
    receipt["outputs"]["forecast.csv"] = "0" * 64
    path.write_text(json.dumps(receipt), encoding="utf-8")
    result = run("verify", path)
    assert result.exit_code == 1
    assert different(result) == ["forecast.csv"]


def test_a_name_in_a_receipt_leads_to_no_other_folder(study: Path) -> None:
    path = study / "out" / "receipt.json"
    (study / "secret.csv").write_text("x", encoding="utf-8")
    receipt = json.loads(path.read_text(encoding="utf-8"))
    receipt["outputs"] = {"../secret.csv": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}
    path.write_text(json.dumps(receipt), encoding="utf-8")
    (found,) = verify(path, None, None).results
    assert (found.again, found.on_disk) == (False, None)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "no JSON",
        "{}",
        json.dumps(RECEIPT | {"parameters": {}}),
        json.dumps(RECEIPT | {"rules": 1}),
        json.dumps(RECEIPT | {"parameters": {"language": "de"}}),
        json.dumps({name: table for name, table in RECEIPT.items() if name != "paths"}),
        json.dumps(RECEIPT | {"files": []}),
    ],
)
def test_what_is_no_receipt_is_told_as_that(content: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    path.write_text(content, encoding="utf-8")
    result = run("verify", path)
    assert result.exit_code == 2
    assert "is no receipt of this program: name the receipt.json of an analysis" in result.stderr
    assert "Traceback" not in result.output


def test_a_receipt_in_bytes_that_are_no_text_is_told_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "receipt.json").write_bytes(b"\xff\xfe\x00\xd8")
    assert run("verify", tmp_path / "receipt.json").exit_code == 2


def test_a_receipt_without_a_plan_cannot_be_made_again(study: Path, run: Run) -> None:
    path = study / "out" / "receipt.json"
    receipt = json.loads(path.read_text(encoding="utf-8"))
    del receipt["paths"]["plan"]
    path.write_text(json.dumps(receipt), encoding="utf-8")
    result = run("verify", path)
    assert result.exit_code == 2
    assert "names no plan: it cannot be made again" in result.stderr


def test_a_receipt_whose_rules_are_none_is_told_with_the_rule(study: Path, run: Run) -> None:
    path = altered(study / "out" / "receipt.json", '"coverage": 0.75', '"coverage": 75')
    result = run("verify", path)
    assert result.exit_code == 2
    assert "rules.coverage must be a share" in result.stderr


def test_rules_that_do_not_fit_the_groups_of_the_plan_are_told(study: Path, run: Run) -> None:
    receipt = study / "out" / "receipt.json"
    written = json.loads(receipt.read_text(encoding="utf-8"))
    written["rules"] |= {"group_weights": "custom", "custom_weights": {"ts": 1}}
    receipt.write_text(json.dumps(written), encoding="utf-8")
    result = run("verify", receipt)
    assert result.exit_code != 0
    assert "rules.custom_weights lacks a weight for pa, ci" in " ".join(result.stderr.split())


def test_a_missing_receipt_and_a_folder_are_told(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        result = run("verify", path)
        assert result.exit_code == 2
        assert "cannot be read" in result.stderr
        with pytest.raises(BrokenReceipt):
            verify(path, None, None)


def test_what_was_analysed_from_a_store_is_made_again_from_it(run: Run, tmp_path: Path) -> None:
    assert run("demo", "--out", tmp_path / "demo").exit_code == 0
    receipt = tmp_path / "demo" / "receipt.json"
    result = run("verify", receipt)
    assert result.exit_code == 0, result.output
    assert json.loads(receipt.read_text(encoding="utf-8"))["parameters"]["invented"] is True
    other = run("verify", receipt, "--store", tmp_path / "none.sqlite")
    assert other.exit_code == 2
    assert "none.sqlite" in other.stderr
    assert run("remove-example").exit_code == 0
    gone = run("verify", receipt)
    assert gone.exit_code == 2
    assert "esempio" in gone.stderr


def test_campaigns_and_invitations_are_among_the_inputs(study: Path, run: Run) -> None:
    paths = {name: study / f"f1-{name}" for name in ("plan", "answers", "ratings")}
    paths["clusters"], paths["invitations"] = study / "clusters.csv", study / "invitations.csv"
    paths["clusters"].write_text("cluster,contribution_id\nk,TS1\nk,TS2\n", encoding="utf-8")
    paths["invitations"].write_text("group,invited\nts,8\n", encoding="utf-8")
    given = [part for name, path in paths.items() for part in (f"--{name}", path)]
    assert run("analyse", *given, "--out", study / "more").exit_code == 0
    receipt = study / "more" / "receipt.json"
    assert run("verify", receipt).exit_code == 0
    altered(paths["clusters"], "k,TS2", "k,TS3")
    result = run("verify", receipt)
    assert result.exit_code == 1
    assert "not the ones of the receipt: clusters" in result.stderr


# only some groups


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[object, ...]]:
    """A folder with the oracle's files in which groups of two may be told; and how to name them."""
    folder = tmp_path_factory.mktemp("large")
    paths = files(folder, "smallest_cell = 3")
    return folder, tuple(part for name, path in paths.items() for part in (f"--{name}", path))


@pytest.mark.parametrize("named", [("--groups", "pa,ts"), ("--groups", "ts", "--groups", " pa , ts")])
def test_of_some_groups_nobody_else_is_counted_and_verify_leaves_out_the_same(
    named: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    said = "smallest_cell = 3\n"
    paths = files(tmp_path, said)
    more = "\n".join(f"ci-{n},ci-{n},,ci,q,g,qualcosa" for n in range(3))
    paths["answers"].write_text(paths["answers"].read_text(encoding="utf-8") + more, encoding="utf-8")
    given = [part for name, path in paths.items() for part in (f"--{name}", path)]
    result = run("analyse", *given, *named, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    receipt = tmp_path / "out" / "receipt.json"
    written = json.loads(receipt.read_text(encoding="utf-8"))
    assert written["parameters"]["groups"] == ["ts", "pa"]
    people = (tmp_path / "out" / "participation.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[:2] for row in people[1:]] == [["ts", "4"], ["pa", "3"]]
    assert "recognition.csv" not in written["outputs"]  # it is told of the whole
    assert run("verify", receipt).exit_code == 0
    written["parameters"]["groups"] = ["ts", "ci"]
    receipt.write_text(json.dumps(written), encoding="utf-8")
    assert run("verify", receipt).exit_code == 1


def test_a_group_that_the_plan_does_not_have_is_told_with_those_it_has(
    large: tuple[Path, tuple[object, ...]], run: Run
) -> None:
    folder, given = large
    result = run("analyse", *given, "--groups", "ts,sindaci", "--out", folder / "out")
    assert result.exit_code == 2
    assert "sindaci is no stakeholder group of this plan; use one of ts, pa, ci." in result.stderr
    assert not (folder / "out").exists()


@pytest.mark.parametrize("few", ["ci", "ts,pa"])
def test_groups_too_few_to_be_told_or_that_leave_too_few_are_refused(
    few: str, large: tuple[Path, tuple[object, ...]], run: Run
) -> None:
    folder, given = large
    result = run("analyse", *given, "--groups", few, "--out", folder / "few")
    assert result.exit_code == 2
    assert "fewer than 3 people" in result.stderr
    assert not (folder / "few").exists()


def test_all_groups_named_leave_nobody_out(large: tuple[Path, tuple[object, ...]], run: Run) -> None:
    folder, given = large
    assert run("analyse", *given, "--groups", "ci,pa,ts", "--out", folder / "all").exit_code == 0


# files taken from a page


def with_files(receipt: Path, taken: dict[str, str]) -> None:
    written = json.loads(receipt.read_text(encoding="utf-8"))
    receipt.write_text(json.dumps(written | {"files": taken}), encoding="utf-8")


def test_a_file_of_a_page_is_made_again_under_another_name_or_only_compared(study: Path, run: Run) -> None:
    path = study / "out" / "receipt.json"
    own = (study / "out" / "ranks.csv").read_bytes()
    (study / "out" / "f1-ladder.csv").write_bytes(own)
    (study / "out" / "f1-visions.csv").write_bytes(b"words\n")
    with_files(
        path, {"f1-ladder.csv": digest(own), "f1-visions.csv": digest(b"words\n"), "f1.html": "0" * 64}
    )
    found = {one.name: (one.again, one.on_disk) for one in verify(path, None, None).results}
    assert found["f1-ladder.csv"] == (True, True)
    assert found["f1-visions.csv"] == (None, True)
    assert found["f1.html"] == (None, None)
    assert run("verify", path).exit_code == 0
    altered(study / "out" / "f1-visions.csv", "words", "other")
    result = run("verify", path)
    assert result.exit_code == 1
    assert "not made" in result.stdout


def test_the_page_names_seed_rules_and_inputs_as_the_receipt_does(study: Path) -> None:
    written = json.loads((study / "out" / "receipt.json").read_text(encoding="utf-8"))
    (foot,) = re.findall(
        '<footer class="made">(.*?)</footer>', (study / "out" / "priority-map.html").read_text("utf-8")
    )
    assert {str(written["rules"]["seed"]), *written["digests"].values()} <= set(re.findall(r"\w+", foot))
    assert "makes each table and map" in written["checks"]
