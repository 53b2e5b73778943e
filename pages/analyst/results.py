"""What one consultation says, computed once for every change in it and every choice of groups.

Only result tables stay here, of each consultation only those of its latest revision, and none once
something of it was erased. The answers themselves stay in the frame's reading of the store.
"""

from __future__ import annotations

import functools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

import pandas as pd
import streamlit as st

from analysis.clusters import one_voice, present
from analysis.findings import Findings, find, ratings_said, step_name
from analysis.ratings.rating_findings import RatingFindings, Surroundings
from analysis.receipt import table_digest
from analysis.sentences import Basis
from analysis.sentences.changed import changed_rules, tried_rules
from analysis.sentences.copies_found import counted_as_one
from analysis.text.collocations import count_pairs
from analysis.text.corpus import Corpus, read_words
from analysis.text.lexicon import Lexicon, read_lexicons
from analysis.text.word_lists import changed_lexicons
from analysis.views import Subject
from consultation import tables
from consultation.codebook import Codebook
from consultation.declaration import changes, with_labels
from consultation.language import Language
from consultation.occasion import Consultation
from consultation.rules import Rules
from consultation.shipped import LEXICONS
from pages.frame.language import language
from pages.frame.material import of_groups
from pages.frame.store import Reading, on_forget, reading, revision, said

MOST_KEPT = 24  # choices of groups held at once, over all consultations: under a megabyte each, mostly
MOST_CORPORA = 4  # read answers held at once: some 40 bytes a word

_ITALIAN = Language("it")  # figures must not depend on the language of whoever asks for them first


Found = TypeVar("Found")


class Key(NamedTuple):
    """What is found depends on this; `groups` is empty for all, `about` tells apart what is made of them."""

    consultation: str
    revision: str
    groups: tuple[str, ...]
    rules: Rules
    about: str = ""


@dataclass(frozen=True)
class Made(Generic[Found]):
    """What was found, and how many seconds it took."""

    found: Found
    seconds: float


class _Turn(Generic[Found]):
    """Those who want one key: the first makes it, the others are given it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.present = 0
        self.made: Made[Found] | None = None


class Desk(Generic[Found]):
    """What was found last, shared by all readers; each is made once, however many wait for it.

    `current` tells the revision of a consultation: only what was found at that one is kept, `most` at once.
    """

    def __init__(self, current: Callable[[str], str], most: int = MOST_KEPT) -> None:
        self._current = current
        self._most = most
        self._lock = threading.Lock()
        self._turns: dict[Key, _Turn[Found]] = {}
        self._kept: OrderedDict[Key, Made[Found]] = OrderedDict()

    def held(self, key: Key) -> Made[Found] | None:
        """What was found for `key`, if it is held."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def of(self, key: Key, make: Callable[[], Found]) -> Made[Found]:
        """What is found for `key`, made now unless it is held."""
        with self._turn(key) as turn:
            found = self.held(key) or turn.made
            if found is None:
                begun = time.monotonic()
                found = turn.made = Made(make(), time.monotonic() - begun)
                self._keep(key, found)
            return found

    def forget(self, consultation_id: str) -> None:
        """Hold nothing of this consultation; what is just being made goes to those who wait, no further."""
        with self._lock:
            for key in [key for key in self._kept if key.consultation == consultation_id]:
                del self._kept[key]

    @contextmanager
    def _turn(self, key: Key) -> Iterator[_Turn[Found]]:
        """One after the other, among those who want the same key and nobody else."""
        with self._lock:
            turn = self._turns.setdefault(key, _Turn())
            turn.present += 1
        try:
            with turn.lock:
                yield turn
        finally:
            with self._lock:
                turn.present -= 1
                if not turn.present:
                    del self._turns[key]

    def _keep(self, key: Key, found: Made[Found]) -> None:
        with self._lock:
            # asked under the lock: either an erasure is seen here, or its `forget` comes after this
            if self._current(key.consultation) != key.revision:
                return
            for old in [k for k in self._kept if k.consultation == key.consultation]:
                if old.revision != key.revision:
                    del self._kept[old]
            self._kept[key] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


