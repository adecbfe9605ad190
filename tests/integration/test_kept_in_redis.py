"""What stands in Redis of a kept answer: names, how long, and a seal that only we can make."""

import hmac
import re

import pytest
from pydantic import TypeAdapter

from app.core import answers, redis
from app.core.errors import AppError
from app.core.settings import settings
from tests.backing.valkey import Valkey

COLOURS = answers.Question("colours", ("paint", "wall+"), TypeAdapter(list[str]))
SHAPES = answers.Question("shapes", ("paint", "wall+"), TypeAdapter(list[str]))
NAME = b"plumbline:answer:colours:a"
VERSIONS = [b"plumbline:version:*", b"plumbline:version:paint", b"plumbline:version:wall+"]


@pytest.fixture(scope="module")
def one_valkey():
    with Valkey() as server:
        yield server


@pytest.fixture
async def valkey(one_valkey, monkeypatch):
    """A client of an empty one, which answers are kept in."""
    monkeypatch.setenv("PLUMBLINE_REDIS_URL", one_valkey.url)
    monkeypatch.setenv("PLUMBLINE_SECRET_KEY", "f1" * 40)
    settings.cache_clear()
    await answers.close()
    with one_valkey.client() as client:
        client.flushall()
        yield client
    await answers.close()
    redis.forget()


def stored(client, name):
    """As we wrote it: the library puts a word before."""
    return client.get(name).removeprefix(b"bytes:")


async def asked(found, question=COLOURS, key="a"):
    """The answer, and whether it was looked for; the first time of all only the versions begin."""
    times = []

    async def find():
        times.append(1)
        return found

    return await answers.ask(question, key, find), bool(times)


async def kept(found=("red",)):
    for _ in range(2):
        await asked(list(found))


async def test_an_answer_is_kept_once_its_tables_have_versions(valkey):
    assert await asked(["red"]) == (["red"], True)
    assert sorted(valkey.keys("*")) == VERSIONS
    assert all(re.fullmatch(rb"[0-9a-f]{32}", stored(valkey, name)) for name in VERSIONS)
    before = [valkey.get(name) for name in VERSIONS]
    assert await asked(["blue"]) == (["blue"], True)
    assert await asked(["green"]) == (["blue"], False)
    assert [valkey.get(name) for name in VERSIONS] == before
    assert sorted(valkey.keys("*")) == [NAME, *VERSIONS]
    assert 0 < valkey.pttl(NAME) <= 3000
    assert [valkey.ttl(name) for name in VERSIONS] == [-1, -1, -1]


async def test_what_is_kept_says_its_versions_and_is_sealed(valkey):
    await kept()
    entry = stored(valkey, NAME)
    seal, said = entry[:32], entry[32:]
    paint, wall, anything = (stored(valkey, f"plumbline:version:{name}") for name in ("paint", "wall+", "*"))
    assert said == b"\n".join([paint, wall, anything]) + b'\n\n["red"]'
    assert hmac.compare_digest(seal, answers._store()._seal(COLOURS, "a", said))
    assert seal not in {
        answers._store()._seal(question, key, said) for question, key in ((COLOURS, "b"), (SHAPES, "a"))
    }


async def test_a_change_gives_new_versions_to_its_tables_alone(valkey):
    await kept()
    before = {name: valkey.get(name) for name in VERSIONS}
    await answers.changed({"paint", "other"})
    assert valkey.get("plumbline:version:other")
    changed = {name for name in VERSIONS if valkey.get(name) != before[name]}
    assert changed == {b"plumbline:version:paint"}
    assert await asked(["blue"]) == (["blue"], True)
    await answers.changed({answers.ANYTHING})
    assert await asked(["green"]) == (["green"], True)


@pytest.mark.parametrize("lost", VERSIONS)
async def test_a_version_that_was_lost_begins_anew_and_the_others_stay(valkey, lost):
    await kept()
    before = {name: valkey.get(name) for name in VERSIONS}
    valkey.delete(lost)
    assert await asked(["blue"]) == (["blue"], True)
    assert {name for name in VERSIONS if valkey.get(name) != before[name]} == {lost}
    assert await asked(["green"]) == (["green"], True), "nothing was kept without all versions"
    assert await asked(["black"]) == (["green"], False)


@pytest.mark.req("SESS-03")
@pytest.mark.parametrize(
    "planted", [b"", b"x", b"bytes:", b"bytes:" + b"x" * 32, b"bytes:" + b"x" * 200, "sealed by another", "moved"]
)
async def test_what_we_did_not_write_here_is_no_answer(valkey, monkeypatch, planted):
    await kept()
    if planted == "moved":
        await asked(["round"], key="b")
        planted = valkey.get("plumbline:answer:colours:b")
    elif planted == "sealed by another":
        monkeypatch.setenv("PLUMBLINE_SECRET_KEY", "e2" * 40)
        settings.cache_clear()
        await answers.close()
    if isinstance(planted, bytes):
        valkey.set(NAME, planted)
    assert await asked(["blue"]) == (["blue"], True)
    assert await asked(["green"]) == (["blue"], False)


async def test_what_another_release_kept_in_another_shape_is_found_anew(valkey):
    await kept()
    other = answers.Question("colours", COLOURS.made_from, TypeAdapter(dict[str, int]))
    assert await asked({"red": 1}, other) == ({"red": 1}, True)
    assert await asked({"red": 2}, other) == ({"red": 1}, False)


async def test_no_answer_is_not_kept_and_nothing_for_less_than_a_millisecond(valkey):
    await kept()
    valkey.delete(NAME)
    assert await asked(None) == (None, True)
    store, now = answers._store(), await answers._store().read(COLOURS, "a")
    for answer, seconds in ((["red"], 0.0009), (["red"], -1), (None, 3)):
        await store.keep(COLOURS, "a", answers._Kept(now.versions, answer), seconds)
        assert not valkey.exists(NAME)
    await store.keep(COLOURS, "a", answers._Kept(now.versions, ["red"]), 0.9)
    assert 0 < valkey.pttl(NAME) <= 900
    valkey.delete(NAME)
    await store.keep(COLOURS, "a", answers._Kept(now.versions, ["red"]), 60)
    await store.keep(COLOURS, "a", answers._Kept(now.versions, ["red"]), 0.001)
    assert valkey.pttl(NAME) <= 1


async def test_the_server_sees_who_is_connected(valkey):
    await kept()
    assert "plumbline" in {one["name"] for one in valkey.client_list()}
    await answers.close()
    assert "plumbline" not in {one["name"] for one in valkey.client_list()}


@pytest.mark.req("DEP-01")
async def test_with_redis_gone_everybody_looks_for_themselves(valkey, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_ANSWER_CACHE_SECONDS", "0.01")
    settings.cache_clear()
    await kept()
    await answers.check()
    monkeypatch.setattr(redis, "AWAY_S", 1000.0)
    redis._state.is_down, redis._state.not_before = True, float("inf")
    assert await asked(["blue"]) == (["blue"], True)
    store = answers._store()
    await store.keep(COLOURS, "a", answers._Kept(("1", "2", "3"), ["red"]), 3)
    with pytest.raises(redis.RedisAway):
        await store.renew({"paint"})
    with pytest.raises(AppError, match="Redis does not answer"):
        await answers.check()
    await answers.changed({"paint"})
