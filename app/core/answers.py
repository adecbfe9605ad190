"""Answers to questions, kept until what they were made from has changed: in this process, or in Redis for all workers.

An answer is kept together with the version of each table that it was made from, read before the answer was. The unit of
work gives what it changed a new version once that is committed, and returns to nobody before: so no reader gets an
answer older than what was written. Where Redis cannot be told, the change waits until all that may have been kept has
run out (`answer_cache_seconds`), which also bounds what is changed behind our back. Whoever cannot ask Redis asks
the database.
"""

import asyncio
import hashlib
import hmac
import time
import warnings
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Generic, Protocol, TypeVar

from cashews import Cache
from pydantic import TypeAdapter
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from app.core import clock, ids, redis
from app.core.errors import AppError
from app.core.settings import secret, settings

Answer = TypeVar("Answer")
Versions = tuple[str, ...]
ANYTHING = "*"
"""What a unit of work changed when nobody can tell what it was."""
_UNAVAILABLE = "SESSION_STORE_UNAVAILABLE"
_ENTRIES = 10_000
_CONNECTIONS = 20
_PURPOSE = b"plumbline kept answer 1"
_telling: set[asyncio.Task[None]] = set()


@dataclass(frozen=True)
class Question(Generic[Answer]):
    """`made_from` names tables: `space` when a change or removal of its rows matters, `space+` when a new row does."""

    name: str
    made_from: Versions
    shape: TypeAdapter[Answer]


async def ask(question: Question[Answer], key: str, find: Callable[[], Awaitable[Answer | None]]) -> Answer | None:
    """The kept answer, or what `find` finds now. None is not kept. The key says all that the answer depends on."""
    life = settings().answer_cache_seconds
    if not life:
        return await find()
    until = time.monotonic() + life
    store = _store()
    kept = await store.read(question, key)
    if kept.answer is not None:
        return kept.answer
    found = await find()
    if kept.versions and found is not None:
        await store.keep(question, key, _Kept(kept.versions, found), until - time.monotonic())
    return found


async def changed(tables: Collection[str]) -> None:
    """After a commit that changed them. Goes on when its caller is cancelled: what is committed must be told."""
    if tables and settings().answer_cache_seconds:
        task = asyncio.create_task(_tell(tables))
        _telling.add(task)
        task.add_done_callback(_telling.discard)
        await asyncio.shield(task)


async def outlast() -> None:
    """For a command beside the server, after a change: without Redis nobody could be told, so what the server keeps
    has to run out.
    """
    if not settings().redis_url:
        await asyncio.sleep(settings().answer_cache_seconds)


async def check() -> None:
    """Ask Redis, where there is one, for a sign of life; raises SESSION_STORE_UNAVAILABLE."""
    try:
        await _store().check()
    except redis.RedisAway as error:
        raise AppError("Redis does not answer just now; try again in a moment.", code=_UNAVAILABLE) from error


async def close() -> None:
    """Forget what this process keeps and let go of Redis."""
    if _store.cache_info().currsize:
        await _store().close()
    _store.cache_clear()


async def _tell(tables: Collection[str]) -> None:
    try:
        await _store().renew(tables)
    except redis.RedisAway:
        await asyncio.sleep(settings().answer_cache_seconds)


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Answer]):
    """The versions of now, empty when they are not known, and the answer if there is one that was made from them."""

    versions: Versions = ()
    answer: Answer | None = None


class _Store(Protocol):
    async def read(self, question: Question[Answer], key: str) -> _Kept[Answer]: ...

    async def keep(self, question: Question[Answer], key: str, kept: _Kept[Answer], seconds: float) -> None: ...

    async def renew(self, tables: Collection[str]) -> None:
        """Raises `RedisAway` when that is not certain to have happened."""

    async def check(self) -> None: ...

    async def close(self) -> None: ...


