"""Comparing revisions: from the history, without any script, in both views, on a narrow screen."""

import re

import httpx2
import pytest
from playwright.async_api import Page, expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person, bring_in, save
from tests.e2e.pages.compare import Comparison, Picker
from tests.e2e.pages.document import History
from tests.e2e.texts import MISSPELT, design


@pytest.fixture
async def number(api: httpx2.AsyncClient, request: pytest.FixtureRequest) -> str:
    """Three revisions: the second adds a rule, the third a section."""
    text = design(request.node.name)
    made = await bring_in(api, text, f"{request.node.name}.md")
    second = f"{text}\nNobody may skip this.\n"
    assert (await save(api, made, 1, second, "A rule")).status_code == 201
    assert (await save(api, made, 2, f"{second}\n## Rollback\n\nGo back.\n", "A way back")).status_code == 201
    return made


async def test_from_the_history_to_what_changed(page: Page, number: str):
    await History(page).show(number)
    await page.get_by_role("link", name="What changed in revision 3").click()
    comparison = Comparison(page)
    await expect(comparison.title).to_have_text("Revision 2 → 3")
    await expect(comparison.changes).to_contain_text("Rollback")
    await comparison.main.get_by_role("link", name="Revision 2").click()
    await expect(page).to_have_url(re.compile(rf"/d/{number}/r/2$"))


async def test_any_two_revisions_are_chosen_in_the_history(page: Page, number: str):
    await History(page).show(number)
    picker = Picker(page)
    await expect(picker.new).to_have_value("3")
    await picker.old.fill("1")
    await picker.submit.click()
    comparison = Comparison(page)
    await expect(comparison.title).to_have_text("Revision 1 → 3")
    await expect(comparison.texts).to_contain_text("Nobody may skip this.")


VIEWS = {
    "Side by side": ("side-by-side", "New text"),
    "Unified": ("unified", "Change"),
    "Rendered": ("rendered", ""),
    "Diagrams": ("diagrams", ""),
}


async def looks(comparison: Comparison, name: str) -> None:
    """The tab says so, and what is below is this view."""
    await expect(comparison.tab(name)).to_have_attribute("aria-current", "page")
    column = VIEWS[name][1]
    if column:
        await expect(comparison.texts.get_by_role("columnheader", name=column, exact=True).first).to_be_attached()
    elif name == "Rendered":
        await expect(comparison.texts.get_by_role("heading", name="Rollback")).to_be_visible()
        await expect(comparison.texts.get_by_role("insertion").first).to_be_visible()
    else:
        await expect(comparison.texts).to_contain_text("component Archive added")


@pytest.fixture
async def drawn(api: httpx2.AsyncClient, request: pytest.FixtureRequest) -> str:
    """Two revisions; the second has a component, a dependency and a section more."""
    text = design(request.node.name)
    made = await bring_in(api, text, f"{request.node.name}.md")
    archive = f"{MISSPELT}e\n\n### Archive\n- **Purpose**: keeps paper\n"
    second = text.replace(f"{MISSPELT}\n", archive) + "\n## Rollback\n\nGo back.\n"
    assert (await save(api, made, 1, second, "An archive")).status_code == 201
    return made


async def test_every_view_is_there_without_any_script(visitors: Visitors, person: Person, drawn: str):
    page = await visitors.open(person.url, person.token, java_script_enabled=False)
    comparison = Comparison(page)
    await page.goto(f"/d/{drawn}/compare/1/2")
    await expect(comparison.title).to_have_text("Revision 1 → 2")
    await expect(comparison.main.get_by_role("link", name="Revision 1")).to_have_attribute("href", f"/d/{drawn}/r/1")
    for name, (address, _) in VIEWS.items():
        await comparison.tab(name).click()
        await expect(page).to_have_url(re.compile(rf"\?view={address}$"))
        await expect(comparison.changes).to_contain_text("Ledger now depends on Archive")
        await looks(comparison, name)


async def test_the_view_stands_in_the_address_and_the_page_stays(page: Page, drawn: str):
    comparison = await Comparison(page).show(drawn, 1, 2)
    await comparison.live()
    await looks(comparison, "Side by side")
    material = comparison.changes.get_by_role("group").first
    await material.locator("summary").first.click()
    await page.evaluate("window.stays = true")
    for name, (address, _) in [*VIEWS.items()][1:]:
        await comparison.tab(name).click()
        await expect(page).to_have_url(re.compile(rf"\?view={address}$"))
        await looks(comparison, name)
        await expect(comparison.tab(name)).to_be_focused()
        await expect(material).not_to_have_attribute("open", "")
    assert await page.evaluate("window.stays")
    await page.go_back()
    await looks(comparison, "Rendered")
    await page.reload()
    await looks(comparison, "Rendered")


async def test_what_differs_in_a_drawing_has_a_sign_and_words(page: Page, drawn: str):
    comparison = await Comparison(page).show(drawn, 1, 2, "diagrams")
    after = comparison.texts.get_by_role("figure", name="Component graph, after")
    await expect(after.get_by_text("Added: Archive: keeps paper")).to_be_attached()
    await expect(after.get_by_text("Added: Ledger depends on Archive")).to_be_attached()
    assert await after.get_by_text("+", exact=True).count() == 2
    await after.get_by_role("link", name="Archive").click()
    await expect(page).to_have_url(re.compile(r"\?view=rendered#archive$"))
    await expect(comparison.texts.get_by_role("heading", name="Archive")).to_be_in_viewport()


async def test_two_equal_revisions_are_said_to_be_the_same(page: Page, drawn: str):
    comparison = await Comparison(page).show(drawn, 2, 2)
    await expect(comparison.changes).to_have_text("The texts are the same.")
    await expect(comparison.views).to_have_count(0)


async def test_a_change_leads_to_its_place(page: Page, number: str):
    comparison = await Comparison(page).show(number, 2, 3)
    await comparison.changes.get_by_role("link", name="Rollback").first.click()
    await expect(comparison.texts.get_by_role("heading", name="Rollback").first).to_be_in_viewport()


async def test_the_page_fits_a_narrow_screen(visitors: Visitors, person: Person, number: str):
    page = await visitors.open(person.url, person.token, viewport={"width": 390, "height": 800})
    comparison = await Comparison(page).show(number, 1, 3)
    await expect(comparison.changes).to_contain_text("Rollback")
    for view, _ in VIEWS.values():
        await comparison.show(number, 1, 3, view)
        await expect(comparison.texts).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390


async def test_what_is_no_revision_is_not_found(page: Page, visitors: Visitors, number: str):
    visitors.watch.expect("status of 404")
    comparison = await Comparison(page).show(number, 1, 9)
    await expect(comparison.main).to_contain_text("There is no such revision")
