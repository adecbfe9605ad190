"""Idempotency-Key on what makes spaces, groups, roles, invitations, share links and personal tokens."""

import asyncio

import pytest

from tests.integration.api.site import on_sqlite
from tests.integration.world import change, rows

KEY = {"idempotency-key": "0b7e3f5c-4f4e-4be2"}
MAKES = {
    "space": ("/api/v1/spaces", {"key": "ONE", "name": "One"}, {"key": "TWO", "name": "One"}, "space:space:created"),
    "group": ("/api/v1/groups", {"name": "One"}, {"name": "Two"}, "admin:group:made"),
    "role": (
        "/api/v1/roles",
        {"name": "One", "level": "space", "permissions": ["member:add", "document:create", "share:read"]},
        {"name": "Two", "level": "space", "permissions": ["member:add"]},
        "admin:role:made",
    ),
    "invitation": (
        "/api/v1/invitations",
        {"email": "one@example.org"},
        {"email": "two@example.org"},
        "account:invitation:made",
    ),
    "link": ("/api/v1/documents/ENG-1/sharing/links", {"days": 3}, {"days": 4}, "document:link:made"),
    "token": (
        "/api/v1/me/tokens",
        {"name": "CI", "scopes": ["documents:read", "evidence:write"]},
        {"name": "CI", "scopes": ["documents:read"]},
        "account:token:made",
    ),
}


@pytest.fixture(params=MAKES)
async def make(request, world):
    await world.document()
    return MAKES[request.param]


async def made(action: str) -> int:
    ((count,),) = await rows("SELECT count(*) FROM audit_event WHERE action = :action", action=action)
    return count


@pytest.mark.req("IDEM-01")
async def test_of_many_at_once_one_is_made_and_all_get_its_answer(browser, make):
    path, body, _, action = make
    before = await made(action)
    async with browser("owner") as client:
        answers = await asyncio.gather(*(client.post(path, json=body, headers=KEY) for _ in range(6)))
        later = await client.post(path, json=body, headers=KEY)
    assert {answer.status_code for answer in (*answers, later)} == {201}, answers[0].text
    assert {answer.text for answer in answers} == {later.text}
    assert await made(action) == before + 1
    assert await rows("SELECT count(*) FROM idempotency_key") == [(1,)]


@on_sqlite
@pytest.mark.req("IDEM-02")
async def test_a_key_stands_for_one_thing_of_one_person(browser, world, make):
    path, body, other, action = make
    async with browser("owner") as client:
        assert (await client.post(path, json=body, headers=KEY)).status_code == 201
        before = await made(action)
        refused = await client.post(path, json=other, headers=KEY)
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    async with browser("reader") as client:
        theirs = await client.post(path, json=body, headers=KEY)
        assert theirs.status_code == (201 if path == "/api/v1/me/tokens" else 403)
    assert await made(action) == before + (theirs.status_code == 201)
    before = await made(action)
    async with browser("admin" if action.startswith(("admin", "space", "account")) else "author") as client:
        assert (await client.post(path, json=other, headers=KEY)).status_code == 201
    assert await made(action) == before + 1


@on_sqlite
@pytest.mark.req("IDEM-01")
async def test_what_was_refused_may_be_asked_for_again_under_its_key(browser, world):
    async with browser("owner") as client:
        taken = {"key": "ENG", "name": "Again"}
        for _ in range(2):
            answer = await client.post("/api/v1/spaces", json=taken, headers=KEY)
            assert (answer.status_code, answer.json()["error"]["code"]) == (409, "CONFLICT")
        assert (await client.post("/api/v1/spaces", json={**taken, "key": "NEW"}, headers=KEY)).status_code == 201
        odd = await client.post("/api/v1/groups", json={"name": "Odd"}, headers={"idempotency-key": "a\tb"})
        assert odd.status_code == 422


@on_sqlite
async def test_a_link_that_was_made_is_stored_sealed(browser, world):
    await world.document()
    for name in ("invitation", "link", "token"):
        path, body, _, _ = MAKES[name]
        async with browser("owner") as client:
            answer = (await client.post(path, json=body, headers={"idempotency-key": name})).json()
            secret = answer[{"invitation": "link", "link": "url", "token": "secret"}[name]][-43:]
            ((stored,),) = await rows("SELECT answer FROM idempotency_key WHERE key = :key", key=name)
            assert secret not in str(stored)
            assert "sealed" in str(stored)
            await change("UPDATE idempotency_key SET answer = :none WHERE key = :key", none='{"sealed": "x"}', key=name)
            lost = await client.post(path, json=body, headers={"idempotency-key": name})
            assert (lost.status_code, lost.json()["error"]["code"]) == (409, "CONFLICT")
