"""The database or Redis refused, silent or slow while people work: an answer in time, nobody let in, back by itself."""

import asyncio
import time

import pytest

from app.core import answers, db, rates, redis, settings
from tests.backing.faults import Fault, Wire
from tests.backing.valkey import Valkey
from tests.integration.api.programs import LOGIN, PASSWORD

LONGEST_S, BACK_WITHIN_S = 8.0, 15.0
pytestmark = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
BOTH = ("database", "redis")
READS = ("/api/v1/documents", "/documents", "/api/v1/me", "/api/v1/documents/ENG-1")


@pytest.fixture(scope="module")
def valkey():
    with Valkey() as server:
        yield server


@pytest.fixture
async def wires(world, passwords, postgres, valkey, monkeypatch):
    """The wires to the database and to Redis; the product knows no other way."""
    async with Wire(postgres.port) as database, Wire(valkey.port) as redis_wire:
        there = settings.settings().database_url.replace(f":{postgres.port}/", f":{database.port}/")
        monkeypatch.setenv("PLUMBLINE_DATABASE_URL", there)
        monkeypatch.setenv("PLUMBLINE_REDIS_URL", f"redis://127.0.0.1:{redis_wire.port}/0")
        await _forget()
        yield {"database": database, "redis": redis_wire}
        for wire in (database, redis_wire):
            await wire.mend()
        await _forget()


async def _forget():
    settings.settings.cache_clear()
    await db.dispose()
    await answers.close()
    await rates.close()
    redis.forget()


async def call(client, method, path, **options):
    """Status, code of the error, seconds."""
    begun = time.monotonic()
    answer = await client.request(method, path, **options)
    code = answer.json()["error"]["code"] if answer.status_code >= 400 else ""
    if answer.status_code == 503:
        assert int(answer.headers["retry-after"]) > 0
    return answer.status_code, code, time.monotonic() - begun


async def load(browser, program):
    """Forty calls at once: readers, a stranger with a secret that is none, sign-ins right and wrong, writers."""
    async with browser("author") as author, browser("reader") as reader, program() as machine, browser("") as stranger:
        stranger.headers["cookie"] = f"plumbline={'A' * 43}"
        calls = [call(who, "GET", path) for who in (author, reader) for path in READS for _ in range(3)]
        calls += [call(author, "POST", "/auth/sign-out", headers={"cookie": f"plumbline={'B' * 43}"})]
        right = [call(machine, "POST", "/api/v1/auth/login", json=LOGIN) for _ in range(4)]
        none = [call(stranger, "GET", path) for path in READS for _ in range(2)]
        none += [call(machine, "POST", "/api/v1/auth/login", json=LOGIN | {"password": "wrong"})]
        done = await asyncio.gather(*calls, *right, *none)
    return done[: len(calls) + len(right)], done[len(calls) + len(right) :]


def judge(allowed, refused):
    """Whoever may gets the answer or a 503, nobody else gets in, and nobody waits for long."""
    for status, code, seconds in (*allowed, *refused):
        assert seconds < LONGEST_S, (status, code, seconds)
        assert status < 500 or (status == 503 and code in {"STORAGE_UNAVAILABLE", "UNAVAILABLE"}), (status, code)
    assert not [one for one in refused if one[0] not in {401, 303, 503}]


async def is_well(browser):
    async with browser("author") as client:
        return [(await call(client, "GET", path))[0] for path in READS[:3]] == [200, 200, 200]


async def comes_back(browser):
    begun = time.monotonic()
    while not await is_well(browser):
        assert time.monotonic() - begun < BACK_WITHIN_S
    assert time.monotonic() - begun < BACK_WITHIN_S


@pytest.mark.req("DEP-01", "RATE-06")
@pytest.mark.parametrize(
    ("broken", "fault"),
    [*((("database",), fault) for fault in Fault), *((("redis",), fault) for fault in Fault), (BOTH, Fault.silent)],
)
async def test_what_is_away_is_said_in_time_lets_nobody_in_and_comes_back(browser, program, wires, broken, fault):
    assert await is_well(browser)
    for name in broken:
        await wires[name].suffer(fault)
    for _ in range(2 if broken == BOTH else 1):
        allowed, refused = await load(browser, program)
        judge(allowed, refused)
        if broken == ("redis",):
            assert {status for status, _, _ in allowed} <= {200, 303, 401, 404}, "the database is there to be asked"
        elif fault is not Fault.slow:
            assert {status for status, _, _ in refused} == {503}
    for name in broken:
        await wires[name].mend()
    await comes_back(browser)


@pytest.mark.req("DEP-01", "RATE-06", "RATE-01")
async def test_with_redis_away_guessing_stays_limited(program, wires, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_RATE_SIGN_IN", "3/hour")
    settings.settings.cache_clear()
    await rates.close()
    await wires["redis"].suffer(Fault.silent)
    async with program() as machine:
        wrong = LOGIN | {"password": f"{PASSWORD}x"}
        statuses = [(await call(machine, "POST", "/api/v1/auth/login", json=wrong))[0] for _ in range(5)]
        assert statuses == [401, 401, 401, 429, 429]
        assert (await call(machine, "POST", "/api/v1/auth/login", json=LOGIN))[0] == 429


@pytest.mark.req("DEP-02")
@pytest.mark.parametrize(
    ("broken", "code"), [("database", "STORAGE_UNAVAILABLE"), ("redis", "SESSION_STORE_UNAVAILABLE")]
)
async def test_a_process_without_its_dependencies_lives_and_is_not_ready(browser, wires, broken, code):
    async with browser() as client:
        assert (await client.get("/readyz")).status_code == 200
        await wires[broken].suffer(Fault.refused)
        assert (await call(client, "GET", "/readyz"))[:2] == (503, code)
        assert (await client.get("/healthz")).status_code == 200
        await wires[broken].mend()
        redis.forget()
        assert (await client.get("/readyz")).status_code == 200
