"""Links by mail over the API: made, read without being spent, spent once, replaced, expired; what they end."""

import pytest

from app.core import settings
from tests.integration.api.programs import PASSWORD, pair
from tests.integration.api.site import on_sqlite
from tests.integration.mailbox import mails
from tests.integration.world import rows

NEW = "granite otter willow 7"
AUTHOR = "author@example.org"


@pytest.fixture
def open_sign_up(monkeypatch, database):
    monkeypatch.setenv("PLUMBLINE_SIGN_UP", "true")
    settings.settings.cache_clear()


async def link_for(client, path, **form):
    """Ask, and open the mail that comes."""
    assert (await client.post(path, data=form)).status_code == 202
    (mail,) = await mails()
    return mail


async def reset_link(client, email=AUTHOR):
    return (await link_for(client, "/auth/reset", email=email))["token"]


@pytest.mark.req("AUTH-07")
async def test_a_reset_link_sets_a_password_once_and_ends_all_sessions(site, program, world):
    programs = await pair(program)
    async with site.client() as client:
        token = await reset_link(client)
        read = await client.post("/auth/link", data={"token": token, "kind": "reset"})
        assert (read.status_code, read.json()["email"], read.json()["standing"]) == (200, AUTHOR, "signed_out")
        weak = await client.post("/auth/reset/new", data={"token": token, "password": "short"})
        assert weak.status_code == 422
        answer = await client.post("/auth/reset/new", data={"token": token, "password": NEW})
        assert (answer.status_code, answer.json()["location"]) == (200, "/login")
        again = await client.post("/auth/reset/new", data={"token": token, "password": "another one of mine"})
        assert (again.status_code, again.json()["error"]["code"]) == (401, "INVALID_CREDENTIALS")
        assert (await client.post("/auth/sign-in", data={"email": AUTHOR, "password": PASSWORD})).status_code == 401
        assert (await client.post("/auth/sign-in", data={"email": AUTHOR, "password": NEW})).status_code == 200
    async with site.client(world.tokens["author"]) as browser:
        assert (await browser.get("/api/v1/me")).status_code == 401
    async with program(programs["access_token"]) as client:
        assert (await client.get("/api/v1/me")).status_code == 401
        refreshed = await client.post("/api/v1/auth/refresh", json={"refresh_token": programs["refresh_token"]})
        assert refreshed.status_code == 401
    async with site.client(world.tokens["reader"]) as other:
        assert (await other.get("/api/v1/me")).status_code == 200
    assert [mail["subject"] for mail in await mails()] == ["Your password was changed"]


@pytest.mark.req("AUTH-07")
async def test_a_reset_link_is_stored_hashed_lives_an_hour_and_is_replaced_by_a_newer_one(site, passwords, set_clock):
    async with site.client() as client:
        first = await reset_link(client)
        stored = str(await rows("SELECT * FROM link")) + str(await rows("SELECT * FROM audit_event"))
        assert first not in stored + str(await rows("SELECT * FROM outbox"))
        second = await reset_link(client)
        for token, status in ((first, 401), (second, 200)):
            assert (await client.post("/auth/link", data={"token": token, "kind": "reset"})).status_code == status
        set_clock.advance(minutes=60)
        assert (await client.post("/auth/reset/new", data={"token": second, "password": NEW})).status_code == 401
        await reset_link(client)
    assert await rows("SELECT count(*) FROM link") == [(1,)]


@on_sqlite
@pytest.mark.req("AUTH-07")
async def test_a_link_is_good_for_what_it_was_made_for_only(site, passwords, open_sign_up):
    async with site.client() as client:
        token = await reset_link(client)
        for kind in ("sign_up", "address", "invitation"):
            assert (await client.post("/auth/link", data={"token": token, "kind": kind})).status_code == 401
        assert (await client.post("/auth/link", data={"token": token, "kind": "any"})).status_code == 422
        form = {"token": token, "name": "Mallory", "password": NEW}
        assert (await client.post("/auth/sign-up/finish", data=form)).status_code == 401
        assert (await client.post("/auth/address", data={"token": token})).status_code == 401
        for made_up in ("", "x", "A" * 43, "é" * 43, "A" * 5000, "' OR 1=1 --", "\0" * 43):
            answer = await client.post("/auth/reset/new", data={"token": made_up, "password": NEW})
            assert answer.status_code in {401, 422}
        assert (await client.post("/auth/reset/new", data={"token": token, "password": NEW})).status_code == 200


@on_sqlite
@pytest.mark.req("AUTH-07")
@pytest.mark.parametrize("path", ["link", "sign-up/finish", "reset/new", "address", "invitation/new"])
@pytest.mark.parametrize("letters", [201, 4097])
async def test_a_token_longer_than_any_is_refused(site, database, path, letters):
    form = {"token": "A" * letters, "kind": "reset", "name": "New Person", "password": NEW}
    async with site.client() as client:
        assert (await client.post(f"/auth/{path}", data=form)).status_code == 422


