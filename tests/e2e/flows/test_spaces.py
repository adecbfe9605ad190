"""Spaces and their people in several browsers: what is given in one opens in another, and what is taken away closes."""

import pytest
from playwright.async_api import expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person
from tests.e2e.pages.catalogue import Documents
from tests.e2e.pages.document import Document
from tests.e2e.pages.entrance import Link
from tests.e2e.pages.space import Sharing, Space
from tests.e2e.server import Server

REPORT = b'<testsuite><testcase name="a"/><testcase name="b"><failure>no</failure></testcase></testsuite>'


@pytest.fixture
async def nora(visitors: Visitors, sign_in, team: Server) -> Space:
    """The owner of the site, who maintains Engineering."""
    return Space(await visitors.open(team.url, (await sign_in("nora")).token))


@pytest.mark.req("SESS-06", "AUTHZ-06")
async def test_an_invitation_is_accepted_and_the_role_taken_away_again(visitors: Visitors, nora: Space, team: Server):
    """The window of the one who lost it shows nothing more at the next thing they do there."""
    await nora.settings("ENG")
    link = await nora.invite("newcomer@demo.example", "Author")
    guest = Link(await visitors.open(team.url))
    await guest.open(link.partition(team.url)[2])
    await guest.name.fill("Nina Newcomer")
    await guest.password.fill("granite otter willow 7")
    await guest.button.click()
    await guest.page.wait_for_url("**/documents")
    theirs = Document(guest.page)
    await guest.page.get_by_role("link", name="Refunds through the ledger").click()
    await expect(theirs.replace).to_be_visible()

    await nora.settings("ENG")
    await expect(nora.row("Nina Newcomer")).to_contain_text("Author")
    await nora.act(nora.row("Nina Newcomer"), "Change role")
    await nora.dialog.get_by_label("Role", exact=True).select_option(label="Reader")
    await nora.agree("Change role")
    await expect(nora.row("Nina Newcomer")).to_contain_text("Reader")
    await theirs.history.click()
    await expect(theirs.replace).to_be_hidden()

    await nora.act(nora.row("Nina Newcomer"), "Take out")
    await expect(nora.dialog).to_contain_text("loses this space")
    await nora.agree("Take out")
    await expect(nora.row("Nina Newcomer")).to_have_count(0)
    visitors.watch.expect("status of 404")
    await theirs.tabs.get_by_role("link", name="Document").click()
    await expect(theirs.main).to_contain_text("There is no such document")
    await expect(theirs.main).not_to_contain_text("Refunds through the ledger")
    await theirs.page.reload()
    await expect(theirs.main).to_contain_text("There is no such document")


async def test_a_space_is_made_described_opened_archived_and_reopened(visitors: Visitors, nora: Space, sign_in, team):
    await nora.open()
    await nora.make("DSG", "Design")
    await nora.main.get_by_role("link", name="Design").click()
    await expect(nora.heading).to_have_text("Design")
    await nora.tabs.get_by_role("link", name="People and settings").click()
    await nora.ask("Edit")
    await nora.dialog.get_by_label("What it is for").fill("How it looks")
    await nora.agree("Edit")
    await expect(nora.facts).to_contain_text("How it looks")
    await nora.ask("Change who sees it")
    await nora.dialog.get_by_label("Who reads it").select_option(label="Everybody with an account")
    await nora.agree("Change who sees it")
    jo = Space(await visitors.open(team.url, (await sign_in("jo")).token))
    await jo.open()
    await expect(jo.row("Design")).to_contain_text("How it looks")
    await nora.ask("Archive this space")
    await nora.agree("Archive this space")
    await expect(nora.main.get_by_text("Archived")).to_be_visible()
    await nora.ask("Take it back into use")
    await expect(nora.main.get_by_role("button", name="Archive this space")).to_be_visible()
    await nora.page.reload()
    await nora.settled()
    await expect(nora.heading).to_have_text("Design")


async def test_the_last_maintainer_is_told_why_they_cannot_leave(visitors: Visitors, sign_in, team: Server):
    lena = Space(await visitors.open(team.url, (await sign_in("lena")).token))
    visitors.watch.expect("status of 409")
    await lena.settings("OPS")
    await lena.ask("Leave this space")
    await lena.dialog.get_by_role("button", name="Leave this space").click()
    await expect(lena.dialog.get_by_role("alert")).to_contain_text("make somebody else a maintainer first")
    await lena.page.keyboard.press("Escape")
    await expect(lena.row("Lena Brandt")).to_contain_text("Maintainer")


