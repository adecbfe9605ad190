"""Signing in through a provider that is honest: who gets in as whom, what is linked and how, what is never done."""

import json
import time

import pytest

from app.core.settings import settings
from tests.backing.provider import Lies, Provider
from tests.integration.api.programs import PASSWORD
from tests.integration.api.site import on_sqlite
from tests.integration.api.visiting import CONFIRM, LINK, START, Visitor, parameters, sessions
from tests.integration.world import change, rows

IDENTITIES = "/api/v1/me/identities"


def configure(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setenv(f"PLUMBLINE_{name.upper()}", value)
    settings.cache_clear()


async def link(visitor, provider, subject="ada"):
    answer = await visitor.ask("POST", LINK)
    if answer.status_code != 200:
        return answer
    return await visitor.come_back(provider.consent(answer.json()["location"], subject))


@on_sqlite
@pytest.mark.req("OIDC-02")
async def test_each_departure_is_fresh_and_leads_back_to_the_public_url(site, world, provider, monkeypatch):
    configure(monkeypatch, public_url="https://designs.example.org")
    evil = {"host": "evil.test", "x-forwarded-host": "evil.test", "x-forwarded-proto": "http"}
    urls = [(await Visitor(site).ask("GET", START, headers=evil)).headers["location"] for _ in range(3)]
    sent = [parameters(url) for url in urls]
    for one in sent:
        assert one["redirect_uri"] == "https://designs.example.org/auth/providers/sso/callback"
        assert (one["response_type"], one["code_challenge_method"]) == ("code", "S256")
        assert "openid" in one["scope"].split()
        assert len(one["code_challenge"]) == 43
        assert "evil" not in str(one)
    for fresh in ("state", "nonce", "code_challenge"):
        assert len({one[fresh] for one in sent}) == 3
        assert all(len(one[fresh]) >= 40 for one in sent)
    kept = str(await rows("SELECT state_digest, browser_digest FROM provider_visit"))
    assert not any(one["state"] in kept for one in sent)


@pytest.mark.req("OIDC-09", "OIDC-07")
async def test_a_newcomer_gets_an_account_once_and_keeps_it_under_another_address(site, world, provider):
    first = Visitor(site, signed_in="A" * 43)
    answer = await first.sign_in(provider, back="/import?from=a%20link")
    assert answer.headers["location"] == "/import?from=a%20link"
    assert await first.who() == "ada@lovelace.example"
    assert first.cookies.keys() == {"plumbline"}
    earlier = first.cookies["plumbline"]
    assert earlier != "A" * 43
    provider.people["ada"] = {"email": "countess@elsewhere.example", "email_verified": False, "name": "A. L."}
    assert (await first.sign_in(provider)).status_code == 303
    assert await first.who() == "ada@lovelace.example"
    assert first.cookies["plumbline"] != earlier
    assert await rows("SELECT count(*) FROM linked_identity") == [(1,)]
    made = await rows("SELECT name, role, password_hash FROM \"user\" WHERE email = 'ada@lovelace.example'")
    assert made == [("Ada Lovelace", "member", None)]
    actions = [row[0] for row in await rows("SELECT action FROM audit_event WHERE action LIKE 'account:user%'")]
    assert actions == ["account:user:made"]


@pytest.mark.req("OIDC-05")
async def test_an_address_of_an_account_opens_it_to_no_provider(site, passwords, provider):
    provider.people["ada"] = {"email": "AUTHOR@example.org", "email_verified": True, "name": "Author"}
    visitor, before = Visitor(site), await sessions()
    answer = await visitor.sign_in(provider)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "LINK_REQUIRED")
    assert (await visitor.who(), await sessions()) == ("", before)
    provider.people["ada"]["email_verified"] = False
    unconfirmed = await visitor.sign_in(provider)
    assert unconfirmed.json()["error"]["details"]["trouble"] == "unconfirmed", "nor is it spoken of"
    assert await rows("SELECT count(*) FROM linked_identity") == [(0,)]
    refused = await rows("SELECT count(*) FROM audit_event WHERE action = 'account:session:refused'")
    assert refused == [(2,)]


