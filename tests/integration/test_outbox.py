"""The outbox: written with the change, claimed by one at a time, tried again, given up, asked for again."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from app.core import clock
from app.core.errors import NotFound
from app.services import outbox, worker
from app.services.unit_of_work import unit_of_work
from tests.integration.world import rows

LEASE = timedelta(minutes=1)


async def enqueue(count=1, key=None):
    async with unit_of_work() as work:
        for number in range(count):
            await work.enqueue("note", {"number": number}, key=key)


def later(monkeypatch, **delta):
    moment = clock.now() + timedelta(**delta)
    monkeypatch.setattr(clock, "now", lambda: moment)


async def work_off(handlers, *, until, idle=None):
    """Run a worker that asks once in ten minutes until `until` is set; gives the outcomes that it told."""
    told = []
    watching = worker.Watching(
        delivered=lambda kind, outcome: told.append((kind, outcome)), depth=lambda _depth: idle and idle.set()
    )
    task = asyncio.create_task(worker.run(handlers, worker.Pace(poll=600), watching))
    async with asyncio.timeout(10):
        await until.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return told


async def test_it_is_undone_with_the_change(database):
    async def change():
        async with unit_of_work() as work:
            await work.enqueue("note", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await change()
    assert await outbox.claim(LEASE, 10) == ()


async def test_one_key_is_enqueued_once_even_after_it_is_done(database):
    await enqueue(2, key="once")
    (job,) = await outbox.claim(LEASE, 10)
    assert await outbox.done(job)
    await enqueue(key="once")
    assert await outbox.claim(LEASE, 10) == ()
    assert await rows("SELECT count(*) FROM outbox") == [(1,)]


async def test_claims_at_once_never_share_a_row(database):
    await enqueue(20)
    claims = await asyncio.gather(*(outbox.claim(LEASE, 3) for _ in range(10)))
    taken = [job.id for claim in claims for job in claim]
    assert len(taken) == len(set(taken))
    rest = await outbox.claim(LEASE, 20)
    assert len({*taken, *(job.id for job in rest)}) == 20


async def test_a_lost_lease_goes_to_another_and_the_loser_changes_nothing(database, monkeypatch):
    await enqueue()
    (first,) = await outbox.claim(LEASE, 1)
    assert await outbox.claim(LEASE, 1) == ()
    later(monkeypatch, minutes=1, seconds=1)
    (second,) = await outbox.claim(LEASE, 1)
    assert (second.id, second.attempts) == (first.id, 2)
    assert not await outbox.done(first)
    await outbox.failed(first, "late", final=True)
    assert (await outbox.depth()).running == 1
    assert await outbox.done(second)
    assert await rows("SELECT payload, last_error FROM outbox") in ([("{}", "")], [({}, "")])


async def test_failures_wait_longer_each_time_then_the_row_is_dead_until_it_is_asked_for(database, monkeypatch):
    await enqueue()
    for _ in range(outbox.MOST_ATTEMPTS):
        (job,) = await outbox.claim(LEASE, 1)
        is_dead = await outbox.failed(job, "refused", final=False)
        assert await outbox.claim(LEASE, 1) == ()
        later(monkeypatch, hours=1)
    assert is_dead
    assert await outbox.claim(LEASE, 1) == ()
    assert await outbox.depth() == outbox.Depth(0, 0, 1, 0.0)
    await outbox.retry(job.id)
    assert [(one.id, one.attempts) for one in await outbox.claim(LEASE, 1)] == [(job.id, 1)]
    with pytest.raises(NotFound):
        await outbox.retry(job.id)


def test_pauses_double_up_to_an_hour():
    for attempts in range(1, 40):
        longest = min(10 * 2 ** (attempts - 1), 3600)
        assert longest / 2 <= outbox.pause(attempts).total_seconds() <= longest


async def test_a_worker_is_woken_by_the_commit_and_two_share_the_work(database):
    seen, finished = [], asyncio.Event()

    async def note(job):
        seen.append(job.payload["number"])
        if len(seen) == 12:
            finished.set()

    idle = [asyncio.Event(), asyncio.Event()]
    workers = [asyncio.create_task(work_off({"note": note}, until=finished, idle=one)) for one in idle]
    async with asyncio.timeout(10):
        await asyncio.gather(*(one.wait() for one in idle))
    await enqueue(12)
    told = [outcome for outcomes in await asyncio.gather(*workers) for outcome in outcomes]
    assert sorted(seen) == list(range(12))
    assert told == [("note", "done")] * 12


async def test_what_fails_is_tried_later_what_cannot_help_is_dead_at_once_and_both_are_told(database):
    tried = asyncio.Event()

    async def refuse(_job):
        raise ConnectionError("secret in a message")

    async def never(_job):
        tried.set()
        raise worker.Undeliverable("no such address")

    async with unit_of_work() as work:
        await work.enqueue("refuse", {})
        await work.enqueue("never", {})
    told = await work_off({"refuse": refuse, "never": never}, until=tried)
    assert sorted(told) == [("never", "dead"), ("refuse", "retried")]
    assert sorted(await rows("SELECT last_error FROM outbox")) == [("ConnectionError",), ("no such address",)]


async def test_a_defect_of_the_worker_is_told_and_it_goes_on(database, monkeypatch):
    finished, claim = asyncio.Event(), outbox.claim

    async def broken(*_):
        monkeypatch.setattr(outbox, "claim", claim)
        raise ZeroDivisionError("a defect of ours")

    async def note(_job):
        finished.set()

    monkeypatch.setattr(outbox, "claim", broken)
    with capture_logs() as lines:
        task = asyncio.create_task(worker.run({"note": note}, worker.Pace(poll=0.01), worker.Watching()))
        await enqueue()
        async with asyncio.timeout(10):
            await finished.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    told = [line for line in lines if line["event"] == "defect"]
    assert [(line["log_level"], line["exc_info"]) for line in told] == [("error", True)]
