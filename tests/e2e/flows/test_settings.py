"""The settings: name, password, tokens, and sessions that end while their page is open."""

import pytest
from playwright.async_api import expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person
from tests.e2e.pages.entrance import Login
from tests.e2e.pages.settings import Settings


async def own(visitors: Visitors, new_server) -> tuple[Person, Settings]:
    server = new_server()
    server.start()
    person = await Person(server.url).set_up(server.setup_token(), start="empty")
    return person, await Settings(await visitors.open(server.url, person.token)).open()


@pytest.mark.req("SESS-05", "AUTH-07")
async def test_a_name_a_password_and_what_it_ends(visitors: Visitors, new_server):
    visitors.watch.expect("status of 401")
    person, settings = await own(visitors, new_server)
    elsewhere = Settings(await visitors.open(person.url, (await person.sign_in()).token))
    await elsewhere.open("/settings/sessions")
    await expect(elsewhere.sessions.get_by_role("listitem")).to_have_count(2)
    await settings.rename("Olga Other")
    await expect(settings.notices).to_contain_text("Your name is saved.")
    await settings.section("Password")
    await settings.change_password("not this", "granite otter willow 7")
    await expect(settings.problem).to_contain_text("The current password is not right.")
    await settings.change_password(person.password, "granite otter willow 7")
    await expect(settings.notices).to_contain_text("signed out everywhere else")
    await elsewhere.go_to("Import")
    await elsewhere.page.wait_for_url("**/login?next=%2Fimport")
    await Login(elsewhere.page).sign_in(person.email, "granite otter willow 7")
    await elsewhere.page.wait_for_url("**/import")


@pytest.mark.req("AUTHZ-07")
async def test_a_token_is_shown_once_and_revoked(visitors: Visitors, person: Person):
    settings = Settings(await visitors.open(person.url, person.token))
    await settings.open("/settings/tokens")
    secret = await settings.make_token("pipeline of the shop")
    assert secret.startswith("plb_")
    await expect(settings.token_row("pipeline of the shop")).to_contain_text("never used")
    await settings.open("/settings/tokens")
    await expect(settings.token_row("pipeline of the shop")).to_be_visible()
    await expect(settings.main).not_to_contain_text(secret)
    await settings.token_row("pipeline of the shop").get_by_role("button").click()
    await expect(settings.token_row("pipeline of the shop")).to_have_count(0)


@pytest.mark.req("SESS-06", "SESS-10")
async def test_a_session_that_is_ended_elsewhere_clears_its_open_page(visitors: Visitors, new_server):
    person, desk = await own(visitors, new_server)  # "all others" would be those of every other flow
    there = await person.sign_in()
    phone = Settings(await visitors.open(person.url, there.token))
    await phone.open("/settings/sessions")
    await expect(phone.sessions.get_by_text("this one")).to_be_visible()
    await desk.open("/settings/sessions")
    await desk.main.get_by_role("button", name="End all others").click()
    await expect(desk.sessions.get_by_role("listitem")).to_have_count(1)
    await expect(desk.main).to_contain_text("You are signed in nowhere else.")
    await phone.sessions.get_by_role("button").first.click()  # its next event
    await phone.page.wait_for_url("**/login?next=%2Fsettings%2Fsessions")
    await expect(phone.sessions).to_have_count(0)
    await expect(phone.page.get_by_text(person.name)).to_have_count(0)
