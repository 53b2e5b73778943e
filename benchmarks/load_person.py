"""One virtual person: a browser's side of Streamlit's protocol, as far as taking part needs it."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from consultation.language import Language

PAGE, QUESTION, GUIDE = "partecipa", "solitudini", "visioni"
RATED = ("solitudini-1/importance", "solitudini-1/urgency", "solitudini-2/feasibility")
PATIENCE = 120.0  # seconds that a person waits for an answer, then it is an error
_THANKS = Language("it").say("Thank you. Your answers are kept.")
_DRAFT = re.compile(r"typed/([0-9a-f]{32})/")


class LoadError(Exception):
    """The app answered something else than it answers a participant."""


@dataclass
class Person:
    """Keeps the widgets of the page as last drawn, and what was typed in them.

    `sent` are the texts that were thanked for, in order; `waits` the seconds from each tap to the thanks.
    `runs` counts how often the page was run for this person.
    """

    address: str
    name: str
    contribution: str = ""
    sent: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    runs: int = 0
    _connection: ClientConnection | None = None
    _page: str = ""
    _drawn: dict[str, str] = field(default_factory=dict)  # kind of each widget, by its id
    _typed: dict[str, WidgetState] = field(default_factory=dict)
    _cached: set[str] = field(default_factory=set)
    _words: list[str] = field(default_factory=list)
    _options: dict[str, list[str]] = field(default_factory=dict)

    async def come_in(self) -> None:
        """Open the answer page, say who is speaking, and open the form of a question."""
        host = urlsplit(self.address)
        self._connection = await connect(
            f"ws://{host.netloc}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(self.address),
            max_size=None,
            compression=None,
            ping_interval=None,
            open_timeout=PATIENCE,
        )
        await self._run()
        group, consent = [widget for widget, kind in self._drawn.items() if kind == "radio"]
        self._type(group, string_value=self._options[group][0])
        self._type(consent, string_value=self._options[consent][0])
        await self._press("continue")
        await self._press(f"open-{QUESTION}")
        self.contribution = _draft_of(self._widget(f"text/{QUESTION}/{GUIDE}"))

    async def send(self, text: str) -> None:
        """Fill in the form, press Send, and wait for the thanks."""
        for number, place in enumerate(RATED):
            value = str(1 + (len(text) + number) % 5)
            self._type(self._widget(f"rating/{place}"), string_array=[value])
        self._type(self._widget(f"text/{QUESTION}/{GUIDE}"), string_value=text)
        start = time.perf_counter()
        await self._press("send", until=_THANKS)
        self.waits.append(time.perf_counter() - start)
        self.sent.append(text)

    async def go_back(self) -> None:
        """From the thanks to the form again, to correct what was sent."""
        await self._press("correct")

    async def leave(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    def _widget(self, key: str) -> str:
        """The id of the widget whose key ends so."""
        for widget in self._drawn:
            if widget.endswith((f"-{key}", f"/{key}")):
                return widget
        raise LoadError(f"no field {key} on the page: {' / '.join(self._words)[:300]}")

    def _type(self, widget: str, string_value: str = "", string_array: list[str] | None = None) -> None:
        state = WidgetState(id=widget)
        if string_array is None:
            state.string_value = string_value
        else:
            state.string_array_value.data[:] = string_array
        self._typed[widget] = state

    async def _press(self, key: str, until: str = "") -> None:
        await self._run(WidgetState(id=self._widget(key), trigger_value=True), until)

    async def _run(self, pressed: WidgetState | None = None, until: str = "") -> None:
        """Have the page run, and read what comes of it; raises `LoadError` unless `until` stands on it."""
        asking = BackMsg()
        client = asking.rerun_script
        client.page_script_hash = self._page
        client.page_name = "" if self._page else PAGE
        client.cached_message_hashes.extend(sorted(self._cached))
        shown = [state for widget, state in self._typed.items() if widget in self._drawn]
        client.widget_states.widgets.extend([*shown, *([pressed] if pressed else [])])
        assert self._connection is not None
        await self._connection.send(asking.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._is_last(await self._message()):
                pass
        if until and until not in self._words:
            raise LoadError(f"no thanks on the page: {' / '.join(self._words)[:300]}")

    async def _message(self) -> ForwardMsg:
        assert self._connection is not None
        raw = await self._connection.recv()
        assert isinstance(raw, bytes)
        message = ForwardMsg()
        message.ParseFromString(raw)
        return message

    def _is_last(self, message: ForwardMsg) -> bool:
        """Take in one message; whether the page is whole now, and no rerun follows."""
        kind = message.WhichOneof("type")
        if message.metadata.cacheable and message.hash and kind != "ref_hash":
            self._cached.add(message.hash)
        if kind == "new_session":
            self.runs += 1
            self._drawn, self._words, self._options = {}, [], {}
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._take(message)
        return kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _take(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        drawn = getattr(element, str(kind))
        if widget := getattr(drawn, "id", ""):
            self._drawn[widget] = str(kind)
        if kind == "radio":
            self._options[widget] = list(drawn.options)
        if kind in ("heading", "alert"):
            self._words.append(drawn.body)


def _draft_of(widget: str) -> str:
    found = _DRAFT.search(widget)
    if found is None:
        raise LoadError(f"the field {widget} names no contribution")
    return found[1]
