"""What the menu in a document's head does: delete and take back, give away, move. Each of the demo's people at work."""

import pytest
from playwright.async_api import expect

from tests.e2e.browser import Visitors
from tests.e2e.client import bring_in
from tests.e2e.pages.catalogue import Documents
from tests.e2e.pages.document import Document
from tests.e2e.pages.space import Space
from tests.e2e.server import Server


@pytest.mark.req("AUTHZ-02")
async def test_a_document_is_deleted_taken_back_and_restored(visitors: Visitors, sign_in, team: Server):
    visitors.watch.expect("status of 404")
    ravi, mei, ana = [await sign_in(name) for name in ("ravi", "mei", "ana")]
    async with ravi.client() as client:
        number = await bring_in(client, "# Soon gone\n\nText.\n", space="ENG")
    reader = Document(await visitors.open(team.url, mei.token))
    await reader.show(number)
    await expect(reader.menu).to_be_hidden()
    owner = Document(await visitors.open(team.url, ravi.token))
    for taken_back in (True, False):
        await owner.show(number)
        await owner.live()
        await owner.act("Delete")
        await expect(owner.dialog).to_contain_text("can restore it")
        await owner.agree("Delete")
        await owner.page.wait_for_url("**/documents")
        await expect(owner.notices).to_contain_text(f"{number} is deleted.")
        await reader.page.reload()
        await expect(reader.main).to_contain_text("There is no such document")
        if taken_back:
            await owner.undo.click()
            await owner.page.wait_for_url(f"**/d/{number}")
            await expect(owner.notices).to_contain_text(f"{number} is back.")
            await reader.page.reload()
            await expect(reader.article).to_contain_text("Text.")
    maintainer = Space(await visitors.open(team.url, ana.token))
    await maintainer.settings("ENG")
    await maintainer.act(maintainer.row("Soon gone"), "Restore")
    await expect(maintainer.notices).to_contain_text("The document is back.")
    await expect(maintainer.row("Soon gone")).to_have_count(0)
    await reader.page.reload()
    await expect(reader.article).to_contain_text("Text.")


@pytest.mark.req("AUTHZ-02")
async def test_a_document_is_given_away_and_moved(visitors: Visitors, sign_in, team: Server):
    nora, lena, ravi = [await sign_in(name) for name in ("nora", "lena", "ravi")]
    async with nora.client() as client:
        number = await bring_in(client, "# On the move\n\nText.\n", space="ENG")
    page = await visitors.open(team.url, nora.token)
    spaces = Space(page)
    await spaces.open()
    await spaces.make("NEW", "New home")
    document = Document(page)
    await document.show(number)
    await document.live()
    await document.act("Give to somebody else")
    person = document.dialog.get_by_label("Person")
    await person.fill("ravi@demo.example")
    await expect(document.dialog.locator("datalist option")).to_have_count(1)
    await person.fill("Ravi Menon (ravi@demo.example)")
    await document.agree("Give to somebody else")
    await expect(document.facts).to_contain_text("Ravi Menon")
    await document.live()
    await document.act("Move to another space")
    space = document.dialog.get_by_label("Space", exact=True)
    await expect(space.get_by_role("option")).to_have_text(["New home"])
    await space.select_option(label="New home")
    visitors.watch.expect("status of 409")
    await document.agree("Move to another space")
    await expect(document.dialog.get_by_role("alert")).to_contain_text("Its owner cannot read it there")
    async with ravi.client() as client:
        owner = (await client.get("/api/v1/me")).json()["user_id"]
    async with nora.client() as client:
        assert (await client.put(f"/api/v1/spaces/NEW/members/{owner}", json={"role": "reader"})).is_success
    await document.agree("Move to another space")
    await page.wait_for_url("**/d/NEW-1")
    await expect(document.notices).to_contain_text("This is NEW-1 in New home now.")
    await document.show(number)
    await expect(document.heading.first).to_have_text("On the move")
    visitors.watch.expect("status of 404")
    theirs = Documents(await visitors.open(team.url, lena.token))
    await theirs.page.goto(f"{team.url}/d/NEW-1")
    await expect(theirs.main).to_contain_text("There is no such document")
