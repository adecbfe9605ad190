"""What is not there: pages say so, in words and with the right status."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.browser import Watch
from tests.e2e.client import Person
from tests.e2e.pages.document import Document
from tests.e2e.pages.importing import Import
from tests.e2e.pages.screen import Screen


@pytest.mark.req("IDOR-02")
@pytest.mark.parametrize(
    "address", ["/d/NOPE-1", "/d/GEN-999999", "/d/nonsense", "/d/SAMPLE-1/r/77", "/d/GEN-999999/edit"]
)
async def test_a_document_that_is_not_there(page: Page, watch: Watch, address: str):
    watch.expect("status of 404")
    answer = await page.goto(address)
    assert answer.status == 404
    document = await Document(page).ready()
    await document.live()
    await expect(document.main.get_by_role("heading", name="Not found")).to_be_visible()
    await document.main.get_by_role("link", name="All documents").click()
    await page.wait_for_url("**/documents")


async def test_an_address_that_leads_nowhere(page: Page, watch: Watch):
    watch.expect("status of 404")
    answer = await page.goto("/no/such/page")
    assert answer.status == 404
    screen = await Screen(page).ready()
    await expect(screen.heading).to_have_text("There is nothing at this address")
    await expect(screen.main).to_contain_text("Request")
    await page.get_by_role("link", name="Go to the documents").click()
    await page.wait_for_url("**/documents")


async def test_a_stranger_is_told_no_more(visitors, person: Person, watch: Watch):
    """Signed out, an address of a document leads to the sign-in page whether the document exists or not."""
    page = await visitors.open(person.url)
    for address in ("/d/SAMPLE-1", "/d/NOPE-1"):
        await page.goto(address)
        assert page.url == f"{person.url}/login?next={address.replace('/', '%2F')}"


async def test_a_report_that_is_not_there(page: Page):
    screen = await Import(page).open("/import?report=unknown")
    await screen.live()
    await expect(screen.form).to_be_visible()
    await expect(screen.report).to_have_count(0)
