"""One call of a stage of the gate, with nothing behind it but what a test puts there."""

import asyncio
from typing import Any

from app.gateway.context import Caller, caller_var


def scope(method: str = "GET", path: str = "/", *headers: tuple[str, str], kind: str = "http", **more: Any) -> Any:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    return {"type": kind, "method": method, "path": path, "headers": raw, "scheme": "http", **more}


class Inside:
    """Stands behind a stage: remembers what reached it, then answers, or fails."""

    def __init__(self, *messages: dict[str, Any], fails: Exception | None = None) -> None:
        self.scopes: list[Any] = []
        self.callers: list[Caller | None] = []
        self.bodies: list[Any] = []
        self.messages, self.fails, self.reads = messages, fails, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        assert callable(receive), "whatever stands behind may read"
        self.scopes.append(scope)
        self.callers.append(caller_var.get())
        for _ in range(self.reads):
            self.bodies.append(await receive())
        for message in self.messages:
            await send(message)
        if self.fails is not None:
            raise self.fails


class Sent(list[dict[str, Any]]):
    """What a stage sent."""

    async def __call__(self, message: Any) -> None:
        self.append(dict(message))

    @property
    def status(self) -> int:
        return int(self[0]["status"])

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode("latin-1") for name, value in self[0]["headers"]}

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self)


def start(status: int = 200, *headers: tuple[str, str]) -> dict[str, Any]:
    raw = [(name.encode(), value.encode()) for name, value in headers]
    return {"type": "http.response.start", "status": status, "headers": raw}


BODY = {"type": "http.response.body", "body": b"text"}


def chunks(*bodies: bytes, last: dict[str, Any] | None = None) -> Any:
    """A `receive` that gives these, and then says that the client is gone (or `last`)."""
    waiting = [{"type": "http.request", "body": body, "more_body": body != bodies[-1]} for body in bodies]

    async def receive() -> dict[str, Any]:
        return waiting.pop(0) if waiting else (last or {"type": "http.disconnect"})

    receive.waiting = waiting
    return receive


async def silence() -> dict[str, Any]:
    raise AssertionError("nothing was to be read")


async def forever() -> dict[str, Any]:
    """The client stays, and has nothing more to say."""
    await asyncio.Event().wait()
    raise AssertionError
