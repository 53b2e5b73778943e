"""How well plain seeds find themes in real Italian texts: `python benchmarks/theme_benchmark_run.py`.

Needs the folder of shared data in `ALLEANZA_SHARED` (default `../shared`). Prints its time, its peak
memory, and the precision of each of eleven labels that people gave by hand; nothing is trained on them.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analysis.text.corpus import read_words  # noqa: E402
from analysis.text.lexicon import read_lexicons  # noqa: E402
from analysis.text.proposals import code  # noqa: E402
from consultation.rules import Rules  # noqa: E402

SHARED = Path(os.environ.get("ALLEANZA_SHARED", ROOT.parent / "shared"))


def main() -> None:
    script = SHARED / "data" / "theme_benchmark.py"
    if not script.is_file():
        sys.exit(f"not run: there is no {script.name} in the shared data; name its folder in ALLEANZA_SHARED")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, script, "prepare", folder], check=True)
        answers = pd.read_csv(folder / "answers.csv", dtype="str", keep_default_na=False)
        labels = tomllib.loads((folder / "seeds.toml").read_text(encoding="utf-8"))
        objectives = pd.DataFrame(
            [
                {"objective": label, "strategic_question": "", "seeds": "|".join(entry["words"])}
                for label, entry in labels.items()
            ]
        )
        lexicons = read_lexicons(ROOT / "data" / "lexicon")
        start = time.perf_counter()
        corpus = read_words(answers, lexicons)
        read = time.perf_counter()
        codings = code(corpus, objectives, lexicons, replace(Rules(), assign_at_least=0.0))
        done = time.perf_counter()
        scores = codings.rename(columns={"objective": "label"})[["answer_id", "label", "score"]]
        scores.to_csv(folder / "scores.csv", index=False)
        subprocess.run([sys.executable, script, "score", folder / "scores.csv"], check=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(answers)} answers: read {read - start:.1f} s, compared {done - read:.1f} s, peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
