"""Conditional requests: entity tags of what is read, If-None-Match on reads, If-Match on writes (RFC 9110, 8.8 and 13).

A tag begins with the number of the version it names: `"3"` is the text of revision 3, `"3-1f0c…"` a document's head
while revision 3 was the newest. Either says in If-Match which version a change was made from. What has no version of
its own gets a weak tag of its body.
"""

import re

from app.core import ids
from app.core.errors import AppError, BadRequest
from app.gateway.asgi import ASGIApp, Headers, Message, Receive, Scope, Send, joined, without
from app.schemas.base import View, fingerprint
from app.schemas.documents import Known

_TAG = re.compile(r'(?:W/)?"?(\d{1,9})(?:-([0-9a-f]{16}))?"?')
_LISTED = re.compile(r'(?:W/)?("[^"]*")')
_GONE = (b"content-length", b"content-type", b"content-disposition")


def tag(version: int, shown: View | None = None) -> str:
    """The tag of an immutable version, or of what is `shown` of a thing at that version."""
    return f'"{version}"' if shown is None else f'"{version}-{fingerprint(shown)}"'


def revision_of(if_match: str) -> int:
    """The version number in an If-Match header. Raises PRECONDITION_REQUIRED without one, BAD_REQUEST for nonsense."""
    return known(if_match).revision


def known(if_match: str) -> Known:
    """The same of a document's head: a tag of that says more than the number."""
    if not if_match.strip():
        raise AppError("Say which version of it your change was made from (If-Match).", code="PRECONDITION_REQUIRED")
    found = _TAG.fullmatch(if_match.strip())
    if found is None:
        raise BadRequest('If-Match must be one entity tag or revision number in quotes, as in "3".')
    return Known(revision=int(found[1]), fingerprint=found[2] or "")


def is_known(if_none_match: str, etag: str) -> bool:
    """Whether the asker has this already; weak and strong tags compare alike (RFC 9110, 13.1.2)."""
    return if_none_match.strip() == "*" or etag.removeprefix("W/") in _LISTED.findall(if_none_match)


class Conditional:
    """Gives every answer to a GET its tag, and only the tag to whoever has the rest. Parts of a stream have none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        asked, held = joined(scope, b"if-none-match"), None

        async def judged(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and message["status"] == 200:
                held = message
                return
            if held is not None:
                start, held = held, None
                start, message = _judged(start, message, asked)
                await send(start)
            await send(message)

        await self.app(scope, receive, judged)


def _judged(start: Message, body: Message, asked: str) -> tuple[Message, Message]:
    etag = next((value.decode() for key, value in start["headers"] if key == b"etag"), "")
    if not etag and body.get("more_body"):
        return start, body
    if not etag:
        etag = f'W/"{ids.digest(body.get("body", b""))[:32]}"'
        start = {**start, "headers": [*start["headers"], (b"etag", etag.encode())]}
    if not is_known(asked, etag):
        return start, body
    kept: Headers = without(start["headers"], *_GONE)
    return {**start, "status": 304, "headers": kept}, {"type": "http.response.body", "body": b""}
