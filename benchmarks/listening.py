"""Seconds and memory from texts to words, keyness and objectives: `python benchmarks/listening.py [N ...]`.

Each N (100,000 and 1,000,000 unless named) is a process of its own: answers of fifteen words, cut at random
from the example and the everyday answers. What is timed is the project's own way, end to end: reading and
lemmas, words by participants, one group's words against the rest, and objectives with their deciding
words. The peers, at the smallest N only, are what scikit-learn's users would do with the same answers: tf-idf
with NMF or LDA of as many topics as the plan has objectives, which find topics but no objective.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analysis.text.corpus import read_words  # noqa: E402
from analysis.text.keyness import keyness  # noqa: E402
from analysis.text.lexicon import read_lexicons  # noqa: E402
from analysis.text.proposals import code  # noqa: E402
from analysis.text.words import count_words  # noqa: E402
from consultation import tables  # noqa: E402
from consultation.language import Language  # noqa: E402
from consultation.plan import load_plan  # noqa: E402

SIZES = (100_000, 1_000_000)
WORDS = 15  # in an answer
SEED = 20261124


def invented(n: int) -> pd.DataFrame:
    """`n` answers, four of each participant, in four groups, under the plan's strategic questions."""
    plan = load_plan(ROOT / "data" / "plans" / "milano-welfare.toml")
    files = ("data/example/answers.csv", "benchmarks/everyday_answers.csv")
    texts = [text for file in files for text in pd.read_csv(ROOT / file, dtype="str")["text"]]
    words = np.array(" ".join(texts).split(), dtype=object)
    generator = np.random.default_rng(SEED)
    starts = generator.integers(0, len(words) - WORDS, n)
    questions, groups = list(plan.questions), list(plan.groups)[:4]
    return pd.DataFrame(
        {
            "answer_id": [f"a{number:07d}" for number in range(n)],
            "contribution_id": [f"c{number // 4:07d}" for number in range(n)],
            "unit": "",
            "group": [groups[number // 4 % len(groups)] for number in range(n)],
            "strategic_question": [questions[number % len(questions)] for number in range(n)],
            "language": "it",
            "text": [" ".join(words[start : start + WORDS]) for start in starts],
        }
    )


def project(n: int) -> None:
    """The project's own way, each step with its seconds, and the most memory it has held."""
    plan = load_plan(ROOT / "data" / "plans" / "milano-welfare.toml")
    objectives, answers = tables.objectives(plan, Language("it")), invented(n)
    held = _megabytes()
    begun = time.perf_counter()
    lexicons = read_lexicons(ROOT / "data" / "lexicon")
    corpus = read_words(answers, lexicons)
    read = time.perf_counter()
    words = count_words(corpus)
    counted = time.perf_counter()
    keys = keyness(corpus, (corpus.answers["group"] == answers["group"].iloc[0]).to_numpy())
    compared = time.perf_counter()
    codings = code(corpus, objectives, lexicons, plan.rules)
    done = time.perf_counter()
    print(
        f"{n:9,} answers: {done - begun:6.1f} s (read {read - begun:.1f}, words {counted - read:.1f}, "
        f"keyness {compared - counted:.1f}, objectives {done - compared:.1f}), peak {_megabytes():.0f} MB, "
        f"{held:.0f} of them the texts as they came; {len(words):,} words, {len(keys):,} compared, "
        f"{len(codings):,} codings"
    )


def peers(n: int) -> None:
    """Topics of the same answers by scikit-learn, each with its seconds, tf-idf included."""
    from sklearn.decomposition import NMF, LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    texts = invented(n)["text"].tolist()
    topics = len(load_plan(ROOT / "data" / "plans" / "milano-welfare.toml").objectives)
    begun = time.perf_counter()
    NMF(topics, init="nndsvda", random_state=0).fit_transform(TfidfVectorizer(min_df=2).fit_transform(texts))
    print(f"{n:9,} answers: {time.perf_counter() - begun:6.1f} s, scikit-learn tf-idf and NMF", flush=True)
    begun = time.perf_counter()
    LatentDirichletAllocation(topics, random_state=0).fit_transform(
        CountVectorizer(min_df=2).fit_transform(texts)
    )
    print(f"{n:9,} answers: {time.perf_counter() - begun:6.1f} s, scikit-learn LDA (10 rounds)")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str]) -> None:
    if arguments[:1] in (["--project"], ["--peers"]):
        (project if arguments[0] == "--project" else peers)(int(arguments[1]))
        return
    sizes = [int(size) for size in arguments] or list(SIZES)
    for kind, size in [*(("--project", size) for size in sizes), ("--peers", min(sizes))]:
        subprocess.run([sys.executable, __file__, kind, str(size)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
