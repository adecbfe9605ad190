"""The few ASGI words the pipeline's stages share: types, header reading, whole answers."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any

from app.core.errors import AppError

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


def header(scope: Scope, name: bytes) -> str:
    """The first value of a request header (name in lower case), decoded as Latin-1; empty when absent."""
    for key, value in scope["headers"]:  # a loop: this is called many times for each request
        if key == name:
            return str(value, "latin-1")
    return ""


def joined(scope: Scope, name: bytes) -> str:
    """A list header as one value: proxies add to it, some by a line of their own (RFC 9110, 5.3)."""
    found = [str(value, "latin-1") for key, value in scope["headers"] if key == name]
    return ", ".join(found) if found else ""


def without(headers: Iterable[tuple[bytes, bytes]], *names: bytes) -> Headers:
    return [(key, value) for key, value in headers if key.lower() not in names]


async def respond(send: Send, status: int, body: bytes, headers: Mapping[str, str]) -> None:
    """One whole answer with its Content-Length."""
    raw = [(key.lower().encode(), value.encode("latin-1")) for key, value in headers.items()]
    raw.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


async def respond_error(send: Send, error: AppError) -> None:
    """The error envelope, with the headers its status asks for (RFC 9110: 401, 405, 429, 503)."""
    headers = {"content-type": "application/json", "cache-control": "no-store", **extra_headers(error)}
    await respond(send, error.status, json.dumps(error.envelope()).encode(), headers)


def extra_headers(error: AppError) -> dict[str, str]:
    if error.status == 401:
        return {"www-authenticate": "Bearer"}
    if error.status == 405 and "allow" in error.details:
        return {"allow": str(error.details["allow"])}
    if error.details.get("connection") == "close":
        return {"connection": "close"}  # what follows on it may be anybody's
    if error.status in {429, 503}:
        return {"retry-after": str(error.details.get("retry_after", 5))}
    return {}
