"""The documents table."""

from playwright.async_api import Locator, Page

from tests.e2e.pages.screen import Screen


class Documents(Screen):
    path = "/documents"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.table = self.main.get_by_role("table")
        self.rows = self.table.get_by_role("row").filter(has=page.get_by_role("cell"))
        self.next_page = self.main.get_by_role("link", name="Next page")
        self.first_page = self.main.get_by_role("link", name="First page")
        self.bring_in = self.main.get_by_role("link", name="Import Markdown")

    def row(self, number: str) -> Locator:
        """Of the document with this number."""
        return self.rows.filter(has=self.page.get_by_text(number, exact=True))

    def link(self, number: str) -> Locator:
        """Its title."""
        return self.row(number).get_by_role("link")
