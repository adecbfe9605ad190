"""What this server did, minute by minute, over the last day: for the overview of those who run it.

Kept in a ring in this process's memory, so it begins anew with each start: Prometheus is for what has to last. With
Redis set, each worker adds its finished minutes to hashes there, and the overview shows the sum of all workers; with
Redis away, or without it, a worker shows its own. Counting one request costs a few additions and no allocation.
"""

import bisect
import time
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from redis.asyncio import Redis

from app.core import redis
from app.core.settings import settings

KEPT_MINUTES = 24 * 60
BOUNDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Upper bounds of the classes of durations, in seconds; one more class holds what took longer."""
_KEY = "plumbline:samples:{}"


@dataclass(slots=True)
class Minute:
    """`at` counts minutes since 1970. `gauges` are what was measured in it."""

    at: int
    requests: int = 0
    errors: int = 0
    classes: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    gauges: dict[str, float] = field(default_factory=dict)


class Ring:
    """The minutes of one process, oldest first, without gaps but those in which nothing at all was noted."""

    def __init__(self) -> None:
        self.minutes: deque[Minute] = deque(maxlen=KEPT_MINUTES)

    def current(self) -> Minute:
        now = int(time.time() // 60)
        if not self.minutes or self.minutes[-1].at != now:
            self.minutes.append(Minute(now))
        return self.minutes[-1]

    def count(self, seconds: float, *, failed: bool) -> None:
        minute = self.current()
        minute.requests += 1
        minute.errors += failed
        minute.classes[bisect.bisect_left(BOUNDS, seconds)] += 1


@cache
def ring() -> Ring:
    return Ring()


def count(seconds: float, *, failed: bool) -> None:
    """One request that was answered."""
    ring().count(seconds, failed=failed)


def measure(gauges: Mapping[str, float]) -> None:
    """How things stand in this minute."""
    ring().current().gauges.update(gauges)


@cache
def _redis() -> Redis | None:
    url = settings().redis_url
    if not url:
        return None
    return Redis.from_url(
        url, decode_responses=True, socket_timeout=redis.PATIENCE_S, socket_connect_timeout=redis.PATIENCE_S
    )


async def close() -> None:
    if _redis.cache_info().currsize and (client := _redis()) is not None:
        await client.aclose()
    _redis.cache_clear()
    ring.cache_clear()


async def share(minute: Minute, added: Collection[str] = ()) -> None:
    """Add a finished minute to those of the other workers. Gauges in `added` are summed, others replaced."""
    client = _redis()
    if client is None:
        return
    key = _KEY.format(minute.at)
    with suppress(redis.RedisAway):
        async with redis.asking(), client.pipeline(transaction=True) as pipe:
            for name, value in _counts(minute).items():
                pipe.hincrby(key, name, value)
            for name, level in minute.gauges.items():
                if name in added:
                    pipe.hincrbyfloat(key, f"g:{name}", level)
                else:
                    pipe.hset(key, f"g:{name}", str(level))
            pipe.expire(key, KEPT_MINUTES * 60)
            await pipe.execute()


async def last(minutes: int) -> Sequence[Minute]:
    """The last minutes for which there is something, oldest first; the one that runs is among them."""
    since = int(time.time() // 60) - minutes + 1
    own = [minute for minute in ring().minutes if minute.at >= since]
    client = _redis()
    if client is not None:
        with suppress(redis.RedisAway):
            shared = await _shared(client, range(since, since + minutes))
            return [*shared, *(minute for minute in own if not shared or minute.at > shared[-1].at)]
    return own


async def _shared(client: Redis, wanted: range) -> list[Minute]:
    async with redis.asking(), client.pipeline(transaction=False) as pipe:
        for at in wanted:
            pipe.hgetall(_KEY.format(at))
        found: list[dict[str, Any]] = await pipe.execute()
    return [_minute(at, fields) for at, fields in zip(wanted, found, strict=True) if fields]


def _counts(minute: Minute) -> dict[str, int]:
    classes = {f"c:{place}": count for place, count in enumerate(minute.classes) if count}
    return {"requests": minute.requests, "errors": minute.errors, **classes}


def _minute(at: int, fields: Mapping[str, str]) -> Minute:
    made = Minute(at, int(fields.get("requests", 0)), int(fields.get("errors", 0)))
    for name, value in fields.items():
        kind, _, rest = name.partition(":")
        if kind == "c":
            made.classes[int(rest)] = int(value)
        elif kind == "g":
            made.gauges[rest] = float(value)
    return made


def quantile(classes: Sequence[int], share_below: float) -> float | None:
    """The duration that this share of the requests stayed below, straight between the bounds of its class; None
    without requests, and the last bound for what took longer.
    """
    wanted = sum(classes) * share_below
    seen, lower = 0, 0.0
    for held, upper in zip(classes, (*BOUNDS, BOUNDS[-1]), strict=True):
        if held and seen + held >= wanted:
            return lower + (upper - lower) * (wanted - seen) / held
        seen, lower = seen + held, upper
    return None
