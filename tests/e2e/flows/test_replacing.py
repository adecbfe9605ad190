"""A new text for a document: typed or from a file, exact to the byte, never over somebody else's, never lost."""

import httpx2
import pytest
from playwright.async_api import Page, expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person, bring_in, text_of
from tests.e2e.pages.document import Document, Edit, History
from tests.e2e.pages.importing import file
from tests.e2e.texts import design


@pytest.fixture
async def number(api: httpx2.AsyncClient, request: pytest.FixtureRequest) -> str:
    return await bring_in(api, design(request.node.name), f"{request.node.name}.md")


async def test_a_typed_text_becomes_the_next_revision(page: Page, number: str, person: Person):
    document = await Document(page).show(number)
    await document.replace.click()
    await page.wait_for_url(f"**/d/{number}/edit")
    edit = await Edit(page).ready()
    text = await edit.source.input_value()
    await edit.save(text.replace("The last paragraph.", "The new ending."), "A new ending")
    await page.wait_for_url(f"**/d/{number}")
    await expect(document.text("The new ending.")).to_be_visible()
    await expect(document.facts).to_contain_text("revision 2")
    await expect(document.notices).to_contain_text("Revision 2 saved.")

    await document.history.click()
    history = History(page)
    await expect(history.revisions).to_have_count(2)
    await expect(history.revisions.first).to_contain_text("A new ending")
    await expect(history.revisions.first).to_contain_text(person.name)
    await expect(history.revisions.first).to_contain_text("current")
    await history.open_revision("Imported from test_a_typed_text_becomes_the_next_revision.md")
    await page.wait_for_url(f"**/d/{number}/r/1")
    await expect(document.earlier).to_be_visible()
    await expect(document.text("The last paragraph.")).to_be_visible()
    await document.to_current.click()
    await expect(document.text("The new ending.")).to_be_visible()


async def test_a_file_becomes_the_next_revision(page: Page, number: str, api: httpx2.AsyncClient):
    edit = await Edit(page).show(number)
    await edit.file.set_input_files([file("anything.md", b"# From a file\r\n\r\n\xe2\x9c\x93 done")])
    await edit.file_message.fill("Taken from a file")
    await edit.submit_file.click()
    document = Document(page)
    await expect(document.heading.first).to_have_text("From a file")
    await expect(document.facts).to_contain_text("revision 2")
    assert await text_of(api, number) == "# From a file\r\n\r\n✓ done"


@pytest.mark.parametrize("line_end", ["\r\n", "\n"], ids=["crlf", "lf"])
@pytest.mark.req("ERR-03")
async def test_a_text_survives_the_text_area_to_the_byte(page: Page, api: httpx2.AsyncClient, line_end: str):
    """Leading blank lines, trailing spaces, tabs, a mark of byte order and characters that HTML knows."""
    lines = [
        "",
        "# Exact &amp; <b>true</b> " + repr(line_end),
        "",
        "\ttab, two spaces  ",
        "</textarea>",
        "𝔘nicode\u2028",
        "",
        "",
    ]
    text = line_end.join(lines)
    number = await bring_in(api, text, f"exact-{len(line_end)}.md")
    edit = await Edit(page).show(number)
    await edit.source.press("Control+End")
    await edit.source.press_sequentially("end")
    await edit.submit.click()
    await page.wait_for_url(f"**/d/{number}")
    await expect(Document(page).facts).to_contain_text("revision 2")
    assert await text_of(api, number, 1) == text
    assert await text_of(api, number) == text + "end"


@pytest.mark.req("CONC-01")
async def test_a_stale_text_is_refused_and_stays_in_the_form(visitors: Visitors, person: Person, number: str):
    visitors.watch.expect("status of 412")
    first = await Edit(await visitors.open(person.url, person.token)).show(number)
    second = await Edit(await visitors.open(person.url, person.token)).show(number)
    await first.save("# First\n\nThe text that came first.\n", "first")
    await first.page.wait_for_url(f"**/d/{number}")
    await second.save("# Second\n\nThe text that came too late.\n", "second")
    await expect(second.problem).to_contain_text("Somebody saved revision 2 meanwhile")
    await expect(second.problem).to_be_focused()
    await expect(second.source).to_have_value("# Second\n\nThe text that came too late.\n")
    async with second.page.expect_popup() as opened:
        await second.current.click()
    current = Document(await opened.value)
    await expect(current.text("The text that came first.")).to_be_visible()


@pytest.mark.req("DUR-06")
@pytest.mark.parametrize("answer", ["Take it back", "Throw it away"])
async def test_a_text_that_was_never_saved_is_offered_again(page: Page, number: str, answer: str):
    typed = "# Typed and left\n"
    edit = await Edit(page).show(number)
    served = await edit.source.input_value()
    await edit.source.fill(typed)
    await edit.remembered()
    again = await Edit(await page.context.new_page()).show(number)
    await page.close()
    await expect(again.source).to_have_value(served)
    await again.kept.get_by_role("button", name=answer).click()
    await expect(again.kept).to_have_count(0)
    await expect(again.source).to_have_value(typed if answer == "Take it back" else served)


async def test_a_saved_text_is_not_offered_again(page: Page, number: str):
    edit = await Edit(page).show(number)
    await edit.source.fill("# Saved\n")
    await edit.remembered()
    await edit.submit.click()
    await page.wait_for_url(f"**/d/{number}")
    await edit.show(number)
    await expect(edit.source).to_have_value("# Saved\n")
    await expect(edit.kept).to_have_count(0)


async def test_saving_nothing_new_is_said(page: Page, number: str, visitors: Visitors):
    visitors.watch.expect("status of 409")
    edit = await Edit(page).show(number)
    await edit.submit.click()
    await expect(edit.problem).to_contain_text("Nothing changed")
