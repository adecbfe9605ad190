"""Limits: by address, by person, and on guessing passwords."""

import asyncio
import re

import pytest

from app.core import rates, settings
from tests.integration.api.programs import LOGIN, PASSWORD
from tests.integration.api.site import on_sqlite
from tests.integration.world import rows

FORM = {"email": "author@example.org", "password": "a wrong guess"}


@pytest.fixture
async def limited(monkeypatch, database):
    """`limited(rate_address="3/minute")` until the end of the test."""

    async def change(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"PLUMBLINE_{name.upper()}", str(value))
        settings.settings.cache_clear()
        await rates.close()

    yield change
    monkeypatch.undo()
    settings.settings.cache_clear()


async def guess(site, *, peer="192.0.2.1", form=FORM, path="/auth/sign-in", **headers):
    async with site.client(peer=peer, **headers) as client:
        return await client.post(path, data=form)


@pytest.mark.req("RATE-01")
async def test_guessing_at_one_account_ends_with_429(site, passwords, limited):
    await limited(rate_sign_in="3/hour")
    spoofed = [{"x-forwarded-for": f"203.0.113.{number}"} for number in range(5)]
    answers = [await guess(site, **headers) for headers in spoofed]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]
    assert answers[3].json()["error"]["code"] == "RATE_LIMITED"
    assert 0 < int(answers[3].headers["retry-after"]) <= 3600
    assert (await guess(site, form=FORM | {"password": PASSWORD})).status_code == 429
    assert (await guess(site, peer="192.0.2.2", form=FORM | {"password": PASSWORD})).status_code == 200


@on_sqlite
@pytest.mark.req("RATE-01")
async def test_one_address_is_limited_over_all_accounts_known_or_not(site, passwords, limited):
    await limited(rate_sign_in_address="4/hour")
    forms = [{"email": f"nobody{number}@example.org", "password": "x"} for number in range(3)] + [FORM, FORM]
    assert [(await guess(site, form=form)).status_code for form in forms] == [401, 401, 401, 401, 429]
    assert (await guess(site, peer="192.0.2.2")).status_code == 401


@on_sqlite
@pytest.mark.req("RATE-01")
async def test_one_account_is_limited_over_all_addresses(site, passwords, limited):
    await limited(rate_sign_in_account="4/hour")
    statuses = [(await guess(site, peer=f"192.0.2.{number}")).status_code for number in range(5)]
    assert statuses == [401, 401, 401, 401, 429]
    other = {"email": "reader@example.org", "password": PASSWORD}
    assert (await guess(site, form=other)).status_code == 200


@on_sqlite
async def test_a_right_password_clears_the_count_of_its_address(site, passwords, limited):
    await limited(rate_sign_in="2/hour")
    for _ in range(3):
        assert (await guess(site)).status_code == 401
        assert (await guess(site, form=FORM | {"password": PASSWORD})).status_code == 200


@on_sqlite
@pytest.mark.req("RATE-02")
async def test_guessing_ends_nobodys_session(site, passwords, browser, limited):
    await limited(rate_sign_in="2/hour", rate_sign_in_account="3/hour")
    for number in range(8):
        await guess(site, peer=f"192.0.2.{number % 4}")
    async with browser("author") as client:
        assert (await client.get("/api/v1/me")).status_code == 200


@pytest.mark.req("RATE-03")
async def test_guesses_at_once_are_counted_before_they_are_verified(site, passwords, limited):
    await limited(rate_sign_in="5/hour")
    answers = await asyncio.gather(*(guess(site) for _ in range(20)))
    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(401), statuses.count(429)) == (5, 15)
    refused = await rows("SELECT count(*) FROM audit_event WHERE action = 'account:session:refused'")
    assert refused == [(5,)]


@on_sqlite
@pytest.mark.req("RATE-01")
async def test_programs_and_password_changes_are_under_the_same_counts(site, passwords, browser, limited):
    await limited(rate_sign_in="3/hour")
    async with browser("author") as client:
        for _ in range(2):
            answer = await client.put("/api/v1/me/password", json={"current": "wrong", "new": "otter granite 77"})
            assert answer.status_code == 401
        wrong = LOGIN | {"password": "wrong"}
        assert (await client.post("/api/v1/auth/login", json=wrong)).status_code == 401
        assert (await client.post("/api/v1/auth/login", json=LOGIN)).status_code == 429


@on_sqlite
@pytest.mark.req("RATE-04")
async def test_answers_say_what_is_left(site, browser, limited):
    await limited(rate_address="10/minute", rate_person="100/minute")
    async with browser("author") as client:
        first, second = [await client.get("/api/v1/documents") for _ in range(2)]
    assert first.headers["ratelimit-policy"] == '"address";q=10;w=60, "person";q=100;w=60'
    assert re.fullmatch(r'"address";r=9;t=\d+, "person";r=99;t=\d+', first.headers["ratelimit"])
    assert second.headers["ratelimit"].startswith('"address";r=8;')
    async with browser("author") as client:
        answers = [await client.get("/api/v1/documents") for _ in range(9)]
    assert [answer.status_code for answer in answers] == [200] * 8 + [429]
    assert answers[-1].headers["ratelimit"].startswith('"address";r=0;')
    assert answers[-1].json()["error"]["details"]["limit"] == "address"


@on_sqlite
@pytest.mark.req("RATE-05")
async def test_a_limit_is_not_dodged(site, world, limited):
    await limited(rate_address="5/minute")
    cookie = f"plumbline={world.tokens['author']}"
    paths = ["/api/v1/documents", "//api/v1/documents", "/api/v1/documents/", "/api/v1/documents?x=1", "/documents"]
    for path in paths:
        await site.send("GET", path.partition("?")[0], headers=[("cookie", cookie), ("accept", "text/html")])
    for name in ("x-forwarded-for", "x-real-ip", "forwarded", "client-ip", "x-originating-ip", "cf-connecting-ip"):
        answer = await site.send("GET", "/api/v1/documents", headers=[("cookie", cookie), (name, "198.51.100.4")])
        assert answer.status == 429
    assert (await site.send("GET", "/documents", headers=[("accept", "text/html")])).status == 429
    assert (await site.socket()).messages[0]["type"] == "websocket.close"
    assert (await site.send("GET", "/healthz")).status == 200
    assert (await site.send("GET", "/readyz")).status == 200


@on_sqlite
async def test_a_person_is_limited_wherever_they_come_from(site, world, limited):
    await limited(rate_person="4/minute")
    statuses = []
    for number in range(5):
        async with site.client(world.tokens["author"], peer=f"192.0.2.{number}") as client:
            statuses.append((await client.get("/api/v1/me")).status_code)
    assert statuses == [200, 200, 200, 200, 429]
    async with site.client(world.tokens["reader"]) as client:
        assert (await client.get("/api/v1/me")).status_code == 200


@on_sqlite
async def test_one_setting_scales_all_limits_and_turns_them_off(site, world, limited):
    await limited(rate_address="2/minute", rate_limit_scale=2)
    async with site.client() as client:
        answers = [await client.get("/api/v1/me") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [401] * 4 + [429]
        await limited(rate_limit_scale=0)
        free = await client.get("/api/v1/me")
        assert "ratelimit" not in free.headers
        assert free.status_code == 401
