"""Seconds to count words in one process and on two workers: `python benchmarks/counting.py [N]`.

N answers (200,000 unless named) of fifteen words lie in eight Parquet files; the cluster is a scheduler
with two worker processes on this machine. Both ways are the command's own, and must give the same bytes.
Starting the cluster is timed apart.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.listening import invented  # noqa: E402
from consultation.language import Language  # noqa: E402
from pages.terminal.counting import count_files  # noqa: E402

ANSWERS = 200_000
PARTS = 8


def timed(parts: str, scheduler: str | None, out: Path) -> float:
    """Seconds that the whole count takes."""
    begun = time.perf_counter()
    count_files(parts, scheduler, out, Language("en"))
    return time.perf_counter() - begun


def main(arguments: list[str]) -> int:
    """Prints both times and their ratio; 1 if the results differ."""
    n = int(arguments[0]) if arguments else ANSWERS
    os.environ["PYTHONPATH"] = str(ROOT)  # of the workers
    distributed: Any = import_module("distributed")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        answers = invented(n)
        for number in range(PARTS):
            answers[number * n // PARTS : (number + 1) * n // PARTS].to_parquet(here / f"{number}.parquet")
        parts = str(here / "*.parquet")
        one = timed(parts, None, here / "one")
        begun = time.perf_counter()
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as cluster:
            started = time.perf_counter() - begun
            cold = timed(parts, cluster.scheduler_address, here / "cold")
            warm = timed(parts, cluster.scheduler_address, here / "warm")
        names = ("words.csv", "counting.json")
        same = (
            len(
                {tuple((here / way / name).read_bytes() for name in names) for way in ("one", "cold", "warm")}
            )
            == 1
        )
    print(f"{n:,} answers in {PARTS} parts: one process {one:.1f} s; cluster started in {started:.1f} s")
    print(
        f"two workers {cold:.1f} s cold, {warm:.1f} s warm: "
        f"{one / cold:.2f} and {one / warm:.2f} times as fast"
    )
    print("the same bytes" if same else "THE RESULTS DIFFER")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
