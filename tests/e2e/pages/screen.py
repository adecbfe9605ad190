"""What every page has: opening it, being ready, the notice, the banner, the account menu."""

from typing import Self

from playwright.async_api import Page, expect


class Screen:
    """`path` is where it is found; pages with parameters are opened with their address."""

    path = "/"

    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.get_by_role("main")
        self.heading = self.main.get_by_role("heading", level=1)
        self.root = page.locator("html")
        self.notices = page.get_by_role("status")
        self.offline = page.get_by_role("alert").filter(has_text="The connection to the server is gone")
        self.rail = page.get_by_role("navigation", name="Main")
        self.account = page.get_by_role("button", name="Account")
        self.skip = page.get_by_role("link", name="Skip to content")

    async def open(self, path: str = "") -> Self:
        await self.page.goto(path or self.path)
        return await self.ready()

    async def ready(self) -> Self:
        """Until the page's script has taken over what was served."""
        await expect(self.root).to_have_attribute("data-ready", "true")
        return self

    async def live(self) -> Self:
        """Until the event socket has brought the first state: the spaces in the rail come only from there."""
        await expect(self.rail.get_by_role("heading", name="Spaces")).to_be_attached()
        return self

    async def go_to(self, name: str) -> None:
        await self.rail.get_by_role("link", name=name).click()

    async def toggle_theme(self) -> None:
        await self.account.click()
        await self.page.get_by_role("button", name="Light or dark").click()

    async def sign_out(self) -> None:
        await self.account.click()
        await self.page.get_by_role("button", name="Sign out").click()
