"""Candidate themes in answers that speak of no objective: proposed by counting, named by people or nobody.

As many candidates are looked for as stay stable. Most answers may stand in none: nothing is forced. Of
few answers none are looked for (`FEWEST_FOR_THEMES`): there a list is read (`analysis.text.reading_order`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.clusters import CLUSTER
from analysis.protocols import Rules
from analysis.quotes import COUNTED_ONLY
from analysis.resampling import percentile
from analysis.strata import UNSTATED_GROUP
from analysis.text.corpus import Corpus
from analysis.text.factors import Factors
from analysis.text.shared_words import word_counts
from analysis.text.theme_stability import jaccard, stability, subsamples, trust
from analysis.text.theme_trials import (
    DEALINGS,
    MEASURING,
    TRIALS,
    Again,
    dealt_candidates,
    some_of,
    steadiest_number,
)
from analysis.text.theme_words import Heard

FEWEST_FOR_THEMES = 30
"""Answers with words below which no candidate is looked for."""
FEWEST_PARTICIPANTS = 3
"""Voices below which a cluster is no candidate."""
MOST_CANDIDATES = 12
ANSWERS_EACH = 10
"""Answers there must be for each candidate that is looked for."""
WORDS_OF_AN_ID = 3
WORDLESS = "candidate"
"""The id of one none of whose words may be shown."""
RUNS = 50
"""Subsamples by which stability is measured."""
OUTDONE = 0.90
"""The share of candidates that mean nothing which come back less often than one that may be trusted."""
RUNS_OF_MANY, MANY_ANSWERS = 10, 20_000
"""Fewer for so many answers: each takes longer, and differs less from the next."""
SAME_CANDIDATE = 0.60
"""Jaccard index from which a candidate is one that was set aside."""

COLUMNS = ["candidate", "words", "n_answers", "n_participants", "n_groups", "stability", "by_chance", "trust"]
MEMBERS = ["candidate", "answer_id", "likeness"]


@dataclass(frozen=True, eq=False)
class Candidates:
    """What counting proposes in `n_answers` answers, of which `n_with_words` say something.

    `table` has a row per candidate, those of most participants first: `candidate` (an id made of its
    weightiest words), `words` (the weightiest that may be told, `analysis.text.theme_words`, as people write
    them, joined by |), `n_answers`, `n_participants`, `n_groups`, `stability` (0 to 1, over `runs`
    subsamples of participants), `by_chance` (which one in ten candidates that mean nothing reach: those of
    half as many voices or more in `DEALINGS` of the same words to the answers by chance), and `trust`, what
    these two allow to say.
    `members` has a row per answer of each, the likest first: `candidate`, `answer_id`, `likeness` (0 to 1).
    """

    table: pd.DataFrame
    members: pd.DataFrame
    n_answers: int
    n_with_words: int
    runs: int

    @property
    def looked_for(self) -> bool:
        """Whether answers were enough to look for candidates at all."""
        return self.n_with_words >= FEWEST_FOR_THEMES

    def answers_of(self, candidate: str) -> list[str]:
        """The answers of a candidate, the likest first."""
        return list(self.members.loc[self.members["candidate"] == candidate, "answer_id"])


def candidates(
    corpus: Corpus,
    chosen: Collection[str],
    consents: Mapping[str, str],
    rules: Rules,
    on_step: Callable[[int, int], None] = lambda done, of: None,
) -> Candidates:
    """Candidate themes among the `chosen` answers, ids, whatever the order of ids and answers.

    How many are looked for: at most one for `ANSWERS_EACH` answers and `MOST_CANDIDATES`, and of these
    numbers the largest at which candidates are highly stable on average, in a few trials of their own; the
    number with the greatest average where none is. `consents` are the answers' by id: no word is told that
    only answers to be counted have. Of confirmed copies the corpus makes one participant
    (`analysis.clusters.one_voice`). `on_step` is told how many countings are done, of how many.
    """
    ids = corpus.answers["answer_id"]
    rows = np.flatnonzero(ids.isin(list(chosen)).to_numpy())
    counts = word_counts(corpus, rows)
    told = np.diff(counts.indptr) > 0
    n_answers, n_with_words = len(rows), int(told.sum())
    runs = RUNS if n_answers <= MANY_ANSWERS else RUNS_OF_MANY
    if n_with_words < FEWEST_FOR_THEMES:
        return Candidates(*_tables(()), n_answers, n_with_words, 0)
    rows, counts = rows[told], counts[told]
    speakers = _speakers(corpus.answers.iloc[rows])
    most = min(MOST_CANDIDATES, max(2, n_with_words // ANSWERS_EACH))
    numbers = range(2, most + 1)
    count = _Counting(on_step, len(numbers) * TRIALS + DEALINGS * TRIALS + runs)
    some = some_of(counts, speakers, rules.seed)
    number = steadiest_number(*some, numbers, rules.seed, count.one)
    chance = list(dealt_candidates(*some, number, FEWEST_PARTICIPANTS, rules.seed, count.one))
    again = Again(counts, number, rules.seed)
    found = again.all
    draws = subsamples(speakers, runs, rules.seed, MEASURING)
    steady = stability(found.labels, len(found.words), draws, again, count.one)
    silent = np.array([consents[answer] == COUNTED_ONLY for answer in ids.to_numpy()[rows]], dtype=bool)
    heard = Heard(corpus, rows, counts, speakers, silent)
    return Candidates(*_tables(_described(heard, found, steady, chance)), n_answers, n_with_words, runs)


def set_aside_before(found: Candidates, earlier: Sequence[Collection[str]]) -> set[str]:
    """The candidates that are, by their answers, one of those `earlier` set aside."""
    aside = [frozenset(answers) for answers in earlier]
    return {
        str(candidate)
        for candidate in found.table["candidate"]
        if any(jaccard({*found.answers_of(candidate)}, answers) >= SAME_CANDIDATE for answers in aside)
    }


def typical(answers: Sequence[str], about: pd.DataFrame, most: int = 5) -> list[str]:
    """At most `most` of `answers`, the likest first, each of another participant, and of other groups first.

    `about` tells `contribution_id` and `group` of the answers that may be shown; others are passed over.
    """
    who = about.set_index("answer_id")[["contribution_id", "group"]]
    shown = [answer for answer in answers if answer in who.index]
    picked: list[str] = []
    for new_group in (True, False):
        for answer in shown:
            people = set(who.loc[picked, "contribution_id"])
            groups = set(who.loc[picked, "group"])
            person, group = who.loc[answer]
            if len(picked) < most and person not in people and not (new_group and group in groups):
                picked.append(answer)
    return sorted(picked, key=shown.index)


class _Counting:
    """Tells how far the work is."""

    def __init__(self, on_step: Callable[[int, int], None], of: int) -> None:
        self._on_step, self._of, self._done = on_step, of, 0
        on_step(0, of)

    def one(self) -> None:
        self._done += 1
        self._on_step(self._done, self._of)


def _speakers(answers: pd.DataFrame) -> np.ndarray:
    """Whose voice each answer is, from 0: confirmed copies are one, then an organisation, then a person."""
    voices = [
        ("unit", group, unit) if unit and not person.startswith(CLUSTER) else ("person", person)
        for person, group, unit in answers[["contribution_id", "group", "unit"]].itertuples(
            index=False, name=None
        )
    ]
    number = {voice: place for place, voice in enumerate(sorted(set(voices)))}
    return np.array([number[voice] for voice in voices], dtype=np.int64)


@dataclass(frozen=True, eq=False)
class _Candidate:
    """One candidate before it has an id: its weightiest words, its answers, the likest first."""

    keys: tuple[str, ...]
    words: str
    answers: tuple[str, ...]
    likeness: tuple[float, ...]
    n_participants: int
    n_groups: int
    stability: float
    by_chance: float


def _described(
    heard: Heard, found: Factors, steady: np.ndarray, chance: Sequence[tuple[int, float]]
) -> Iterator[_Candidate]:
    """The clusters of enough voices."""
    corpus = heard.corpus
    ids, people, groups = (
        corpus.answers[name].to_numpy() for name in ("answer_id", "contribution_id", "group")
    )
    for label in range(len(found.words)):
        inside = np.flatnonzero(found.labels == label)
        voices = len(set(heard.speakers[inside].tolist()))
        if voices < FEWEST_PARTICIPANTS:
            continue
        inside = inside[np.lexsort((inside, -found.likeness[inside]))]
        its, keys = heard.rows[inside], heard.weightiest(found, label, inside)
        yield _Candidate(
            tuple(corpus.vocabulary[key] for key in keys),
            "|".join(heard.as_written(inside, keys)),
            tuple(ids[its].tolist()),
            tuple(np.round(found.likeness[inside], 6).tolist()),
            len({*people[its].tolist()}),
            len({*groups[its].tolist()} - {"", UNSTATED_GROUP}),
            float(steady[label]),
            _outdoing([reached for size, reached in chance if 2 * size >= voices]),
        )


def _outdoing(reached: Sequence[float]) -> float:
    """The stability above which a candidate outdoes `OUTDONE` of these; 0 where there is none."""
    return float(percentile(np.array(reached)[:, None], OUTDONE)[0]) if reached else 0.0


def _tables(described: Iterable[_Candidate]) -> tuple[pd.DataFrame, pd.DataFrame]:
    ordered = sorted(described, key=lambda one: (-one.n_participants, one.keys, one.answers))
    named: dict[str, _Candidate] = {}
    for one in ordered:
        name = "-".join(sorted(one.keys[:WORDS_OF_AN_ID])) or WORDLESS
        named[f"{name}-{len(named) + 1}" if name in named else name] = one
    rows = [
        (
            name,
            one.words,
            len(one.answers),
            one.n_participants,
            one.n_groups,
            one.stability,
            one.by_chance,
            trust(one.stability, one.by_chance),
        )
        for name, one in named.items()
    ]
    members = [
        (name, answer, likeness)
        for name, one in named.items()
        for answer, likeness in zip(one.answers, one.likeness, strict=True)
    ]
    counted = dict.fromkeys(["n_answers", "n_participants", "n_groups"], "int64")
    return (
        pd.DataFrame(rows, columns=COLUMNS).astype(
            {
                "candidate": "str",
                "words": "str",
                "stability": "float64",
                "by_chance": "float64",
                "trust": "str",
            }
            | counted
        ),
        pd.DataFrame(members, columns=MEMBERS).astype(
            {"candidate": "str", "answer_id": "str", "likeness": "float64"}
        ),
    )
