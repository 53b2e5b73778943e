"""Fields that keep what was typed until it is kept, whatever somebody else changes meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import streamlit as st

from pages.frame.language import TYPED

Seen = TypeVar("Seen")

_HELD = "prepare-held/"


@dataclass(frozen=True)
class _Held:
    """What was seen when fields were filled, and with what."""

    seen: object
    filled: Mapping[str, object]


class Fields(Generic[Seen]):
    """The fields of one form, by name, filled from `now`.

    While nothing is typed they follow what is kept. Once something is, they stay with what was `seen`: to
    change that is refused when somebody else has, and nobody overwrites what they never saw.
    """

    def __init__(self, name: str, now: Seen, values: Mapping[str, object]) -> None:
        self._name = name
        held = self._held()
        for field, value in held.filled.items() if held else ():
            st.session_state.setdefault(self.key(field), value)  # whoever takes part here begins anew
        if held is None or (not self.typed() and (held.seen, held.filled) != (now, values)):
            self.let_go()
            self._fill(now, values, values)

    def key(self, field: str) -> str:
        """The key of a field; its widget stands with `persist_state="session"`."""
        return f"{TYPED}{self._name}/{field}"

    @property
    def seen(self) -> Seen:
        """What the fields were filled from."""
        held = self._held()
        if held is None:
            raise ValueError(f"nothing was filled under {self._name}")
        return held.seen  # type: ignore[return-value]

    def value(self, field: str) -> object:
        """What stands in a field now."""
        return st.session_state.get(self.key(field))

    def text(self, field: str) -> str:
        """What stands in a field for text."""
        return str(self.value(field) or "")

    def typed(self) -> dict[str, object]:
        """The fields in which something else stands than they were filled with."""
        held = self._held()
        filled = held.filled if held else {}
        return {field: self.value(field) for field, value in filled.items() if self.value(field) != value}

    def put(self, values: Mapping[str, object]) -> None:
        """As if somebody had typed these values; before the fields stand."""
        for field, value in values.items():
            st.session_state[self.key(field)] = value

    def look_again(self, now: Seen, values: Mapping[str, object]) -> list[str]:
        """What was typed stays, the other fields say what is kept now; which were changed by both."""
        typed, held = self.typed(), self._held()
        before = held.filled if held else {}
        self._fill(now, values, {field: value for field, value in values.items() if field not in typed})
        return [field for field in typed if field in values and values[field] != before.get(field)]

    def let_go(self) -> None:
        """Forget what was typed: the fields begin anew with what is kept."""
        held = self._held()
        for field in held.filled if held else ():
            st.session_state.pop(self.key(field), None)
        st.session_state.pop(_HELD + self._name, None)

    def _held(self) -> _Held | None:
        held = st.session_state.get(_HELD + self._name)
        return held if isinstance(held, _Held) else None

    def _fill(self, now: Seen, values: Mapping[str, object], put: Mapping[str, object]) -> None:
        st.session_state[_HELD + self._name] = _Held(now, dict(values))
        self.put(put)


def move_on(seen: object, changed: object) -> None:
    """After a change of one's own: what one types elsewhere is typed with it in view."""
    for name in [str(name) for name in st.session_state if str(name).startswith(_HELD)]:
        held = st.session_state[name]
        if isinstance(held, _Held) and held.seen == seen:
            st.session_state[name] = replace(held, seen=changed)
