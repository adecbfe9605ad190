"""Comparing revisions: from the history, without any script, in both views, on a narrow screen."""

import re

import httpx2
import pytest
from playwright.async_api import Page, expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person, bring_in, save
from tests.e2e.pages.compare import Comparison, Picker
from tests.e2e.pages.document import History
from tests.e2e.texts import design


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


async def test_a_comparison_is_there_without_any_script(visitors: Visitors, person: Person, number: str):
    page = await visitors.open(person.url, person.token, java_script_enabled=False)
    comparison = Comparison(page)
    await page.goto(f"/d/{number}/compare/1/3")
    await expect(comparison.title).to_have_text("Revision 1 → 3")
    await expect(comparison.main.get_by_role("link", name="Revision 1")).to_have_attribute("href", f"/d/{number}/r/1")
    await expect(comparison.texts.get_by_role("table").first).to_be_visible()
    await comparison.views.get_by_role("link", name="Unified").click()
    await expect(page).to_have_url(re.compile("#unified$"))
    await expect(comparison.texts.get_by_role("columnheader", name="Change").first).to_be_attached()
    await expect(page.locator("#side-by-side")).to_be_hidden()
    await expect(page.locator("#unified")).to_be_visible()


async def test_a_change_leads_to_its_place(page: Page, number: str):
    comparison = await Comparison(page).show(number, 2, 3)
    await comparison.changes.get_by_role("link", name="Rollback").first.click()
    await expect(comparison.texts.get_by_role("heading", name="Rollback").first).to_be_in_viewport()


async def test_the_page_fits_a_narrow_screen(visitors: Visitors, person: Person, number: str):
    page = await visitors.open(person.url, person.token, viewport={"width": 390, "height": 800})
    comparison = await Comparison(page).show(number, 1, 3)
    await expect(comparison.changes).to_contain_text("Rollback")
    for address in ("", "#unified"):
        await page.goto(f"/d/{number}/compare/1/3{address}")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390


async def test_what_is_no_revision_is_not_found(page: Page, visitors: Visitors, number: str):
    visitors.watch.expect("status of 404")
    comparison = await Comparison(page).show(number, 1, 9)
    await expect(comparison.main).to_contain_text("There is no such revision")
