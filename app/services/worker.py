"""Runs the side work of the outbox until cancelled. What a kind of work does stands in `app.jobs`."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from types import ModuleType

import structlog

from app.core.errors import AppError
from app.core.registry import modules_of
from app.services import outbox, tidying, wake
from app.services.outbox import Depth, Job

Deliver = Callable[[Job], Awaitable[None]]
log = structlog.get_logger("plumbline.worker")


class Undeliverable(Exception):
    """Trying again cannot help. The message is stored: no secret in it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds, and how many jobs run at once. A lease outlasts the time limit, so that no job runs twice at a time."""

    poll: float = 5.0
    limit: float = 60.0
    grace: float = 5.0
    at_once: int = 4

    @property
    def lease(self) -> timedelta:
        return timedelta(seconds=self.limit * 1.5)


@dataclass(frozen=True, slots=True)
class Watching:
    """Who hears of each delivery (kind, outcome: done, retried or dead) and of what is left after each round."""

    delivered: Callable[[str, str], None] = lambda _kind, _outcome: None
    depth: Callable[[Depth], None] = lambda _depth: None


def kinds(package: ModuleType) -> dict[str, Deliver]:
    """`KIND` and `deliver(job)` of every module of the package."""
    return {module.KIND: module.deliver for module in modules_of(package)}


async def run(handlers: Mapping[str, Deliver], pace: Pace, watching: Watching) -> None:
    """Cancelled, it takes nothing new and gives what is running the grace to end."""
    running: set[asyncio.Task[None]] = set()
    daily = tidying.Daily() if tidying.KIND in handlers else None
    with wake.listening() as called:
        try:
            while True:
                called.clear()
                if not await _round(handlers, pace, watching, running, daily):
                    with suppress(TimeoutError):
                        await asyncio.wait_for(called.wait(), pace.poll)
        finally:
            await _end(running, pace.grace)


async def _round(
    handlers: Mapping[str, Deliver],
    pace: Pace,
    watching: Watching,
    running: set[asyncio.Task[None]],
    daily: tidying.Daily | None,
) -> bool:
    """Whether there was anything to do; without a database there is not. A defect of ours is told, and it goes on."""
    try:
        if daily is not None:
            await daily.ask()
        jobs = await outbox.claim(pace.lease, pace.at_once)
        running |= {asyncio.create_task(_try(job, handlers, pace, watching)) for job in jobs}
        if running:
            await asyncio.wait(running)
            for task in running:
                task.result()
            running.clear()
        watching.depth(await outbox.depth())
    except AppError as error:
        running -= {task for task in running if task.done()}
        log.warning("waits", reason=error.message)
        return False
    except Exception:
        running -= {task for task in running if task.done()}
        log.exception("defect")
        return False
    return bool(jobs)


async def _try(job: Job, handlers: Mapping[str, Deliver], pace: Pace, watching: Watching) -> None:
    if job.attempts > outbox.MOST_ATTEMPTS:
        reason, final = "the process ended during every try", True
    elif job.kind not in handlers:
        reason, final = "nothing here knows this kind of work", False
    else:
        reason, final = await _reason(job, handlers[job.kind], pace)
    if not reason:
        await outbox.done(job)
        watching.delivered(job.kind, "done")
        return
    is_dead = await outbox.failed(job, reason, final=final)
    watching.delivered(job.kind if job.kind in handlers else "unknown", "dead" if is_dead else "retried")
    log.warning("dead" if is_dead else "retried", job=job.id, kind=job.kind, attempts=job.attempts, reason=reason)


async def _reason(job: Job, deliver: Deliver, pace: Pace) -> tuple[str, bool]:
    """Why it did not work, empty when it did, and whether that is final. A defect is a reason as any other."""
    try:
        async with asyncio.timeout(pace.limit):
            await deliver(job)
    except Undeliverable as error:
        return str(error), True
    except Exception as error:  # noqa: BLE001 (becomes the reason of the row, which is tried again)
        return f"{type(error).__name__} {getattr(error, 'code', '')}".strip(), False
    return "", False


async def _end(running: set[asyncio.Task[None]], grace: float) -> None:
    if not running:
        return
    _, late = await asyncio.wait(running, timeout=grace)
    for task in late:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
