"""Which person a request belongs to: its token is looked up at every request, nothing is remembered.

A token in `Authorization: Bearer` speaks for a program; a cookie sent beside it counts for nothing. Only what a
browser sends by itself, the cookie, asks for proof that our own page sent it.
"""

from app.core import ids
from app.gateway import cookies, origin
from app.gateway.asgi import ASGIApp, Receive, Scope, Send, header
from app.gateway.context import actor, caller
from app.schemas.identity import Actor
from app.services import accounts

OPEN = frozenset({"/api/v1/auth/login", "/api/v1/auth/refresh", "/api/v1/auth/second-factor"})
"""Where a program without a token gets one. They set no cookie, so that no page can sign somebody in as another."""
_BEARER = "bearer "


class Identity:
    """Sets `caller().actor` and how it is known, and the share links that a browser came by."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        current = caller()
        is_http = scope["type"] == "http"
        bearer = _bearer(scope) if is_http else ""
        current.actor = await accounts.identify_bearer(bearer) if bearer else await _by_cookie(scope)
        current.by_cookie = not bearer
        current.links = frozenset() if bearer else frozenset(map(ids.digest, cookies.links(scope, current)))
        await self.app(scope, receive, send)


class Admission:
    """Writes of other sites, and of nobody to the API, are refused before their body is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in origin.SAFE_METHODS and scope["path"] not in OPEN:
            if caller().by_cookie:
                origin.refuse_cross_site(scope, caller())
            if scope["path"].startswith("/api/"):
                actor()
        await self.app(scope, receive, send)


def _bearer(scope: Scope) -> str:
    sent = header(scope, b"authorization")
    return sent[len(_BEARER) :].strip() or "-" if sent[: len(_BEARER)].lower() == _BEARER else ""


async def _by_cookie(scope: Scope) -> Actor | None:
    token = cookies.read(scope, caller())
    return await accounts.identify(token) if token else None
