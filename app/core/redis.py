"""Redis as everybody here treats it: short patience, and left alone for a while after it failed. No key stands here.

What is done without Redis is decided by whoever uses it. After the pause one caller tries again; the others go on
without it until that one was answered, so that an outage costs each request at most one wait.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from cashews.exceptions import CacheBackendInteractionError
from limits.errors import StorageError
from redis.exceptions import RedisError

AWAY_S = 5.0
"""How long Redis is left alone after it failed."""
PATIENCE_S = 0.5
FAILURES = (StorageError, CacheBackendInteractionError, RedisError, TimeoutError, OSError)
_log = structlog.get_logger(__name__)


class RedisAway(Exception):
    """Redis does not answer, or did not a moment ago."""


class _State:
    is_down = False
    not_before = 0.0


_state = _State()


@asynccontextmanager
async def asking() -> AsyncIterator[None]:
    """Around each use of Redis; raises `RedisAway` instead of whatever went wrong, within twice the patience."""
    now = time.monotonic()
    if _state.is_down:
        if now < _state.not_before:
            raise RedisAway
        _state.not_before = now + 2 * PATIENCE_S
    try:
        async with asyncio.timeout(2 * PATIENCE_S):
            yield
    except FAILURES as error:
        _leave_alone(error)
        raise RedisAway from error
    _state.is_down = False


def _leave_alone(error: Exception) -> None:
    if not _state.is_down:
        _log.warning("redis.away", reason=type(error.__cause__ or error).__name__, seconds=AWAY_S)
    _state.is_down = True
    _state.not_before = time.monotonic() + AWAY_S


def is_down() -> bool:
    """Whether the last use of it failed."""
    return _state.is_down


def forget() -> None:
    """The next use tries, whatever happened before."""
    _state.is_down = False
