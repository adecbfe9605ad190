"""Signing in through a real, certified identity provider, from its button to its absence."""

import json
import re
import sqlite3

import pytest
from playwright.async_api import expect

from tests.backing.certified import Certified
from tests.e2e.browser import Visitors
from tests.e2e.client import Person
from tests.e2e.flows.test_accessibility import severe
from tests.e2e.flows.test_factors import code_of
from tests.e2e.flows.test_links import invitation
from tests.e2e.pages.entrance import Link, Login
from tests.e2e.pages.factors import SecondFactorSettings, SecondStep
from tests.e2e.pages.providers import IdentitySettings, ProviderPage
from tests.e2e.server import Server

GONE = {"name": "gone", "label": "Gone provider", "issuer": "http://127.0.0.1:9", "client_id": "plumbline"}


@pytest.fixture(scope="module")
def served(built, tmp_path_factory):
    """A server of this module's own with the provider beside it."""
    server = Server(tmp_path_factory.mktemp("provided"), provider_accounts="true", answer_cache_seconds="0")
    server.settings["PUBLIC_URL"] = server.url
    with Certified(f"{server.url}/auth/providers/certified/callback") as provider:
        server.settings["OIDC_PROVIDERS"] = json.dumps([provider.setting(), GONE])
        server.start()
        yield server, provider
        server.stop()


@pytest.fixture(scope="module")
async def owner(served) -> Person:
    server, _ = served
    return await Person(server.url).set_up(server.setup_token())


@pytest.mark.req("OIDC-01", "OIDC-09")
async def test_a_newcomer_comes_in_where_they_were_going(visitors: Visitors, owner: Person):
    page = await visitors.open(owner.url)
    await page.goto("/import?from=a%20link")
    await (await Login(page).ready()).provider.click()
    await ProviderPage(page).sign_in("ada")
    await page.wait_for_url("**/import?from=a%20link")
    settings = await IdentitySettings(page).open()
    await expect(settings.connected).to_have_count(1)
    await expect(settings.connected).to_contain_text("ada@people.example")
    await expect(settings.connected).to_contain_text("Your only way in")
    await expect(settings.disconnect).to_have_count(0)

    again = await visitors.open(owner.url)
    await (await Login(again).open()).provider.click()
    await ProviderPage(again).sign_in("ada")
    await again.wait_for_url("**/documents")
    await again.get_by_role("button", name="Account").click()
    await expect(again.get_by_text("ada of the provider")).to_be_visible()


@pytest.mark.req("OIDC-01")
async def test_the_button_works_without_script(visitors: Visitors, owner: Person):
    page = await visitors.open(owner.url, java_script_enabled=False)
    await page.goto("/login?next=%2Fdocuments")
    await page.get_by_role("link", name="Continue with Test provider").click()
    await ProviderPage(page).sign_in("grace")
    await page.wait_for_url("**/documents")


@pytest.mark.req("OIDC-01", "OIDC-05", "AUTH-10")
async def test_an_identity_is_connected_used_and_disconnected(visitors: Visitors, owner: Person):
    mine = await owner.sign_in()
    settings = await IdentitySettings(await visitors.open(owner.url, mine.token)).open()
    page = settings.page
    await expect(page.get_by_text("Nothing is connected yet.")).to_be_visible()
    await settings.connect.click()
    await ProviderPage(page).sign_in("olga")
    await page.wait_for_url("**/settings/identities")
    await expect(settings.connected).to_contain_text("olga@people.example")

    other = await visitors.open(owner.url)
    await (await Login(other).open()).provider.click()
    await ProviderPage(other).sign_in("olga")
    await other.wait_for_url("**/documents")

    await settings.open()
    await settings.disconnect.click()
    await expect(page.get_by_text("Nothing is connected yet.")).to_be_visible()


