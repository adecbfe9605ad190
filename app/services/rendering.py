"""Deriving off the event loop: small texts in a thread, large ones in a process pool; renderings kept by digest.

Where there is no pool, or it is just being replaced, large ones are taken one by one: reading one may take more than a
hundred megabytes.
"""

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import connection
from typing import TypeVar

from app.core.cache import TextCache
from app.core.settings import settings
from app.domain.diagrams.draw import Diagram, Notation
from app.domain.diff.page import Compared, page
from app.domain.diff.page import compared as comparing
from app.domain.diff.views import View
from app.domain.evidence import reading as evidence_reading
from app.domain.evidence.reading import Read
from app.domain.merge.three_way import Merge
from app.domain.merge.three_way import merge as merging
from app.domain.sheet import content_digest
from app.services import derive_views
from app.services.derive import Derived, derive

LARGE = 20_000
Result = TypeVar("Result")


async def derived(text: str) -> Derived:
    """Everything about `text`; its rendering is kept for the reader who comes next."""
    result = await _computed(len(text), derive, text)
    _kept().put(content_digest(text), result.html)
    return result


def kept(digest: str) -> str | None:
    """The rendering at this address, if it is still at hand. The caller has checked permission."""
    return _kept().get(digest)


async def html(text: str) -> str:
    found = _kept().get(content_digest(text))
    return found if found is not None else (await derived(text)).html


async def findings(text: str) -> str:
    return await _told("findings", text, derive_views.findings)


async def model(text: str) -> str:
    return await _told("model", text, derive_views.model)


async def drawing(text: str, diagram: Diagram, notation: Notation) -> str:
    """The text of a file; raises `CannotDraw`."""
    return await _computed(len(text), derive_views.drawing, text, diagram.value, notation.value)


async def _told(what: str, text: str, function: Callable[[str], str]) -> str:
    """Kept beside the renderings for whoever asks next."""
    key = f"{what}-{content_digest(text)}"
    found = _kept().get(key)
    if found is None:
        found = await _computed(len(text), function, text)
        _kept().put(key, found)
    return found


async def compared(old: str, new: str) -> Compared:
    return await _computed(len(old) + len(new), comparing, old, new)


async def merged(base: str, ours: str, theirs: str) -> Merge:
    return await _computed(len(base) + len(ours) + len(theirs), merging, base, ours, theirs)


async def evidence(data: bytes) -> Read:
    """Raises `Unreadable`."""
    return await _computed(len(data), evidence_reading.read, data)


async def comparison(address: str, view: View, old: str, new: str) -> str:
    """The page of a comparison in this view; kept by its address for the reader who comes next."""
    place = f"{address}/{view}"
    found = _kept().get(place)
    if found is None:
        found = await _computed(len(old) + len(new), page, old, new, view)
        _kept().put(place, found)
    return found


async def _computed(size: int, function: Callable[..., Result], *texts: str | bytes) -> Result:
    if size <= LARGE:
        return await asyncio.to_thread(function, *texts)
    loop = asyncio.get_running_loop()
    if settings().render_processes == 0 or multiprocessing.current_process().daemon:
        return await loop.run_in_executor(_thread(), function, *texts)
    try:
        return await loop.run_in_executor(_pool(), function, *texts)
    except BrokenProcessPool:
        _pool.cache_clear()
        return await loop.run_in_executor(_thread(), function, *texts)


@cache
def _kept() -> TextCache:
    return TextCache(settings().content_cache_mb * 1_000_000)


@cache
def _pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(settings().render_processes, mp_context=context, initializer=_end_with_parent)


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="large")


def close() -> None:
    """End the worker processes and the thread; the next large text starts new ones."""
    for made in (_pool, _thread):
        if made.cache_info().currsize:
            made().shutdown(wait=True, cancel_futures=True)
        made.cache_clear()


def forget() -> None:
    """Drop the renderings at hand."""
    _kept.cache_clear()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever: it watches for that and leaves."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_leave, args=(parent.sentinel,), daemon=True).start()


def _wait_and_leave(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
