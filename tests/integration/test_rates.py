"""Counting in Redis, and going on without it."""

import pytest
from structlog.testing import capture_logs

from app.core import rates, redis, settings
from tests.backing.valkey import Valkey

RATE = "3/hour"


@pytest.fixture
async def counting(monkeypatch, tmp_path):
    async def through(url: str) -> None:
        monkeypatch.setenv("PLUMBLINE_REDIS_URL", url)
        settings.settings.cache_clear()
        await rates.close()

    yield through
    monkeypatch.undo()
    settings.settings.cache_clear()
    await rates.close()


async def allowed(*keys):
    verdict = await rates.take("test", RATE, *keys)
    return verdict.allowed


async def test_two_processes_share_their_counts_through_redis(counting):
    with Valkey() as server:
        await counting(server.url)
        assert [await allowed("a") for _ in range(2)] == [True, True]
        await counting(server.url)  # as another process would begin
        assert [await allowed("a") for _ in range(2)] == [True, False]
        assert await allowed("b")
        await rates.clear("test", RATE, "a")
        assert await allowed("a")


@pytest.mark.req("RATE-06")
async def test_with_redis_away_each_process_counts_by_itself(counting, monkeypatch):
    with Valkey() as server, capture_logs() as lines:
        await counting(server.url)
        assert await allowed("a")
        server.close()
        assert [await allowed("a") for _ in range(4)] == [True, True, True, False]
        assert [line["event"] for line in lines] == ["redis.away"]
        await rates.clear("test", RATE, "a")
        assert await allowed("a")


@pytest.mark.req("RATE-06")
async def test_it_comes_back_to_redis_by_itself(counting, monkeypatch):
    monkeypatch.setattr(redis, "AWAY_S", 0.0)
    server = Valkey()
    await counting(server.url)
    assert [await allowed("a") for _ in range(4)] == [True, True, True, False]
    with server:
        assert await allowed("a")


async def test_keys_are_digests():
    await rates.close()
    await rates.take("test", RATE, "someone@example.org", "192.0.2.1")
    assert "someone" not in str(vars(rates._counter()._local.storage))
    assert "192.0.2.1" not in str(vars(rates._counter()._local.storage))
    await rates.close()
