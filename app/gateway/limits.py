"""How much and how long: request bodies are counted as they are read, requests end after `request_seconds`.

A body that is too long is read to the end of a small allowance and thrown away, so that a browser gets the answer
instead of a reset connection; beyond the allowance the connection is closed.
"""

import asyncio
import re

from app.core import db
from app.core.errors import AppError, BadRequest, PayloadTooLarge, UnsupportedMediaType
from app.core.settings import settings
from app.gateway.asgi import ASGIApp, Message, Receive, Scope, Send, header, joined
from app.gateway.origin import SAFE_METHODS

_SMALL = 65_536
_UPLOADS = re.compile(r"/api/v1/(imports|spaces/[^/]+/evidence|documents(/[^/]+/(revisions|text|merge))?)")


def limit_of(path: str) -> int:
    """Largest body in bytes that `path` reads: uploads by the setting, everything else 64 KiB."""
    return settings().max_body_bytes if _UPLOADS.fullmatch(path) else _SMALL


class Limits:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if joined(scope, b"transfer-encoding").strip().lower() not in {"", "chunked"}:
            raise BadRequest("Where the body ends cannot be told for certain.", details={"connection": "close"})
        if header(scope, b"content-encoding") not in {"", "identity"}:
            raise UnsupportedMediaType("Compressed request bodies are not read: send it uncompressed.")
        limit = limit_of(scope["path"])
        declared = header(scope, b"content-length")
        if declared.isdigit() and int(declared) > limit:
            await _discard(receive, int(declared))
            raise _too_large(limit)
        is_upload = limit != _SMALL and scope["method"] not in SAFE_METHODS
        db.be_patient(settings().request_seconds if is_upload else settings().patience_seconds)
        try:
            async with asyncio.timeout(settings().request_seconds):
                await self.app(scope, _counted(receive, limit), send)
        except TimeoutError:
            raise AppError("This took too long and was given up. Try again.", code="UNAVAILABLE") from None


def _too_large(limit: int) -> PayloadTooLarge:
    return PayloadTooLarge(f"The request is larger than {limit // 1000:,} kB.", details={"limit_bytes": limit})


def _counted(receive: Receive, limit: int) -> Receive:
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise _too_large(limit)
        return message

    return counted


async def _discard(receive: Receive, declared: int, allowance: int = 64_000_000) -> None:
    read = 0
    while declared <= allowance and read < declared:
        message = await receive()
        read += len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return