@pytest.mark.req("OIDC-05", "OIDC-12", "OPS-02")
async def test_linking_takes_a_session_and_ends_the_others(site, passwords, provider, browser):
    visitor = Visitor(site)
    await visitor.ask("POST", "/auth/sign-in", data={"email": "author@example.org", "password": PASSWORD})
    assert (await link(visitor, provider)).headers["location"] == "/settings/identities"
    assert await visitor.who() == "author@example.org"
    async with browser("author") as other:
        assert (await other.get("/api/v1/me")).status_code == 401, "another session of the same person"
    async with browser("reader") as other:
        assert (await other.get("/api/v1/me")).status_code == 200
    fresh = Visitor(site)
    assert (await fresh.sign_in(provider)).status_code == 303
    assert await fresh.who() == "author@example.org"
    (identity,) = (await fresh.ask("GET", IDENTITIES)).json()["identities"]
    assert (identity["label"], identity["email"], identity["may_unlink"]) == ("Our SSO", "Ada@Lovelace.example", True)
    assert (await fresh.ask("DELETE", f"{IDENTITIES}/{identity['id']}")).status_code == 204
    assert (await fresh.ask("DELETE", f"{IDENTITIES}/{identity['id']}")).status_code == 404
    actions = {row[0] for row in await rows("SELECT action FROM audit_event")}
    assert {"account:identity:linked", "account:identity:unlinked"} <= actions


@pytest.mark.req("OIDC-05", "AUTH-10")
async def test_linking_and_unlinking_ask_for_a_young_sign_in(set_clock, site, passwords, provider, world):
    visitor = Visitor(site, world.tokens["author"])
    provider.lies = honest_at(set_clock)
    answer = await link(visitor, provider)
    assert answer.status_code == 303
    (identity,) = (await visitor.ask("GET", IDENTITIES)).json()["identities"]
    set_clock.advance(minutes=11)
    for method, path in (("POST", LINK), ("DELETE", f"{IDENTITIES}/{identity['id']}")):
        refused = await visitor.ask(method, path)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "REAUTHENTICATION_REQUIRED")
    left = (await visitor.ask("POST", CONFIRM, data={"next": "/settings/identities"})).json()["location"]
    assert (parameters(left)["prompt"], parameters(left)["max_age"]) == ("login", "0")
    provider.lies = honest_at(set_clock)
    assert (await visitor.come_back(provider.consent(left))).status_code == 303
    assert (await visitor.ask("DELETE", f"{IDENTITIES}/{identity['id']}")).status_code == 204


def honest_at(clock, **changes):
    """A provider whose clock is that of the test."""
    now = int(clock.moment.timestamp())
    return Lies(claims=lambda said: {**said, "iat": now, "exp": now + 300, **changes})


@on_sqlite
@pytest.mark.req("AUTH-10")
async def test_a_proof_of_long_ago_or_of_somebody_else_confirms_nothing(site, passwords, provider, world):
    visitor = Visitor(site, world.tokens["author"])
    await link(visitor, provider)
    await change("UPDATE auth_session SET authenticated_at = created_at")
    before = await rows("SELECT authenticated_at FROM auth_session ORDER BY id")
    for lies, subject, status in (
        (Lies(claims=lambda said: {**said, "auth_time": int(time.time()) - 3600}), "ada", 401),
        (Lies(), "eve", 401),
    ):
        provider.lies = lies
        left = (await visitor.ask("POST", CONFIRM)).json()["location"]
        assert (await visitor.come_back(provider.consent(left, subject))).status_code == status
    assert await rows("SELECT authenticated_at FROM auth_session ORDER BY id") == before


@on_sqlite
@pytest.mark.req("OIDC-05", "OIDC-03")
async def test_a_visit_to_link_goes_on_only_in_the_session_that_began_it(site, passwords, provider, world):
    visitor = Visitor(site, world.tokens["author"])
    left = (await visitor.ask("POST", LINK)).json()["location"]
    brought = provider.consent(left)
    visitor.cookies["plumbline"] = world.tokens["reader"]
    assert (await visitor.come_back(brought)).status_code == 400
    left = (await Visitor(site, world.tokens["author"]).ask("POST", LINK)).json()["location"]
    async with site.client(sec_fetch_site="cross-site", cookie=f"plumbline={world.tokens['author']}") as foreign:
        assert (await foreign.post(LINK)).status_code == 403
    assert await rows("SELECT count(*) FROM linked_identity") == [(0,)]


