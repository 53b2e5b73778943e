"""A running `python server.py`, for tests that meet the app as a browser does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.conftest import PROJECT


class Served:
    """A running `python server.py`, and everything it has printed so far."""

    def __init__(self, store: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "server.py", "--port", "0", "--store", str(store), *arguments],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self.lines: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()
        self.wait_for("?staff=")
        self.port = int(re.findall(r":(\d+)", self.printed)[0])
        self.address = f"http://127.0.0.1:{self.port}"
        while True:
            try:
                httpx.get(f"{self.address}/health")
                return
            except httpx.ConnectError:
                time.sleep(0.05)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)

    @property
    def printed(self) -> str:
        return "".join(self.lines)

    @property
    def token(self) -> str:
        """The token of the link printed last."""
        return str(re.findall(r"\?staff=(\S+)", self.printed)[-1])

    def wait_for(self, words: str, times: int = 1) -> None:
        for _ in range(600):
            if self.printed.count(words) >= times:
                return
            assert self.process.poll() is None, self.printed
            time.sleep(0.1)
        raise AssertionError(self.printed)

    def talk(self, cookie: str = "", origin: str = "") -> ClientConnection:
        return connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(origin or self.address),
            additional_headers={"Cookie": cookie} if cookie else {},
            max_size=None,
        )

    def first_screen(self, cookie: str = "") -> str:
        """Everything the app sends to a browser that opens its first page."""
        with self.talk(cookie) as connection:
            asking = BackMsg()
            asking.rerun_script.query_string = ""
            connection.send(asking.SerializeToString())
            seen = ""
            while True:
                message = ForwardMsg()
                raw = connection.recv(timeout=30)
                assert isinstance(raw, bytes)
                message.ParseFromString(raw)
                seen += str(message)
                if message.WhichOneof("type") == "script_finished":
                    return seen
