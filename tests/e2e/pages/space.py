"""Spaces: their list, one with its documents and people, its settings; and the dialog that shares a document."""

from typing import Self

from playwright.async_api import Locator, Page, expect

from tests.e2e.pages.admin import Admin


class Space(Admin):
    """`path` is the list; a space is opened by its address."""

    path = "/spaces"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.tabs = self.main.get_by_role("navigation", name="Space")
        self.faces = self.main.get_by_role("list", name="Who is in it")
        self.facts = self.main.locator(".facts-list")

    async def settings(self, key: str) -> Self:
        return await self.open(f"/s/{key}/settings")

    async def ask(self, name: str) -> None:
        """One of the buttons of the page, which opens a dialog."""
        await self.main.get_by_role("button", name=name).click()

    async def make(self, key: str, name: str) -> None:
        await self.ask("New space")
        await self.dialog.get_by_label("Name").fill(name)
        await self.dialog.get_by_label("Key").fill(key)
        await self.agree("New space")

    async def invite(self, email: str, role: str) -> str:
        """The link, as it is shown once."""
        await self.ask("Invite by link")
        await self.dialog.get_by_label("E-mail address").fill(email)
        await self.dialog.get_by_label("Role", exact=True).select_option(label=role)
        await self.dialog.get_by_role("button", name="Invite by link").click()
        link = await self.dialog.get_by_label("Link", exact=True).input_value()
        await self.page.keyboard.press("Escape")
        await expect(self.dialog).to_have_count(0)
        return link


class Sharing:
    """Opened from a document's head."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.opener = page.get_by_role("button", name="Share", exact=True)
        self.dialog = page.get_by_role("dialog", name="Share this document")
        self.invited = self.dialog.get_by_role("list", name="Invited")
        self.links = self.dialog.get_by_role("list", name="Links")
        self.badge = self.dialog.get_by_label("Markdown of the badge")
        self.link = self.dialog.get_by_label("New link", exact=True).and_(page.get_by_role("textbox"))

    async def open(self) -> Self:
        await self.opener.click()
        await expect(self.dialog.get_by_text("owns it")).to_be_visible()
        return self

    async def invite(self, who: str, email: str, role: str) -> None:
        person = self.dialog.get_by_label("Person")
        await person.fill(email)
        await expect(self.dialog.locator("datalist option")).to_have_count(1)
        await person.fill(f"{who} ({email})")
        await self.dialog.get_by_label("May", exact=True).select_option(label=role)
        await self.dialog.get_by_role("button", name="Invite", exact=True).click()
        await expect(self.person(who)).to_be_visible()

    def person(self, who: str) -> Locator:
        return self.invited.get_by_role("listitem").filter(has_text=who)

    async def make_link(self) -> str:
        await self.dialog.get_by_role("button", name="Make a link").click()
        return await self.link.input_value()
