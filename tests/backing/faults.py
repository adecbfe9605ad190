"""A wire to a server that tests can cut, silence or slow down, and mend again."""

import asyncio
from contextlib import suppress
from enum import StrEnum
from types import TracebackType
from typing import Self


class Fault(StrEnum):
    refused = "refused"
    """Nobody listens, and what was open is reset."""
    silent = "silent"
    """Connections are taken and stay open; nothing comes through."""
    slow = "slow"
    """Everything comes through, `DELAY_S` late in each direction."""


DELAY_S = 0.7


class Wire:
    """`async with Wire(port) as wire` listens on `wire.port` and carries to 127.0.0.1:`port`."""

    def __init__(self, port: int) -> None:
        self._port, self.port = port, 0
        self._fault: Fault | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        await self._listen()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None):
        await self._cut()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def suffer(self, fault: Fault) -> None:
        self._fault = fault
        if fault is Fault.refused:
            await self._cut()

    async def mend(self) -> None:
        """What was swallowed does not come back; its connections are reset as a firewall would do in the end."""
        refused, self._fault = self._fault is Fault.refused, None
        if refused:
            await self._listen()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        self._server.close()
        for end in self._ends:
            end.transport.abort()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        self._ends |= {writer, back}
        with suppress(ConnectionError):
            await asyncio.gather(self._pass(reader, back), self._pass(there, writer))
        for end in (writer, back):
            end.transport.abort()
            with suppress(ConnectionError):
                await end.wait_closed()
        self._ends -= {writer, back}

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            if self._fault is Fault.slow:
                asyncio.get_running_loop().call_later(DELAY_S, writer.write, data)
            elif self._fault is not Fault.silent:
                writer.write(data)
        writer.close()
