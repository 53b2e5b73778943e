"""How often services are found and read rightly in short sentences, labelled before any cue was tuned.

Run: python benchmarks/services.py [--wrong]. `tests/services_sentences.csv` has a sentence on a line, with
the services that it names and what is wanted of each: `start` (it is not there, or there is not enough of
it; to open it again too), `change` (it is there and should be otherwise; complaints too), `keep` (it is
there and should stay; praise too), `named` (none of these). Lists were mended while looking at the odd lines
only; the even ones were held back. `--wrong` lists what is wrong in the odd lines.

Sentences and lists are by the same hand; people write longer, and with less of what a list expects. Of the 32
wishes to start, change or keep that are found in all answers of the invented example, which is by another
hand, one reader judged 20 right (16 of the 22 in answers to the question about services; none of the three to
keep); the lists were mended while looking at these, and what was missed there was not counted.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analysis.text.corpus import read_words  # noqa: E402
from analysis.text.folding import folded  # noqa: E402
from analysis.text.lexicon import read_lexicons  # noqa: E402
from analysis.text.service_lists import WANTS, read_service_lists  # noqa: E402
from analysis.text.services import services  # noqa: E402

SENTENCES = ROOT / "tests" / "services_sentences.csv"
LEXICONS = ROOT / "data" / "lexicon"
ASKED = "services"  # every sentence answers a question about services

Labels = Counter[tuple[str, str, str]]  # sentence, service, what is wanted


def labelled() -> tuple[pd.DataFrame, Labels]:
    """The sentences as answers, and their labels."""
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    answers = pd.DataFrame(
        {
            "answer_id": [f"{int(row['id']):03}" for row in rows],
            "text": [row["text"] for row in rows],
            "language": [row["language"] for row in rows],
        },
        dtype="str",
    )
    labels = Counter(
        (f"{int(row['id']):03}", folded(service), wants)
        for row in rows
        for mention in filter(None, row["mentions"].split("; "))
        for service, wants in [mention.split("=")]
    )
    return answers.assign(contribution_id=answers["answer_id"], guiding_question=ASKED), labels


def read(answers: pd.DataFrame) -> Labels:
    """What the project finds in them, in the same form."""
    lexicons = read_lexicons(LEXICONS)
    corpus = read_words(answers, lexicons)
    codings = pd.DataFrame({"answer_id": [], "objective": []}, dtype="str")
    found = services(corpus, codings, read_service_lists(LEXICONS), lexicons, (ASKED,))
    return Counter(zip(found["answer_id"], found["service"], found["wants"], strict=True))


def scores(labels: Labels, found: Labels) -> dict[str, tuple[float, float, int]]:
    """Precision, recall and number of labels: of mentions as such, and of each kind."""

    def of(labels: Labels, found: Labels) -> tuple[float, float, int]:
        right = (labels & found).total()
        return right / max(found.total(), 1), right / max(labels.total(), 1), labels.total()

    def without(counter: Labels) -> Labels:
        plain: Labels = Counter()
        for (sentence, service, _), n in counter.items():
            plain[sentence, service, ""] += n
        return plain

    def only(counter: Labels, wants: str) -> Labels:
        return Counter({label: n for label, n in counter.items() if label[2] == wants})

    return {"found at all": of(without(labels), without(found))} | {
        wants: of(only(labels, wants), only(found, wants)) for wants in WANTS
    }


def half(counter: Labels, odd: bool) -> Labels:
    """The labels of odd or of even sentences."""
    return Counter({label: n for label, n in counter.items() if int(label[0]) % 2 == odd})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true")
    answers, labels = labelled()
    found = read(answers)
    for name, odd in (("odd, looked at while the lists were mended", True), ("even, held back", False)):
        print(name)
        print(f"  {'':14}precision  recall  labels")
        for kind, (precision, recall, n) in scores(half(labels, odd), half(found, odd)).items():
            print(f"  {kind:14}{precision:9.2f}{recall:8.2f}{n:8}")
        right = (half(labels, odd) & half(found, odd)).total() / half(labels, odd).total()
        print(f"  service and kind both right: {right:.2f}")
    if parser.parse_args().wrong:
        text = dict(zip(answers["answer_id"], answers["text"], strict=True))
        for sentence in sorted(text):
            missed = [label[1:] for label in labels - found if label[0] == sentence]
            more = [label[1:] for label in found - labels if label[0] == sentence]
            if (missed or more) and int(sentence) % 2:
                print(sentence, text[sentence], "| missed:", missed, "| instead:", more)


if __name__ == "__main__":
    main()
