"""Personal access tokens: scopes, shown once, their end."""

import pytest

from app.services import accounts
from tests.integration.api.programs import PASSWORD, later, personal, status
from tests.integration.api.site import on_sqlite
from tests.integration.world import rows


@pytest.mark.req("AUTHZ-07")
async def test_a_personal_token_does_what_its_scope_says_and_no_more(program):
    made, _ = await personal(program)
    secret = made["secret"]
    sent = {"data": {"space": "ENG"}, "files": {"files": ("a.md", b"# A\n\nText.\n", "text/markdown")}}
    async with program(secret) as client:
        assert (await client.get("/api/v1/documents")).status_code == 200
        refused = await client.post("/api/v1/imports", **sent)
        assert (refused.status_code, "scope" in refused.json()["error"]["message"]) == (403, True)
        for method, path in (
            ("GET", "/api/v1/me/tokens"),
            ("GET", "/api/v1/me/sessions"),
            ("DELETE", "/api/v1/me/sessions"),
            ("DELETE", f"/api/v1/me/tokens/{made['token']['id']}"),
        ):
            assert (await client.request(method, path)).status_code == 403
        more = await client.post("/api/v1/me/tokens", json={"name": "x", "scopes": ["documents:write"]})
        assert more.status_code == 403
        changed = await client.put("/api/v1/me/password", json={"current": PASSWORD, "new": "otter granite willow"})
        assert changed.status_code == 403
    writing, _ = await personal(program, scopes=["documents:write"])
    async with program(writing["secret"]) as client:
        assert (await client.post("/api/v1/imports", **sent)).status_code == 201


@pytest.mark.req("AUTHZ-07")
async def test_a_personal_token_is_shown_once_kept_hashed_and_ends(program, monkeypatch):
    made, access = await personal(program, days=1)
    secret = made["secret"]
    assert secret not in str(await rows("SELECT * FROM personal_token"))
    assert made["token"]["last_used_at"] is None
    assert await status(program, secret) == 200
    async with program(access) as client:
        (listed,) = (await client.get("/api/v1/me/tokens")).json()
        assert listed["last_used_at"] is not None
        assert "secret" not in listed
    later(monkeypatch, days=1)
    assert await status(program, secret) == 401


@pytest.mark.req("AUTHZ-07")
async def test_a_personal_token_is_revoked_by_its_person_only(program, browser):
    made, access = await personal(program)
    path = f"/api/v1/me/tokens/{made['token']['id']}"
    async with browser("reader") as stranger:
        assert (await stranger.delete(path)).status_code == 404
    async with program(access) as client:
        assert (await client.delete(path)).status_code == 204
        assert (await client.delete(path)).status_code == 404
        assert (await client.get("/api/v1/me/tokens")).json() == []
    assert await status(program, made["secret"]) == 401
    actions = await rows("SELECT action FROM audit_event WHERE object_type = 'token' ORDER BY id")
    assert actions == [("account:token:made",), ("account:token:revoked",)]


@on_sqlite
async def test_the_last_use_is_noted_at_most_once_a_minute(program, monkeypatch):
    made, _ = await personal(program)
    actor = await accounts.identify_bearer(made["secret"])
    assert actor.scopes == frozenset({"documents:read"})
    first = await rows("SELECT last_used_at FROM personal_token")
    later(monkeypatch, seconds=59)
    await accounts.identify_bearer(made["secret"])
    assert await rows("SELECT last_used_at FROM personal_token") == first
    later(monkeypatch, seconds=5)
    await accounts.identify_bearer(made["secret"])
    assert await rows("SELECT last_used_at FROM personal_token") != first
