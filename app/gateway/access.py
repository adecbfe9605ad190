"""One log line and one measurement per request, with the route's template and never the path's secrets."""

import time

import structlog

from app.core import samples
from app.gateway import metrics
from app.gateway.asgi import ASGIApp, Message, Receive, Scope, Send
from app.gateway.context import caller

log = structlog.get_logger("plumbline.access")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_QUIET = frozenset({"/assets", "/healthz", "/readyz", "/metrics"})


class AccessLog:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 499

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            _record(scope, status, time.perf_counter() - began)


def _record(scope: Scope, status: int, seconds: float) -> None:
    route = caller().route or "unmatched"
    metrics.answered(scope["method"] if scope["method"] in _METHODS else "other", route, status, seconds)
    samples.count(seconds, failed=metrics.is_ours(status))
    write = log.debug if route in _QUIET and status < 400 else log.info
    write("request", method=scope["method"][:20], status=status, duration_ms=round(seconds * 1000, 1))
