"""Counting on a real scheduler with worker processes: the bytes of one process, whatever dies meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from cli import app
from pages.terminal import cluster as cluster_module
from tests.conftest import PROJECT

distributed: Any = import_module("distributed")

EXAMPLE = pd.read_csv(PROJECT / "data" / "example" / "answers.csv", dtype="str")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example in six parts, many participants in several."""
    folder = tmp_path_factory.mktemp("parts")
    for number in range(6):
        EXAMPLE[number::6].to_parquet(folder / f"part-{number}.parquet")
    return folder


@pytest.fixture(scope="module")
def running() -> Iterator[Any]:
    """Two worker processes of one thread each."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster


def run(out: Path, answers: object, *more: str) -> tuple[int, str]:
    result = CliRunner().invoke(
        app, ["count", "--answers", str(answers), "--out", str(out), "--language", "en", *more]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result.exit_code, " ".join(result.output.split())


def made(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


@pytest.fixture(scope="module")
def alone(parts: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process makes of the parts."""
    out = tmp_path_factory.mktemp("alone")
    code, told = run(out, parts / "*.parquet")
    assert code == 0, told
    return made(out)


def test_two_workers_write_the_bytes_of_one_process(
    parts: Path, alone: dict[str, bytes], running: Any, tmp_path: Path
) -> None:
    code, told = run(tmp_path, parts / "*.parquet", "--scheduler", running.scheduler_address)
    assert code == 0, told
    assert "CommClosed" not in told
    assert made(tmp_path) == alone
    assert set(alone) == {"words.csv", "counting.json", "unread.csv"}
    shutil.copy(parts / "part-0.parquet", tmp_path / "copy.parquet")  # a problem found by the workers' ids
    shutil.copy(parts / "part-0.parquet", tmp_path / "other.parquet")
    code, told = run(tmp_path / "o", tmp_path / "*.parquet", "--scheduler", running.scheduler_address)
    assert code == 2
    assert "copy.parquet 1, other.parquet 1" in told


def test_a_worker_killed_in_mid_work_changes_nothing(
    parts: Path, alone: dict[str, bytes], running: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = []
    real = cluster_module._Workers.__call__

    def killing(self: Any, task: Any, items: Any, shared: Any) -> Iterator[Any]:
        """Kills a worker as soon as the first part of the second pass is back: others are in its hands."""
        for n, back in enumerate(real(self, task, items, shared)):
            if task.__name__ == "count" and n == 0:
                victim = next(worker.pid for worker in running.workers.values())
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)
            yield back

    monkeypatch.setattr(cluster_module._Workers, "__call__", killing)
    code, told = run(tmp_path, parts / "*.parquet", "--scheduler", running.scheduler_address)
    assert code == 0, told
    assert killed
    assert made(tmp_path) == alone


def test_a_scheduler_that_does_not_answer_is_told(
    parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "PATIENCE", 1)
    code, told = run(tmp_path, parts / "*.parquet", "--scheduler", "tcp://127.0.0.1:9")
    assert code == 2
    assert "No Dask scheduler answers at tcp://127.0.0.1:9 within 1 seconds" in told
    assert not list(tmp_path.iterdir())


def test_without_dask_it_is_said_what_to_install(
    parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, told = run(tmp_path, parts / "*.parquet", "--scheduler", "tcp://127.0.0.1:9")
    assert code == 2
    assert "pip install -r requirements-cluster.txt" in told


def test_rows_that_cannot_be_counted_are_handed_back_with_part_and_number(tmp_path: Path) -> None:
    rows = [
        ("a", "c", "La rete"),
        ("", "c", "Rete"),
        ("b", None, "x" * 20_001),
        ("d", "", ""),
        ("e", "", "rete"),
    ]
    table = pd.DataFrame(rows, columns=["answer_id", "contribution_id", "text"])
    table.to_parquet(tmp_path / "one.parquet")
    code, told = run(tmp_path / "out", tmp_path / "one.parquet")
    assert code == 0, told
    words = (tmp_path / "out" / "words.csv").read_text().splitlines()
    assert words == ["word,shown,n_participants,n_answers", "rete,rete,2,2"]
    unread = pd.read_csv(tmp_path / "out" / "unread.csv")
    assert unread[["row", "file"]].to_numpy().tolist() == [[2, "one.parquet"], [3, "one.parquet"]]
    assert "2 participants, 2 answers" in told


def test_parts_of_one_name_in_several_folders_are_told_apart(tmp_path: Path) -> None:
    for year in ("2025", "2026"):
        (tmp_path / "parts" / year).mkdir(parents=True)
        rows = [(f"{year}-a", "La rete"), ("", "Rete")]
        table = pd.DataFrame(rows, columns=["answer_id", "text"])
        table.to_parquet(tmp_path / "parts" / year / "one.parquet")
    code, told = run(tmp_path / "out", tmp_path / "parts" / "*" / "*.parquet")
    assert code == 0, told
    about = json.loads((tmp_path / "out" / "counting.json").read_text())
    assert sorted(about["parts"]) == ["2025/one.parquet", "2026/one.parquet"]
    unread = pd.read_csv(tmp_path / "out" / "unread.csv")
    assert sorted(unread["file"]) == ["2025/one.parquet", "2026/one.parquet"]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [("no.parquet", None, "There is no file"), ("bad.parquet", b"PAR1 not", "is not a Parquet file")],
)
def test_files_that_cannot_be_read_are_told(
    name: str, content: bytes | None, word: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, told = run(tmp_path / "out", tmp_path / name)
    assert code == 2
    assert word in told


def test_missing_columns_are_told(tmp_path: Path) -> None:
    pd.DataFrame({"id": ["a"], "text": ["rete"]}).to_parquet(tmp_path / "one.parquet")
    code, told = run(tmp_path / "out", tmp_path / "one.parquet")
    assert code == 2
    assert "lacks these columns: answer_id" in told
