"""How well seed words find themes in real Italian texts: `python benchmarks/theme_benchmark_run.py`.

Needs the folder of shared data in `ALLEANZA_SHARED` (default `../shared`). Eleven labels that people gave to
1,587 texts by hand; mean average precision (AP) and mean precision of each label's first ten (P@10).

Without any label: the project's seeds, and as peers the topics of scikit-learn's NMF and LDA, each label
given the topic that suits it best, which nobody could know beforehand. With labelled texts drawn at random,
ten times, measured on the rest: the project with seeds and 100 or 400 labels, and as a peer tf-idf with a
linear SVM and 200 or 400.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import tomllib
from importlib import util
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analysis.text.corpus import Corpus, read_words  # noqa: E402
from analysis.text.features import features  # noqa: E402
from analysis.text.lessons import taught_by  # noqa: E402
from analysis.text.lexicon import read_lexicons  # noqa: E402
from analysis.text.likeness import likeness  # noqa: E402
from analysis.text.reviewed import given_codings  # noqa: E402
from consultation.rules import Rules  # noqa: E402

SHARED = Path(os.environ.get("ALLEANZA_SHARED", ROOT.parent / "shared"))
SCRIPT = SHARED / "data" / "theme_benchmark.py"
DRAWS = 10
LEXICONS = read_lexicons(ROOT / "data" / "lexicon")


def main() -> None:
    if not SCRIPT.is_file():
        sys.exit(f"not run: there is no {SCRIPT.name} in the shared data; name its folder in ALLEANZA_SHARED")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, SCRIPT, "prepare", folder], check=True)
        files = ("--answers", folder / "answers.csv", "--seeds", folder / "seeds.toml", "--out", folder)
        begun = time.perf_counter()
        command = [sys.executable, str(ROOT / "cli.py"), "themes", *map(str, files)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds = time.perf_counter() - begun
        subprocess.run([sys.executable, SCRIPT, "score", folder / "scores.csv"], check=True)
        print(f"cli.py themes, seeds alone: {seconds:.1f} s, starting Python included")
        labels = tomllib.loads((folder / "seeds.toml").read_text(encoding="utf-8"))
        answers = pd.read_csv(folder / "answers.csv", dtype="str", keep_default_na=False)
        answers = answers.sort_values("answer_id", ignore_index=True)
    gold = _gold(answers["answer_id"].tolist(), list(labels))
    unsupervised(answers["text"].tolist(), gold)
    corpus = read_words(answers, LEXICONS)
    for n_project, n_peer in ((100, 200), (400, 400)):
        taught(corpus, answers["text"].tolist(), labels, gold, n_project, n_peer)


def unsupervised(texts: list[str], gold: np.ndarray) -> None:
    """Topics by scikit-learn, each label scored by the topic that suits it best."""
    from sklearn.decomposition import NMF, LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    topics = gold.shape[1]
    models = (
        ("NMF", NMF(topics, init="nndsvda", random_state=0), TfidfVectorizer(min_df=2)),
        ("LDA", LatentDirichletAllocation(topics, random_state=0), CountVectorizer(min_df=2)),
    )
    for name, model, vectorizer in models:
        found = model.fit_transform(vectorizer.fit_transform(texts))
        measures = [
            max(_measures(found[:, topic], gold[:, label]) for topic in range(topics))
            for label in range(topics)
        ]
        ap, ten = np.mean(measures, axis=0)
        print(f"scikit-learn {name}, the best topic of each label: AP {ap:.3f}, P@10 {ten:.3f}")


def taught(
    corpus: Corpus,
    texts: list[str],
    labels: dict[str, dict[str, list[str]]],
    gold: np.ndarray,
    n_project: int,
    n_peer: int,
) -> None:
    """The mean of ten draws of labelled texts, measured on the texts that were not drawn."""
    generator = np.random.default_rng(0)
    ours, theirs = [], []
    for _ in range(DRAWS):
        order = generator.permutation(len(texts))
        ours.append(_means(_by_project(corpus, labels, gold, order[:n_project]), gold, order[n_project:]))
        theirs.append(_means(_by_svm(texts, gold, order[:n_peer]), gold, order[n_peer:]))
    for name, n, means in (("seeds and", n_project, ours), ("linear SVM with", n_peer, theirs)):
        ap, ten = np.mean(means, axis=0)
        print(f"{name} {n} labels, mean of {DRAWS} draws: AP {ap:.3f}, P@10 {ten:.3f}")


def _by_project(
    corpus: Corpus, labels: dict[str, dict[str, list[str]]], gold: np.ndarray, coded: np.ndarray
) -> np.ndarray:
    names = np.array(list(labels))
    # a text of none of the labels is one that a reader found to speak of none
    reviews = pd.DataFrame(
        [
            (corpus.answers["answer_id"].iloc[row], label, True)
            for row in coded.tolist()
            for label in (names[gold[row]].tolist() or [""])
        ],
        columns=["answer_id", "objective", "holds"],
    )
    refused = pd.DataFrame(
        [
            (corpus.answers["answer_id"].iloc[row], label, False)
            for row in coded.tolist()
            for label in names[~gold[row]].tolist()
        ],
        columns=["answer_id", "objective", "holds"],
    )
    both = pd.concat([reviews, refused], ignore_index=True)
    given = given_codings(corpus, list(names), both)
    found = features(corpus, [entry["words"] for entry in labels.values()], LEXICONS)
    assert found is not None
    asked = np.ones(gold.shape, dtype=bool)
    alike = likeness(found.rows, found.seeds, asked & ~given.refused, given.labels)
    model = taught_by(corpus, found, alike, given, asked, Rules())
    return alike.scores() if model is None else model.scores()


def _by_svm(texts: list[str], gold: np.ndarray, coded: np.ndarray) -> np.ndarray:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    rows = TfidfVectorizer(sublinear_tf=True, min_df=2).fit_transform(texts)
    scores = np.zeros(gold.shape)
    for label in range(gold.shape[1]):
        if len(set(gold[coded, label])) == 2:
            model = LinearSVC(random_state=0).fit(rows[coded], gold[coded, label])
            scores[:, label] = model.decision_function(rows)
    return scores


def _means(scores: np.ndarray, gold: np.ndarray, rest: np.ndarray) -> tuple[float, float]:
    measures = [_measures(scores[rest, label], gold[rest, label]) for label in range(gold.shape[1])]
    ap, ten = np.mean(measures, axis=0)
    return float(ap), float(ten)


def _measures(scores: np.ndarray, gold: np.ndarray) -> tuple[float, float]:
    hits = gold[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean()), float(hits[:10].mean())


def _gold(answers: list[str], labels: list[str]) -> np.ndarray:
    """Which label people gave to which text."""
    sys.dont_write_bytecode = True
    spec = util.spec_from_file_location("theme_benchmark", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    benchmark = util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    tags = {answer: tags for answer, _, tags in benchmark.texts()}
    return np.array([[label in tags[answer] for label in labels] for answer in answers])


if __name__ == "__main__":
    main()
