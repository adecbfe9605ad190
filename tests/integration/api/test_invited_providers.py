"""An invitation that is accepted through a provider: the account it makes, and everything that leaves it open."""

import asyncio
import json

import pytest

from app.core.settings import settings
from tests.backing.provider import Lies, Provider
from tests.integration.api.site import on_sqlite
from tests.integration.api.test_invitations import EMAIL, NEW, invited
from tests.integration.api.test_providers import configure, honest_at
from tests.integration.api.visiting import Visitor, sessions
from tests.integration.world import change, rows

ACCEPT = "/auth/providers/sso/invitation"


@pytest.fixture
def by_invitation_only(provider, monkeypatch) -> Provider:
    """Nobody gets an account by coming, and the domain that they come from is none of ours."""
    configure(monkeypatch, provider_accounts="false", provider_domains="example.org")
    return provider


async def departed(visitor: Visitor, token: str) -> str:
    """To the provider, by the button of the invitation."""
    answer = await visitor.ask("POST", ACCEPT, data={"token": token})
    assert answer.status_code == 200, answer.text
    return answer.json()["location"]


async def accepted(visitor: Visitor, provider: Provider, token: str, subject: str = "ada"):
    return await visitor.come_back(provider.consent(await departed(visitor, token), subject))


def trouble(answer) -> tuple[int, str, str]:
    error = answer.json()["error"]
    return answer.status_code, error["code"], error["details"]["trouble"]


async def is_open(site, token: str) -> bool:
    async with site.client() as client:
        return (await client.post("/auth/link", data={"token": token, "kind": "invitation"})).status_code == 200


async def nobody_came(site, token: str) -> bool:
    """No account, no identity, and the invitation as good as before."""
    made = await rows('SELECT count(*) FROM "user" WHERE email = :who', who=EMAIL)
    return (
        made == [(0,)] and await rows("SELECT count(*) FROM linked_identity") == [(0,)] and await is_open(site, token)
    )


@pytest.mark.req("OIDC-05", "AUTH-07", "OPS-02")
async def test_the_invited_address_gets_an_account_with_its_roles_and_no_password(browser, site, by_invitation_only):
    provider = by_invitation_only
    token = await invited(browser, "owner", role="admin", space="ENG", space_role="author")
    visitor = Visitor(site, signed_in="A" * 43)
    provider.people["ada"]["email_verified"] = False
    left = await departed(visitor, token)
    assert token not in left
    assert token not in str(await rows("SELECT * FROM provider_visit"))
    assert await is_open(site, token), "leaving spends nothing"
    answer = await visitor.come_back(provider.consent(left))
    assert (answer.status_code, answer.headers["location"]) == (303, "/documents")
    assert (visitor.cookies.keys(), await visitor.who()) == ({"plumbline"}, EMAIL)
    assert visitor.cookies["plumbline"] != "A" * 43
    found = await rows(
        'SELECT u.id, u.name, u.role, u.password_hash, m.role FROM "user" u JOIN space_member m ON m.user_id = u.id '
        "WHERE u.email = :who",
        who=EMAIL,
    )
    assert [row[1:] for row in found] == [("Ada Lovelace", "admin", None, "author")]
    assert not await is_open(site, token)
    made = await rows("SELECT actor_id, details FROM audit_event WHERE action = 'account:user:made'")
    assert [(who, json.loads(facts) if isinstance(facts, str) else facts) for who, facts in made] == [
        (found[0][0], {"by": "invitation", "provider": "sso"})
    ]
    actions = {row[0] for row in await rows("SELECT action FROM audit_event")}
    assert {"account:invitation:accepted", "account:session:started"} <= actions
    again = Visitor(site)
    assert (await again.sign_in(provider)).status_code == 303
    assert await again.who() == EMAIL, "from now on the identity signs in"


@on_sqlite
async def test_the_page_offers_the_providers_to_somebody_new_only(browser, site, world, by_invitation_only):
    token = await invited(browser)
    form = {"token": token, "kind": "invitation"}
    async with site.client() as client:
        read = (await client.post("/auth/link", data=form)).json()
        assert (read["standing"], read["providers"]) == ("unknown", [{"name": "sso", "label": "Our SSO"}])
        async with browser("reader") as reader:
            assert (await reader.post("/auth/link", data=form)).json()["providers"] == []
        await client.post("/auth/invitation/new", data={"token": token, **NEW})
        later = await invited(browser, space="ENG", space_role="reader")
    async with site.client() as client:
        read = (await client.post("/auth/link", data={"token": later, "kind": "invitation"})).json()
        assert (read["standing"], read["providers"]) == ("signed_out", [])


