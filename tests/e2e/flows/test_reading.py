"""Reading: the text is there at first paint and stays; links, graph, keys, theme lead where they should."""

import asyncio
import re

import httpx2
import pytest
from playwright.async_api import Page, Route, expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person, bring_in
from tests.e2e.pages.catalogue import Documents
from tests.e2e.pages.document import Document
from tests.e2e.texts import DESIGN, MISSPELT, design


@pytest.fixture
async def number(api: httpx2.AsyncClient, request: pytest.FixtureRequest) -> str:
    return await bring_in(api, design(request.node.name), f"{request.node.name}.md")


async def test_everything_is_there_without_any_script(visitors: Visitors, person: Person, number: str):
    page = await visitors.open(person.url, person.token, java_script_enabled=False)
    document = Document(page)
    await page.goto(f"/d/{number}")
    await expect(document.text("The last paragraph.")).to_be_visible()
    await expect(document.heading.first).to_have_text("test_everything_is_there_without_any_script")
    await expect(document.facts).to_contain_text("Draft")
    await expect(document.facts).to_contain_text("1 error")
    await expect(document.facts).to_contain_text("revision 1")
    await expect(document.contents.get_by_role("link", name="Closing")).to_be_visible()
    await expect(document.replace).to_have_attribute("href", f"/d/{number}/edit")
    await document.skip.focus()
    await expect(document.skip).to_be_in_viewport()


async def test_the_page_takes_over_what_was_served(page: Page, number: str):
    """Scripts are held back until the first paint was looked at."""
    go_on, fetched = asyncio.Event(), []

    async def held(route: Route) -> None:
        await go_on.wait()
        await route.continue_()

    await page.route(re.compile(r"/assets/.*\.js$"), held)
    page.on("request", lambda request: fetched.append(request.url))
    document = Document(page)
    await page.goto(f"/d/{number}", wait_until="commit")
    chosen = document.text("Paragraph 3 of the background")
    await expect(chosen).to_be_visible()
    await page.evaluate("document.fonts.ready.then(() => true)")
    before, node = await chosen.bounding_box(), await document.article.element_handle()
    assert not await page.evaluate("document.documentElement.hasAttribute('data-ready')")

    go_on.set()
    await document.ready()
    await document.live()
    await expect(document.facts).to_contain_text("just now")
    assert await node.evaluate("(node) => node.isConnected && node === document.querySelector('article')")
    assert await chosen.bounding_box() == before
    assert not [url for url in fetched if "/content/" in url]


async def test_links_lead_to_their_lines(page: Page, number: str):
    document = await Document(page).show(number)
    await document.contents.get_by_role("link", name="Closing").click()
    await expect(document.article.get_by_role("heading", name="Closing")).to_be_in_viewport()

    finding = document.findings.get_by_role("listitem").filter(has_text=MISSPELT)
    line = DESIGN.splitlines().index(f"- **Dependencies**: {MISSPELT}") + 1
    await page.evaluate("scrollTo(0, 0)")
    await finding.get_by_role("link", name=f"line {line}").click()
    await expect(document.text(f"Dependencies: {MISSPELT}")).to_be_in_viewport()

    await page.evaluate("scrollTo(0, 0)")
    await document.graph.get_by_role("link", name="Ledger").click()
    await expect(document.article.get_by_role("heading", name="Ledger")).to_be_in_viewport()
    await expect(page).to_have_url(re.compile(rf"/d/{number}#ledger$"))


async def test_going_on_within_the_page_fetches_the_text_once(page: Page, number: str):
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    documents = await Documents(page).open()
    loaded = len([url for url in fetched if url.endswith("/documents")])
    await documents.link(number).click()
    document = Document(page)
    await expect(document.text("The last paragraph.")).to_be_visible()
    await expect(page).to_have_title("test_going_on_within_the_page_fetches_the_text_once · Plumbline")
    assert len([url for url in fetched if "/content/" in url]) == 1
    assert not [url for url in fetched if url.endswith(f"/d/{number}")]

    await page.go_back()
    await expect(documents.row(number)).to_be_visible()
    assert len([url for url in fetched if url.endswith("/documents")]) == loaded
    await page.go_forward()
    await expect(document.text("The last paragraph.")).to_be_visible()
    await page.reload()
    await document.ready()
    await expect(document.text("The last paragraph.")).to_be_visible()


async def test_the_theme_stays_as_it_was_chosen(page: Page, number: str):
    document = await Document(page).show(number)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = await page.evaluate(ground)
    await document.toggle_theme()
    await expect(document.root).to_have_class(re.compile("dark"))
    dark = await page.evaluate(ground)
    assert dark != light
    await page.reload()
    await expect(document.root).to_have_class(re.compile("dark"))
    assert await page.evaluate(ground) == dark


async def test_the_keyboard_skips_to_the_content(page: Page, number: str):
    document = await Document(page).show(number)
    await page.keyboard.press("Tab")
    await expect(document.skip).to_be_focused()
    await expect(document.skip).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(document.main).to_be_focused()
    await expect(document.text("The last paragraph.")).to_be_visible()
