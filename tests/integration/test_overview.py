"""How the site is doing: what is sampled, shared between workers, and shown."""

import time
from datetime import UTC, datetime

import pytest

from app.core import clock, redis, samples, settings
from app.core.errors import Forbidden
from app.schemas.overview import Span
from app.services import overview
from app.services.unit_of_work import unit_of_work
from tests.backing.valkey import Valkey


@pytest.fixture
async def minute(monkeypatch):
    """Sets both clocks to that many minutes after a full hour."""
    await samples.close()
    start = 29_500_020 // 60 * 60 * 60

    def at(minutes):
        moment = start + minutes * 60 + 20
        monkeypatch.setattr(time, "time", lambda: float(moment))
        monkeypatch.setattr(clock, "now", lambda: datetime.fromtimestamp(moment, UTC))

    yield at
    await samples.close()


def chart(view, name):
    found = next(one for one in view.charts if one.name == name)
    return {line.name: line.points for line in found.lines}


async def test_requests_are_counted_by_the_minute_and_gauges_measured(world, minute):
    minute(0)
    for seconds, failed in ((0.01, False), (0.01, False), (3, True)):
        samples.count(seconds, failed=failed)
    async with unit_of_work() as work:
        await work.enqueue("note", {})
    await overview.sample()
    minute(1)
    samples.count(0.01, failed=False)
    view = await overview.view(world.actor("admin"))
    assert (view.requests_per_minute, view.errors, view.jobs_waiting) == (0.8, 1, 1)
    assert chart(view, "requests")["All"][-2:] == (3, 1)
    assert chart(view, "requests")["Failed"][-2:] == (1, 0)
    assert chart(view, "queue")["Waiting"][-2:] == (1, None)
    assert chart(view, "database")["Database"][-2] == view.database_bytes
    assert chart(view, "memory")["Memory"][-2] == view.memory_bytes
    assert all(points[:-2] == (None,) * 58 for points in chart(view, "requests").values())
    assert view.median_seconds < 0.02 < view.slow_seconds


async def test_longer_spans_are_there_once_there_is_something_to_show(world, minute):
    minute(0)
    samples.count(0.01, failed=False)
    spans = {}
    for at in (59, 60, 359, 360):
        minute(at)
        samples.count(0.01, failed=False)
        spans[at] = (await overview.view(world.actor("admin"))).spans
    assert spans == {
        59: (Span.hour,),
        60: (Span.hour, Span.quarter),
        359: (Span.hour, Span.quarter),
        360: (Span.hour, Span.quarter, Span.day),
    }
    view = await overview.view(world.actor("admin"), Span.day)
    assert (view.span, view.step_minutes, len(chart(view, "requests")["All"])) == (Span.day, 15, 96)
    assert sum(points or 0 for points in chart(view, "requests")["All"]) == 5
    assert chart(view, "requests")["All"][-1] == 1


@pytest.mark.req("AUTHZ-02")
async def test_others_are_not_told(world):
    for who in ("maintainer", "reader", "outsider"):
        with pytest.raises(Forbidden):
            await overview.view(world.actor(who))


@pytest.fixture
async def shared(minute, monkeypatch, tmp_path):
    with Valkey() as server:
        monkeypatch.setenv("PLUMBLINE_REDIS_URL", server.url)
        settings.settings.cache_clear()
        yield server
        await samples.close()
    redis.forget()
    monkeypatch.undo()
    settings.settings.cache_clear()


async def test_the_minutes_of_all_workers_add_up(shared, minute):
    for memory in (100.0, 150.0):
        minute(0)
        samples.count(0.01, failed=False)
        samples.count(3, failed=True)
        samples.measure({"memory": memory, "people": 4.0})
        await overview.share(samples.ring().current())
        await samples.close()  # as another worker would begin
    minute(1)
    samples.count(0.01, failed=False)
    first, second = await samples.last(5)
    assert (first.requests, first.errors, first.gauges) == (4, 2, {"memory": 250.0, "people": 4.0})
    assert sum(first.classes) == 4
    assert (second.at, second.requests) == (first.at + 1, 1)


async def test_with_redis_away_a_worker_shows_its_own(shared, minute):
    minute(0)
    samples.count(0.01, failed=False)
    shared.close()
    await overview.share(samples.ring().current())
    (own,) = await samples.last(5)
    assert own.requests == 1