@on_sqlite
@pytest.mark.req("AUTH-07")
async def test_what_is_no_invitation_leads_nowhere(browser, site, world, by_invitation_only):
    token = await invited(browser)
    visitor = Visitor(site)
    for made_up, status in (("A" * 43, 401), ("", 422), (token[:-1], 401), ("x" * 201, 422), ("x" * 5000, 422)):
        answer = await visitor.ask("POST", ACCEPT, data={"token": made_up})
        assert (answer.status_code, visitor.cookies) == (status, {}), made_up
    unknown = await visitor.ask("POST", ACCEPT.replace("sso", "nobody"), data={"token": token})
    assert unknown.status_code == 404
    assert (await visitor.ask("GET", f"{ACCEPT}?token={token}")).status_code == 405
    async with site.client(sec_fetch_site="cross-site") as foreign:
        assert (await foreign.post(ACCEPT, data={"token": token})).status_code == 403
    assert await rows("SELECT count(*) FROM provider_visit") == [(0,)]


@pytest.mark.req("AUTH-07")
@pytest.mark.parametrize("ended", ["withdrawn", "replaced", "used", "expired"])
async def test_an_invitation_that_ended_meanwhile_is_none(browser, site, world, by_invitation_only, set_clock, ended):
    token, visitor = await invited(browser), Visitor(site)
    if ended == "expired":
        set_clock.advance(hours=71, minutes=55)
    left, before = await departed(visitor, token), await sessions()
    if ended == "withdrawn":
        async with browser("admin") as client:
            (listed,) = (await client.get("/api/v1/invitations")).json()
            assert (await client.delete(f"/api/v1/invitations/{listed['id']}")).status_code == 204
    elif ended == "replaced":
        await invited(browser)
    elif ended == "used":
        async with site.client() as client:
            assert (await client.post("/auth/invitation/new", data={"token": token, **NEW})).status_code == 200
        before += 1
    else:
        set_clock.advance(minutes=6)
    by_invitation_only.lies = honest_at(set_clock)
    answer = await visitor.come_back(by_invitation_only.consent(left))
    assert trouble(answer) == (401, "INVALID_CREDENTIALS", "invitation-ended")
    assert (await visitor.who(), await sessions()) == ("", before)
    assert await rows("SELECT count(*) FROM linked_identity") == [(0,)]


@pytest.mark.req("AUTH-07")
async def test_of_two_at_once_one_gets_in(browser, site, world, by_invitation_only):
    token = await invited(browser)
    visitors = {"ada": Visitor(site), "eve": Visitor(site)}
    brought = {who: by_invitation_only.consent(await departed(one, token), who) for who, one in visitors.items()}
    answers = await asyncio.gather(*(one.come_back(brought[who]) for who, one in visitors.items()))
    assert sorted(answer.status_code for answer in answers) == [303, 401]
    (lost,) = [answer for answer in answers if answer.status_code == 401]
    assert trouble(lost)[2] == "invitation-ended"
    assert sorted([await one.who() for one in visitors.values()]) == ["", EMAIL]
    assert await rows("SELECT count(*) FROM linked_identity") == [(1,)]


@pytest.mark.req("OIDC-05")
async def test_one_identity_with_two_invitations_at_once_gets_one_account(browser, site, world, by_invitation_only):
    async with browser("admin") as client:
        made = [await client.post("/api/v1/invitations", json={"email": f"{who}@example.org"}) for who in ("a", "b")]
    tokens = [one.json()["link"].partition("#token=")[2] for one in made]
    visitors = [Visitor(site), Visitor(site)]
    brought = [by_invitation_only.consent(await departed(*one)) for one in zip(visitors, tokens, strict=True)]
    answers = await asyncio.gather(*(one.come_back(back) for one, back in zip(visitors, brought, strict=True)))
    assert sorted(answer.status_code for answer in answers)[0] == 303
    lost = next(place for place, answer in enumerate(answers) if answer.status_code != 303)
    assert trouble(answers[lost])[2] in {"has-account", "stale"}
    assert [await is_open(site, token) for token in tokens] == [place == lost for place in range(2)]
    people = await rows("SELECT count(*) FROM \"user\" WHERE email IN ('a@example.org', 'b@example.org')")
    assert (people, await visitors[lost].who()) == ([(1,)], "")


@pytest.mark.req("SESS-06", "AUTHZ-02")
async def test_what_its_maker_may_not_give_any_more_is_not_given(browser, site, world, by_invitation_only):
    token, visitor = await invited(browser, "admin"), Visitor(site)
    left, before = await departed(visitor, token), await sessions()
    await change("UPDATE \"user\" SET role = 'member' WHERE email = :who", who="admin@example.org")
    answer = await visitor.come_back(by_invitation_only.consent(left))
    assert trouble(answer) == (401, "INVALID_CREDENTIALS", "not-given")
    assert (await visitor.who(), await sessions(), await nobody_came(site, token)) == ("", before, True)


