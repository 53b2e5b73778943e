"""How long copied answers take to find, beside what one would write down with scikit-learn.

    python benchmarks/duplicates.py [N ...] [--runs R]

For each number of answers (default 2,000, 10,300 and 100,000; invented, always the same ones), in a process
of its own: 300 variants of a petition, 0 to 3 of its words left out, among answers of 15 words put together
from snatches of the example's. Petitions of 15 and of 40 words. Printed are seconds and, in brackets, those
of the processor, the least of R runs; how many of the 300 stand in the petition's largest cluster, and how
many others; the peak of memory; and how many times the processor's seconds of the project a peer takes.

The peers cut the same normalised texts in runs of five characters. `cosine`: TfidfVectorizer, blocks of rows
times all, pairs of a cosine of 0.75 or more, connected; up to 20,000 answers. `all pairs`: Python's sets, by
the project's rule; up to 2,000. Ends with 1 where it has other clusters than the project.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analysis.text.duplicates import AT_LEAST, SHORTEST_TEMPLATE, find_copies  # noqa: E402
from analysis.text.shingles import RUN, normalised  # noqa: E402

ANSWERS = [2_000, 10_300, 100_000]
CAMPAIGN = 300
PETITIONS = (15, 40)  # words
LEFT_OUT = 3
COSINE = 0.75
COSINE_UP_TO, ALL_PAIRS_UP_TO = 20_000, 2_000
_SNATCH, _SNATCHES = 3, 5
_ROWS = 1_000

Clusters = list[list[int]]  # numbers of answers


def invented(n: int, petition: int) -> list[str]:
    """`n` answers, the last `CAMPAIGN` of them variants of one petition of so many words."""
    example = pd.read_csv(ROOT / "data" / "example" / "answers.csv", keep_default_na=False)["text"]
    words = [word for text in example for word in text.split()]
    random = np.random.Generator(np.random.PCG64(1))
    starts = random.integers(0, len(words) - _SNATCH, size=(n - CAMPAIGN, _SNATCHES))
    answers = [" ".join(word for start in row for word in words[start : start + _SNATCH]) for row in starts]
    base = words[:petition]
    for _ in range(CAMPAIGN):
        out = random.choice(petition, int(random.integers(0, LEFT_OUT + 1)), replace=False)
        answers.append(" ".join(word for place, word in enumerate(base) if place not in out))
    return answers


def by_the_project(texts: list[str]) -> Clusters:
    ids = pd.Series([f"{n:09}" for n in range(len(texts))], dtype="str")
    answers = pd.DataFrame(
        {"answer_id": ids, "contribution_id": ids, "unit": ids, "group": "g", "text": texts}
    )
    members = find_copies(answers).members
    return sorted(sorted(map(int, own)) for _, own in members.groupby("cluster")["answer_id"])


def by_cosine(texts: list[str]) -> Clusters:
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = TfidfVectorizer(analyzer="char", ngram_range=(RUN, RUN)).fit_transform(normalised(texts))
    across = rows.T.tocsr()
    near = []
    for start in range(0, len(texts), _ROWS):
        block = rows[start : start + _ROWS] @ across
        block.data *= block.data >= COSINE
        block.eliminate_zeros()
        near.append(block)
    return _of_two(connected_components(sparse.vstack(near), directed=False)[1])


def by_all_pairs(texts: list[str]) -> Clusters:
    plain = normalised(texts)
    runs = [{text[n : n + RUN] for n in range(len(text) - RUN + 1)} for text in plain]
    pairs = []
    for left, right in combinations(range(len(texts)), 2):
        both = len(runs[left] & runs[right])
        smaller = min(len(runs[left]), len(runs[right]))
        long = min(len(plain[left]), len(plain[right])) >= SHORTEST_TEMPLATE
        either = len(runs[left]) + len(runs[right]) - both
        if both >= AT_LEAST * either or (long and both >= AT_LEAST * smaller):
            pairs.append((left, right))
    ends = tuple(np.array(pairs, dtype=np.int64).reshape(-1, 2).T)
    graph = sparse.csr_array((np.ones(len(pairs)), ends), shape=(len(texts), len(texts)))
    return _of_two(connected_components(graph, directed=False)[1])


def _of_two(labels: Sequence[int]) -> Clusters:
    own = pd.Series(range(len(labels))).groupby(np.asarray(labels)).agg(list)
    return sorted(members for members in own if len(members) > 1)


@dataclass(frozen=True)
class Measured:
    """One way of finding: its least seconds, its clusters, and the process's peak memory by then in MB."""

    name: str
    seconds: float
    processor: float
    clusters: Clusters
    peak: float

    def found(self, n: int) -> tuple[int, int]:
        """How many of the campaign its largest cluster holds, and how many others it holds."""
        largest = max(self.clusters, key=lambda own: sum(one >= n - CAMPAIGN for one in own), default=[])
        campaign = sum(one >= n - CAMPAIGN for one in largest)
        return campaign, len(largest) - campaign


def measure(n: int, petition: int, runs: int) -> list[Measured]:
    texts = invented(n, petition)
    ways: dict[str, Callable[[list[str]], Clusters]] = {"project": by_the_project}
    if n <= COSINE_UP_TO:
        ways["cosine"] = by_cosine
    if n <= ALL_PAIRS_UP_TO:
        ways["all pairs"] = by_all_pairs
    measured = []
    for name, way in ways.items():
        seconds, processor = [], []
        for _ in range(runs):
            start, busy = time.perf_counter(), time.process_time()
            clusters = way(texts)
            seconds.append(time.perf_counter() - start)
            processor.append(time.process_time() - busy)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        measured.append(Measured(name, min(seconds), min(processor), clusters, peak))
    return measured


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Times the search for copied answers.")
    parser.add_argument("answers", metavar="N", nargs="*", type=int, default=ANSWERS)
    parser.add_argument("--runs", metavar="R", type=int, default=3)
    asked = parser.parse_args(arguments)
    if min(asked.answers) <= CAMPAIGN:
        parser.error(f"more answers than the {CAMPAIGN} of the campaign, please")
    differ = False
    for n in asked.answers:
        for petition in PETITIONS:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
                measured = process.submit(measure, n, petition, asked.runs).result()
            own = measured[0]
            print(f"{n:,} answers, a petition of {petition} words")
            for way in measured:
                campaign, others = way.found(n)
                ratio = "" if way is own else f", {way.processor / own.processor:.1f} ×"
                print(
                    f"  {way.name:9} {way.seconds:7.2f} s ({way.processor:.2f})  {campaign} of {CAMPAIGN} "
                    f"and {others} others, {len(way.clusters)} clusters, peak {way.peak:.0f} MB{ratio}",
                    flush=True,
                )
                differ |= way.name == "all pairs" and way.clusters != own.clusters
    return int(differ)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