class _Memory:
    """For the one worker that there is without Redis."""

    def __init__(self) -> None:
        self._cache = Cache()
        self._cache.setup("mem://", size=_ENTRIES, check_interval=0, check_repr=False)
        self._versions: dict[str, str] = {}

    async def read(self, question: Question[Answer], key: str) -> _Kept[Answer]:
        versions = self._now(question)
        found: tuple[_Kept[Answer], datetime] | None = await self._cache.get(f"{question.name}:{key}")
        if found is None or found[0].versions != versions or clock.now() >= found[1]:
            return _Kept(versions)
        return found[0]

    async def keep(self, question: Question[Answer], key: str, kept: _Kept[Answer], seconds: float) -> None:
        if seconds > 0:
            until = clock.now() + timedelta(seconds=seconds)
            await self._cache.set(f"{question.name}:{key}", (kept, until), expire=seconds)

    async def renew(self, tables: Collection[str]) -> None:
        self._versions |= {table: ids.new_id() for table in tables}

    async def check(self) -> None:
        return

    async def close(self) -> None:
        await self._cache.close()

    def _now(self, question: Question[Any]) -> Versions:
        return tuple(self._versions.get(table, "0") for table in (*question.made_from, ANYTHING))


class _Redis:
    """Shared by all workers. What is read from there counts only if we wrote it, under this very key."""

    def __init__(self, url: str) -> None:
        self._key = hmac.digest(secret(settings()), _PURPOSE, hashlib.sha256)
        self._cache = Cache()
        self._cache.setup(
            url,
            pickle_type="null",
            check_repr=False,
            suppress=False,
            client_name="plumbline",
            max_connections=_CONNECTIONS,
            wait_for_connection_timeout=redis.PATIENCE_S,
            socket_timeout=redis.PATIENCE_S,
            socket_connect_timeout=redis.PATIENCE_S,
            retry=Retry(NoBackoff(), 1),
        )

    async def read(self, question: Question[Answer], key: str) -> _Kept[Answer]:
        tables = (*question.made_from, ANYTHING)
        try:
            async with redis.asking():
                entry, *found = await self._cache.get_many(_at(question, key), *map(_version, tables))
                versions = tuple(version.decode() for version in found if isinstance(version, bytes))
                if len(versions) < len(tables):
                    await self._begin(tables)
                    return _Kept()
        except redis.RedisAway:
            return _Kept()
        return _Kept(versions, self._opened(question, key, versions, entry))

    async def keep(self, question: Question[Answer], key: str, kept: _Kept[Answer], seconds: float) -> None:
        if seconds < 0.001 or kept.answer is None:  # Redis counts milliseconds
            return
        said = "\n".join(kept.versions).encode() + b"\n\n" + question.shape.dump_json(kept.answer)
        with suppress(redis.RedisAway):
            async with redis.asking():
                await self._cache.set(_at(question, key), self._seal(question, key, said) + said, expire=seconds)

    async def renew(self, tables: Collection[str]) -> None:
        async with redis.asking():
            await self._cache.set_many({_version(table): _fresh() for table in tables})

    async def check(self) -> None:
        async with redis.asking():
            await self._cache.ping()

    async def close(self) -> None:
        """Its connections are closed whether or not anybody is at their other end."""
        with suppress(*redis.FAILURES), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # cashews closes its client by an old name
            async with asyncio.timeout(redis.PATIENCE_S):
                await self._cache.close()

    async def _begin(self, tables: Versions) -> None:
        """Versions that nobody has made yet, or that Redis has lost: never one that was there before."""
        for table in tables:
            await self._cache.set(_version(table), _fresh(), exist=False)

    def _opened(self, question: Question[Answer], key: str, versions: Versions, entry: Any) -> Answer | None:
        if not isinstance(entry, bytes):
            return None
        seal, said = entry[:32], entry[32:]
        head, _, body = said.partition(b"\n\n")
        is_ours = hmac.compare_digest(seal, self._seal(question, key, said))
        if not is_ours or head != "\n".join(versions).encode():
            return None
        with suppress(ValueError):  # kept by another release
            return question.shape.validate_json(body)
        return None

    def _seal(self, question: Question[Any], key: str, said: bytes) -> bytes:
        return hmac.digest(self._key, f"{_at(question, key)}\n".encode() + said, hashlib.sha256)


def _at(question: Question[Any], key: str) -> str:
    return f"plumbline:answer:{question.name}:{key}"


def _version(table: str) -> str:
    return f"plumbline:version:{table}"


def _fresh() -> bytes:
    return ids.new_id().encode()


@cache
def _store() -> _Store:
    return _Redis(settings().redis_url) if settings().redis_url else _Memory()
