"""Where a staff link is used up, before the app is reached: the HTTP side of `staff_link`."""

from __future__ import annotations

import html

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from consultation.language import Language
from pages.frame.staff_link import COOKIE, PARAMETER, STAFF_LINK

_NEVER_KEPT = {"Cache-Control": "no-store"}
_PAGE = """<!DOCTYPE html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Alleanza</title>
<style>
body {{ font: 1.2rem/1.5 sans-serif; color: #22262E; max-width: 32rem; margin: 15vh auto; padding: 0 1rem; }}
button {{ font: inherit; font-weight: 700; color: #FFFFFF; background: #1F5FA8; border: 0; border-radius: 6px;
  min-height: 44px; padding: 0.6rem 1.6rem; }}
</style>
</head>
<body>
<main>
<h1>Alleanza</h1>
<p>{sentence}</p>
<form method="post"><button>{button}</button></form>
</main>
</body>
</html>
"""


class StaffDoor:
    """A staff link that is still good becomes a cookie, so that a reload stays staff's.

    A link that an administrator has made first asks for a tap: it travels through messages, whose programs
    open links to show what is behind them, and it is good only once.

    `secure` says that people reach this process by https, even where a proxy speaks plain http with it.
    """

    def __init__(self, app: ASGIApp, secure: bool = False) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = None
        if scope["type"] == "http" and scope["method"] in ("GET", "POST") and scope["path"] == "/":
            answer = self._answer(Request(scope))
        await (answer or self.app)(scope, receive, send)

    def _answer(self, request: Request) -> Response | None:
        token = request.query_params.get(PARAMETER, "")
        if request.method == "GET" and STAFF_LINK.waits(token):
            return HTMLResponse(_asking_to_come_in(), headers=_NEVER_KEPT)
        session = STAFF_LINK.redeem(token, request.cookies.get(COOKIE, ""))
        if session is None:
            return None
        answer = RedirectResponse("/", status_code=303, headers=_NEVER_KEPT)
        secure = self.secure or request.url.scheme == "https"
        answer.set_cookie(COOKIE, session, httponly=True, samesite="lax", secure=secure)
        return answer


def _asking_to_come_in() -> str:
    """A page with one button, which sends what is in its address."""
    say = Language("it").say
    return _PAGE.format(
        sentence=html.escape(say("This link lets you in on this device, once.")),
        button=html.escape(say("Come in")),
    )
