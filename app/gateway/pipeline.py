"""The one way in: stages around a dispatch by path. What no rule lets through is not found.

Reflex's own endpoints are closed: only its event socket and the built files are reachable.
"""

import re
from typing import Any

from reflex.utils.precompressed_staticfiles import PrecompressedStaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from app.core.context import coming_from
from app.core.errors import AppError, Invalid, NotFound
from app.core.settings import settings
from app.gateway import proxy
from app.gateway.access import AccessLog
from app.gateway.asgi import ASGIApp, Message, Receive, Scope, Send, header
from app.gateway.context import caller, caller_var
from app.gateway.errors import ErrorMapping
from app.gateway.headers import SecurityHeaders
from app.gateway.heads import Heads
from app.gateway.identity import Admission, Identity
from app.gateway.limits import Limits
from app.gateway.page_server import BUILD, PageServer
from app.gateway.rates import AddressLimit, PersonLimit
from app.gateway.socket import SocketDoor

_API = re.compile(r"/(api|auth|content)/|/openapi\.json$")
_OPERATIONS = frozenset({"/healthz", "/readyz", "/metrics"})
_READING = ("GET", "HEAD")
_HASHED = "/assets/"
_FILE = re.compile(r"/(assets/)?[\w-][\w.-]*", re.ASCII)
_PLAIN_FILES = frozenset({"/favicon.ico", "/favicon.svg"})
_IMMUTABLE = b"public, max-age=31536000, immutable"


class Static:
    """Built files, precompressed, by plain names in one folder. Those with a hash are cached by everybody for good."""

    def __init__(self) -> None:
        self.files: Any = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.files is None:
            self.files = PrecompressedStaticFiles(directory=BUILD, encodings=("brotli", "gzip"), check_dir=False)
        caller().route = "/assets"
        if scope["method"] not in _READING:
            raise _only_read()
        if not _FILE.fullmatch(scope["path"]):
            raise NotFound("There is no such file.")
        hashed = scope["path"].startswith(_HASHED)

        async def cached(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                value = _IMMUTABLE if hashed else b"public, max-age=3600"
                extra = [(b"cache-control", value), (b"access-control-allow-origin", b"*")]
                message = {**message, "headers": [*message["headers"], *(extra if hashed else extra[:1])]}
            await send(message)

        try:
            await self.files({**scope, "extensions": {}}, receive, cached)
        except HTTPException:
            raise NotFound("There is no such file.") from None


def _only_read() -> AppError:
    return AppError("This address can only be read.", code="METHOD_NOT_ALLOWED", details={"allow": ", ".join(_READING)})


def _known(app: ASGIApp) -> ASGIApp:
    """Limit by address, identity, limit by person, origin check: each costs more than the one before it."""
    return AddressLimit(Identity(PersonLimit(Admission(app))))


class Dispatch:
    """`operations` are answered without asking who it is: they must work when nobody can be looked up."""

    def __init__(self, reflex: ASGIApp, api: ASGIApp, pages: PageServer) -> None:
        self.socket = _known(SocketDoor(reflex))
        self.operations = Limits(api)
        self.api = Limits(_known(api))
        self.find_page = pages.find
        self.pages = Limits(_known(pages))
        self.static = Static()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if scope["type"] == "websocket":
            if path.rstrip("/") != "/_event":
                raise NotFound("There is no such socket.")
            await self.socket(scope, receive, send)
        elif path in _OPERATIONS:
            await self.operations(scope, receive, send)
        elif _API.match(path):
            if "\0" in path:  # no id of ours holds one, and PostgreSQL refuses to be asked for it
                raise Invalid("An address holds no NUL.")
            await self.api(scope, receive, send)
        elif path.startswith(_HASHED) or path in _PLAIN_FILES:
            await self.static(scope, receive, send)
        elif scope["method"] in _READING and (self.find_page(path) or "text/html" in header(scope, b"accept")):
            await self.pages(scope, receive, send)
        else:
            raise _only_read() if self.find_page(path) else NotFound("There is nothing at this address.")


class Callers:
    """Outermost: makes the `Caller` that everything inside reads."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = proxy.identify(scope, settings().trusted_proxies)
        token = caller_var.set(found)
        try:
            with coming_from(found.origin):
                await self.app(scope, receive, send)
        finally:
            caller_var.reset(token)


class Compression:
    """For those who take gzip; the others' answers pass as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.packed: Any = GZipMiddleware(app, minimum_size=1024, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        takes_it = scope["type"] == "http" and "gzip" in header(scope, b"accept-encoding")
        await (self.packed if takes_it else self.app)(scope, receive, send)


def pipeline(reflex: ASGIApp, api: ASGIApp, pages: PageServer) -> ASGIApp:
    """Lifespan goes to Reflex untouched; everything else passes all stages."""
    stages: Any = Dispatch(reflex, api, pages)
    stages = Heads(Compression(ErrorMapping(stages)))
    stages = Callers(AccessLog(SecurityHeaders(stages)))

    async def entry(scope: Scope, receive: Receive, send: Send) -> None:
        await (reflex if scope["type"] == "lifespan" else stages)(scope, receive, send)

    return entry
