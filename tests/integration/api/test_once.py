"""Asked several times, done once: Idempotency-Key on what makes something."""

import asyncio
from datetime import timedelta

import pytest

from app.core import clock
from tests.integration.api.site import on_sqlite
from tests.integration.world import rows

KEY = {"idempotency-key": "5f0c1a52-8d1e-4a27-9b1c"}


def file(words: str) -> dict:
    return {"text": ("text.md", f"# {words}\n\nText.\n".encode(), "text/markdown")}


async def save(client, number, words="Two", base="1", **headers):
    return await client.post(
        f"/api/v1/documents/{number}/revisions", files=file(words), headers={"if-match": f'"{base}"', **KEY, **headers}
    )


@pytest.mark.req("IDEM-01")
async def test_of_many_at_once_one_is_done_and_all_get_its_answer(browser, world):
    number = await world.document()
    async with browser("author") as client:
        answers = await asyncio.gather(*(save(client, number) for _ in range(8)))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.text for answer in answers}) == 1
        later = await save(client, number)
    assert (later.status_code, later.json()) == (201, answers[0].json())
    assert await rows("SELECT number FROM revision ORDER BY number") == [(1,), (2,)]
    assert await rows("SELECT count(*) FROM audit_event WHERE action = 'document:revision:saved'") == [(1,)]


@pytest.mark.req("IDEM-01")
async def test_an_import_asked_for_twice_is_made_once(browser, world):
    sent = {"space": (None, "ENG"), "files": ("a.md", b"# A\n\nText.\n", "text/markdown")}
    async with browser("author") as client:
        answers = [await client.post("/api/v1/imports", files=sent, headers=KEY) for _ in range(3)]
        assert {(answer.status_code, answer.text) for answer in answers} == {(201, answers[0].text)}
        report = await client.get(f"/api/v1/imports/{answers[0].json()['location'].partition('=')[2]}")
    assert [item["outcome"] for item in report.json()["items"]] == ["created"]
    assert await rows("SELECT count(*) FROM document") == [(1,)]


@on_sqlite
@pytest.mark.req("IDEM-02")
async def test_a_key_stands_for_one_thing(browser, world):
    number, other = await world.document(), await world.document("# Other\n")
    async with browser("author") as client:
        assert (await save(client, number)).status_code == 201
        for answer in (
            await save(client, number, "Three", "2"),
            await save(client, other),
            await client.post(f"/api/v1/documents/{number}/merge", json={"base": 1, "text": "# Two\n"}, headers=KEY),
        ):
            assert (answer.status_code, answer.json()["error"]["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert await rows("SELECT count(*) FROM revision") == [(3,)]


@on_sqlite
@pytest.mark.req("IDEM-02")
async def test_a_key_is_a_persons_own(browser, world):
    number, other = await world.document(), await world.document("# Other\n")
    async with browser("author") as one, browser("maintainer") as another:
        assert (await save(one, number)).status_code == 201
        assert (await save(another, other)).status_code == 201
        assert (await save(another, number)).status_code == 422
    async with browser("outsider") as stranger:
        assert (await save(stranger, number)).status_code == 404


@on_sqlite
@pytest.mark.req("IDEM-01")
async def test_what_failed_may_be_tried_again_under_its_key(browser, world):
    number = await world.document()
    async with browser("author") as client:
        assert (await save(client, number, base="7")).status_code == 412
        assert (await save(client, number, base="1")).status_code == 201


@on_sqlite
@pytest.mark.req("IDEM-01")
async def test_a_key_is_forgotten_after_a_day(browser, world, monkeypatch):
    number = await world.document()
    real = clock.now
    async with browser("author") as client:
        assert (await save(client, number)).status_code == 201
        monkeypatch.setattr(clock, "now", lambda: real() + timedelta(hours=11))
        assert (await save(client, number, "Other", "2")).status_code == 422
    await world.save(number, 2, "# Three\n")
    later = real() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    token = await world.signed_in("author")
    async with browser(cookie=f"plumbline={token}") as client:
        assert (await save(client, number, "Four", "3")).status_code == 201
    assert await rows("SELECT count(*) FROM idempotency_key") == [(1,)]


@on_sqlite
@pytest.mark.req("IDEM-02")
@pytest.mark.parametrize("key", ["x" * 201, "x" * 401, "é", "a\tb", "\x7f"])
async def test_what_cannot_be_a_key_is_refused(browser, world, key):
    number = await world.document()
    async with browser("author") as client:
        answer = await save(client, number, **{"idempotency-key": key.encode("latin-1")})
    assert answer.status_code == 422
    assert await rows("SELECT count(*) FROM revision") == [(1,)]
