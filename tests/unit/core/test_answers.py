"""Kept answers in this process: how long, under which question and key, and until what changes."""

import asyncio
import time
from datetime import UTC

import pytest
from pydantic import TypeAdapter

from app.core import answers, redis
from app.core.errors import AppError
from app.core.settings import settings

COLOURS = answers.Question("colours", ("paint", "wall+"), TypeAdapter(list[str]))
SHAPES = answers.Question("shapes", ("paint",), TypeAdapter(list[str]))


@pytest.fixture(autouse=True)
async def keeping(monkeypatch, set_clock):
    """`keeping(seconds)` sets the longest life of an answer; the clocks stand still."""
    monkeypatch.setattr(time, "monotonic", lambda: set_clock.now(UTC).timestamp())

    async def keep(seconds, **more):
        values = {"answer_cache_seconds": seconds, **more}
        for name, value in values.items():
            monkeypatch.setenv(f"PLUMBLINE_{name.upper()}", str(value))
        settings.cache_clear()
        await answers.close()

    await keep(3)
    yield keep
    await answers.close()
    monkeypatch.undo()
    settings.cache_clear()
    redis.forget()


class Finding:
    """Counts how often it was asked."""

    def __init__(self, answer):
        self.answer, self.times = answer, 0

    async def __call__(self):
        self.times += 1
        return self.answer


async def test_an_answer_is_found_once_for_each_question_and_key():
    red, round_ = Finding(["red"]), Finding(["round"])
    for _ in range(2):
        assert await answers.ask(COLOURS, "a", red) == ["red"]
        assert await answers.ask(SHAPES, "a", round_) == ["round"]
    assert (red.times, round_.times) == (1, 1)
    assert await answers.ask(COLOURS, "b", red) == ["red"]
    assert red.times == 2


async def test_no_answer_is_not_kept_and_an_empty_one_is():
    nothing, empty = Finding(None), Finding([])
    for _ in range(2):
        assert await answers.ask(COLOURS, "a", nothing) is None
        assert await answers.ask(COLOURS, "b", empty) == []
    assert (nothing.times, empty.times) == (2, 1)


@pytest.mark.parametrize(("changed", "times"), [("paint", 2), ("wall+", 2), ("wall", 1), ("paint+", 1), ("*", 2)])
async def test_it_is_found_anew_when_what_it_is_made_from_has_changed(changed, times):
    found = Finding(["red"])
    await answers.ask(COLOURS, "a", found)
    await answers.changed({changed, "other"})
    await answers.ask(COLOURS, "a", found)
    await answers.ask(COLOURS, "a", found)
    assert found.times == times


async def test_it_is_found_anew_at_the_last_moment_of_its_life(set_clock):
    found = Finding(["red"])
    await answers.ask(COLOURS, "a", found)
    set_clock.advance(seconds=2.999)
    await answers.ask(COLOURS, "a", found)
    assert found.times == 1
    set_clock.advance(seconds=0.001)
    await answers.ask(COLOURS, "a", found)
    assert found.times == 2


async def test_its_life_begins_before_it_was_found(set_clock):
    """What was read has the age of the question."""

    async def slow():
        set_clock.advance(seconds=2)
        return ["red"]

    await answers.ask(COLOURS, "a", slow)
    found = Finding(["blue"])
    set_clock.advance(seconds=0.999)
    assert await answers.ask(COLOURS, "a", found) == ["red"]
    set_clock.advance(seconds=0.001)
    assert await answers.ask(COLOURS, "a", found) == ["blue"]


async def test_what_took_too_long_to_find_is_not_kept(set_clock):
    async def slow():
        set_clock.advance(seconds=3)
        return ["red"]

    await answers.ask(COLOURS, "a", slow)
    set_clock.advance(seconds=-3)
    assert await answers.ask(COLOURS, "a", Finding(["blue"])) == ["blue"]


async def test_what_changed_while_it_was_looked_for_is_not_kept():
    async def overtaken():
        await answers.changed({"paint"})
        return ["old"]

    assert await answers.ask(COLOURS, "a", overtaken) == ["old"]
    assert await answers.ask(COLOURS, "a", Finding(["new"])) == ["new"]


async def test_whoever_fails_to_find_keeps_nothing():
    async def broken():
        raise KeyError("x")

    with pytest.raises(KeyError):
        await answers.ask(COLOURS, "a", broken)
    assert await answers.ask(COLOURS, "a", Finding(["red"])) == ["red"]


async def test_nothing_is_kept_or_told_where_the_setting_says_so(keeping):
    await keeping(0)
    found = Finding(["red"])
    for _ in range(2):
        assert await answers.ask(COLOURS, "a", found) == ["red"]
    await answers.changed({"paint"})
    assert found.times == 2
    assert answers._store.cache_info().currsize == 0


async def test_nothing_is_told_where_nothing_changed(monkeypatch):
    await answers.changed(set())
    assert answers._store.cache_info().currsize == 0
    await answers.changed({"paint"})
    assert set(answers._store()._versions) == {"paint"}
    first = dict(answers._store()._versions)
    await answers.changed({"wall"})
    await answers.changed({"paint"})
    assert set(answers._store()._versions) == {"paint", "wall"}
    assert answers._store()._versions["paint"] != first["paint"]
    assert not answers._telling


async def test_no_more_are_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(answers, "_ENTRIES", 2)
    found = Finding(["red"])
    for key in ("a", "b", "c"):
        await answers.ask(COLOURS, key, found)
    for key in ("c", "b", "a"):
        await answers.ask(COLOURS, key, found)
    assert found.times == 4


async def test_closing_forgets_everything():
    found = Finding(["red"])
    await answers.ask(COLOURS, "a", found)
    first = answers._store()
    await answers.close()
    await answers.ask(COLOURS, "a", found)
    assert found.times == 2
    assert answers._store() is not first


@pytest.fixture
def slept(monkeypatch):
    found = []

    async def sleep(seconds):
        found.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return found


async def test_a_command_beside_the_server_waits_until_what_that_keeps_has_run_out(keeping, slept):
    await answers.outlast()
    assert slept == [3.0]
    await keeping(3, redis_url="redis://127.0.0.1:9/0")
    await answers.outlast()
    assert slept == [3.0]


@pytest.mark.req("DEP-01")
async def test_where_redis_cannot_be_told_a_change_outlasts_what_was_kept(keeping, slept):
    await keeping(2, redis_url="redis://127.0.0.1:9/0")
    await answers.changed({"paint"})
    assert slept == [2.0]
    found = Finding(["red"])
    for _ in range(2):
        assert await answers.ask(COLOURS, "a", found) == ["red"]
    assert found.times == 2


@pytest.mark.req("DEP-01")
async def test_a_sign_of_life_is_asked_of_redis_alone(keeping):
    await answers.check()
    await keeping(3, redis_url="redis://127.0.0.1:9/0")
    with pytest.raises(AppError) as caught:
        await answers.check()
    assert (caught.value.code, caught.value.status) == ("SESSION_STORE_UNAVAILABLE", 503)