@dataclass(frozen=True)
class Results:
    """What the chosen groups of one consultation say, by its own rules or by others that are being tried.

    `read` is what everybody said when it was found; `seconds` is how long that took.
    """

    consultation: Consultation
    key: Key
    read: Reading
    findings: Findings
    seconds: float
    reader: Language

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups chosen; none when nobody is left out."""
        return self.key.groups

    @property
    def rules(self) -> Rules:
        """The rules by which it was found."""
        return self.key.rules

    @property
    def tried(self) -> bool:
        """Whether these rules are others than the declared ones."""
        return self.key.rules != self.consultation.rules

    @cached_property
    def answers(self) -> pd.DataFrame:
        """The answers of the chosen groups; columns as in `consultation.tables`."""
        return of_groups(tables.answers(self.read.contributions, self.read.hidden), self.groups)

    @property
    def codebook(self) -> Codebook:
        """What people have decided while reading."""
        return self.read.codebook

    @property
    def corpus(self) -> Corpus:
        """The words of the answers, read with the word lists of this consultation."""
        key = _key_of_words(self.key, self.consultation, self.read)
        return corpora().of(key, lambda: _read_words(self.answers, self.codebook)).found

    @cached_property
    def objectives(self) -> pd.DataFrame:
        """The plan's objectives as this reader calls them, with their present seeds."""
        return tables.objectives(self.consultation.plan, self.reader, self.codebook)

    @cached_property
    def guiding_questions(self) -> pd.DataFrame:
        """The plan's guiding questions as this reader calls them."""
        return tables.guiding_questions(self.consultation.plan, self.reader)

    @cached_property
    def group_labels(self) -> pd.DataFrame:
        """The chosen groups as this reader calls them."""
        return of_groups(tables.groups(self.consultation.plan, self.reader), self.groups)

    @cached_property
    def basis(self) -> Basis:
        """What the charts stand on."""
        only = self.group_labels["label"].iloc[0] if len(self.groups) == 1 else ""
        return Basis.of(
            self.findings.participation,
            self.findings.n_answers,
            need_line=self.findings.need_line,
            feasibility_line=self.findings.feasibility_line,
            group=only,
            invented=self.consultation.invented,
            group_weights=self.rules.group_weights,
            n_rated=self.findings.ratings.n_rated,
            notes=self._notes,
        )

    @property
    def told_of_rules(self) -> list[str]:
        """What every map must carry of rules: what changed after the opening, and what is only tried."""
        notes = [
            changed_rules(later.changes, later.day, later.reason, self.reader)
            for later in self.consultation.changed_after_opening(self.reader)
        ]
        if self.tried:
            changed = changes(self.consultation.rules, self.rules)
            labels = {
                group.id: self.reader.pick(group.label) for group in self.consultation.plan.groups.values()
            }
            told = [(name, with_labels(a, labels), with_labels(b, labels)) for name, a, b in changed]
            notes.append(tried_rules(told, self.reader))
        return notes

    @property
    def _notes(self) -> list[str]:
        """What every map must carry: what is told of rules, and copies that count once."""
        chosen = [one.id for one in self.read.contributions if not self.groups or one.group in self.groups]
        copies = present(tables.clusters(self.codebook), pd.Series(chosen, dtype="str"))
        once = counted_as_one(len(copies), copies["cluster"].nunique(), self.reader)
        return [*self.told_of_rules, *filter(None, [once])]

    @cached_property
    def subject(self) -> Subject:
        """What the maps are of."""
        return Subject(self.findings.priorities, self.objectives, self.basis, self.rules, self.reader)


def results(consultation: Consultation) -> Results:
    """What everyone says in the consultation, with whatever was sent until now.

    A person who has to wait sees which step is being made.
    """
    return _found(consultation, reading(consultation.id), (), consultation.rules)


def only(groups: tuple[str, ...], everyone: Results, rules: Rules | None = None) -> Results:
    """What `groups` (all if empty) say in what was read for `everyone`, by its rules or by others."""
    chosen = tuple(g for g in everyone.consultation.plan.groups if g in groups)
    by = everyone.rules if rules is None else rules
    if not chosen and by == everyone.rules:
        return everyone
    # what an answer speaks of does not depend on who else is looked at, as long as counting is asked the same
    same = by.assign_at_least == everyone.rules.assign_at_least
    return _found(
        everyone.consultation, everyone.read, chosen, by, everyone.findings.codings if same else None
    )


