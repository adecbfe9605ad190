"""Invitations by link, and links that an administrator hands over: who may make them, what they give, to whom."""

import pytest

from app.services import accounts
from tests.integration.api.programs import PASSWORD
from tests.integration.api.site import on_sqlite
from tests.integration.mailbox import mails
from tests.integration.world import change, rows

NEW = {"name": "New Person", "password": "granite otter willow 7"}
EMAIL = "new@example.org"


async def invited(browser, by="admin", **terms):
    """The link's secret, as it is shown to who made it."""
    async with browser(by) as client:
        answer = await client.post("/api/v1/invitations", json={"email": EMAIL, **terms})
    assert answer.status_code == 201, answer.text
    return answer.json()["link"].partition("/invitation#token=")[2]


async def status(browser, by, **terms):
    async with browser(by) as client:
        return (await client.post("/api/v1/invitations", json={"email": EMAIL, **terms})).status_code


@pytest.mark.req("AUTH-07", "OPS-02")
async def test_an_invitation_makes_the_account_once_with_its_roles(browser, site):
    token = await invited(browser, "owner", role="admin", space="ENG", space_role="author")
    (mail,) = await mails()
    assert (mail["to"], mail["token"], "Engineering" in mail["text"]) == (EMAIL, token, True)
    assert token not in str(await rows("SELECT * FROM link"))
    async with site.client() as client:
        read = (await client.post("/auth/link", data={"token": token, "kind": "invitation"})).json()
        assert read == {
            "email": EMAIL,
            "standing": "unknown",
            "words": "Owner Person invites you to the space Engineering as Author.",
            "providers": [],
        }
        weak = await client.post("/auth/invitation/new", data={"token": token, **NEW, "password": "short"})
        assert weak.status_code == 422
        answer = await client.post("/auth/invitation/new", data={"token": token, **NEW, "role": "owner"})
        assert answer.status_code == 200
        me = (await client.get("/api/v1/me")).json()
        assert (me["email"], me["name"], me["role"]) == (EMAIL, "New Person", "admin")
        again = await client.post("/auth/invitation/new", data={"token": token, **NEW})
        assert again.status_code == 401
    member = await rows(
        'SELECT m.role FROM space_member m JOIN "user" u ON u.id = m.user_id WHERE u.email = :who', who=EMAIL
    )
    assert member == [("author",)]
    actions = {action for (action,) in await rows("SELECT action FROM audit_event")}
    assert actions > {"account:invitation:made", "account:invitation:accepted", "account:user:made"}


@pytest.mark.req("AUTHZ-02")
async def test_nobody_invites_to_more_than_they_may_give(browser, world):
    for by, terms, expected in (
        ("reader", {}, 403),
        ("maintainer", {"space": "ENG", "space_role": "reader"}, 403),
        ("guest", {}, 403),
        ("admin", {"role": "owner"}, 403),
        ("admin", {"role": "admin"}, 403),
        ("admin", {"role": "guest"}, 201),
        ("admin", {"space": "OPS", "space_role": "maintainer"}, 201),
        ("admin", {"space": "NONE", "space_role": "reader"}, 404),
        ("owner", {"space": "ENG", "space_role": "king"}, 422),
        ("owner", {"space": "ENG"}, 422),
        ("owner", {"space_role": "reader"}, 422),
        ("owner", {"role": "king"}, 422),
        ("owner", {"role": "owner"}, 201),
    ):
        assert await status(browser, by, **terms) == expected, (by, terms)


@pytest.mark.req("AUTH-10")
async def test_inviting_an_owner_asks_for_a_fresh_sign_in(set_clock, browser):
    set_clock.advance(minutes=11)
    assert await status(browser, "owner", role="owner") == 403
    assert await status(browser, "owner", role="member") == 201


