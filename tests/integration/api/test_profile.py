"""One's own account over the API: name, and the proof that a program gives."""

import pytest

from tests.integration.api.programs import PASSWORD, pair
from tests.integration.api.site import on_sqlite
from tests.integration.world import rows


@pytest.mark.req("OPS-02")
async def test_a_new_name_is_seen_at_once_and_audited(browser, world):
    async with browser("author") as client:
        assert (await client.patch("/api/v1/me", json={"name": "  Ann   Other "})).status_code == 204
        found = (await client.get("/api/v1/me")).json()
        assert (found["name"], found["initials"], found["email"]) == ("Ann Other", "AO", "author@example.org")
    assert ("account:profile:changed", world.actor("author").user_id) in await rows(
        "SELECT action, object_id FROM audit_event"
    )


@on_sqlite
@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "a\u202eb", "a\0b", "x" * 5000])
async def test_a_name_that_cannot_be_shown_is_refused(browser, name):
    async with browser("author") as client:
        assert (await client.patch("/api/v1/me", json={"name": name})).status_code == 422
        assert (await client.patch("/api/v1/me", json={"name": "A", "role": "owner"})).status_code == 422
        assert (await client.get("/api/v1/me")).json()["name"] == "Author Person"


@on_sqlite
@pytest.mark.req("AUTH-10")
async def test_a_program_proves_who_it_speaks_for(program):
    access = (await pair(program))["access_token"]
    async with program(access) as client:
        wrong = await client.post("/api/v1/auth/reauthenticate", json={"password": "not this"})
        assert (wrong.status_code, wrong.json()["error"]["code"]) == (401, "INVALID_CREDENTIALS")
        answer = await client.post("/api/v1/auth/reauthenticate", json={"password": PASSWORD})
    assert (answer.status_code, "set-cookie" in answer.headers) == (204, False)
