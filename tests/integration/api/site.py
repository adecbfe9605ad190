"""The whole product in one process, without a server: every request passes the real pipeline over ASGI."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from app import pages as page_files
from app.api import server
from app.gateway.page_server import PageServer
from app.gateway.pages import Page, pages_in
from app.gateway.pipeline import pipeline
from app.gateway.served import frame_slots
from tests.integration.api.declared import Declared

ADDRESS = "http://localhost:3000"
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}
SLOTS = (
    "number",
    "title",
    "status",
    "health",
    "owner",
    "space",
    "revision",
    "updated",
    "writable",
    "sheet",
    "providers",
    "trouble",
)
Pairs = Iterable[tuple[str, str]]
on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""For what no database has a part in: one run is enough."""


class ReflexStub:
    """Takes Reflex's place behind the gateway and remembers what reached it."""

    def __init__(self) -> None:
        self.scopes: list[dict[str, Any]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scopes.append(dict(scope))
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
        else:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"the framework itself"})


@dataclass
class Answer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    messages: list[dict[str, Any]] = field(default_factory=list)
    taken: int = 0
    """Bytes of the request's body that were read."""

    @property
    def error(self) -> dict[str, Any]:
        return json.loads(self.body)["error"]


@dataclass
class Site:
    app: Any
    reflex: ReflexStub
    undeclared: list[str]

    def client(self, token: str = "", *, peer: str = "127.0.0.1", base: str = ADDRESS, **headers: str):
        """A browser with this session on our own pages; `headers` are added, or left out where empty."""
        name = "__Host-plumbline" if base.startswith("https") else "plumbline"
        sent = {**SAME_ORIGIN, **({"cookie": f"{name}={token}"} if token else {})}
        sent |= {key.replace("_", "-"): value for key, value in headers.items()}
        transport = httpx2.ASGITransport(app=self.app, client=(peer, 50_000))
        return httpx2.AsyncClient(
            transport=transport, base_url=base, headers={key: value for key, value in sent.items() if value}
        )

    async def send(
        self,
        method: str,
        path: str,
        *,
        query: str = "",
        headers: Pairs = (),
        chunks: Sequence[bytes] = (),
        peer: str = "127.0.0.1",
        scheme: str = "http",
    ) -> Answer:
        """One request as it stands: no client in between to tidy up its path, headers or body."""
        scope = _scope(path, query, headers, peer, scheme) | {"type": "http", "method": method}
        answer, waiting = Answer(), list(chunks) or [b""]

        async def receive() -> dict[str, Any]:
            if not waiting:
                await asyncio.Event().wait()  # the connection stays open: there is nothing more to say
            body = waiting.pop(0)
            answer.taken += len(body)
            return {"type": "http.request", "body": body, "more_body": bool(waiting)}

        await self.app(scope, receive, _into(answer))
        return answer

    async def socket(
        self,
        *,
        path: str = "/_event",
        query: str = "token=tab",
        headers: Pairs = (),
        peer: str = "127.0.0.1",
        scheme: str = "ws",
    ) -> Answer:
        """The handshake of an event socket; `messages` says whether it was accepted."""
        scope = _scope(path, query, headers, peer, scheme) | {"type": "websocket", "subprotocols": []}
        answer = Answer()

        async def receive() -> dict[str, Any]:
            return {"type": "websocket.connect"}

        await self.app(scope, receive, _into(answer))
        return answer


def _scope(path: str, query: str, headers: Pairs, peer: str, scheme: str) -> dict[str, Any]:
    sent = [(key.encode(), value.encode("latin-1")) for key, value in headers]
    if not any(key == b"host" for key, _ in sent):
        sent.append((b"host", b"localhost:3000"))
    return {
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": scheme,
        "path": path,
        "raw_path": quote(path).encode(),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "headers": sent,
        "client": (peer, 50_000),
        "server": ("localhost", 3000),
    }


def _into(answer: Answer) -> Any:
    async def send(message: dict[str, Any]) -> None:
        answer.messages.append(dict(message))
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {key.decode().lower(): value.decode("latin-1") for key, value in message["headers"]}
        answer.body += message.get("body", b"") if message["type"] == "http.response.body" else b""

    return send


@cache
def all_pages() -> tuple[Page, ...]:
    return tuple(pages_in(page_files))


@cache
def operations() -> dict[str, Any]:
    """What the API declares: the same for every test, and it takes longer to put together than most tests run."""
    return server.application().openapi()["paths"]


def build(folder: Path, pages: Sequence[Page]) -> None:
    """What a build leaves behind, as little of it as the gateway reads."""
    frame = ("name", "initials", "documents", "admin", "closed", "request-id")
    slots = "".join(f'<p data-slot="{name}"></p>' for name in (*SLOTS, *frame))
    area = '<textarea data-slot="text" data-exact="text.md"></textarea>'
    link = '<a href="/d/shell/edit">Edit</a>'
    for page in pages:
        path = folder / f"{page.shell.strip('/') or 'index'}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<html><head><title>x</title><script>1</script></head>{link}{slots}{area}</html>")
    (folder / "assets").mkdir()
    (folder / "assets" / "app-1a2b3c.js").write_text("export const built = true;\n" * 100)
    (folder / "assets" / ".env").write_text("planted=1")
    (folder / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder.parent / "outside.txt").write_text("planted outside of the build")


def assemble() -> Site:
    stub = ReflexStub()
    gateway = pipeline(stub, server.build(), PageServer(list(all_pages()), frame_slots))
    watched = Declared(gateway, operations())
    return Site(watched, stub, watched.wrong)
