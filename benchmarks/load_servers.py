"""The processes that are measured: `python server.py`, and the bare endpoint beside it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
STARTING = 60.0  # seconds


@contextmanager
def app(store: str) -> Iterator[tuple[str, int]]:
    """The address and process number of an app of its own on this store, until the block ends."""
    with tempfile.TemporaryFile("w+") as printed:
        command = [sys.executable, "-u", "server.py", "--port", "0", "--store", store]
        process = subprocess.Popen(command, cwd=ROOT, stdout=printed, stderr=subprocess.STDOUT)
        try:
            end = time.monotonic() + STARTING
            while not (found := re.search(r"http://[^\s:]+:(\d+)", _read(printed.fileno()))):
                _require_running(process, end)
            address = f"http://127.0.0.1:{found[1]}"
            _wait_for(process, f"{address}/health", end)
            yield address, process.pid
        finally:
            _end(process)


@contextmanager
def bare(store: str) -> Iterator[str]:
    """The address of the bare endpoint on a store of its own, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "benchmarks/load_bare.py", store, str(port)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        _wait_for(process, f"http://127.0.0.1:{port}/", time.monotonic() + STARTING)
        yield f"http://127.0.0.1:{port}/contributions"
    finally:
        _end(process)


def memory(process: int) -> float:
    """What a process holds of the machine's memory, in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def _read(printed: int) -> str:
    return Path(f"/proc/self/fd/{printed}").read_text(encoding="utf-8")


def _wait_for(process: subprocess.Popen[bytes], address: str, end: float) -> None:
    while True:
        try:
            httpx.get(address)
            return
        except httpx.TransportError:
            _require_running(process, end)


def _require_running(process: subprocess.Popen[bytes], end: float) -> None:
    if process.poll() is not None or time.monotonic() > end:
        raise RuntimeError(f"the process does not answer: {process.args!r}")
    time.sleep(0.05)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
