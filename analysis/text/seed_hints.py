"""Words tied to an objective that are not yet among the seeds: what its answers say more than the others'.

Found in answers that counting itself coded, such words stand beside the present seeds and may draw the
objective away from what it means: a person takes them or leaves them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.text.checks import COUNTED
from analysis.text.corpus import Corpus
from analysis.text.keyness import FALSE_DISCOVERIES, Side, keyness
from analysis.text.lexicon import Lexicon
from analysis.text.phrases import phrases

FEWEST_SAYING = 3  # participants: below that a word is one voice's, not the objective's
SURER = 0.5  # of the proposals, from the surest down, count as its answers while they wait to be read
COLUMNS = ["word", "shown", "n_here", "n_there", "g2", "z"]


def seed_hints(
    corpus: Corpus,
    codings: pd.DataFrame,
    objectives: pd.DataFrame,
    objective: str,
    lexicons: Mapping[str, Lexicon],
    at_least: int = FEWEST_SAYING,
) -> pd.DataFrame:
    """The words most tied to `objective` that are a seed of no objective, the most tied first.

    Compared are its answers (coded by people, and the surer half of those that counting coded) with the
    others of its strategic question, known from where they were written or from their codings; the less sure
    half stands on neither side. `word`, `shown`, `n_here`, `n_there` (participants), `g2` and `z` are as in
    `keyness`. Only words that `at_least` participants of its answers say, and so much oftener than the
    others that chance alone does it in fewer than `FALSE_DISCOVERIES` of words: a help to look, no test.
    Raises `ValueError` when `objective` is none of `objectives`.
    """
    question_of = dict(zip(objectives["objective"], objectives["strategic_question"], strict=True))
    if objective not in question_of:
        raise ValueError(f"{objective} is none of the objectives")
    siblings = [name for name, question in question_of.items() if question == question_of[objective]]
    coded = _answers(corpus, codings[codings["objective"] == objective])
    here = _answers(corpus, _surer(codings[codings["objective"] == objective]))
    asked = (corpus.answers["strategic_question"] == question_of[objective]).to_numpy()
    there = (asked | _answers(corpus, codings[codings["objective"].isin(siblings)])) & ~coded
    if not (here.any() and there.any()):
        return _none()
    found = keyness(corpus, here, there, at_least)
    tied = (
        (found["g2"] > 0)
        & (found["p"] <= FALSE_DISCOVERIES)
        & ~found["word"].isin(_seeds(objectives, lexicons))
    )
    return found.loc[tied, COLUMNS].reset_index(drop=True)


def _surer(codings: pd.DataFrame) -> pd.DataFrame:
    """Those that people gave, and of the counted ones the surer half, with all that are level with it."""
    counted = codings["basis"].isin(COUNTED)
    line = codings.loc[counted, "score"].quantile(1 - SURER, interpolation="higher")
    return codings[~counted | (codings["score"] >= line)]


def _answers(corpus: Corpus, codings: pd.DataFrame) -> Side:
    return np.asarray(corpus.answers["answer_id"].isin(codings["answer_id"]))


def _seeds(objectives: pd.DataFrame, lexicons: Mapping[str, Lexicon]) -> set[str]:
    """The keys of all seeds; of a phrase its words are still open."""
    seeds = {seed for text in objectives["seeds"] for seed in text.split("|") if seed}
    return {" ".join(phrase) for seed in sorted(seeds) for phrase in phrases(seed, lexicons)}


def _none() -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in COLUMNS}).astype(
        {name: "str" if name in ("word", "shown") else "float64" for name in COLUMNS}
        | {"n_here": "int64", "n_there": "int64"}
    )
