"""The process: the Streamlit app, a health route and short links under uvicorn, warmed up, with safe headers.

python server.py                                      for this machine only
python server.py --lan                                for everyone on the same network
python server.py --public-url https://example.org     behind a proxy that is known by that name

That name may stand in the environment (ALLEANZA_PUBLIC_URL) or in Streamlit's secrets (public_url) instead.
"""

from __future__ import annotations

import argparse
import base64
import gc
import hashlib
import importlib
import os
import re
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st
import uvicorn
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from consultation.codes import spelled
from consultation.errors import Problem
from consultation.language import Language
from consultation.stores.addresses import VARIABLE
from pages.frame import public_address
from pages.frame.public_address import Process, lan_addresses
from pages.frame.staff_door import StaffDoor
from pages.frame.staff_link import STAFF_LINK
from pages.frame.store import store
from pages.frame.style import SCROLL

APP = Path(__file__).parent / "streamlit_app.py"
PORT = 8501
PATIENCE = 5  # seconds that a stopping process waits for what is under way
LONGEST_WORD = 20  # signs of an invitation that a short link hands on: more than any has
HEAVY = ("altair", "pages.analyst.results")  # what the first visitor would otherwise wait for


def safe_headers(public_url: str = "") -> dict[str, str]:
    """What a browser may load, run and talk to: this host, and the one people know it by."""
    parts = urlsplit(public_url)
    own = f" {'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}" if public_url else ""
    return {
        "Content-Security-Policy": (
            "default-src 'self'; img-src 'self' data: blob:; "
            f"script-src 'self' 'wasm-unsafe-eval' '{_seal(SCROLL)}'; "
            f"style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self'{own}; "
            "worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",  # an address may hold an invitation: no other site learns it
    }


def _seal(script: str) -> str:
    """How a policy names the one inline script that may run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class SafeHeaders:
    """Every answer says what a browser may load and run: only what comes from here."""

    def __init__(self, app: ASGIApp, public_url: str = "") -> None:
        self.app = app
        self.headers = safe_headers(public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, send_safely if scope["type"] == "http" else send)


class SameOrigin:
    """A page of another site may not talk to the app through a visitor's browser.

    Streamlit checks this too, but asks an outside host for this machine's address while it does.
    """

    def __init__(self, app: ASGIApp, public_host: str = "") -> None:
        self.app = app
        self.public_host = public_host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if origin and urlsplit(origin).netloc not in (headers.get("host"), self.public_host or None):
                await send({"type": "websocket.close", "code": 1008})
                return
        await self.app(scope, receive, send)


_INLINE = re.compile(
    rb"<script>\s*window\.prerenderReady = false\s*</script>"
)  # our policy refuses it anyway


class ItalianShell:
    """Streamlit's page says of itself that it is English and called Streamlit; ours is neither."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not _may_be_shell(scope["path"]):
            await self.app(scope, receive, send)
            return
        # compressed it could not be rewritten, and "not modified" would leave an old one in use
        dropped = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
        scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in dropped]}
        start: Message = {}
        body = b""

        async def send_in_italian(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body" or not _is_html(start):
                await _send_held(start, message, send)
                start = {}
                return
            body += message.get("body", b"")
            if not message.get("more_body"):
                headers = MutableHeaders(scope=start)
                for name in ("etag", "last-modified", "accept-ranges"):
                    del headers[name]
                italian = body.replace(b'<html lang="en">', b'<html lang="it">', 1)
                italian = italian.replace(b"<title>Streamlit</title>", b"<title>Alleanza</title>", 1)
                italian = _INLINE.sub(b"", italian, 1)
                headers["content-length"] = str(len(italian))
                await send(start)
                await send({"type": "http.response.body", "body": italian})

        await self.app(scope, receive, send_in_italian)


def _may_be_shell(path: str) -> bool:
    """Streamlit answers with its page wherever no file is."""
    name = path.rsplit("/", 1)[-1]
    return "." not in name or name.endswith(".html")


def _is_html(start: Message) -> bool:
    return Headers(raw=start.get("headers", [])).get("content-type", "").startswith("text/html")


async def _send_held(start: Message, message: Message, send: Send) -> None:
    if start:
        await send(start)
    await send(message)


def health(_request: Request) -> JSONResponse:
    """Whether this process answers, and its store too."""
    try:
        store().consultations()
    except Problem:
        return JSONResponse({"ok": False, "store": False}, status_code=503)
    return JSONResponse({"ok": True, "store": True})


def invited(request: Request) -> RedirectResponse:
    """The short link on posters and in codes leads to the answer page; whether there is such a word, that
    page says.
    """
    word = "".join(c for c in spelled(request.path_params["word"]) if c.isascii())[:LONGEST_WORD]
    address = "/?" + urlencode({"workshop": word})
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


def middlewares(public_url: str = "") -> list[Middleware]:
    """What every request passes, the first one first."""
    parts = urlsplit(public_url)
    return [
        Middleware(SafeHeaders, public_url),
        Middleware(SameOrigin, parts.netloc),
        Middleware(StaffDoor, secure=parts.scheme == "https"),
        Middleware(ItalianShell),
    ]


def build_app(process: Process) -> st.App:
    """The ASGI app; once it is warm it prints its addresses, the best first, and the staff link."""
    addresses, public_url = process.addresses, process.public_url
    public_address.serve(process)

    @asynccontextmanager
    async def warm(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
        for module in HEAVY:
            importlib.import_module(module)
        importlib.import_module("pages.analyst.results").warm_up()
        store()
        gc.collect()
        gc.freeze()  # what is loaded now stays: no later collection need look at it
        say = Language("it").say
        print(say("Alleanza is ready: {address}", address=addresses[0]), flush=True)
        for other in addresses[1:]:
            print(say("Also: {address}", address=other), flush=True)
        STAFF_LINK.announce(addresses[0])
        yield None

    # else the first visitor by a deep link meets an English "Page not found": pages/ holds folders, no pages
    PagesManager.uses_pages_directory = False
    app = st.App(
        APP,
        lifespan=warm,
        routes=[Route("/health", health), Route("/r/{word:path}", invited)],
        middleware=middlewares(public_url),
    )
    if public_url:
        host = urlsplit(public_url).hostname
        config.set_option("server.allowedHosts", [host, "localhost", "127.0.0.1", *lan_addresses()])
        config.set_option("server.corsAllowedOrigins", [public_url])
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped; returns the exit code."""
    options = _options(arguments)
    say = Language("it").say
    if options.store:
        os.environ[VARIABLE] = options.store
    host = options.host or ("0.0.0.0" if options.lan else "127.0.0.1")
    try:
        store()
        listener = _listen(host, options.port)
    except Problem as problem:
        print(Language("it").tell(problem), file=sys.stderr)
        return 1
    except (OSError, OverflowError) as error:
        message = say(
            "Port {port} cannot be used ({reason}): choose another with --port.",
            port=options.port,
            reason=getattr(error, "strerror", None) or error,
        )
        print(message, file=sys.stderr)
        return 1
    app = build_app(Process(host, listener.getsockname()[1], options.public_url or ""))
    # no access log: addresses hold invitations and staff links. Streamlit turns uvicorn's logs on when it
    # first reads its settings, so it reads them before uvicorn turns its own off
    config.get_config_options()
    settings = uvicorn.Config(
        app, access_log=False, log_level="warning", lifespan="on", timeout_graceful_shutdown=PATIENCE
    )
    uvicorn.Server(settings).run(sockets=[listener])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # TCP by name: only then does asyncio send small answers at once instead of 40 ms later
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="server.py", description="Alleanza: serve the app.")
    parser.add_argument("--port", type=int, default=PORT, help=f"default: {PORT}; 0 takes any free one")
    parser.add_argument("--host", default="", help="the address to listen at; default: this machine only")
    parser.add_argument("--lan", action="store_true", help="let others on the same network in")
    parser.add_argument("--store", default="", help=f"where answers are kept; default: {VARIABLE}, or var/")
    parser.add_argument(
        "--public-url",
        type=_whole_address,
        default=public_address.setting_given() or None,
        help="the address by which people know it, when a proxy stands in front; "
        f"default: {public_address.VARIABLE}",
    )
    return parser.parse_args(arguments)


def _whole_address(text: str) -> str:
    try:
        return public_address.whole_address(text)
    except Problem as problem:
        raise argparse.ArgumentTypeError(Language("it").tell(problem)) from None


if __name__ == "__main__":
    sys.exit(main())