@st.cache_resource(show_spinner=False)
def desk() -> Desk[Findings]:
    """The one desk of this process."""
    return Desk(revision)


@st.cache_resource(show_spinner=False)
def corpora() -> Desk[Corpus]:
    """The answers read last: decisions change nothing in them but by word lists and copies."""
    return Desk(said, MOST_CORPORA)


@st.cache_resource(show_spinner=False)
def ratings_desk() -> Desk[RatingFindings]:
    """What ratings were found to say: decisions about words change nothing in it."""
    return Desk(said)


@on_forget
def _forget(consultation_id: str) -> None:
    for held in (desk(), corpora(), ratings_desk()):
        held.forget(consultation_id)


@functools.cache
def shipped_lexicons() -> dict[str, Lexicon]:
    """The word lists of every language, read once."""
    return read_lexicons(LEXICONS)


def lexicons(codebook: Codebook) -> dict[str, Lexicon]:
    """The word lists of every language, as people have changed them in one consultation."""
    return changed_lexicons(shipped_lexicons(), codebook.question_words, codebook.function_words)


def warm_up() -> None:
    """Load what the first reader would otherwise wait for: dictionaries, and libraries that come late."""
    one_word = pd.DataFrame({"answer_id": ["1"], "contribution_id": ["1"], "text": ["parole"]})
    count_pairs(read_words(one_word, shipped_lexicons()))


def _found(
    consultation: Consultation,
    read: Reading,
    groups: tuple[str, ...],
    rules: Rules,
    codings: pd.DataFrame | None = None,
) -> Results:
    """What `groups` said in this reading, by these rules."""
    key = Key(consultation.id, read.revision, groups, rules)
    place = st.empty()  # also when nothing is told: what follows keeps its place
    made = desk().held(key)
    if made is None:
        with place, st.status(language().say("Reading the answers…")) as status:

            def tell(step: str) -> None:
                status.update(label=step_name(step, language()))

            made = desk().of(key, lambda: _find(consultation, read, key, codings, tell))
        place.empty()
    return Results(consultation, key, read, made.found, made.seconds, language())


def _find(
    consultation: Consultation,
    read: Reading,
    key: Key,
    codings: pd.DataFrame | None,
    on_step: Callable[[str], None],
) -> Findings:
    plan, rules = consultation.plan, key.rules
    answers = of_groups(tables.answers(read.contributions, read.hidden), key.groups)
    ratings = of_groups(tables.ratings(read.contributions), key.groups)
    objectives = tables.objectives(plan, _ITALIAN, read.codebook)
    groups = of_groups(tables.groups(plan, _ITALIAN), key.groups)
    surroundings = Surroundings(
        tables.clusters(read.codebook),
        invitations=of_groups(tables.invitations(plan), key.groups),
        targets=tables.targets(plan),
    )
    rated = ratings_desk().of(
        key._replace(revision=read.said, about=table_digest(surroundings.clusters)),
        lambda: ratings_said(answers, ratings, objectives, groups, rules, surroundings),
    )
    corpus = corpora().of(_key_of_words(key, consultation, read), lambda: _read_words(answers, read.codebook))
    return find(
        answers,
        ratings,
        objectives,
        groups,
        tables.guiding_questions(plan, _ITALIAN),
        lexicons(read.codebook),
        rules,
        on_step,
        codings=codings,
        reviews=tables.codings(read.codebook, answers),
        surroundings=surroundings,
        corpus=corpus.found,
        rated=rated.found,
    )


def _key_of_words(key: Key, consultation: Consultation, read: Reading) -> Key:
    """What the words of answers depend on: what was said, word lists, copies; not on rules."""
    lists = [
        sorted(words)
        for changes in (read.codebook.question_words, read.codebook.function_words)
        for words in (changes.added, changes.removed)
    ]
    about = f"{lists}-{table_digest(tables.clusters(read.codebook))}"
    return key._replace(revision=read.said, rules=consultation.rules, about=about)


def _read_words(answers: pd.DataFrame, codebook: Codebook) -> Corpus:
    """The words of the answers; confirmed copies are one participant's."""
    clusters = present(tables.clusters(codebook), answers["contribution_id"])
    return read_words(one_voice(answers, clusters), lexicons(codebook))
