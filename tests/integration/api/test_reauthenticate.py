"""What concerns the account itself asks for a sign-in at most ten minutes old, or for a confirmation of it."""

import pytest

from app.core.errors import AppError
from app.domain.permissions import Scope
from app.services import accounts, authorize
from tests.integration.api.programs import PASSWORD
from tests.integration.api.site import on_sqlite
from tests.integration.world import rows


async def code_of(token):
    try:
        authorize.require_fresh(await accounts.identify(token))
    except AppError as error:
        return error.code
    return ""


@pytest.mark.req("AUTH-10")
async def test_ten_minutes_after_signing_in_a_confirmation_is_asked_for(set_clock, world, passwords, browser):
    token = world.tokens["author"]
    set_clock.advance(minutes=10)
    assert await code_of(token) == ""
    set_clock.advance(seconds=1)
    assert await code_of(token) == "REAUTHENTICATION_REQUIRED"
    async with browser("author") as client:
        refused = await client.post("/auth/reauthenticate", data={"password": "not this"})
        assert (refused.status_code, await code_of(token)) == (401, "REAUTHENTICATION_REQUIRED")
        answer = await client.post("/auth/reauthenticate", data={"password": PASSWORD, "next": "/import"})
    assert (answer.status_code, answer.json()["location"]) == (200, "/import")
    assert await code_of(token) == ""
    assert await code_of(world.tokens["reader"]) == "REAUTHENTICATION_REQUIRED"


@on_sqlite
@pytest.mark.req("AUTH-10", "OPS-02")
async def test_a_confirmation_is_audited_and_its_guesses_are_counted(world, passwords, browser):
    async with browser("author") as client:
        answers = [await client.post("/auth/reauthenticate", data={"password": "wrong"}) for _ in range(11)]
        assert [one.status_code for one in answers] == [401] * 10 + [429]
        assert (await client.get("/api/v1/me")).status_code == 200
    async with browser("reader") as client:
        assert (await client.post("/auth/reauthenticate", data={"password": PASSWORD})).status_code == 200
    found = await rows("SELECT action, result, count(*) FROM audit_event GROUP BY 1, 2")
    assert ("account:session:refused", "refused", 10) in found
    assert ("account:session:confirmed", "ok", 1) in found


@on_sqlite
@pytest.mark.req("AUTH-10", "REDIR-01")
async def test_after_it_one_stays_on_this_site(passwords, browser):
    async with browser("author") as client:
        for there in ("https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)"):
            answer = await client.post("/auth/reauthenticate", data={"password": PASSWORD, "next": there})
            assert answer.json()["location"] == "/"


@on_sqlite
@pytest.mark.req("AUTH-10")
async def test_a_token_of_a_program_confirms_nothing(world):
    actor = world.actor("author").model_copy(update={"scopes": frozenset({Scope.read}), "session_id": ""})
    with pytest.raises(AppError, match="personal access token"):
        authorize.require_fresh(actor)
