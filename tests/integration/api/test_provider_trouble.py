"""What people see of a provider: its button, the sentence when it does not work, and how often it is asked."""

import json

import pytest

from app.adapters.oauth import metadata, talk
from app.core.settings import settings
from tests.backing.listener import Listener
from tests.backing.provider import Lies
from tests.integration.api.programs import PASSWORD
from tests.integration.api.site import on_sqlite
from tests.integration.api.visiting import LINK, START, Visitor, parameters
from tests.integration.world import rows


def configure(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setenv(f"PLUMBLINE_{name.upper()}", value)
    settings.cache_clear()


@on_sqlite
async def test_whoever_cancels_there_is_told_so_here(site, world, provider):
    visitor = Visitor(site)
    brought = provider.consent(await visitor.leave())
    answer = await visitor.come_back(
        {"error": "access_denied", "error_description": "planted", "state": brought["state"]}, accept="text/html"
    )
    assert (answer.status_code, "planted" in answer.text) == (401, False)
    assert 'url=/login?trouble=cancelled&amp;provider=sso"' in answer.text
    page = await visitor.ask("GET", "/login?trouble=cancelled&provider=sso")
    assert "You did not sign in at Our SSO." in page.text
    for made_up in ("trouble=planted&provider=sso", "trouble=cancelled&provider=planted"):
        assert "planted" not in (await visitor.ask("GET", f"/login?{made_up}")).text


@on_sqlite
async def test_the_sign_in_page_leads_there_before_any_script(site, world, provider):
    page = (await Visitor(site).ask("GET", "/login?next=%2Fd%2FENG-1%22%3E")).text
    assert 'href="/auth/providers/sso/start?next=%2Fd%2FENG-1%22%3E"' in page
    assert "Continue with Our SSO" in page


@pytest.mark.req("OIDC-11")
async def test_with_the_provider_down_its_button_says_so_and_passwords_work(site, passwords, provider, monkeypatch):
    assert talk.DEPART_SECONDS < 5
    monkeypatch.setattr(talk, "DEPART_SECONDS", 0.3)
    async with Listener(b"") as silent:
        for issuer in (silent.url, "http://127.0.0.1:9", "http://sso.invalid"):
            metadata.forget()
            configure(monkeypatch, oidc_providers=json.dumps([provider.setting(issuer=issuer)]))
            visitor = Visitor(site)
            answer = await visitor.ask("GET", START)
            error = answer.json()["error"]
            assert (answer.status_code, error["code"]) == (503, "UNAVAILABLE")
            assert error["message"].startswith("Our SSO cannot be reached just now.")
            form = {"email": "author@example.org", "password": PASSWORD}
            assert (await visitor.ask("POST", "/auth/sign-in", data=form)).status_code == 200


@on_sqlite
async def test_its_document_and_keys_are_asked_for_once(site, world, provider):
    for _ in range(3):
        await Visitor(site).sign_in(provider)
    asked = {path: provider.asked.count(path) for path in provider.asked}
    assert (asked["/.well-known/openid-configuration"], asked["/keys"], asked["/token"]) == (1, 1, 3)


@on_sqlite
@pytest.mark.req("RATE-01")
async def test_departures_are_counted_by_address(site, world, provider, monkeypatch):
    configure(monkeypatch, rate_sign_in_address="3/15 minutes")
    visitor = Visitor(site)
    answers = [(await visitor.ask("GET", START)).status_code for _ in range(4)]
    assert answers == [303, 303, 303, 429]
    page = await visitor.ask("GET", START, headers={"accept": "text/html"})
    assert (page.status_code, "http-equiv" in page.text) == (429, False)


@on_sqlite
@pytest.mark.req("OPS-03")
async def test_no_log_line_holds_what_could_sign_in(site, world, provider, log):
    visitor = Visitor(site)
    left = await visitor.leave()
    brought = provider.consent(left)
    provider.lies = Lies(claims=lambda said: {**said, "nonce": "x"})
    await visitor.come_back(brought)
    assert any(line["event"] == "provider_not_believed" for line in log)
    secrets = [brought["code"], brought["state"], parameters(left)["nonce"], *provider.access]
    assert not any(secret in str(log) for secret in secrets)


@on_sqlite
@pytest.mark.req("AUTH-10", "OIDC-05")
async def test_a_sign_in_that_grows_old_at_the_provider_links_nothing(set_clock, site, world, provider):
    visitor = Visitor(site, world.tokens["author"])
    set_clock.advance(minutes=9)
    brought = provider.consent((await visitor.ask("POST", LINK)).json()["location"])
    set_clock.advance(minutes=2)
    now = int(set_clock.moment.timestamp())
    provider.lies = Lies(claims=lambda said: {**said, "iat": now, "exp": now + 300})
    answer = await visitor.come_back(brought)
    assert (answer.status_code, answer.json()["error"]["details"]["trouble"]) == (403, "too-late")
    assert await rows("SELECT count(*) FROM linked_identity") == [(0,)]


@on_sqlite
@pytest.mark.req("OIDC-06")
async def test_linking_again_what_is_linked_changes_nothing(site, world, provider):
    visitor = Visitor(site, world.tokens["author"])
    for _ in range(2):
        brought = provider.consent((await visitor.ask("POST", LINK)).json()["location"])
        assert (await visitor.come_back(brought)).status_code == 303
    assert await rows("SELECT count(*) FROM linked_identity") == [(1,)]
    assert await rows("SELECT count(*) FROM audit_event WHERE action = 'account:identity:linked'") == [(1,)]
