"""The server goes away under an open page and comes back: the page says so, and nothing typed is lost."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person, bring_in
from tests.e2e.pages.catalogue import Documents
from tests.e2e.pages.document import Document, Edit

TYPED = "# Typed while the server was away\n\nAll of it.\n"


@pytest.mark.req("DUR-03", "DUR-06")
async def test_a_restart_under_an_open_page_loses_nothing(visitors: Visitors, new_server):
    server = new_server(covered=False)
    await asyncio.to_thread(server.start)
    owner = await Person(server.url).set_up(server.setup_token())
    async with owner.client() as client:
        number = await bring_in(client, "# Before\n\nText.\n")
    visitors.watch.expect("WebSocket connection to|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET")
    edit = await Edit(await visitors.open(server.url, owner.token)).show(number)
    await edit.live()
    await asyncio.to_thread(server.stop)
    await expect(edit.offline).to_be_visible()
    await edit.save(TYPED, "typed offline")
    await expect(edit.problem).to_contain_text("The server could not be reached")
    await expect(edit.source).to_have_value(TYPED)

    await asyncio.to_thread(server.start)
    await expect(edit.offline).to_have_count(0, timeout=60_000)
    await expect(edit.source).to_have_value(TYPED)
    await edit.submit.click()
    await edit.page.wait_for_url(f"**/d/{number}")
    document = await Document(edit.page).ready()
    await expect(document.text("All of it.")).to_be_visible()
    await document.go_to("Documents")
    await expect(Documents(edit.page).row("SAMPLE-1")).to_be_visible()
