"""The process as the outside meets it: its headers, its health, its one-time staff link, its log."""

from __future__ import annotations

import asyncio
import gzip
import os
import socket
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from websockets.exceptions import InvalidStatus

import server
from consultation.stores.addresses import VARIABLE
from pages.frame.staff_link import COOKIE, STAFF_LINK
from tests.conftest import PROJECT
from tests.serving import Served

Result = TypeVar("Result")


def finished(work: Coroutine[Any, Any, Result]) -> Result:
    """What `work` returns, in a thread of its own: the browser's tests keep a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


SHELL = '<html lang="en"><head><title>Streamlit</title></head></html>'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = Served(tmp_path_factory.mktemp("served") / "store.sqlite")
    yield running
    running.process.terminate()
    running.process.wait(20)


def test_health_says_that_process_and_store_answer(served: Served) -> None:
    answer = httpx.get(f"{served.address}/health")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "store": True})


@pytest.mark.parametrize("path", ["/", "/partecipa", "/mappa?workshop=ABCDEF", "/index.html"])
def test_every_page_is_italian_and_loads_from_here_only(served: Served, path: str) -> None:
    answer = httpx.get(served.address + path, headers={"Accept-Encoding": "gzip, br"})
    assert '<html lang="it">' in answer.text
    assert "<title>Alleanza</title>" in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)
    policy = dict(rule.strip().split(" ", 1) for rule in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in policy["script-src"].replace("wasm-unsafe-eval", "")
    assert policy["script-src"].count("sha256-") == 1  # the one script of ours
    assert policy["connect-src"] == "'self'"  # in every browser of today that is its websocket too
    assert policy["frame-ancestors"] == "'none'"
    assert "http" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_the_typeface_is_served_from_here(served: Served) -> None:
    answer = httpx.get(f"{served.address}/app/static/fonts/titillium-web-400.woff2")
    assert answer.status_code == 200
    assert answer.content.startswith(b"wOF2")
    assert answer.headers["content-security-policy"]


def test_the_app_really_runs(served: Served) -> None:
    assert "Alleanza" in served.first_screen()


def test_the_staff_link_makes_a_cookie_once(served: Served) -> None:
    used = served.token
    first = httpx.get(f"{served.address}/?staff={used}")
    assert first.status_code == 303
    assert first.headers["location"] == "/"
    cookie = first.headers["set-cookie"].lower()
    assert cookie.startswith(f"{COOKIE}=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    served.wait_for("?staff=", times=2)
    assert served.token != used
    second = httpx.get(f"{served.address}/?staff={used}")
    assert second.status_code == 200
    assert COOKIE not in second.headers.get("set-cookie", "")
    assert served.printed.count(used) == 1  # where it was printed for the operator, and in no log
    assert first.cookies[COOKIE] not in served.printed


def test_the_cookie_and_nothing_else_opens_what_is_for_staff(served: Served) -> None:
    answer = httpx.get(f"{served.address}/?staff={served.token}")
    door = '-staff"'  # the end of its button's id
    assert door not in served.first_screen()
    assert door not in served.first_screen(f"{COOKIE}=guess")
    assert door in served.first_screen(f"{COOKIE}={answer.cookies[COOKIE]}")


def test_a_page_elsewhere_cannot_talk_to_the_app(served: Served) -> None:
    with pytest.raises(InvalidStatus) as refused:
        served.talk(origin="http://elsewhere.example")
    assert refused.value.response.status_code == 403


def test_addresses_people_ask_for_are_not_logged(served: Served) -> None:
    httpx.get(f"{served.address}/?workshop=SECRETWORD&staff=SECRETGUESS")
    httpx.get(f"{served.address}/not/there?workshop=SECRETWORD")
    assert "SECRET" not in served.printed


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "server.py", *arguments],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
        check=False,
    )


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = run("--port", port, "--store", str(tmp_path / "store.sqlite"))
    assert ended.returncode == 1
    assert "--port" in ended.stderr
    assert port in ended.stderr.replace(".", "")
    assert "Traceback" not in ended.stderr
    assert "staff=" not in ended.stdout


@pytest.mark.parametrize(
    "address", ["ascolta.example", "ftp://ascolta.example", "https://example.org/ascolta"]
)
def test_a_public_address_is_written_whole(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        server.main(["--public-url", address])
    assert "https://example.org" in capsys.readouterr().err


def test_a_store_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("This is no database. " * 50)
    named = str(tmp_path / "letter.txt")
    for ended in (run("--port", "0", "--store", named), run("--port", "0", **{VARIABLE: named})):
        assert ended.returncode == 1
        assert named in ended.stderr
        assert "Traceback" not in ended.stderr


def test_the_lan_is_opened_on_request_only() -> None:
    assert server._names("127.0.0.1") == ["localhost"]
    assert server._names("0.0.0.0") == [*server.lan_addresses(), "localhost"]
    assert not [address for address in server.lan_addresses() if address.startswith("127.")]


class ToTheNetwork:
    """A socket on a machine of which two addresses are known; the network is behind the second."""

    def __init__(self, *_kind: object) -> None: ...
    def __enter__(self) -> ToTheNetwork:
        return self

    def __exit__(self, *_error: object) -> None: ...
    def connect(self, _address: object) -> None: ...
    def getsockname(self) -> tuple[str, int]:
        return "192.168.1.7", 0


def test_the_address_that_phones_reach_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    known = [(0, 0, 0, "", (address, 0)) for address in ("172.17.0.1", "127.0.0.1", "192.168.1.7")]
    machine = SimpleNamespace(
        AF_INET=0,
        SOCK_DGRAM=0,
        gethostname=lambda: "here",
        getaddrinfo=lambda *_asked: known,
        socket=ToTheNetwork,
    )
    monkeypatch.setattr(server, "socket", machine)
    assert server._names("0.0.0.0") == ["192.168.1.7", "172.17.0.1", "localhost"]


@pytest.mark.parametrize(
    ("public_url", "sources"),
    [
        ("", "'self'"),
        ("https://ascolta.example", "'self' wss://ascolta.example"),
        ("http://ascolta.example:8080", "'self' ws://ascolta.example:8080"),
    ],
)
def test_a_browser_talks_to_this_host_only(public_url: str, sources: str) -> None:
    policy = server.safe_headers(public_url)["Content-Security-Policy"]
    assert f"; connect-src {sources}; " in policy


@pytest.mark.parametrize(
    ("public_url", "secure"),
    [("", False), ("http://ascolta.example", False), ("https://ascolta.example", True)],
)
def test_behind_https_the_cookie_of_staff_travels_by_https_only(
    public_url: str, secure: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    STAFF_LINK.announce("http://localhost")
    token = capsys.readouterr().out.split("?staff=")[1].split()[0]
    door = next(m for m in server.middlewares(public_url) if str(m.cls) == str(server.StaffDoor))
    inner = Starlette(middleware=[door])

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=inner)  # plain http, as a proxy speaks it
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.get(f"/?staff={token}")

    cookie = finished(ask()).headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE)
    assert ("; secure" in cookie) == secure


def shell(request: Request) -> Response:
    """Compresses and is content with an old copy, as Streamlit's shell may."""
    if "if-none-match" in request.headers:
        return Response(status_code=304)
    body = SHELL.encode()
    headers = {"ETag": "x"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
    return HTMLResponse(body, headers=headers)


def test_the_shell_is_rewritten_however_it_is_asked_for() -> None:
    inner = Starlette(
        routes=[Route("/", shell), Route("/text", lambda _: PlainTextResponse(SHELL))],
        middleware=[Middleware(server.ItalianShell)],
    )

    async def ask(path: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app=inner)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.get(path, headers=headers)

    for headers in ({}, {"Accept": "text/html"}, {"Accept-Encoding": "gzip"}, {"If-None-Match": "x"}):
        answer = finished(ask("/", headers))
        assert answer.text == SHELL.replace("en", "it", 1).replace("Streamlit", "Alleanza")
        assert "etag" not in answer.headers
    assert finished(ask("/text", {})).text == SHELL


@pytest.mark.parametrize(
    ("origin", "let_in"),
    [
        ("http://testserver", True),
        ("https://public.example", True),
        ("https://evil.example", False),
        ("https://public.example.evil.example", False),
        ("null", False),
        (None, True),  # no browser
    ],
)
def test_only_pages_of_ours_open_a_websocket(origin: str | None, let_in: bool) -> None:
    reached = []

    async def inner(scope: object, receive: object, send: object) -> None:
        reached.append(scope)

    guard = server.SameOrigin(inner, "public.example")
    headers = [(b"host", b"testserver")] + ([(b"origin", origin.encode())] if origin else [])

    async def ask() -> list[object]:
        sent: list[object] = []

        async def send(message: object) -> None:
            sent.append(message)

        await guard({"type": "websocket", "headers": headers}, None, send)  # type: ignore[arg-type]
        return sent

    sent = finished(ask())
    assert bool(reached) == let_in
    assert bool(sent) != let_in