@pytest.mark.req("AUTH-07")
async def test_a_changed_password_ends_the_links_that_were_asked_for_before(site, passwords, browser):
    async with site.client() as client:
        token = await reset_link(client)
        async with browser("author") as author:
            changed = await author.put("/api/v1/me/password", json={"current": PASSWORD, "new": NEW})
            assert changed.status_code == 204
        assert (await client.post("/auth/reset/new", data={"token": token, "password": PASSWORD})).status_code == 401


@pytest.mark.req("AUTH-01")
async def test_signing_up_takes_a_mail_and_makes_the_account_at_its_end(site, database, open_sign_up):
    async with site.client() as client:
        mail = await link_for(client, "/auth/sign-up", email=" New.Person@Example.org ")
        assert mail["to"] == "new.person@example.org"
        assert await rows('SELECT count(*) FROM "user"') == [(0,)]
        form = {"token": mail["token"], "name": "New Person", "password": NEW}
        assert (await client.post("/auth/sign-up/finish", data=form | {"password": "short"})).status_code == 422
        answer = await client.post("/auth/sign-up/finish", data=form | {"role": "owner"})
        assert answer.status_code == 200
        me = (await client.get("/api/v1/me")).json()
        assert (me["name"], me["email"], me["role"]) == ("New Person", "new.person@example.org", "member")
        assert (await client.post("/auth/sign-up/finish", data=form)).status_code == 401


@on_sqlite
async def test_who_may_sign_up_is_a_setting(site, database, monkeypatch):
    async with site.client() as client:
        assert (await client.post("/auth/sign-up", data={"email": "a@example.org"})).status_code == 403
        monkeypatch.setenv("PLUMBLINE_SIGN_UP", "true")
        monkeypatch.setenv("PLUMBLINE_SIGN_UP_DOMAINS", "Example.org, @other.test")
        settings.settings.cache_clear()
        for email, status in (
            ("a@example.org", 202),
            ("a@other.test", 202),
            ("a@evil.test", 422),
            ("a@sub.example.org", 422),
            ("a@example.org.evil.test", 422),
            ("no address", 422),
        ):
            assert (await client.post("/auth/sign-up", data={"email": email})).status_code == status


@pytest.mark.req("AUTH-10", "OPS-02")
async def test_an_address_is_changed_when_the_new_one_confirms_and_the_old_one_is_told(browser, site, world):
    async with browser("author") as client:
        assert (await client.post("/api/v1/me/email", json={"email": "new@example.org"})).status_code == 202
        (mail,) = await mails()
        assert (mail["to"], (await client.get("/api/v1/me")).json()["email"]) == ("new@example.org", AUTHOR)
        async with site.client() as elsewhere:
            answer = await elsewhere.post("/auth/address", data={"token": mail["token"]})
            assert (answer.status_code, answer.json()["location"]) == (200, "/settings/profile")
            assert (await elsewhere.post("/auth/address", data={"token": mail["token"]})).status_code == 401
        assert (await client.get("/api/v1/me")).json()["email"] == "new@example.org"
    (told,) = await mails()
    assert (told["to"], "new@example.org" in told["text"]) == (AUTHOR, True)
    found = await rows("SELECT action, object_id FROM audit_event WHERE action LIKE 'account:address%'")
    assert found == [("account:address:changed", world.actor("author").user_id)]


@pytest.mark.req("AUTH-10")
async def test_changing_the_address_asks_for_a_fresh_sign_in(set_clock, passwords, browser):
    set_clock.advance(minutes=11)
    async with browser("author") as client:
        refused = await client.post("/api/v1/me/email", json={"email": "new@example.org"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "REAUTHENTICATION_REQUIRED")
        assert await mails() == []
        assert (await client.post("/auth/reauthenticate", data={"password": PASSWORD})).status_code == 200
        assert (await client.post("/api/v1/me/email", json={"email": "new@example.org"})).status_code == 202


@pytest.mark.req("AUTH-02")
async def test_an_address_of_somebody_else_is_not_taken_and_not_told(browser, world):
    async with browser("author") as client:
        free = await client.post("/api/v1/me/email", json={"email": "free@example.org"})
        taken = await client.post("/api/v1/me/email", json={"email": "reader@example.org"})
        assert (free.status_code, free.content) == (taken.status_code, taken.content)
        mine, theirs = await mails()
        assert (theirs["to"], theirs["token"]) == ("reader@example.org", "")
        async with browser("reader") as reader:  # who takes the free one before it is confirmed
            await reader.post("/api/v1/me/email", json={"email": "free@example.org"})
            (other,) = await mails()
            assert (await reader.post("/auth/address", data={"token": other["token"]})).status_code == 200
        late = await client.post("/auth/address", data={"token": mine["token"]})
    assert late.status_code in {401, 409}
    assert await rows('SELECT count(*) FROM "user" WHERE email = :who', who="free@example.org") == [(1,)]


@on_sqlite
async def test_a_closed_account_gets_no_link_and_its_link_no_longer_works(site, passwords, world):
    from tests.integration.world import change

    async with site.client() as client:
        token = await reset_link(client)
        await change('UPDATE "user" SET disabled_at = created_at WHERE email = :who', who=AUTHOR)
        assert (await client.post("/auth/reset/new", data={"token": token, "password": NEW})).status_code == 401
        assert (await client.post("/auth/reset", data={"email": AUTHOR})).status_code == 202
        assert await mails() == []
