"""What people decide while they read answers: each decision is a value, kept in a log of its consultation.

`consultation.codebook` reads the log into what holds; `consultation.deciding` makes decisions that fit it.
A wrong one is undone by one more, so the log only grows. What belongs to an erased contribution leaves it
all the same (`Decision.without`): a decision about one of its answers alone stays in its place, about
nothing, and changes nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Literal, get_args

WordList = Literal["question", "function"]
ClusterKind = Literal["campaign", "duplicate", "organisation", "coincidence"]

WORD_LISTS: tuple[WordList, ...] = get_args(WordList)
CLUSTER_KINDS: tuple[ClusterKind, ...] = get_args(ClusterKind)


@dataclass(frozen=True, order=True)
class Member:
    """An answer of a theme, with the `digest` of the text that was read: for other words it says nothing."""

    answer: str
    digest: str


@dataclass(frozen=True)
class Seeds:
    """The seed words of an objective from now on."""

    objective: str
    seeds: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """Words left out of counts from now on, and words counted again."""

    word_list: WordList
    add: tuple[str, ...]
    remove: tuple[str, ...]


@dataclass(frozen=True)
class Judge:
    """Whether an answer speaks of an objective; `proposed`: counting had said so when it was judged."""

    answer: str
    objective: str
    holds: bool
    proposed: bool
    digest: str


@dataclass(frozen=True)
class JudgeNone:
    """The answer speaks of none of the objectives; `proposed` is one that counting had proposed, or ""."""

    answer: str
    digest: str
    proposed: str = ""


@dataclass(frozen=True)
class Confirm:
    """A candidate becomes the theme of this id, linked to an objective or to none ("")."""

    theme: str
    label: str
    description: str
    answers: tuple[Member, ...]
    objective: str = ""


@dataclass(frozen=True)
class Rename:
    theme: str
    label: str
    description: str


@dataclass(frozen=True)
class Merge:
    """The answers of `theme` go `into` another, which keeps its name."""

    theme: str
    into: str


@dataclass(frozen=True)
class Split:
    """Some answers of `theme` become a theme of their own."""

    theme: str
    new: str
    label: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Move:
    """An answer goes `out_of` one theme `to` another; "" is no theme."""

    answer: str
    digest: str
    out_of: str
    to: str


@dataclass(frozen=True)
class Discard:
    theme: str


@dataclass(frozen=True)
class Link:
    """The answers of a theme speak of this objective from now on; of none, when it is ""."""

    theme: str
    objective: str


@dataclass(frozen=True)
class SetAside:
    """A candidate, known by its words and answers, that is no theme."""

    words: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What it means that these contributions say the same.

    A `campaign` of many people, a `duplicate`, one `organisation` that sent it many times, or a
    `coincidence`, in which each counts.
    """

    cluster: str
    kind: ClusterKind
    contributions: tuple[str, ...]


@dataclass(frozen=True)
class Undo:
    """The decision of this number is as if never made."""

    number: int


Payload = (
    Seeds
    | Words
    | Judge
    | JudgeNone
    | Confirm
    | Rename
    | Merge
    | Split
    | Move
    | Discard
    | Link
    | SetAside
    | Verdict
    | Undo
)

_KINDS: dict[str, type[Payload]] = {
    "seeds": Seeds,
    "words": Words,
    "judge": Judge,
    "judge_none": JudgeNone,
    "confirm": Confirm,
    "rename": Rename,
    "merge": Merge,
    "split": Split,
    "move": Move,
    "discard": Discard,
    "link": Link,
    "set_aside": SetAside,
    "cluster": Verdict,
    "undo": Undo,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_KEYS = {"word_list": "list", "out_of": "from"}
"""Fields whose key in a kept decision is a word of Python."""


@dataclass(frozen=True)
class Decision:
    """What was decided, when (with a time zone) and by whom, "" if not said."""

    payload: Payload
    at: datetime
    by: str = ""

    @property
    def kind(self) -> str:
        """The name of what was decided: `seeds`, `judge`, `confirm`, …"""
        return _NAMES[type(self.payload)]

    def as_dict(self) -> dict[str, object]:
        """The payload as it is kept: names and JSON values."""
        return {_KEYS.get(name, name): value for name, value in dataclasses.asdict(self.payload).items()}

    @classmethod
    def read(cls, kind: str, payload: Mapping[str, Any], at: datetime, by: str = "") -> Decision:
        """What was kept as `kind` and `as_dict`; raises `ValueError` for an unknown kind or key."""
        made = _KINDS.get(kind)
        if made is None:
            raise ValueError(f"{kind!r} is no kind of decision")
        names = {_KEYS.get(field.name, field.name): field.name for field in fields(made)}
        if payload.keys() != names.keys():
            raise ValueError(f"a decision of the kind {kind} holds {sorted(names)}, not {sorted(payload)}")
        values: dict[str, Any] = {names[key]: _value(value) for key, value in payload.items()}
        return cls(made(**values), at, by)

    def without(self, contribution_id: str) -> Decision:
        """The decision with nothing in it that belongs to this contribution."""
        payload = self.payload
        match payload:
            case Judge() | JudgeNone() | Move():
                if contribution_in(payload.answer) != contribution_id:
                    return self
                return replace(self, payload=replace(payload, answer="", digest=""))
            case Confirm():
                members = tuple(m for m in payload.answers if contribution_in(m.answer) != contribution_id)
                return replace(self, payload=replace(payload, answers=members))
            case Split():
                picked = tuple(a for a in payload.answers if contribution_in(a) != contribution_id)
                return replace(self, payload=replace(payload, answers=picked))
            case SetAside():
                others_left = tuple(a for a in payload.answers if contribution_in(a) != contribution_id)
                if others_left == payload.answers:
                    return self
                # its words may be those of nobody else
                return replace(self, payload=SetAside((), others_left))
            case Verdict():
                others = tuple(c for c in payload.contributions if c != contribution_id)
                return replace(self, payload=replace(payload, contributions=others))
        return self


def contribution_in(answer_id: str) -> str:
    """The contribution that an answer is part of; "" for the id of none."""
    return answer_id.rsplit("/", 2)[0]


def _value(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(Member(**item) if isinstance(item, Mapping) else item for item in value)
    return value
