"""Visions: answers that say nearly the same, with the groups that hold them and the answer in their middle.

How answers come together is told in `analysis.text.nearness`. An answer near no other is a vision of its own,
and is never dropped. Counting names nothing: a vision is shown by the words that its answers share. Two
answers that say the same in other words stay apart, and two that share words need not agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.quotes import COUNTED_ONLY
from analysis.strata import UNSTATED_GROUP
from analysis.text.corpus import Corpus
from analysis.text.nearness import Matrix, gathered
from analysis.text.words import commonest

NEAR = 0.25  # cosine: of 1,587 real texts 9 in 10 pairs this near share one of 11 labels, 2 in 10 of all
SHARED_BY = 3  # groups that make a vision a shared one; two of them where no more than this answered at all
MOST_WORDS = 6  # shared words told of a vision

SHARED, TWO, ONE = HELD = ("shared", "two", "one")

VISIONS = {
    "vision": "int64",
    "middle": "str",
    "words": "str",
    "held": "str",
    "n_groups": "int64",
    "n_participants": "int64",
    "n_answers": "int64",
}
VOICES = {
    "vision": "int64",
    "answer_id": "str",
    "contribution_id": "str",
    "group": "str",
    "nearness": "float64",
    "words": "str",
    "nearest": "bool",
}


@dataclass(frozen=True, eq=False)
class Visions:
    """What the answers to a question about visions come to; `n_groups` have answered it.

    `visions`: those of most groups, then participants, then answers first. `vision` (1, 2, …), `middle` (an
    answer's id), `words` that at least two of its answers share, as most often written, joined by |, those of
    most answers first, `held` (one of `HELD`: by three groups or more, or by two where no more than three
    answered; by two of more; by one, or none that is stated), and how many hold it.
    `voices`: a row per answer under its vision, the nearest first. `nearness` (0 to 1) to the middle, `words`
    of the vision as this answer has them, and whether it is the `nearest` of its group.
    """

    visions: pd.DataFrame
    voices: pd.DataFrame
    n_groups: int


def visions(corpus: Corpus, consents: Mapping[str, str], guiding_questions: Sequence[str] = ()) -> Visions:
    """The visions in the answers to `guiding_questions`, in all answers if empty.

    `consents` are the answers' by id. No word is told that only answers to be counted have, and such an
    answer is the nearest of its group only where all of them are. Of confirmed copies the corpus makes one
    participant (`analysis.clusters.one_voice`).
    """
    asked = corpus.answers["guiding_question"].isin(guiding_questions).to_numpy()
    chosen = np.flatnonzero(asked) if guiding_questions else np.arange(len(asked))
    answers = corpus.answers.iloc[chosen]
    voices = [
        _Voice(answer, *row, counted_only=consents[row[0]] == COUNTED_ONLY, words=_words(corpus, answer))
        for answer, row in zip(
            chosen.tolist(),
            zip(
                answers["answer_id"].tolist(),
                answers["contribution_id"].tolist(),
                answers["group"].replace(UNSTATED_GROUP, "").tolist(),
                strict=True,
            ),
            strict=True,
        )
    ]
    groups = [voice.group for voice in voices]
    people = [voice.contribution for voice in voices]
    n_groups = len(set(groups) - {""})
    found = []
    for star in gathered(_said(corpus, chosen), groups, people, NEAR):
        of = [voices[row] for row in star.rows]
        held_by, by = {groups[row] for row in star.rows} - {""}, {people[row] for row in star.rows}
        counted = (len(held_by), len(by), len(of))
        found.append((counted, of, star.nearness))
    found.sort(key=lambda one: ([-n for n in one[0]], one[1][0].answer))
    rows: list[tuple[object, ...]] = []
    told: list[tuple[object, ...]] = []
    for number, (counted, of, nearness) in enumerate(found, 1):
        shared = _shared(of)
        names = "|".join(shared[key] for key in shared)
        rows.append((number, of[0].id, names, _held(counted[0], n_groups), *counted))
        nearest = _nearest(of)
        for voice, value in zip(of, nearness, strict=True):
            words = "|".join(voice.words[key][0] for key in shared if key in voice.words)
            told.append(
                (number, voice.id, voice.contribution, voice.group, value, words, voice.id in nearest)
            )
    return Visions(
        pd.DataFrame(rows, columns=list(VISIONS)).astype(VISIONS),
        pd.DataFrame(told, columns=list(VOICES)).astype(VOICES),
        n_groups,
    )


@dataclass(frozen=True)
class _Voice:
    """One answer; `words` are the forms of each of its content words, as they stand in it."""

    answer: int
    id: str
    contribution: str
    group: str
    counted_only: bool
    words: Mapping[int, Sequence[str]]


def _said(corpus: Corpus, chosen: np.ndarray) -> Matrix:
    """How often each of the `chosen` answers has each content word."""
    from scipy.sparse import csr_matrix  # slow to import

    place = np.flatnonzero(corpus.content)
    cells = (np.ones(len(place)), (corpus.answer_of[place], corpus.keys[place]))
    shape = (len(corpus.answers), max(len(corpus.vocabulary), 1))
    return csr_matrix(cells, shape=shape)[chosen]


def _words(corpus: Corpus, answer: int) -> dict[int, list[str]]:
    words: dict[int, list[str]] = {}
    for place in range(int(corpus.bounds[answer]), int(corpus.bounds[answer + 1])):
        if corpus.content[place]:
            words.setdefault(int(corpus.keys[place]), []).append(corpus.surfaces[corpus.forms[place]])
    return words


def _shared(voices: Sequence[_Voice]) -> dict[int, str]:
    """The words of two answers or more, by key and as most often written, those of most answers first."""
    n_answers = Counter(key for voice in voices for key in voice.words)
    written = {
        key: Counter(form for v in voices if not v.counted_only for form in v.words.get(key, ()))
        for key, n in n_answers.items()
        if n > 1
    }
    shown = {key: commonest(forms) for key, forms in written.items() if forms}
    order = sorted(shown, key=lambda key: (-n_answers[key], shown[key], key))
    return {key: shown[key] for key in order[:MOST_WORDS]}


def _nearest(voices: Sequence[_Voice]) -> set[str]:
    """The answer of each group that stands nearest to the middle, of those that may be quoted if any may."""
    nearest: dict[str, str] = {}
    for voice in sorted(voices, key=lambda voice: voice.counted_only):
        nearest.setdefault(voice.group, voice.id)
    return set(nearest.values())


def _held(n_groups: int, answering: int) -> str:
    if n_groups >= SHARED_BY or (n_groups == 2 and answering <= SHARED_BY):
        return SHARED
    return TWO if n_groups == 2 else ONE
