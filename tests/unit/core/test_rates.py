"""Counting in this process: what a limit is, what is left of it, and when it begins anew."""

import time

import pytest

from app.core import rates, redis
from app.core.errors import RateLimited
from app.core.settings import settings


@pytest.fixture(autouse=True)
async def _anew(monkeypatch):
    await rates.close()
    yield
    monkeypatch.undo()
    settings.cache_clear()
    await rates.close()


@pytest.fixture
def still(monkeypatch):
    """Time moves only when told to, for the counts and for what is said of them."""

    class Stopped:
        now = 1_000_000_000.0

    monkeypatch.setattr(time, "time", lambda: Stopped.now)
    return Stopped


async def test_a_limit_is_counted_down_and_refuses_then(still):
    found = [await rates.take("test", "3/minute", "a") for _ in range(4)]
    assert [(one.remaining, one.allowed) for one in found] == [(2, True), (1, True), (0, True), (0, False)]
    assert {(one.name, one.quota, one.window) for one in found} == {("test", 3, 60)}
    assert all(0 <= one.reset <= 60 for one in found)


async def test_counts_are_of_one_name_and_one_choice_of_keys(still):
    asked = [("test", ("a", "b")), ("test", ("ab",)), ("test", ("b", "a")), ("other", ("a", "b")), ("test", ("a",))]
    for name, keys in asked:
        assert (await rates.take(name, "1/minute", *keys)).allowed
    for name, keys in asked:
        assert not (await rates.take(name, "1/minute", *keys)).allowed


async def test_clearing_forgets_one_count(still):
    for key in ("a", "b"):
        await rates.take("test", "1/minute", key, "x")
    await rates.take("other", "1/minute", "a", "x")
    await rates.clear("test", "1/minute", "a", "x")
    assert (await rates.take("test", "1/minute", "a", "x")).allowed
    assert not (await rates.take("test", "1/minute", "b", "x")).allowed
    assert not (await rates.take("other", "1/minute", "a", "x")).allowed


@pytest.mark.parametrize(("scale", "quota"), [("1", 4), ("0.5", 2), ("0.6", 2), ("0.7", 3), ("2.5", 10), ("0.01", 1)])
async def test_one_setting_scales_every_limit(monkeypatch, scale, quota):
    monkeypatch.setenv("PLUMBLINE_RATE_LIMIT_SCALE", scale)
    settings.cache_clear()
    verdict = await rates.take("test", "4/15 minutes", "a")
    assert (verdict.quota, verdict.window) == (quota, 900)


async def test_a_scale_of_nothing_turns_limits_off(monkeypatch):
    monkeypatch.setenv("PLUMBLINE_RATE_LIMIT_SCALE", "0")
    settings.cache_clear()
    for _ in range(3):
        assert await rates.take("test", "1/hour", "a") is None
        await rates.require("test", "1/hour", "a", message="Slower.")
    await rates.clear("test", "1/hour", "a")


async def test_a_limit_that_is_reached_raises_with_its_name_and_when_to_come_again(still):
    await rates.require("test", "1/hour", "a", message="Slower, please.")
    with pytest.raises(RateLimited) as caught:
        await rates.require("test", "1/hour", "a", message="Slower, please.")
    error = caught.value
    assert (error.message, error.details["limit"], set(error.details)) == (
        "Slower, please.", "test", {"limit", "retry_after"},
    )  # fmt: skip
    assert 1 <= error.details["retry_after"] <= 3600
    await rates.require("test", "1/hour", "b", message="Slower, please.")


def test_it_never_says_to_come_again_at_once():
    def said(reset):
        verdict = rates.Verdict("test", 1, 60, 0, reset, allowed=False)
        return rates.refused(verdict, "Slower.").details["retry_after"]

    assert [said(reset) for reset in (0, 1, 2, 59)] == [1, 1, 2, 59]


class Windows:
    """Stands for the library's: says what it is told to."""

    def __init__(self, *, allowed=True, remaining=2, reset_time=0.0):
        self.allowed, self.asked = allowed, []
        self.stats = type("Stats", (), {"remaining": remaining, "reset_time": reset_time})

    async def hit(self, *given):
        self.asked.append(given)
        return self.allowed

    async def get_window_stats(self, *given):
        self.asked.append(given)
        return self.stats


@pytest.mark.parametrize(("ahead", "reset"), [(30.0, 30), (30.6, 31), (0.2, 0), (-3.0, 0)])
async def test_what_is_said_of_a_window_is_never_of_the_past(still, ahead, reset):
    item = rates._item("3/minute", 1.0)
    windows = Windows(reset_time=still.now + ahead)
    verdict = await rates._counted(windows, "test", item, "key")
    assert verdict == rates.Verdict("test", 3, 60, 2, reset, allowed=True)
    assert windows.asked == [(item, "test", "key")] * 2
    refused = await rates._counted(Windows(allowed=False, reset_time=still.now), "test", item, "key")
    assert (refused.remaining, refused.allowed) == (0, False)


async def test_with_redis_the_shared_count_decides_and_without_its_own(monkeypatch):
    counter = rates._Counter("")
    assert (counter._redis, counter._shared) == (None, None)
    item = rates._item("3/minute", 1.0)
    counter._shared, counter._local = Windows(remaining=7), Windows(remaining=9)
    assert (await counter.take("test", item, "key")).remaining == 7
    assert counter._local.asked == []

    async def away(*_):
        raise OSError("gone")

    monkeypatch.setattr(counter._shared, "hit", away)
    assert (await counter.take("test", item, "key")).remaining == 9
    assert redis.is_down()
    await counter.close()


async def test_clearing_reaches_both_counts_even_when_redis_is_away(monkeypatch):
    counter, did = rates._Counter(""), []

    def clearing(name):
        async def clear(*given):
            did.append((name, *given))

        return type("Clearing", (), {"clear": staticmethod(clear)})

    counter._local, counter._shared = clearing("local"), clearing("shared")
    item = rates._item("3/minute", 1.0)
    await counter.clear("test", item, "key")
    assert did == [("local", item, "test", "key"), ("shared", item, "test", "key")]

    async def away(*_):
        raise OSError("gone")

    counter._shared.clear = away
    await counter.clear("test", item, "key")
    assert len(did) == 3


async def test_closing_forgets_everything_and_reads_the_settings_anew(monkeypatch):
    await rates.take("test", "1/hour", "a")
    first = rates._counter()
    redis._state.is_down = True
    await rates.close()
    assert not redis.is_down()
    assert (await rates.take("test", "1/hour", "a")).allowed
    assert rates._counter() is not first
    monkeypatch.setenv("PLUMBLINE_REDIS_URL", "redis://127.0.0.1:9/0")
    settings.cache_clear()
    await rates.close()
    assert rates._counter()._redis is not None
    assert (await rates.take("test", "1/hour", "a")).allowed
    assert redis.is_down()
    await rates.close()
    assert rates._counter.cache_info().currsize == 0
    await rates.close()
    assert rates._counter.cache_info().currsize == 0
