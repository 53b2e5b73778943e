"""How many people use a word, counted in parts: what one machine, or many, count of each adds up exactly.

Two passes, since two things lie in no part alone: in which languages the answers are, and who speaks in
several parts. `outline_part` counts what tells them, `whole_of` adds that up, `count_part` counts the words
of one part in its light, and `merged` is then `analysis.text.words.count_words` of everything. Counts are
integers, which add up in any order and however the answers were cut.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.text.corpus import Corpus, read_words
from analysis.text.evidence import PartEvidence, WholeEvidence, evidence_in, whole_evidence
from analysis.text.lexicon import Lexicon
from analysis.text.words import commonest, distinct_per, words_table, written_forms


@dataclass(frozen=True)
class Outline:
    """What the first pass counts of a part; `participants` are numbers made of their ids, each once."""

    evidence: PartEvidence
    participants: np.ndarray


@dataclass(frozen=True)
class Whole:
    """What must be known of all parts to count one; `in_several` are the participants met in several."""

    evidence: WholeEvidence
    in_several: np.ndarray


@dataclass(frozen=True)
class PartCounts:
    """What is counted of one part, or of several together (`+`).

    By word: `n_answers` that use it, `forms` in which it is written and how often, `n_participants` who use
    it and speak in this part only, and `apart`, those who speak in other parts too, as digests of their
    ids. `answers` and `participants` count all there are, `in_several` being the digests of the latter.
    """

    answers: int
    participants: int
    in_several: frozenset[str]
    n_answers: Mapping[str, int]
    n_participants: Mapping[str, int]
    forms: Mapping[str, Mapping[str, int]]
    apart: Mapping[str, frozenset[str]]

    def __add__(self, other: PartCounts) -> PartCounts:
        return added([self, other])

    @property
    def all_participants(self) -> int:
        """How many people speak in these parts."""
        return self.participants + len(self.in_several)


def outline_part(table: pd.DataFrame, lexicons: Mapping[str, Lexicon]) -> Outline:
    """The first pass over a part: a `table` with `contribution_id` and `text`."""
    texts = table["text"].fillna("").astype("str").tolist()
    return Outline(evidence_in(texts, lexicons), np.unique(id_numbers(table["contribution_id"])))


def whole_of(outlines: Iterable[Outline]) -> Whole:
    """All parts together, in any order."""
    evidence, participants = [], [np.zeros(0, dtype=np.uint64)]
    for outline in outlines:
        evidence.append(outline.evidence)
        participants.append(outline.participants)
    numbers, parts = np.unique(np.concatenate(participants), return_counts=True)
    return Whole(whole_evidence(evidence), numbers[parts > 1])


def count_part(table: pd.DataFrame, lexicons: Mapping[str, Lexicon], whole: Whole) -> PartCounts:
    """The second pass over a part: a `table` as `read_words` takes it, in whatever order of its rows."""
    corpus = read_words(table, lexicons, whole.evidence)
    people = np.unique(corpus.answers["contribution_id"].to_numpy())  # as `contribution_of` numbers them
    several = np.isin(id_numbers(pd.Series(people, dtype="str")), whole.in_several)
    said, vocabulary = corpus.content, corpus.vocabulary
    keys, answers = corpus.keys[said], corpus.answer_of[said]
    speakers = corpus.contribution_of[answers]
    alone = ~several[speakers]
    forms = written_forms(keys, corpus.forms[said], corpus.surfaces)
    digests = {number: _digest(people[number]) for number in np.flatnonzero(several).tolist()}
    return PartCounts(
        answers=len(corpus.answers),
        participants=int((~several).sum()),
        in_several=frozenset(digests.values()),
        n_answers=_named(corpus, distinct_per(keys, answers, len(vocabulary))),
        n_participants=_named(corpus, distinct_per(keys[alone], speakers[alone], len(vocabulary))),
        forms={vocabulary[key]: of for key, of in forms.items()},
        apart=_apart(corpus, keys[~alone], speakers[~alone], digests),
    )


def added(parts: Iterable[PartCounts]) -> PartCounts:
    """The counts of all `parts` as those of one."""
    answers = participants = 0
    in_several: set[str] = set()
    n_answers: dict[str, int] = {}
    n_participants: dict[str, int] = {}
    forms: dict[str, dict[str, int]] = {}
    apart: dict[str, set[str]] = {}
    for part in parts:
        answers += part.answers
        participants += part.participants
        in_several |= part.in_several
        _add(n_answers, part.n_answers)
        _add(n_participants, part.n_participants)
        for word, written in part.forms.items():
            _add(forms.setdefault(word, {}), written)
        for word, digests in part.apart.items():
            apart.setdefault(word, set()).update(digests)
    return PartCounts(
        answers,
        participants,
        frozenset(in_several),
        n_answers,
        n_participants,
        forms,
        {word: frozenset(digests) for word, digests in apart.items()},
    )


def merged(parts: Iterable[PartCounts]) -> pd.DataFrame:
    """The table of `count_words` over all `parts`, in any order."""
    counts = added(parts)
    return words_table(
        (
            word,
            commonest(counts.forms[word]),
            counts.n_participants.get(word, 0) + len(counts.apart.get(word, ())),
            n,
        )
        for word, n in counts.n_answers.items()
    )


def id_numbers(ids: pd.Series[str]) -> np.ndarray:
    """A number of 64 bits for each id, the same on every machine.

    Of ten million ids two share a number with a chance of 3 in a million. Of participants nothing is lost
    then: they are only counted by their digests.
    """
    return np.asarray(pd.util.hash_array(ids.to_numpy(dtype=object), categorize=False), dtype=np.uint64)


def _digest(contribution: str) -> str:
    return hashlib.sha256(contribution.encode("utf-8", "surrogatepass")).hexdigest()


def _named(corpus: Corpus, counts: np.ndarray) -> dict[str, int]:
    return {corpus.vocabulary[key]: int(counts[key]) for key in np.flatnonzero(counts).tolist()}


def _apart(
    corpus: Corpus, keys: np.ndarray, speakers: np.ndarray, digests: Mapping[int, str]
) -> dict[str, frozenset[str]]:
    using: dict[int, set[str]] = {}
    for key, speaker in set(zip(keys.tolist(), speakers.tolist(), strict=True)):
        using.setdefault(key, set()).add(digests[speaker])
    return {corpus.vocabulary[key]: frozenset(of) for key, of in using.items()}


def _add(to: dict[str, int], counts: Mapping[str, int]) -> None:
    for name, n in counts.items():
        to[name] = to.get(name, 0) + n
