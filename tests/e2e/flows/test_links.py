"""Links by mail in a browser, with a real mail server: from asking for one to what it does, and what no log tells."""

from collections.abc import AsyncIterator, Callable

import pytest
from playwright.async_api import expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person
from tests.e2e.mailbox import Mailbox
from tests.e2e.pages.entrance import Link, Login
from tests.e2e.pages.settings import Settings
from tests.e2e.server import Server

NEW = "granite otter willow 7"


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    async with Mailbox() as box:
        yield box


@pytest.fixture
def server(new_server: Callable[..., Server], mailbox: Mailbox) -> Server:
    made = new_server(sign_up="true", **mailbox.settings)
    made.start()
    return made


@pytest.fixture
async def owner(server: Server) -> Person:
    return await Person(server.url).set_up(server.setup_token())


async def signed_up(visitors: Visitors, mailbox: Mailbox, site: str, email: str) -> tuple[Link, str]:
    """From the sign-in page to an account of one's own; also the link that led to it."""
    link = Link(await visitors.open(site))
    await link.open("/login")
    await link.page.get_by_role("link", name="Make an account").click()
    await link.page.wait_for_url("**/sign-up")
    await link.ask("/sign-up", email)
    path = await mailbox.link(email)
    await link.open(path)
    await expect(link.email).to_have_value(email)
    await expect(link.page).to_have_url(f"{site}/sign-up/finish")
    await link.name.fill("New Person")
    await link.password.fill("password")
    await link.button.click()
    await expect(link.problem).to_contain_text("most common passwords")
    await link.password.fill(NEW)
    await link.button.click()
    await link.page.wait_for_url("**/documents")
    await expect(link.notices).to_contain_text("Welcome")
    return link, path


@pytest.mark.req("AUTH-07", "OPS-03")
async def test_signing_up_forgetting_the_password_and_setting_another(
    visitors: Visitors, mailbox: Mailbox, owner: Person, server: Server
):
    visitors.watch.expect("status of 4(01|22)")
    email = "new@example.org"
    first, path = await signed_up(visitors, mailbox, owner.url, email)
    again = Link(await visitors.open(owner.url))
    await again.ask("/reset", email)
    reset = await mailbox.link(email)
    await again.open(reset)
    await again.password.fill(f"{NEW} and more")
    await again.button.click()
    await again.page.wait_for_url("**/login")
    await Login(again.page).sign_in(email, f"{NEW} and more")
    await again.page.wait_for_url("**/documents")
    await first.page.reload()
    await first.page.wait_for_url("**/login?next=%2Fdocuments")

    used = Link(await visitors.open(owner.url))
    await used.open(reset)
    await expect(used.problem).to_contain_text("This link was used")
    await used.page.get_by_role("link", name="Ask for another").click()
    await used.page.wait_for_url("**/reset")
    log = server.log.read_text()
    for secret in (path, reset):
        assert secret.partition("#token=")[2] not in log


@pytest.mark.req("AUTH-10")
async def test_another_address_after_a_confirmation(visitors: Visitors, mailbox: Mailbox, owner: Person):
    settings = Settings(await visitors.open(owner.url, owner.token))
    await (await settings.open("/documents")).open_from_menu()
    await settings.change_address("elsewhere@example.org")
    await expect(settings.done).to_contain_text("Open the link")
    link = Link(settings.page)
    await link.open(await mailbox.link("elsewhere@example.org"))
    await expect(link.main).to_contain_text("elsewhere@example.org")
    await link.button.click()
    await settings.page.wait_for_url("**/settings/profile")
    await expect(settings.address).to_contain_text("Your address is elsewhere@example.org")
    assert "elsewhere@example.org" in await mailbox.letter(owner.email)


async def invitation(owner: Person, email: str, **terms: str) -> str:
    """The link as the API shows it to who makes it, as a path."""
    async with owner.client() as client:
        answer = await client.post("/api/v1/invitations", json={"email": email, **terms})
    assert answer.status_code == 201, answer.text
    return f"/invitation#{answer.json()['link'].partition('#')[2]}"


async def test_an_invitation_is_accepted_by_somebody_new_and_by_somebody_known(
    visitors: Visitors, mailbox: Mailbox, owner: Person
):
    new = Link(await visitors.open(owner.url))
    path = await invitation(owner, "new@example.org", space="GEN", space_role="author")
    assert await mailbox.link("new@example.org") == path
    await new.open(path)
    await expect(new.main).to_contain_text("Olga Berg invites you to the space General as Author.")
    await new.name.fill("New Person")
    await new.password.fill(NEW)
    await new.button.click()
    await new.page.wait_for_url("**/documents")
    await expect(new.rail.get_by_text("General")).to_be_visible()

    again = await invitation(owner, "new@example.org", space="SAMPLE", space_role="reader")
    known = Link(await visitors.open(owner.url))
    await known.open(again)
    await expect(known.main).to_contain_text("Sign in with it to accept")
    await known.main.get_by_role("link", name="Sign in").click()
    await known.page.wait_for_url("**/login?next=%2Finvitation")
    await Login(known.page).sign_in("new@example.org", NEW)
    await known.page.wait_for_url("**/invitation")
    await known.main.get_by_role("button", name="Accept").click()
    await known.page.wait_for_url("**/documents")
    await expect(known.notices).to_contain_text("The invitation is accepted.")
    await expect(known.rail.get_by_text("Sample")).to_be_visible()
