"""A second factor and a passkey, set up in the settings and used to sign in; with an authenticator that the browser
plays itself.
"""

import re
import time

import pyotp
import pytest
from playwright.async_api import CDPSession, Page, expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person
from tests.e2e.pages.entrance import Login
from tests.e2e.pages.factors import PasskeySettings, SecondFactorSettings, SecondStep


@pytest.fixture
async def owner(new_server) -> Person:
    """Alone on a server of the test's own: a second factor stays with its person."""
    server = new_server()
    server.start()
    return await Person(server.url).set_up(server.setup_token())


async def authenticator(page: Page) -> CDPSession:
    """Plugs a passkey device into the browser that asks its person nothing."""
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def code_of(key: str, later: int = 0) -> str:
    return pyotp.TOTP(re.sub(r"\s", "", key)).at(time.time() + 30 * later)


async def test_a_second_factor_from_setting_it_up_to_a_lost_phone(visitors: Visitors, owner: Person):
    visitors.watch.expect("status of 40[19]|status of 422")
    settings = await SecondFactorSettings(await visitors.open(owner.url, owner.token)).open()
    await settings.set_up.click()
    await expect(settings.picture).to_be_visible()
    key = await settings.key.inner_text()
    await settings.turn_on("000000")
    await expect(settings.problem).to_contain_text("This code is not right")
    await settings.turn_on(code_of(key))
    await expect(settings.codes).to_have_count(10)
    kept = await settings.codes.all_inner_texts()
    await settings.done.click()
    await expect(settings.page.get_by_text("10 recovery codes are left.")).to_be_visible()

    page = await visitors.open(owner.url)
    await page.goto("/login?next=%2Fimport")
    await (await Login(page).ready()).sign_in(owner.email, owner.password)
    step = await SecondStep(page).ready()
    await step.answer("000000")
    await expect(step.problem).to_contain_text("This code is not right")
    await step.answer(code_of(key, 1))
    await page.wait_for_url("**/import")

    phoneless = await visitors.open(owner.url)
    await (await Login(phoneless).open()).sign_in(owner.email, owner.password)
    await (await SecondStep(phoneless).ready()).answer(kept[0])
    await phoneless.wait_for_url("**/documents")


async def test_a_passkey_is_added_used_and_removed(visitors: Visitors, owner: Person):
    settings = await PasskeySettings(await visitors.open(owner.url, owner.token)).open()
    page = settings.page
    await authenticator(page)
    await expect(page.get_by_text("You have no passkey yet.")).to_be_visible()
    await settings.add("Work laptop")
    await expect(settings.passkeys).to_have_count(1)
    await expect(settings.passkeys).to_contain_text("Work laptop")
    await page.context.clear_cookies()

    login = await Login(page).open("/login?next=%2Fsettings%2Fpasskeys")
    await login.passkey.click()
    await page.wait_for_url("**/settings/passkeys")
    await expect(settings.passkeys).not_to_contain_text("never used")
    await settings.remove("Work laptop")
    await expect(page.get_by_text("You have no passkey yet.")).to_be_visible()


async def test_a_step_without_a_ticket_leads_to_the_beginning(visitors: Visitors, owner: Person):
    page = await visitors.open(owner.url)
    await page.goto("/login/second?next=%2Fimport")
    await page.wait_for_url("**/login?next=%2Fimport")
