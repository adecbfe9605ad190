"""Telling the workers of this process that something was enqueued; those of other processes find it by asking."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

_listening: set[asyncio.Event] = set()


@contextmanager
def listening() -> Iterator[asyncio.Event]:
    """An event of the running loop, set after each commit that enqueued something."""
    event = asyncio.Event()
    _listening.add(event)
    try:
        yield event
    finally:
        _listening.discard(event)


def wake() -> None:
    for event in _listening:
        event.set()
