"""What holds of all that was decided: the log of a consultation, read from its beginning.

Reading is pure and total. A decision about something that is not there (two people decide at once) changes
nothing, and an undone one is as if it had never been made. What is decided last of an answer, or of a
contribution, holds.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from consultation.decisions import (
    ClusterKind,
    Confirm,
    Decision,
    Discard,
    Judge,
    JudgeNone,
    Link,
    Member,
    Merge,
    Move,
    Rename,
    Seeds,
    SetAside,
    Split,
    Undo,
    Verdict,
    WordList,
    Words,
)
from consultation.errors import NothingToUndo

DIGEST_SIGNS = 16
"""Signs of a digest: 64 bits, so that another text of one answer practically never has the same."""

_THEME = re.compile(r"t([0-9]+)")


def digest_of(text: str) -> str:
    """The first 16 hex digits of the SHA-256 of an answer's text: tells whether it is still the one read."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_SIGNS]


@dataclass(frozen=True)
class WordChanges:
    """Words that people added to a list, and took out of it."""

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Theme:
    """A confirmed theme: its members in the order of their answers, since when it is there."""

    id: str
    label: str
    description: str
    objective: str
    members: tuple[Member, ...]
    since: datetime


@dataclass(frozen=True)
class Coding:
    """Whether an answer speaks of an objective, judged of the text of this digest in decision `number`."""

    holds: bool
    proposed: bool
    digest: str
    number: int


