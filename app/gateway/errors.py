"""Everything that escapes becomes the one envelope; what nobody foresaw becomes a 500 with a request id to quote."""

import structlog

from app.core.errors import AppError
from app.gateway.asgi import ASGIApp, Message, Receive, Scope, Send, respond_error
from app.gateway.context import caller

log = structlog.get_logger("plumbline.errors")


def unforeseen() -> AppError:
    """The public face of a defect; the log line with the same request id holds the traceback."""
    details = {"request_id": caller().request_id}
    return AppError("Something went wrong on the server. Quote the request id.", details=details)


class ErrorMapping:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] in {"http.response.start", "websocket.accept", "websocket.close"}
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except AppError as error:
            await self._answer(scope, send, error, started=started)
        except Exception:  # the outermost frame: logged with its traceback, answered, never hidden
            log.exception("unforeseen", path=scope.get("path", ""))
            await self._answer(scope, send, unforeseen(), started=started)

    @staticmethod
    async def _answer(scope: Scope, send: Send, error: AppError, *, started: bool) -> None:
        if started:
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": error.code})
            return
        await respond_error(send, error)