@pytest.mark.req("AUTHZ-02", "IDOR-02")
async def test_a_document_is_shared_with_somebody_outside_and_by_a_link(visitors: Visitors, sign_in, team: Server):
    visitors.watch.expect("status of 40[14]")
    ravi = Document(await visitors.open(team.url, (await sign_in("ravi")).token))
    lena = Document(await visitors.open(team.url, (await sign_in("lena")).token))
    await lena.show("ENG-2")
    await expect(lena.main).to_contain_text("There is no such document")
    await ravi.show("ENG-2")
    await ravi.live()
    sharing = await Sharing(ravi.page).open()
    await sharing.invite("Lena Brandt", "lena@demo.example", "Read")
    await lena.show("ENG-2")
    await expect(lena.heading.first).to_have_text("Event bus on PostgreSQL")
    await expect(lena.replace).to_be_hidden()
    await expect(sharing.dialog).to_contain_text("can be seen once the space is public")
    link = await sharing.make_link()
    anybody = Document(await visitors.open(team.url))
    await anybody.page.goto(link)
    await anybody.page.wait_for_url("**/d/ENG-2")
    await expect(anybody.heading.first).to_have_text("Event bus on PostgreSQL")
    await expect(anybody.page.get_by_role("link", name="Sign in")).to_be_visible()
    await expect(anybody.rail).to_be_hidden()

    await sharing.person("Lena Brandt").get_by_role("button", name="Remove").click()
    await expect(sharing.person("Lena Brandt")).to_have_count(0)
    await sharing.links.get_by_role("button", name="Revoke").click()
    await expect(sharing.links).to_have_count(0)
    await lena.page.reload()
    await expect(lena.main).to_contain_text("There is no such document")
    await anybody.page.reload()
    await anybody.page.wait_for_url("**/login?next=%2Fd%2FENG-2")
    await anybody.page.goto(link)
    await expect(anybody.heading).to_have_text("This link has ended")


async def sent(by: Person, name: str, data: bytes) -> None:
    """As a pipeline does it."""
    async with by.client() as client:
        answer = await client.post("/api/v1/spaces/ENG/evidence", files={"file": (name, data, "text/plain")})
    assert answer.status_code == 201, answer.text


@pytest.mark.req("FILE-05", "FILE-07")
async def test_evidence_is_listed_downloaded_and_deleted(visitors: Visitors, nora: Space, sign_in, team: Server):
    ravi = await sign_in("ravi")
    await nora.open("/s/ENG/evidence")
    await nora.main.get_by_role("link", name="How to send it").click()
    await expect(nora.page.get_by_text("Add a file of evidence").first).to_be_visible()
    await sent(ravi, "junit.xml", REPORT)
    await sent(ravi, "metrics.json", b'{"metrics": {"http_read_p95_ms": 143.2}}')
    await nora.open("/s/ENG")
    await nora.tabs.get_by_role("link", name="Evidence").click()
    await nora.settled()
    row = nora.row("junit.xml")
    await expect(row).to_contain_text("Test results")
    await expect(row).to_contain_text("2 tests, 1 failed")
    async with nora.page.expect_download() as coming:
        await row.get_by_role("link", name="junit.xml").click()
    assert (await (await coming.value).path()).read_bytes() == REPORT

    await nora.filters.get_by_label("Kind").select_option(label="Measurements")
    await nora.page.wait_for_url("**/s/ENG/evidence?kind=metrics")
    await nora.settled()
    await expect(nora.rows).to_have_count(1)
    await nora.act(nora.row("http_read_p95_ms"), "Delete")
    await nora.agree("Delete")
    await expect(nora.main.get_by_text("Nothing in this view")).to_be_visible()
    reader = Space(await visitors.open(team.url, ravi.token))
    await reader.open("/s/ENG/evidence")
    await expect(reader.rows).to_have_count(1)
    await expect(reader.rows.get_by_role("button")).to_have_count(0)


async def badge_is_seen(nora: Space, anybody: Documents):
    """The Markdown that the dialog gives leads to a picture, for somebody without an account."""
    theirs = await nora.page.context.new_page()
    await theirs.goto(anybody.page.url)
    await Document(theirs).live()
    sharing = await Sharing(theirs).open()
    markdown = await sharing.badge.input_value()
    await theirs.close()
    picture = markdown.partition("](")[2].partition(")]")[0]
    answer = await anybody.page.request.get(picture)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/svg+xml")


@pytest.mark.req("AUTHZ-02")
async def test_a_public_space_is_read_without_an_account(visitors: Visitors, nora: Space, team: Server):
    anybody = Documents(await visitors.open(team.url))
    await anybody.page.goto("/s/ENG")
    await anybody.page.wait_for_url("**/login?next=%2Fs%2FENG")
    await nora.settings("ENG")
    await nora.ask("Change who sees it")
    await nora.dialog.get_by_label("Who reads it").select_option(label="Everybody, without signing in")
    await nora.agree("Change who sees it")
    await expect(nora.facts).to_contain_text("without signing in")
    await anybody.page.goto("/s/ENG")
    await anybody.page.get_by_role("link", name="Refunds through the ledger").click()
    theirs = Document(anybody.page)
    await expect(theirs.heading.first).to_have_text("Refunds through the ledger")
    await expect(theirs.article).to_be_visible()
    await expect(theirs.replace).to_be_hidden()
    await badge_is_seen(nora, anybody)
    await nora.ask("Change who sees it")
    await nora.dialog.get_by_label("Who reads it").select_option(label="Only people in it")
    await nora.agree("Change who sees it")
    await theirs.history.click()
    await theirs.page.wait_for_url("**/login?next=*")
