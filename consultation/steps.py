"""What a facilitator does while a workshop runs: each step a value, kept in the log of that workshop.

`consultation.room` reads the log into what holds now; `consultation.conducting` makes steps that fit it. A
wrong one is undone by one more, so the log only grows, and the minutes can be written from it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from consultation.ballot import Ballot

View = Literal["join", "counts", "round", "words", "answers", "map", "vote", "nothing"]
"""What the wall shows: how to join; who has answered; the question and its timer; words; answers; the
priority map; a vote; nothing, when all is to be hidden."""

Section = Literal["harvest", "dissent", "decision", "next_step"]

VIEWS: tuple[View, ...] = get_args(View)
SECTIONS: tuple[Section, ...] = get_args(Section)


@dataclass(frozen=True)
class OpenRound:
    """Answers to this round (counted from 1) are taken from now on, with `seconds` on its timer; 0: none."""

    round: int
    seconds: int


@dataclass(frozen=True)
class PauseRound:
    """It takes no answers for now, and its timer stands."""

    round: int


@dataclass(frozen=True)
class CloseRound:
    round: int


@dataclass(frozen=True)
class AddTime:
    """So many seconds more on the timer of this round."""

    round: int
    seconds: int


@dataclass(frozen=True)
class Project:
    """The wall shows this from now on; `ballot` is the id of the vote it shows, else ""."""

    view: View
    ballot: str = ""


@dataclass(frozen=True)
class OpenBallot:
    """People may vote from now on; a ballot that was closed is opened again as it was."""

    ballot: Ballot


@dataclass(frozen=True)
class CloseBallot:
    ballot: str


@dataclass(frozen=True)
class RevealBallot:
    """The tally, hidden until now, may be seen by everyone."""

    ballot: str


@dataclass(frozen=True)
class Note:
    """A sentence for the minutes, as somebody said it; `table` is where, "" if in the plenary."""

    section: Section
    text: str
    table: str = ""


@dataclass(frozen=True)
class Attend:
    """How many people of each group somebody counted in the room."""

    present: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class UndoStep:
    """The step of this number is as if never made."""

    number: int


Action = (
    OpenRound
    | PauseRound
    | CloseRound
    | AddTime
    | Project
    | OpenBallot
    | CloseBallot
    | RevealBallot
    | Note
    | Attend
    | UndoStep
)

_KINDS: dict[str, type[Action]] = {
    "open_round": OpenRound,
    "pause_round": PauseRound,
    "close_round": CloseRound,
    "add_time": AddTime,
    "project": Project,
    "open_ballot": OpenBallot,
    "close_ballot": CloseBallot,
    "reveal_ballot": RevealBallot,
    "note": Note,
    "attend": Attend,
    "undo": UndoStep,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True)
class Step:
    """What was done, when (with a time zone) and by whom, "" if not said."""

    action: Action
    at: datetime
    by: str = ""

    @property
    def kind(self) -> str:
        """The name of what was done: `open_round`, `project`, `note`, …"""
        return _NAMES[type(self.action)]

    def as_dict(self) -> dict[str, object]:
        """The action as it is kept: names and JSON values."""
        return dataclasses.asdict(self.action)

    @classmethod
    def read(cls, kind: str, action: Mapping[str, Any], at: datetime, by: str = "") -> Step:
        """What was kept as `kind` and `as_dict`; raises `ValueError` for an unknown kind or key."""
        made = _KINDS.get(kind)
        if made is None:
            raise ValueError(f"{kind!r} is no kind of step")
        names = {field.name for field in dataclasses.fields(made)}
        if action.keys() != names:
            raise ValueError(f"a step of the kind {kind} holds {sorted(names)}, not {sorted(action)}")
        values: dict[str, Any] = {name: _value(name, value) for name, value in action.items()}
        return cls(made(**values), at, by)


def _value(name: str, value: Any) -> Any:
    """JSON's lists as tuples, and a ballot as the value it is."""
    if name == "ballot" and isinstance(value, Mapping):
        keys = {field.name for field in dataclasses.fields(Ballot)}
        if value.keys() != keys:
            raise ValueError(f"a vote holds {sorted(keys)}, not {sorted(value)}")
        return Ballot(**{key: _value(key, inner) for key, inner in value.items()})
    if isinstance(value, list | tuple):
        return tuple(_value("", item) for item in value)
    return value