@pytest.mark.req("AUTH-10")
async def test_whoever_has_no_password_confirms_through_the_provider(visitors: Visitors, owner: Person, served):
    visitors.watch.expect("status of 403")
    server, _ = served
    page = await visitors.open(owner.url)
    await (await Login(page).open()).provider.click()
    await ProviderPage(page).sign_in("radia")
    await page.wait_for_url("**/documents")
    with sqlite3.connect(server.home / "data" / "plumbline.db") as database:
        database.execute("UPDATE auth_session SET authenticated_at = '2020-01-01 00:00:00.000000'")
    database.close()
    settings = await IdentitySettings(page).open()
    await settings.connect.click()
    await settings.confirm.click()
    await expect(page.get_by_label("Password")).to_have_count(0)
    await page.get_by_role("button", name="Confirm through Test provider").click()
    await ProviderPage(page).sign_in("radia", known=True)
    await page.wait_for_url("**/settings/identities")
    await settings.connect.click()
    await page.wait_for_url("**/settings/identities")
    await expect(settings.connected).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious(visitors: Visitors, owner: Person, scheme: str):
    mine = await owner.sign_in()
    for token, screen in (("", Login), (mine.token, IdentitySettings)):
        page = await visitors.open(owner.url, token, color_scheme=scheme, bypass_csp=True)
        await screen(page).open()
        await expect(page.locator(".skeleton")).to_have_count(0)
        assert await severe(page) == []
    link = Link(await visitors.open(owner.url, color_scheme=scheme, bypass_csp=True))
    secret = (await invitation(mine, "axe@example.org")).partition("#")[2]
    await link.open(f"/invitation?trouble=cancelled&provider=certified#{secret}")
    await expect(link.provider).to_be_visible()
    assert await severe(link.page) == []


async def test_a_second_factor_is_asked_for_after_the_provider_too(visitors: Visitors, owner: Person):
    page = await visitors.open(owner.url)
    await (await Login(page).open()).provider.click()
    await ProviderPage(page).sign_in("hedy")
    await page.wait_for_url("**/documents")
    settings = await SecondFactorSettings(page).open()
    await settings.set_up.click()
    key = await settings.key.inner_text()
    await settings.turn_on(code_of(key))
    await settings.done.click()

    again = await visitors.open(owner.url)
    await again.goto("/login?next=%2Fimport")
    await (await Login(again).ready()).provider.click()
    await ProviderPage(again).sign_in("hedy")
    step = await SecondStep(again).ready()
    await expect(again).to_have_url(re.compile(r"/login/second\?next=%2Fimport$"))
    await step.answer(code_of(key, 1))
    await again.wait_for_url("**/import")


@pytest.mark.req("OIDC-01", "OIDC-11")
async def test_an_invitation_is_accepted_through_the_provider(visitors: Visitors, owner: Person, served):
    visitors.watch.expect("status of (401|409|503)")
    server, _ = served
    mine, link = await owner.sign_in(), Link(await visitors.open(owner.url))
    path = await invitation(mine, "invited@example.org", role="admin")
    await link.open(path)
    await link.gone_provider.click()
    await expect(link.problem).to_contain_text("Gone provider cannot be reached just now.")
    await link.provider.click()
    await ProviderPage(link.page).cancel.click()
    await expect(link.page).to_have_url(f"{owner.url}/invitation?trouble=cancelled&provider=certified")
    await expect(link.main.get_by_text("You did not sign in at Test provider.")).to_be_visible()
    await expect(link.email).to_have_value("invited@example.org")
    await link.provider.click()
    await ProviderPage(link.page).sign_in("lise")
    await link.page.wait_for_url("**/documents")
    await expect(link.rail.get_by_role("link", name="Admin")).to_be_visible()
    await (await IdentitySettings(link.page).open()).connected.get_by_text("lise@people.example").wait_for()
    assert path.partition("#token=")[2] not in server.log.read_text()

    second = Link(await visitors.open(owner.url))
    await second.open(await invitation(mine, "somebody@example.org"))
    await second.provider.click()
    await ProviderPage(second.page).sign_in("lise")
    await expect(second.main.get_by_text("You at Test provider have an account here already")).to_be_visible()
    await expect(second.provider).to_be_visible()


@pytest.mark.req("OIDC-11")
async def test_what_goes_wrong_is_said_on_the_page_of_signing_in(visitors: Visitors, owner: Person):
    visitors.watch.expect("status of (401|503|500)")
    page = await visitors.open(owner.url)
    await (await Login(page).open()).provider.click()
    await ProviderPage(page).cancel.click()
    await expect(page.get_by_text("You did not sign in at Test provider.")).to_be_visible()

    login = await Login(page).open("/login?next=%2Fimport")
    await page.get_by_role("link", name="Continue with Gone provider").click()
    await expect(page.get_by_text("Gone provider cannot be reached just now.")).to_be_visible()
    await login.ready()
    await login.sign_in(owner.email, owner.password)
    await page.wait_for_url("**/documents")
