"""How often somebody may do something: sliding windows, shared through Redis, else in this process.

With Redis away the counts of this process go on by themselves: a limit is less exact then, never gone. No address
and no name is stored, only a digest of it.
"""

import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter as Windows

from app.core import ids, redis
from app.core.errors import RateLimited
from app.core.settings import settings


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one count came to: `quota` in a window of `window` seconds, of which `remaining` are left for `reset` s."""

    name: str
    quota: int
    window: int
    remaining: int
    reset: int
    allowed: bool


async def take(name: str, rate: str, *keys: str) -> Verdict | None:
    """Counts one for these keys under the limit `rate` (such as `10/15 minutes`); None when limits are turned off."""
    item = _item(rate, settings().rate_limit_scale)
    return None if item is None else await _counter().take(name, item, ids.digest("\0".join(keys))[:32])


async def require(name: str, rate: str, *keys: str, message: str) -> None:
    """The same, raising RATE_LIMITED with `message` once the limit is reached."""
    verdict = await take(name, rate, *keys)
    if verdict is not None and not verdict.allowed:
        raise refused(verdict, message)


async def clear(name: str, rate: str, *keys: str) -> None:
    """Forget what was counted for these keys."""
    item = _item(rate, settings().rate_limit_scale)
    if item is not None:
        await _counter().clear(name, item, ids.digest("\0".join(keys))[:32])


def refused(verdict: Verdict, message: str) -> RateLimited:
    return RateLimited(message, details={"retry_after": max(1, verdict.reset), "limit": verdict.name})


@lru_cache(maxsize=64)
def _item(rate: str, scale: float) -> RateLimitItem | None:
    found = parse(rate)
    amount = max(1, round(found.amount * scale))
    return type(found)(amount, found.multiples) if scale else None


class _Counter:
    """Counts in Redis while it answers, and in this process while it does not."""

    def __init__(self, redis_url: str) -> None:
        self._local = Windows(MemoryStorage())
        self._redis = _redis(redis_url) if redis_url else None
        self._shared = Windows(self._redis) if self._redis else None

    async def take(self, name: str, item: RateLimitItem, key: str) -> Verdict:
        if self._shared is not None:
            with suppress(redis.RedisAway):
                async with redis.asking():
                    return await _counted(self._shared, name, item, key)
        return await _counted(self._local, name, item, key)

    async def clear(self, name: str, item: RateLimitItem, key: str) -> None:
        await self._local.clear(item, name, key)
        if self._shared is not None:
            with suppress(redis.RedisAway):
                async with redis.asking():
                    await self._shared.clear(item, name, key)

    async def close(self) -> None:
        if self._redis is not None:
            bridge: Any = self._redis.bridge
            await bridge.storage.aclose()


async def _counted(windows: Windows, name: str, item: RateLimitItem, key: str) -> Verdict:
    allowed = await windows.hit(item, name, key)
    stats = await windows.get_window_stats(item, name, key)
    reset = max(0, round(stats.reset_time - time.time()))
    return Verdict(name, item.amount, item.get_expiry(), stats.remaining if allowed else 0, reset, allowed)


def _redis(url: str) -> RedisStorage:
    return RedisStorage(
        f"async+{url}",
        wrap_exceptions=True,
        implementation="redispy",
        socket_timeout=redis.PATIENCE_S,
        socket_connect_timeout=redis.PATIENCE_S,
    )


@cache
def _counter() -> _Counter:
    return _Counter(settings().redis_url)


async def close() -> None:
    """Forget all counts of this process and let go of Redis; the next count begins anew, with the settings of then."""
    if _counter.cache_info().currsize:
        await _counter().close()
    _counter.cache_clear()
    redis.forget()
