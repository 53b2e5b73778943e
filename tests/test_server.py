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
from pages.frame import public_address
from pages.frame.staff_door import StaffDoor
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


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("KMPQRS", "KMPQRS"),
        ("kmp-qrs", "KMPQRS"),
        ("NESSUNO", "NESSUNO"),  # whether it leads somewhere is not told here
        ("KMPQRS/", "KMPQRS"),
        ("/evil.example", "EVILEXAMPLE"),
        ("%2f%2fevil.example/x", "EVILEXAMPLEX"),
        ("https://evil.example", "HTTPSEVILEXAMPLE"),
        ("A" * 2000, "A" * 20),
        ("", ""),
    ],
)
def test_a_short_link_leads_to_its_invitation(served: Served, method: str, path: str, word: str) -> None:
    answer = httpx.request(method, f"{served.address}/r/{path}")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/?workshop={word}"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    ["/evil.example", "%2f%2fevil", "%5c%5cevil", "%0d%0aSet-Cookie:x=1", "è", "?x=//evil"],
)
def test_no_short_link_leads_elsewhere(served: Served, path: str) -> None:
    answer = httpx.get(f"{served.address}/r/{path}")
    assert answer.headers.get("location", "/?").startswith("/?")
    assert "set-cookie" not in answer.headers


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


def test_an_address_in_the_environment_is_checked_as_one_that_is_typed() -> None:
    ended = run("--port", "0", **{public_address.VARIABLE: "https://example.org/ascolta"})
    assert ended.returncode == 2
    assert "https://example.org/ascolta" in ended.stderr
    assert "Traceback" not in ended.stderr


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
    door = next(m for m in server.middlewares(public_url) if str(m.cls) == str(StaffDoor))
    inner = Starlette(middleware=[door])

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=inner)  # plain http, as a proxy speaks it
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.get(f"/?staff={token}")

    cookie = finished(ask()).headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE)
    assert ("; secure" in cookie) == secure


def test_a_made_link_waits_for_a_tap_so_that_no_preview_uses_it_up() -> None:
    inner = Starlette(middleware=[Middleware(StaffDoor)])
    link = STAFF_LINK.invite({"facilitator"}, "http://testserver")

    async def ask(method: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=inner)
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.request(method, link)

    for method in ("HEAD", "GET", "GET"):
        assert COOKIE not in finished(ask(method)).headers.get("set-cookie", "")
    asked = finished(ask("GET"))
    assert asked.headers["cache-control"] == "no-store"
    assert '<form method="post">' in asked.text
    come_in = finished(ask("POST"))
    assert (come_in.status_code, come_in.headers["location"]) == (303, "/")
    assert STAFF_LINK.roles(come_in.cookies[COOKIE]) == {"facilitator"}
    for method in ("GET", "POST"):
        assert COOKIE not in finished(ask(method)).headers.get("set-cookie", "")


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