@dataclass(frozen=True)
class Cluster:
    """Contributions that say the same, and what that means; at least two."""

    kind: ClusterKind
    contributions: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A decision in the log: its number from 1, and whether it was undone since."""

    number: int
    decision: Decision
    undone: bool


class Checks(NamedTuple):
    """How many proposed answers were judged, and how many of them rightly proposed."""

    right: int
    judged: int


@dataclass(frozen=True)
class Codebook:
    """What people have decided of one consultation.

    `seeds` are those of objectives whose seeds were changed, `checked_since` the number of that change.
    `codings` are judgements by answer and objective; `of_none` are the answers that speak of no objective,
    with the digest of what was read. `clusters` and `themes` are by id, themes in the order of their making.
    """

    seeds: Mapping[str, tuple[str, ...]]
    checked_since: Mapping[str, int]
    question_words: WordChanges
    function_words: WordChanges
    themes: Mapping[str, Theme]
    codings: Mapping[tuple[str, str], Coding]
    of_none: Mapping[str, str]
    clusters: Mapping[str, Cluster]
    set_aside: tuple[SetAside, ...]
    history: tuple[Step, ...]

    @classmethod
    def after(cls, decisions: Iterable[Decision]) -> Codebook:
        """The codebook after these decisions, oldest first and from the first on."""
        log = list(decisions)
        undone = set(_undone(log))
        reading = _Reading()
        for number, decision in enumerate(log, 1):
            if number not in undone:
                reading.take(number, decision)
        return cls(
            reading.seeds,
            reading.checked_since,
            reading.words["question"],
            reading.words["function"],
            {theme: reading.theme(theme) for theme in reading.themes},
            reading.codings,
            reading.of_none,
            {cluster: kept for cluster, kept in reading.clusters.items() if len(kept.contributions) > 1},
            tuple(reading.set_aside),
            tuple(Step(number, decision, number in undone) for number, decision in enumerate(log, 1)),
        )

    @property
    def number(self) -> int:
        """How many decisions were read: what the next one comes `after` in `Store.decide`."""
        return len(self.history)

    @property
    def last(self) -> Step | None:
        """The decision that `undo` would undo: the last that stands and is no undoing itself."""
        standing = (
            s for s in reversed(self.history) if not (s.undone or isinstance(s.decision.payload, Undo))
        )
        return next(standing, None)

    def undo(self, at: datetime, by: str = "") -> Decision:
        """The decision that makes `last` as if never made; raises `NothingToUndo` when none stands.

        It cannot be undone: whoever wants the old one back makes it again.
        """
        last = self.last
        if last is None:
            raise NothingToUndo("Nothing is left to undo: no decision stands.")
        return Decision(Undo(last.number), at, by)

    def checks(self, objective: str) -> Checks:
        """What was judged of the answers that the present seeds of an objective propose.

        Judgements made under earlier seeds say nothing of these; none judged means "not checked".
        """
        since = self.checked_since.get(objective, 0)
        judged = [
            coding.holds
            for (_answer, about), coding in self.codings.items()
            if about == objective and coding.proposed and coding.number > since
        ]
        return Checks(sum(judged), len(judged))

    @cached_property
    def theme_of(self) -> Mapping[str, str]:
        """The theme in which each answer stands, by answer; one that stands in none is absent."""
        return {member.answer: theme.id for theme in self.themes.values() for member in theme.members}

    @property
    def next_theme(self) -> str:
        """The id of the theme to be made next; no id comes twice, not even that of an undone theme."""
        named = (_THEME.fullmatch(theme) for step in self.history for theme in _themes_made(step.decision))
        return f"t{max((int(match[1]) for match in named if match), default=0) + 1}"


def _undone(log: list[Decision]) -> Iterator[int]:
    """The numbers of the decisions that a later one undid; an undoing is never undone."""
    for number, decision in enumerate(log, 1):
        if isinstance(decision.payload, Undo):
            undone = decision.payload.number
            if 0 < undone < number and not isinstance(log[undone - 1].payload, Undo):
                yield undone


def _themes_made(decision: Decision) -> tuple[str, ...]:
    match decision.payload:
        case Confirm(theme=made) | Split(new=made):
            return (made,)
    return ()


class _Reading:
    """What holds after the decisions taken so far; `themes` are without their members."""

    def __init__(self) -> None:
        self.seeds: dict[str, tuple[str, ...]] = {}
        self.checked_since: dict[str, int] = {}
        self.words: dict[WordList, WordChanges] = {"question": WordChanges(), "function": WordChanges()}
        self.themes: dict[str, Theme] = {}
        self.codings: dict[tuple[str, str], Coding] = {}
        self.of_none: dict[str, str] = {}
        self.clusters: dict[str, Cluster] = {}
        self.set_aside: list[SetAside] = []
        self._members: dict[str, dict[str, str]] = {}  # by theme: the digest of each answer
        self._standing: dict[str, str] = {}  # by answer: its theme
        self._judged: dict[str, set[str]] = defaultdict(set)  # by answer: the objectives it was judged for
        self._copied: dict[str, str] = {}  # by contribution: its cluster

    def theme(self, theme: str) -> Theme:
        """The theme with its members."""
        members = tuple(Member(answer, digest) for answer, digest in sorted(self._members[theme].items()))
        return replace(self.themes[theme], members=members)

    def take(self, number: int, decision: Decision) -> None:
        """The next decision, which was not undone."""
        match decision.payload:
            case Seeds(objective, seeds):
                self.seeds[objective] = seeds
                self.checked_since[objective] = number
            case Words(word_list, add, remove):
                earlier = self.words[word_list]
                added = (earlier.added | {*add}) - {*remove}
                self.words[word_list] = WordChanges(added, (earlier.removed - {*add}) | {*remove})
            case Judge(answer, objective, holds, proposed, digest) if answer:
                self.codings[answer, objective] = Coding(holds, proposed, digest, number)
                self._judged[answer].add(objective)
                if holds:
                    self.of_none.pop(answer, None)
            case JudgeNone(answer, digest, proposed) if answer:
                if proposed:
                    self.codings[answer, proposed] = Coding(False, True, digest, number)
                    self._judged[answer].add(proposed)
                self._judge_none(answer, digest)
            case Confirm(theme, label, description, answers, objective) if theme not in self.themes:
                self._begin(Theme(theme, label, description, objective, (), decision.at), answers)
            case Rename(theme, label, description) if theme in self.themes:
                self.themes[theme] = replace(self.themes[theme], label=label, description=description)
            case Merge(theme, into) if theme in self.themes and into in self.themes and theme != into:
                for answer, digest in self._end(theme).items():
                    self._stand(answer, digest, into)
            case Split(theme, new, label, picked) if theme in self.themes and new not in self.themes:
                kept = self._members[theme]
                moving = tuple(Member(answer, kept[answer]) for answer in picked if answer in kept)
                self._begin(Theme(new, label, "", self.themes[theme].objective, (), decision.at), moving)
            case Move(answer, digest, _, to) if answer and to in self.themes:
                self._stand(answer, digest, to)
            case Move(answer, _, out_of, "") if answer and self._standing.get(answer) == out_of:
                self._leave(answer)
            case Discard(theme) if theme in self.themes:
                self._end(theme)
            case Link(theme, objective) if theme in self.themes:
                self.themes[theme] = replace(self.themes[theme], objective=objective)
            case SetAside(words, answers) as candidate if words or answers:
                self.set_aside.append(candidate)
            case Verdict(cluster, kind, contributions):
                self._judge_copies(cluster, Cluster(kind, contributions))

    def _judge_none(self, answer: str, digest: str) -> None:
        """What was said to hold of the same text does not; it stays a check of the seeds of its time."""
        self.of_none[answer] = digest
        for objective in self._judged[answer]:
            coding = self.codings[answer, objective]
            if coding.digest == digest:
                self.codings[answer, objective] = replace(coding, holds=False)

    def _judge_copies(self, cluster: str, judged: Cluster) -> None:
        """A contribution stands in one cluster only: the one judged last."""
        taken = {*judged.contributions}
        for other in {self._copied[contribution] for contribution in taken if contribution in self._copied}:
            kept = self.clusters[other]
            left = tuple(contribution for contribution in kept.contributions if contribution not in taken)
            self.clusters[other] = replace(kept, contributions=left)
        self._copied |= dict.fromkeys(taken, cluster)
        self.clusters[cluster] = judged

    def _begin(self, theme: Theme, members: Iterable[Member]) -> None:
        self.themes[theme.id] = theme
        self._members[theme.id] = {}
        for member in members:
            self._stand(member.answer, member.digest, theme.id)

    def _end(self, theme: str) -> dict[str, str]:
        """Forgets a theme; gives its members."""
        del self.themes[theme]
        members = self._members.pop(theme)
        for answer in members:
            del self._standing[answer]
        return members

    def _stand(self, answer: str, digest: str, theme: str) -> None:
        """An answer stands in one theme only."""
        self._leave(answer)
        self._members[theme][answer] = digest
        self._standing[answer] = theme

    def _leave(self, answer: str) -> None:
        theme = self._standing.pop(answer, "")
        if theme:
            del self._members[theme][answer]
