"""Side work for those who run the site: looking at it, and what becomes of what is dead. Running it is `worker`."""

from app.core import clock
from app.domain.permissions import Permission
from app.repositories.jobs import state_of
from app.schemas.identity import Actor
from app.schemas.jobs import FindJobs, JobView
from app.schemas.listing import Listed
from app.services import authorize
from app.services.events import JobDiscarded, JobRetried
from app.services.unit_of_work import reading, unit_of_work
from app.services.wake import wake


async def find(actor: Actor, query: FindJobs) -> Listed[JobView]:
    """Newest first."""
    now = clock.now()
    async with reading() as data:
        await authorize.require_on_site(data, actor, Permission.job_read)
        part = await data.jobs.find(query, now)
    items = tuple(
        JobView(
            id=row.id,
            kind=row.kind,
            state=state_of(row, now),
            attempts=row.attempts,
            created_at=row.created_at,
            due_at=row.due_at,
            ended_at=row.done_at or row.failed_at,
            last_error=row.last_error,
        )
        for row in part.rows
    )
    return Listed(items=items, next_cursor=part.next_cursor, total=part.total, is_cut=part.is_cut)


async def retry(actor: Actor, job_id: str) -> None:
    """Give a dead job all its tries again, from now on. Raises `NotFound` for what is no dead job."""
    async with unit_of_work() as work:
        await authorize.require_on_site(work, actor, Permission.job_retry)
        if not await work.outbox.revive(job_id, clock.now()):
            raise authorize.absent("dead job")
        work.record(JobRetried(actor_id=actor.user_id, object_id=job_id))
    wake()


async def discard(actor: Actor, job_id: str) -> None:
    """Give a dead job up for good. Raises `NotFound` for what is no dead job."""
    async with unit_of_work() as work:
        await authorize.require_on_site(work, actor, Permission.job_retry)
        if not await work.outbox.discard(job_id, clock.now()):
            raise authorize.absent("dead job")
        work.record(JobDiscarded(actor_id=actor.user_id, object_id=job_id))
