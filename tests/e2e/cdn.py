"""A caching proxy that plays the CDN: it keeps what says `public`, by address and Accept-Encoding, and counts."""

import asyncio
from dataclasses import dataclass

from tests.e2e.proxy import Head, Proxy


@dataclass(frozen=True)
class Kept:
    """One answer in the cache, and how often it was given from there."""

    path: str
    head: Head
    raw: bytes


class Cdn(Proxy):
    """`kept` is the cache, `hits` and `misses` the paths in order."""

    def __init__(self, upstream: int) -> None:
        super().__init__(upstream)
        self.kept: dict[tuple[str, str], Kept] = {}
        self.hits: list[str] = []
        self.misses: list[str] = []

    def forget_counts(self) -> None:
        self.hits, self.misses = [], []

    async def answer(self, request: Head, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, path, _ = request.first.split(" ", 2)
        if method != "GET" or request.get("upgrade"):
            await self.pipe(request, reader, writer)
            return
        key = (path, request.get("accept-encoding"))
        if key in self.kept:
            self.hits.append(path)
        else:
            self.misses.append(path)
        raw = self.kept[key].raw if key in self.kept else await self._fetch(request, key)
        writer.write(raw)
        await writer.drain()

    async def _fetch(self, request: Head, key: tuple[str, str]) -> bytes:
        """Conditions are taken out, so that every answer is a whole one."""
        whole = Head(request.first, [pair for pair in request.headers if not pair[0].startswith("if-")])
        back, forth = await asyncio.open_connection("127.0.0.1", self.upstream)
        forth.write(self.forwarded(whole).raw())
        raw = await back.read()
        forth.close()
        answer = Head.read(raw.partition(b"\r\n\r\n")[0])
        if "public" in answer.get("cache-control") and " 200 " in answer.first:
            self.kept[key] = Kept(key[0], answer, raw)
        return raw
