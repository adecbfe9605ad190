"""Where a call came from, for audit rows and logs: set by the gateway for each request and event, read below it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """`address` is the client's as the trusted proxies give it; all empty for work that no client asked for."""

    request_id: str = ""
    address: str = ""
    user_agent: str = ""


_origin: ContextVar[Origin] = ContextVar("origin")
_NOWHERE = Origin()


def origin() -> Origin:
    return _origin.get(_NOWHERE)


def arrive(value: Origin) -> None:
    """For the rest of the current task; `coming_from` where there is an end to it."""
    _origin.set(value)


@contextmanager
def coming_from(value: Origin) -> Iterator[None]:
    token = _origin.set(value)
    try:
        yield
    finally:
        _origin.reset(token)