@pytest.mark.req("OIDC-05")
async def test_an_account_with_the_invited_address_is_opened_to_no_provider(browser, site, world, by_invitation_only):
    token, visitor = await invited(browser), Visitor(site)
    left = await departed(visitor, token)
    await change('UPDATE "user" SET email = :new WHERE email = :who', new=EMAIL, who="reader@example.org")
    answer = await visitor.come_back(by_invitation_only.consent(left))
    assert trouble(answer) == (409, "LINK_REQUIRED", "link-required")
    assert (await visitor.who(), await is_open(site, token)) == ("", True)
    assert await rows("SELECT count(*) FROM linked_identity") == [(0,)]


@pytest.mark.req("OIDC-05")
async def test_who_has_an_account_gets_no_second_one(browser, site, world, provider):
    await Visitor(site).sign_in(provider)
    token, visitor, before = await invited(browser), Visitor(site), await sessions()
    answer = await accepted(visitor, provider, token)
    assert trouble(answer) == (409, "CONFLICT", "has-account")
    assert (await visitor.who(), await sessions(), await is_open(site, token)) == ("", before, True)
    refused = await rows("SELECT details FROM audit_event WHERE action = 'account:session:refused'")
    assert "has-account" in str(refused)
    assert (await accepted(visitor, provider, token, "eve")).status_code == 303, "whoever else holds the link gets in"


@on_sqlite
@pytest.mark.req("OIDC-03")
async def test_another_browser_and_a_second_time_get_nobody_in(browser, site, world, by_invitation_only):
    token, visitor = await invited(browser), Visitor(site)
    brought = by_invitation_only.consent(await departed(visitor, token))
    for other in (Visitor(site), Visitor(site, world.tokens["reader"])):
        assert trouble(await other.come_back(brought)) == (400, "BAD_REQUEST", "stale")
    assert await nobody_came(site, token)
    kept = dict(visitor.cookies)
    assert (await visitor.come_back(brought)).status_code == 303
    assert trouble(await Visitor(site, cookies=kept).come_back(brought))[0] == 400


@on_sqlite
@pytest.mark.req("OIDC-04", "OIDC-11")
async def test_what_went_wrong_leads_back_to_the_invitation(browser, site, world, by_invitation_only, set_clock):
    provider, token, visitor = by_invitation_only, await invited(browser), Visitor(site)
    refusals = {}
    brought = provider.consent(await departed(visitor, token))
    cancelled = {"error": "access_denied", "state": brought["state"]}
    refusals["cancelled"] = await visitor.come_back(cancelled, accept="text/html")
    provider.lies = Lies(claims=lambda honest: {**honest, "nonce": "another"})
    brought = provider.consent(await departed(visitor, token))
    refusals["refused"] = await visitor.come_back(brought, accept="text/html")
    provider.lies = Lies()
    brought = provider.consent(await departed(visitor, token))
    set_clock.advance(minutes=10)
    refusals["stale"] = await visitor.come_back(brought, accept="text/html")
    for word, answer in refusals.items():
        assert f'url=/invitation?trouble={word}&amp;provider=sso"' in answer.text
    assert await nobody_came(site, token)
    for signed_in in ("", world.tokens["reader"]):
        page = await Visitor(site, signed_in).ask("GET", "/invitation?trouble=cancelled&provider=sso")
        assert "You did not sign in at Our SSO." in page.text
        made_up = await Visitor(site, signed_in).ask("GET", "/invitation?trouble=planted&provider=sso")
        assert "planted" not in made_up.text
    lost = await visitor.come_back(brought, accept="text/html")
    assert 'url=/login?trouble=stale&amp;provider=sso"' in lost.text, "a visit that nobody knows was for nothing"


@on_sqlite
@pytest.mark.req("OIDC-11", "RATE-01")
async def test_leaving_is_counted_and_a_provider_that_is_away_says_so(
    browser, site, world, by_invitation_only, monkeypatch
):
    token, visitor = await invited(browser), Visitor(site)
    gone = by_invitation_only.setting(issuer="http://127.0.0.1:9")
    configure(monkeypatch, oidc_providers=json.dumps([gone]), rate_sign_in_address="2/15 minutes")
    answers = [await visitor.ask("POST", ACCEPT, data={"token": token}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 429]
    assert answers[0].json()["error"]["message"].startswith("Our SSO cannot be reached just now.")
    assert await is_open(site, token)


async def test_groups_that_the_provider_names_are_taken(browser, site, world, by_invitation_only, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_OIDC_PROVIDERS", json.dumps([by_invitation_only.setting(groups_claim="teams")]))
    settings.cache_clear()
    async with browser("owner") as client:
        made = await client.post("/api/v1/groups", json={"name": "Eng", "claim": "eng"})
        await client.put(f"/api/v1/spaces/OPS/groups/{made.json()['id']}", json={"role": "author"})
    by_invitation_only.people["ada"] |= {"teams": ["eng"]}
    visitor = Visitor(site)
    assert (await accepted(visitor, by_invitation_only, await invited(browser))).status_code == 303
    found = await rows('SELECT u.email FROM group_member m JOIN "user" u ON u.id = m.user_id')
    assert found == [(EMAIL,)]
