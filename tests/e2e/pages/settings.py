"""The pages below /settings."""

from typing import Self

from playwright.async_api import Locator, Page, expect

from tests.e2e.pages.screen import Screen


class Settings(Screen):
    path = "/settings/profile"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.sections = page.get_by_role("navigation", name="Settings")
        self.name = self.main.get_by_role("form", name="Name")
        self.address = self.main.get_by_role("form", name="E-mail address")
        self.password = self.main.get_by_role("form", name="Password")
        self.token = self.main.get_by_role("form", name="New token")
        self.sessions = self.main.get_by_role("list", name="Sessions")
        self.tokens = self.main.get_by_role("list", name="Tokens")
        self.done = self.main.get_by_role("status")
        self.problem = self.main.get_by_role("alert")

    async def section(self, name: str) -> Self:
        await self.sections.get_by_role("link", name=name).click()
        await expect(self.main.get_by_role("heading", level=2)).to_have_text(name)
        return self

    async def open_from_menu(self) -> Self:
        await self.account.click()
        await self.page.get_by_role("link", name="Settings").click()
        await self.page.wait_for_url("**/settings/profile")
        return self

    async def rename(self, name: str) -> None:
        await self.name.get_by_label("Name", exact=True).fill(name)
        await self.name.get_by_role("button", name="Save name").click()

    async def change_address(self, email: str) -> None:
        await self.address.get_by_label("New e-mail address").fill(email)
        await self.address.get_by_role("button", name="Send a link to it").click()

    async def change_password(self, current: str, new: str) -> None:
        await self.password.get_by_label("Current password").fill(current)
        await self.password.get_by_label("New password").fill(new)
        await self.password.get_by_role("button", name="Change password").click()

    async def make_token(self, name: str) -> str:
        """The token as it is shown, once."""
        await self.token.get_by_label("Name", exact=True).fill(name)
        await self.token.get_by_role("button", name="Make the token").click()
        return (await self.done.locator("code").text_content()) or ""

    def token_row(self, name: str) -> Locator:
        return self.tokens.get_by_role("listitem").filter(has_text=name)
