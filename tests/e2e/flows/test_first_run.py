"""From the one-time link to the documents, once; and what there is when there is nothing."""

import pytest
from playwright.async_api import expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person
from tests.e2e.pages.catalogue import Documents
from tests.e2e.pages.entrance import Login, Setup


@pytest.mark.req("AUTH-09")
async def test_the_link_makes_the_owner_once_and_leads_to_the_sample_space(visitors: Visitors, new_server):
    server = new_server()
    server.start()
    owner, link = Person(server.url), f"/setup?token={server.setup_token()}"
    setup = Setup(await visitors.open(server.url))
    await setup.open(link)
    await expect(setup.sample).to_be_checked()
    await setup.make_account(owner)

    documents = Documents(setup.page)
    await setup.page.wait_for_url("**/documents")
    await expect(documents.row("SAMPLE-1")).to_be_visible()

    late = Setup(await visitors.open(server.url))
    visitors.watch.expect("status of 401")
    await late.open(link)
    await late.make_account(Person(server.url, name="Mallory", email="mallory@example.org"))
    await expect(late.problem).to_contain_text("This setup link was used")
    await expect(late.name).to_have_value("Mallory")

    login = Login(late.page)
    await login.open()
    await login.sign_in(owner.email, owner.password)
    await login.page.wait_for_url("**/documents")


async def test_an_empty_space_says_what_to_do(visitors: Visitors, new_server):
    server = new_server()
    server.start()
    owner = await Person(server.url).set_up(server.setup_token(), start="empty")
    documents = Documents(await visitors.open(server.url, owner.token))
    await documents.open()
    await expect(documents.main.get_by_role("heading", name="No documents yet")).to_be_visible()
    await expect(documents.table).to_have_count(0)
    await documents.bring_in.click()
    await documents.page.wait_for_url("**/import")
