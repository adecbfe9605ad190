"""Running the site: the overview, and the list of any panel."""

from typing import Self

from playwright.async_api import Locator, Page, expect

from tests.e2e.pages.screen import Screen


class Admin(Screen):
    path = "/admin"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.ways = self.main.get_by_role("navigation", name="Admin")
        self.title = self.main.get_by_role("heading", level=2).first
        self.filters = self.main.get_by_role("search")
        self.table = self.main.get_by_role("table")
        self.rows = self.table.get_by_role("row").filter(has=page.get_by_role("cell"))
        self.next_page = self.main.get_by_role("link", name="Next page")
        self.first_page = self.main.get_by_role("link", name="First page")
        self.clear = self.filters.get_by_role("link", name="Clear")
        self.charts = self.main.get_by_role("img")
        self.dialog = page.get_by_role("dialog")

    async def open(self, path: str = "") -> Self:
        await super().open(path)
        return await self.settled()

    async def settled(self) -> Self:
        """Until what is shown is what the address asks for."""
        await expect(self.page.locator("[aria-busy=true]")).to_have_count(0)
        return self

    def row(self, text: str) -> Locator:
        return self.rows.filter(has_text=text)

    async def act(self, row: Locator, name: str) -> None:
        """Choose what is done with a row, from its menu where it has one."""
        await expect(row).to_be_visible()
        menu = row.get_by_role("button", name="Actions for")
        if await menu.count():
            await menu.click()
            await row.get_by_role("menuitem", name=name).click()
        else:
            await row.get_by_role("button", name=f"{name}:").click()

    async def agree(self, name: str) -> None:
        await self.dialog.get_by_role("button", name=name).click()
        await expect(self.dialog).to_have_count(0)