@on_sqlite
@pytest.mark.req("OIDC-05")
async def test_an_identity_belongs_to_one_account(site, passwords, provider, world):
    assert (await link(Visitor(site, world.tokens["author"]), provider)).status_code == 303
    reader = Visitor(site, world.tokens["reader"])
    taken = await link(reader, provider)
    assert (taken.status_code, taken.json()["error"]["details"]["trouble"]) == (409, "taken")
    assert (await reader.ask("GET", IDENTITIES)).json()["identities"] == []


@pytest.mark.req("OIDC-06")
async def test_the_same_subject_at_two_issuers_is_two_people(site, world, provider, monkeypatch):
    async with Provider(people={"ada": {"email": "other@ada.example", "email_verified": True}}) as other:
        both = [provider.setting(), other.setting(name="other", label="Other")]
        configure(monkeypatch, oidc_providers=json.dumps(both))
        first, second = Visitor(site), Visitor(site)
        await first.sign_in(provider)
        left = (await second.ask("GET", "/auth/providers/other/start")).headers["location"]
        brought = other.consent(left)
        crossed = await second.come_back(brought)
        assert crossed.status_code == 400, "what one provider answers is not taken at the address of another"
        query = "&".join(f"{name}={value}" for name, value in brought.items())
        assert (await second.ask("GET", f"/auth/providers/other/callback?{query}")).status_code == 303
        assert (await first.who(), await second.who()) == ("ada@lovelace.example", "other@ada.example")


@on_sqlite
@pytest.mark.req("OIDC-08", "REDIR-01")
@pytest.mark.parametrize(
    "there", ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)", "/\t/evil.test"]
)
async def test_one_lands_on_this_site(site, world, provider, there):
    answer = await Visitor(site).sign_in(provider, back=there)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@on_sqlite
@pytest.mark.req("OIDC-08")
async def test_one_lands_on_the_documents_otherwise(site, world, provider):
    assert (await Visitor(site).sign_in(provider)).headers["location"] == "/documents"
    endless = await Visitor(site).sign_in(provider, back="/" + "x" * 3000)
    assert endless.headers["location"] == "/"


@on_sqlite
@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"provider_accounts": "false"}, "no-account"),
        ({"provider_domains": "example.org"}, "foreign"),
        ({"provider_domains": "lovelace.example"}, ""),
        ({"provider_domains": "*"}, ""),
    ],
)
@pytest.mark.req("OIDC-05")
async def test_who_gets_an_account_is_a_setting(site, world, provider, monkeypatch, changes, trouble):
    configure(monkeypatch, **changes)
    answer = await Visitor(site).sign_in(provider)
    assert (answer.json()["error"]["details"]["trouble"] if answer.status_code == 403 else "") == trouble


@on_sqlite
@pytest.mark.req("AUTH-09")
async def test_before_the_owner_nobody_gets_an_account(site, provider):
    answer = await Visitor(site).sign_in(provider)
    assert answer.json()["error"]["details"]["trouble"] == "no-account"
    assert await rows('SELECT count(*) FROM "user"') == [(0,)]


@pytest.mark.req("SESS-06")
async def test_a_closed_account_stays_closed(site, world, provider):
    await Visitor(site).sign_in(provider)
    await change("UPDATE \"user\" SET disabled_at = created_at WHERE email = 'ada@lovelace.example'")
    visitor = Visitor(site)
    answer = await visitor.sign_in(provider)
    assert (answer.json()["error"]["details"]["trouble"], await visitor.who()) == ("closed", "")


@on_sqlite
@pytest.mark.req("OIDC-12")
async def test_the_last_way_in_stays(site, world, provider):
    visitor = Visitor(site)
    await visitor.sign_in(provider)
    (identity,) = (await visitor.ask("GET", IDENTITIES)).json()["identities"]
    assert identity["may_unlink"] is False
    refused = await visitor.ask("DELETE", f"{IDENTITIES}/{identity['id']}")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "CONFLICT")
