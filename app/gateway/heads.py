"""HEAD: what GET would answer, without the body (RFC 9110, 9.3.2). Nothing behind this stage needs to know of it."""

import re

from app.gateway.asgi import ASGIApp, Message, Receive, Scope, Send

_READ = re.compile(r"/(api|content)/|/(openapi\.json|healthz|readyz|metrics)$")
"""Not `/auth/`: going there is more than reading."""
_NOTED = re.compile(r"/api/v1/(exports/|audit/export$|mails/.)")
"""To have read these is in the audit log, and whoever asks for the head has not. Exports would be made for nothing."""


def is_read(path: str) -> bool:
    """Whether this stage answers HEAD as what is behind it answers GET."""
    return _READ.match(path) is not None and _NOTED.match(path) is None


class Heads:
    """Outside what packs answers, so that their length and encoding are those of GET too. Pages and files answer HEAD
    themselves; whoever answers, no body gets out.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        has_ended = False

        async def bodiless(message: Message) -> None:
            nonlocal has_ended
            if message["type"] == "http.response.start":
                await send(message)
            elif not has_ended:
                has_ended = True
                await send({"type": "http.response.body", "body": b""})

        method = "GET" if is_read(scope["path"]) else "HEAD"
        await self.app({**scope, "method": method}, receive, bodiless)
