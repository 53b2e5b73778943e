"""Imports and analyses 1,666 real Italian texts from a terminal; prints time and peak memory.

    python benchmarks/real_input.py [OUT]

The texts are `data/iniziative-solidali-2020.csv` in the folder that ALLEANZA_SHARED names (default
../shared). Each step is a process of its own: its seconds include starting Python.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("ALLEANZA_SHARED", PROJECT.parent / "shared"))
PLAN = PROJECT / "data" / "plans" / "milano-welfare.toml"
TEXTS = SHARED / "data" / "iniziative-solidali-2020.csv"


def measured(name: str, *arguments: object) -> None:
    """Runs a command of cli.py and prints its seconds and the most memory any step has held so far."""
    start = time.perf_counter()
    command = [sys.executable, str(PROJECT / "cli.py"), *map(str, arguments)]
    subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{name:8s} {seconds:6.1f} s   peak so far {megabytes:6.0f} MB")


def main() -> int:
    if not TEXTS.exists():
        print(f"{TEXTS} is not there: name the folder that holds data/ in ALLEANZA_SHARED.")
        return 1
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    measured(
        "import",
        *("import", TEXTS, "--plan", PLAN, "--out", out / "read"),
        *("--map", "id=id", "--map", "text=titolo", "--map", "text=descrizione"),
        *("--map", "group=soggetto", "--map", "unit=chi", "--map", "at=created_at"),
        *("--group", "pubblico=servizi_comunali", "--group", "privato=imprese_professioni"),
        *("--group", "terzo settore=terzo_settore"),
    )
    measured(
        "analyse",
        "analyse",
        "--plan",
        PLAN,
        "--answers",
        out / "read" / "answers.csv",
        "--out",
        out / "results",
    )
    print(f"results in {out / 'results'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