async def test_who_has_an_account_accepts_signed_in_and_nobody_else_does(browser, site, world):
    async with browser("owner") as client:
        terms = {"email": "outsider@example.org", "space": "ENG", "space_role": "reviewer"}
        made = await client.post("/api/v1/invitations", json=terms)
        token = made.json()["link"].partition("#token=")[2]
        assert (
            await client.post("/api/v1/invitations", json=terms | {"email": "author@example.org"})
        ).status_code == 409
    form = {"token": token}
    async with site.client() as client:
        assert (await client.post("/auth/invitation", data=form)).status_code == 401
        assert (await client.post("/auth/invitation/new", data=form | NEW)).status_code == 409
    async with browser("reader") as client:
        read = await client.post("/auth/link", data=form | {"kind": "invitation"})
        assert read.json()["standing"] == "somebody_else"
        assert (await client.post("/auth/invitation", data=form)).status_code == 403
    async with browser("outsider") as client:
        assert (await client.post("/auth/invitation", data=form)).status_code == 200
        assert {one["space_key"] for one in (await client.get("/api/v1/documents")).json()["items"]} == set()
        assert (await client.post("/auth/invitation", data=form)).status_code == 401
    found = await rows(
        "SELECT m.role FROM space_member m JOIN space s ON s.id = m.space_id WHERE s.key = 'ENG' AND m.user_id = :who",
        who=world.actor("outsider").user_id,
    )
    assert found == [("reviewer",)]


@pytest.mark.req("SESS-06", "AUTHZ-02")
async def test_what_its_maker_may_not_give_any_more_is_not_given(browser, site, world):
    token = await invited(browser, "admin")
    await change("UPDATE \"user\" SET role = 'member' WHERE email = :who", who="admin@example.org")
    async with site.client() as client:
        refused = await client.post("/auth/invitation/new", data={"token": token, **NEW})
    assert refused.status_code == 401
    assert await rows('SELECT count(*) FROM "user" WHERE email = :who', who=EMAIL) == [(0,)]


async def test_an_invitation_is_listed_replaced_withdrawn_and_ends(browser, site, world, set_clock):
    first, second = await invited(browser), await invited(browser)
    async with browser("admin") as client, site.client() as guest:
        (listed,) = (await client.get("/api/v1/invitations")).json()
        assert (listed["email"], listed["inviter"], "link" in listed) == (EMAIL, "Admin Person", False)
        reading = [await guest.post("/auth/link", data={"token": one, "kind": "invitation"}) for one in (first, second)]
        assert [one.status_code for one in reading] == [401, 200]
        assert (await client.delete(f"/api/v1/invitations/{listed['id']}")).status_code == 204
        assert (await client.delete(f"/api/v1/invitations/{listed['id']}")).status_code == 404
        assert (await guest.post("/auth/invitation/new", data={"token": second, **NEW})).status_code == 401
        third = await invited(browser)
        set_clock.advance(hours=72)
        assert (await guest.post("/auth/invitation/new", data={"token": third, **NEW})).status_code == 401


@pytest.mark.req("AUTH-07", "OPS-02")
async def test_an_administrator_hands_over_a_link_to_who_may_less(browser, site, world, passwords):
    people = {name: world.actor(name).user_id for name in ("owner", "admin", "author")}
    async with browser("admin") as client:
        for name, expected in (("owner", 403), ("admin", 403), ("author", 201)):
            answer = await client.post(f"/api/v1/users/{people[name]}/reset-link")
            assert answer.status_code == expected, name
        assert (await client.post(f"/api/v1/users/{'0' * 32}/reset-link")).status_code == 404
    (told,) = await mails()
    assert (told["to"], told["token"]) == ("author@example.org", "")
    token = answer.json()["link"].partition("/reset/new#token=")[2]
    async with site.client() as client:
        done = await client.post("/auth/reset/new", data={"token": token, "password": NEW["password"]})
    assert done.status_code == 200
    assert await accounts.identify(world.tokens["author"]) is None
    found = await rows("SELECT actor_id, object_id FROM audit_event WHERE action = 'account:link:made_for'")
    assert found == [(people["admin"], people["author"])]


@on_sqlite
@pytest.mark.req("AUTH-10")
async def test_handing_over_a_link_asks_for_a_fresh_sign_in(set_clock, browser, world, passwords):
    set_clock.advance(minutes=11)
    async with browser("admin") as client:
        path = f"/api/v1/users/{world.actor('author').user_id}/reset-link"
        refused = await client.post(path)
        assert refused.json()["error"]["code"] == "REAUTHENTICATION_REQUIRED"
        await client.post("/auth/reauthenticate", data={"password": PASSWORD})
        assert (await client.post(path)).status_code == 201
