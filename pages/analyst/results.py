"""What one consultation says, computed once for every change in it and every choice of groups.

Only result tables stay in memory, and of each consultation only those of its latest revision: the
answers themselves are read from the store whenever they are shown.
"""

from __future__ import annotations

import functools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

import pandas as pd
import streamlit as st

from analysis.findings import Findings, find
from analysis.sentences import Basis
from analysis.text.collocations import count_pairs
from analysis.text.corpus import read_words
from analysis.text.lexicon import Lexicon, read_lexicons
from consultation import tables
from consultation.language import Language
from consultation.occasion import Consultation
from consultation.shipped import LEXICONS
from pages.frame.language import language
from pages.frame.store import contributions, revision

MOST_KEPT = 24  # choices of groups held at once, over all consultations: a few megabytes

_ITALIAN = Language("it")  # figures must not depend on the language of whoever asks for them first


Found = TypeVar("Found")


class Key(NamedTuple):
    """What is found depends on this; `groups` is empty for all, `about` tells apart what is made of them."""

    consultation: str
    revision: str
    groups: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True)
class Made(Generic[Found]):
    """What was found, and how many seconds it took."""

    found: Found
    seconds: float


class Desk(Generic[Found]):
    """What was found last, shared by all readers; each is made once, however many wait for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._making = threading.Lock()
        self._kept: OrderedDict[Key, Made[Found]] = OrderedDict()

    def held(self, key: Key) -> Made[Found] | None:
        """What was found for `key`, if it is held."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def of(self, key: Key, make: Callable[[], Found]) -> Made[Found]:
        """What is found for `key`, made now unless it is held."""
        with self._making:
            if (found := self.held(key)) is not None:
                return found
            begun = time.monotonic()
            found = Made(make(), time.monotonic() - begun)
            with self._lock:
                for old in [k for k in self._kept if k.consultation == key.consultation]:
                    if old.revision != key.revision:
                        del self._kept[old]
                self._kept[key] = found
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
        return found


@dataclass(frozen=True)
class Results:
    """What the chosen groups of one consultation say.

    `seconds` is how long it took to find.
    """

    consultation: Consultation
    key: Key
    findings: Findings
    seconds: float
    reader: Language

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups chosen; none when nobody is left out."""
        return self.key.groups

    @cached_property
    def answers(self) -> pd.DataFrame:
        """The answers of the chosen groups, read from the store now; columns as in `consultation.tables`."""
        return _of_groups(tables.answers(contributions(self.consultation.id)), self.groups)

    @cached_property
    def objectives(self) -> pd.DataFrame:
        """The plan's objectives as this reader calls them."""
        return tables.objectives(self.consultation.plan, self.reader)

    @cached_property
    def guiding_questions(self) -> pd.DataFrame:
        """The plan's guiding questions as this reader calls them."""
        return tables.guiding_questions(self.consultation.plan, self.reader)

    @cached_property
    def group_labels(self) -> pd.DataFrame:
        """The chosen groups as this reader calls them."""
        return _of_groups(tables.groups(self.consultation.plan, self.reader), self.groups)

    @cached_property
    def basis(self) -> Basis:
        """What the charts stand on."""
        only = self.group_labels["label"].iloc[0] if len(self.groups) == 1 else ""
        return Basis.of(
            self.findings.participation,
            len(self.answers),
            need_line=self.findings.need_line,
            feasibility_line=self.findings.feasibility_line,
            group=only,
            invented=self.consultation.invented,
        )


def results(consultation: Consultation, groups: tuple[str, ...] = ()) -> Results:
    """What `groups` (all if empty) say in the consultation, with whatever was sent until now.

    A person who has to wait sees which step is being made.
    """
    chosen = tuple(g for g in consultation.plan.groups if g in groups)
    # what an answer speaks of does not depend on who else is looked at
    codings = results(consultation).findings.codings if chosen else None
    key = Key(consultation.id, revision(consultation.id), chosen)
    place = st.empty()  # also when nothing is told: what follows keeps its place
    made = desk().held(key)
    if made is None:
        with place, st.status(language().say("Reading the answers…")) as status:
            made = desk().of(
                key,
                lambda: _found(consultation, chosen, codings, lambda step: status.update(label=_step(step))),
            )
        place.empty()
    return Results(consultation, key, made.found, made.seconds, language())


@st.cache_resource(show_spinner=False)
def desk() -> Desk[Findings]:
    """The one desk of this process."""
    return Desk()


@functools.cache
def lexicons() -> dict[str, Lexicon]:
    """The word lists of every language, read once."""
    return read_lexicons(LEXICONS)


def warm_up() -> None:
    """Load what the first reader would otherwise wait for: dictionaries, and libraries that come late."""
    one_word = pd.DataFrame({"answer_id": ["1"], "contribution_id": ["1"], "text": ["parole"]})
    count_pairs(read_words(one_word, lexicons()))


def _found(
    consultation: Consultation,
    groups: tuple[str, ...],
    codings: pd.DataFrame | None,
    on_step: Callable[[str], None],
) -> Findings:
    plan, kept = consultation.plan, contributions(consultation.id)
    return find(
        _of_groups(tables.answers(kept), groups),
        _of_groups(tables.ratings(kept), groups),
        tables.objectives(plan, _ITALIAN),
        _of_groups(tables.groups(plan, _ITALIAN), groups),
        tables.guiding_questions(plan, _ITALIAN),
        lexicons(),
        plan.rules,
        on_step,
        codings=codings,
    )


def _of_groups(table: pd.DataFrame, groups: tuple[str, ...]) -> pd.DataFrame:
    return table[table["group"].isin(groups)].reset_index(drop=True) if groups else table


def _step(step: str) -> str:
    say = language().say
    return {
        "words": say("Reading the words…"),
        "objectives": say("Linking answers and objectives…"),
        "salience": say("Counting who speaks of what…"),
        "ratings": say("Weighing the ratings…"),
        "participation": say("Counting who took part…"),
    }[step]
