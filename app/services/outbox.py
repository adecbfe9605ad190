"""Side work that is due: claiming it, and how a try ended. Running it is `worker`; asking for it is `work.enqueue`."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.core import clock, ids
from app.services.authorize import absent
from app.services.unit_of_work import reading, unit_of_work
from app.services.wake import wake

MOST_ATTEMPTS = 10
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
_KEPT = ("to", "subject")
"""What stays of a payload once it is done: whom a mail was for and what about, never what it said."""


@dataclass(frozen=True, slots=True)
class Job:
    """One claimed try. `lease` proves the claim; `id` stays the same over all tries."""

    id: str
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    lease: str


@dataclass(frozen=True, slots=True)
class Depth:
    """Rows not done, by state, and for how many seconds the oldest that waits has been due (0: none is)."""

    waiting: int
    running: int
    dead: int
    oldest_due: float


def pause(attempts: int) -> timedelta:
    """Before the next try: doubling from 10 s up to an hour, of which a random half to all."""
    longest: timedelta = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1)  # noqa: S311 (spreads tries, guards nothing)


async def claim(lease: timedelta, limit: int) -> tuple[Job, ...]:
    """Nobody else gets these before the lease ends."""
    now, holder = clock.now(), ids.new_id()
    async with unit_of_work() as work:
        rows = await work.outbox.claim(now, now + lease, holder, limit)
        return tuple(Job(row.id, row.kind, row.payload, row.attempts, holder) for row in rows)


async def done(job: Job) -> bool:
    """False when the lease was lost. The payload is dropped but for `_KEPT`: a mail may hold a link that signs in."""
    kept = {name: job.payload[name] for name in _KEPT if name in job.payload}
    async with unit_of_work() as work:
        return await work.outbox.end(job.id, job.lease, done_at=clock.now(), payload=kept, last_error="")


async def failed(job: Job, reason: str, *, final: bool) -> bool:
    """Tried again after a pause; True when it is dead: `final`, or tried often enough. `reason` holds no secret."""
    is_dead = final or job.attempts >= MOST_ATTEMPTS
    now = clock.now()
    ending = {"failed_at": now} if is_dead else {"due_at": now + pause(job.attempts)}
    async with unit_of_work() as work:
        await work.outbox.end(job.id, job.lease, last_error=reason[:200], **ending)
    return is_dead


async def retry(row_id: str) -> None:
    """Give a dead row all its tries again. Raises `NotFound` for what is no dead row."""
    async with unit_of_work() as work:
        if not await work.outbox.revive(row_id, clock.now()):
            raise absent("job")
    wake()


async def depth() -> Depth:
    now = clock.now()
    async with reading() as data:
        waiting, running, dead, since = await data.outbox.depth(now)
    return Depth(waiting, running, dead, max(0.0, (now - since).total_seconds()) if since else 0.0)
