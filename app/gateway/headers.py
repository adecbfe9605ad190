"""Response headers that every answer carries, and the content security policy of pages.

Scripts and styles come from our own files only; the few inline scripts of a built page are named by their hash, so
neither `'unsafe-inline'` nor `'unsafe-eval'` appears anywhere.
"""

import base64
import hashlib
import re
from collections.abc import Iterable

from app.core.settings import settings
from app.gateway import rates
from app.gateway.asgi import ASGIApp, Message, Receive, Scope, Send
from app.gateway.context import caller

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>(.*?)</script>", re.DOTALL)
_REFUSE_ALL = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def script_hashes(html: str) -> list[str]:
    """CSP source expressions of the inline scripts in `html`, in order, without repeats."""
    digests = (hashlib.sha256(body.encode()).digest() for body in _INLINE.findall(html))
    return list(dict.fromkeys(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests))


def page_policy(hashes: Iterable[str]) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' {' '.join(hashes)}".rstrip(),
            "style-src 'self'",
            "font-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        ]
    )


class SecurityHeaders:
    """Adds what is missing: a stage that sets a header of its own (a page its policy) is left alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {key.lower(): value for key, value in message.get("headers", [])}
                added = [(key, value) for key, value in self._defaults() if key not in present]
                if settings().cdn and not present.get(b"cache-control", b"").startswith(b"public"):
                    added.append((b"cdn-cache-control", b"no-store"))  # RFC 9213: whatever its own rules say
                message = {**message, "headers": [*message.get("headers", []), *added]}
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)

    @staticmethod
    def _defaults() -> list[tuple[bytes, bytes]]:
        found = [
            (b"x-request-id", caller().request_id.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
            (b"content-security-policy", _REFUSE_ALL.encode()),
            (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
            (b"cache-control", b"no-store"),
        ]
        found += rates.headers(caller().limits)
        if caller().scheme == "https":
            found.append((b"strict-transport-security", b"max-age=31536000"))
            found.append((b"cross-origin-opener-policy", b"same-origin"))  # over http browsers only complain of it
        return found
