"""A reverse proxy in front of a server, as small as one can be: it says who really called, and passes everything on.

One request per connection, except for sockets, which are piped through. What a CDN adds stands in `cdn`.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Self

_HEAD_END = b"\r\n\r\n"
_LARGEST_HEAD = 1 << 17


@dataclass
class Head:
    """The first line and the headers of a request or an answer; names in lower case."""

    first: str
    headers: list[tuple[str, str]]

    @classmethod
    def read(cls, raw: bytes) -> Self:
        first, *lines = raw.decode("latin-1").rstrip("\r\n").split("\r\n")
        pairs = (line.partition(":") for line in lines)
        return cls(first, [(name.lower(), value.strip()) for name, _, value in pairs])

    def get(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    def replaced(self, **changes: str) -> "Head":
        """Header names with `_` for `-`."""
        new = [(name.replace("_", "-"), value) for name, value in changes.items()]
        gone = {name for name, _ in new}
        return Head(self.first, [*((key, value) for key, value in self.headers if key not in gone), *new])

    def raw(self) -> bytes:
        lines = [self.first, *(f"{key}: {value}" for key, value in self.headers)]
        return "\r\n".join(lines).encode("latin-1") + _HEAD_END


class Proxy:
    """`scheme` is what clients are said to speak; `host` what they are said to have asked for, else what they did."""

    def __init__(self, upstream: int, scheme: str = "http", host: str = "") -> None:
        self.upstream, self.scheme, self.host = upstream, scheme, host
        self.port = 0
        self.sockets = 0
        self._open: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Self]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_LARGEST_HEAD)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in self._open:
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)

    def url(self, host: str = "localhost") -> str:
        return f"http://{host}:{self.port}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._guarded(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _guarded(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self.answer(Head.read(await reader.readuntil(_HEAD_END)), reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass  # either side went away, as browsers and restarted servers do
        finally:
            writer.close()

    async def answer(self, request: Head, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send the request on and the answer back as it comes."""
        await self.pipe(request, reader, writer)

    async def pipe(self, request: Head, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", self.upstream)
        forth.write(self.forwarded(request).raw())
        sending = asyncio.create_task(_copy(reader, forth))
        try:
            await _copy(back, writer)
        finally:
            sending.cancel()
            forth.close()
            with suppress(asyncio.CancelledError):
                await sending

    def forwarded(self, request: Head) -> Head:
        is_socket = request.get("upgrade").lower() == "websocket"
        self.sockets += is_socket
        host = self.host or request.get("host")
        return request.replaced(
            connection="Upgrade" if is_socket else "close",
            host=f"127.0.0.1:{self.upstream}",
            x_forwarded_for="192.0.2.33",
            x_forwarded_proto=self.scheme,
            x_forwarded_host=host,
        )


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(1 << 16):
            target.write(data)
            await target.drain()
