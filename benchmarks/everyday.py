"""How rightly answers in everyday words find their objective: `python benchmarks/everyday.py`.

192 invented answers, labelled when they were written and before anything was tuned on them
(`everyday_answers.csv`; their writer had not seen the seed words, nor the seeds' writer the answers). Each
is scored by seeds alone. The peer is the same scoring with the words of each objective's official title for
seeds. Then what the plan's rules would propose, for these answers and for those of the example that their
authors tagged, with the tags hidden.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analysis.text.corpus import read_words  # noqa: E402
from analysis.text.lexicon import read_lexicons  # noqa: E402
from analysis.text.proposals import code, score_labels  # noqa: E402
from consultation import tables  # noqa: E402
from consultation.language import Language  # noqa: E402
from consultation.plan import load_plan  # noqa: E402

PLAN = load_plan(ROOT / "data" / "plans" / "milano-welfare.toml")
LEXICONS = read_lexicons(ROOT / "data" / "lexicon")


def main() -> None:
    table = pd.read_csv(ROOT / "benchmarks" / "everyday_answers.csv", dtype="str", keep_default_na=False)
    answers = table.assign(contribution_id=table["answer_id"], language="it")
    objectives = tables.objectives(PLAN, Language("it"))
    print(f"{'seeds':16s} {'of 14':>6s} {'or also':>8s} {'top 3':>6s} {'in question':>12s} {'or also':>8s}")
    for name, seeds in (
        ("of the plan", objectives["seeds"]),
        ("official titles", objectives["title"].str.replace(" ", "|")),
    ):
        tell(name, answers, objectives.assign(seeds=seeds))
    proposed("everyday", answers, objectives)
    example = pd.read_csv(ROOT / "data" / "example" / "answers.csv", dtype="str", keep_default_na=False)
    first = example["objectives"].str.partition("|")
    proposed("example", example.assign(objective=first[0], also=first[2]), objectives, silent=False)


def tell(name: str, answers: pd.DataFrame, objectives: pd.DataFrame) -> None:
    """The share of answers whose best objective is the labelled one, or one that a fair reader accepts."""
    spoken = answers[answers["objective"] != ""].reset_index(drop=True)
    scores = _scores(spoken, objectives)
    names = list(objectives["objective"])
    question = dict(zip(names, objectives["strategic_question"], strict=True))
    right, fair, three, inside, fair_inside = [], [], [], [], []
    for row, answer in enumerate(spoken.to_dict("records")):
        accepted = {answer["objective"], *filter(None, answer["also"].split("|"))}
        order = [names[label] for label in np.argsort(-scores[row], kind="stable") if scores[row, label] > 0]
        own = [label for label in order if question[label] == question[answer["objective"]]]
        right.append(order[:1] == [answer["objective"]])
        fair.append(bool(order[:1]) and order[0] in accepted)
        three.append(answer["objective"] in order[:3])
        inside.append(own[:1] == [answer["objective"]])
        fair_inside.append(bool(own[:1]) and own[0] in accepted)
    means = [float(np.mean(kept)) for kept in (right, fair, three, inside, fair_inside)]
    print(f"{name:16s} {means[0]:6.2f} {means[1]:8.2f} {means[2]:6.2f} {means[3]:12.2f} {means[4]:8.2f}")


def _scores(answers: pd.DataFrame, objectives: pd.DataFrame) -> np.ndarray:
    labels = {
        str(objective): str(seeds).split("|")
        for objective, seeds in zip(objectives["objective"], objectives["seeds"], strict=True)
    }
    table = score_labels(read_words(answers, LEXICONS), labels, LEXICONS)
    wide = table.pivot(index="answer_id", columns="label", values="score")
    return wide.reindex(index=answers["answer_id"], columns=list(labels)).fillna(0.0).to_numpy()


def proposed(name: str, answers: pd.DataFrame, objectives: pd.DataFrame, *, silent: bool = True) -> None:
    """What the tool would propose by the plan's rules, each answer under the question it was given to."""
    codings = code(read_words(answers.assign(objectives=""), LEXICONS), objectives, LEXICONS, PLAN.rules)
    of = codings.groupby("answer_id")["objective"].agg(set).to_dict()
    spoken = answers[answers["objective"] != ""]
    accepted = {
        str(row["answer_id"]): {row["objective"], *filter(None, str(row["also"]).split("|"))}
        for row in spoken.to_dict("records")
    }
    found = sum(bool(of.get(answer, set()) & labels) for answer, labels in accepted.items())
    right = sum(len(of.get(answer, set()) & labels) for answer, labels in accepted.items())
    n = sum(len(of.get(answer, set())) for answer in accepted)
    unassigned = sum(answer not in of for answer in spoken["answer_id"])
    print(
        f"{name}, by the plan's rules: {found} of {len(spoken)} answers get one that a fair reader accepts, "
        f"{unassigned} get none; {right} of {n} proposals are right"
    )
    if silent:
        mute = answers.loc[answers["objective"] == "", "answer_id"]
        none = sum(answer not in of for answer in mute)
        print(f"{name}: {none} of {len(mute)} answers that speak of no objective get none")


if __name__ == "__main__":
    main()
