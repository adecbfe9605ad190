"""Side work as those who run the site see it, and what they do about what is dead."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.errors import Forbidden, NotFound
from app.schemas.jobs import FindJobs, JobState
from app.services import jobs, outbox
from app.services.unit_of_work import unit_of_work
from tests.integration.world import rows

LEASE = timedelta(minutes=1)


async def one_of_each(world):
    """Ids by state."""
    async with unit_of_work() as work:
        for _ in range(4):
            await work.enqueue("note", {"secret": "link"})
    dead, done, held = await outbox.claim(LEASE, 3)
    await outbox.failed(dead, "refused", final=True)
    await outbox.done(done)
    found = (await jobs.find(world.actor("admin"), FindJobs())).items
    assert len({job.state for job in found}) == 4
    assert next(job.id for job in found if job.state is JobState.running) == held.id
    return {job.state: job.id for job in found}


async def test_each_is_found_by_its_state_and_shows_no_payload(world):
    made = await one_of_each(world)
    for state in JobState:
        page = await jobs.find(world.actor("owner"), FindJobs(state=state))
        assert [job.id for job in page.items] == ([made[state]] if state in made else [])
        assert "link" not in page.model_dump_json()
    assert (await jobs.find(world.actor("admin"), FindJobs(kind="other"))).total == 0
    by_due = await jobs.find(world.actor("admin"), FindJobs(sort="due", limit=2))
    rest = await jobs.find(world.actor("admin"), FindJobs(sort="due", limit=2, after=by_due.next_cursor))
    assert len({job.id for job in (*by_due.items, *rest.items)}) == 4


async def test_an_ended_lease_waits_again(world, monkeypatch):
    made = await one_of_each(world)
    at = clock.now() + LEASE
    monkeypatch.setattr(clock, "now", lambda: at)
    waiting = (await jobs.find(world.actor("admin"), FindJobs(state=JobState.waiting))).items
    assert {job.id for job in waiting} == {made[JobState.waiting], made[JobState.running]}


async def test_a_dead_job_is_retried_or_discarded_once_and_that_is_audited(world):
    dead = (await one_of_each(world))[JobState.dead]
    admin = world.actor("admin")
    await jobs.retry(admin, dead)
    with pytest.raises(NotFound):
        await jobs.discard(admin, dead)
    (job,) = [one for one in await outbox.claim(LEASE, 9) if one.id == dead]
    await outbox.failed(job, "again", final=True)
    await jobs.discard(admin, dead)
    for verb in (jobs.retry, jobs.discard):
        with pytest.raises(NotFound):
            await verb(admin, dead)
    assert (await jobs.find(admin, FindJobs(state=JobState.discarded))).items[0].id == dead
    assert await rows("SELECT payload FROM outbox WHERE id = :id", id=dead) in ([("{}",)], [({},)])
    told = await rows("SELECT action, actor_id FROM audit_event WHERE object_id = :id ORDER BY id", id=dead)
    assert told == [("admin:job:retried", admin.user_id), ("admin:job:discarded", admin.user_id)]
    assert (await outbox.depth()).dead == 0


@pytest.mark.req("AUTHZ-02")
async def test_others_neither_see_nor_touch_it(world):
    made = await one_of_each(world)
    for who in ("maintainer", "reader", "outsider"):
        with pytest.raises(Forbidden):
            await jobs.find(world.actor(who), FindJobs())
        for verb in (jobs.retry, jobs.discard):
            with pytest.raises(Forbidden):
                await verb(world.actor(who), made[JobState.dead])
    assert (await outbox.depth()).dead == 1
