"""Two revisions compared, and the form of the history that leads there."""

import re

from playwright.async_api import Locator, Page

from tests.e2e.pages.screen import Screen


class Comparison(Screen):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.title = self.main.get_by_role("heading", name=re.compile("^Revision"))
        self.changes = page.get_by_role("region", name="What changed")
        self.texts = page.get_by_role("region", name="Both texts")
        self.views = page.get_by_role("navigation", name="View of the texts")

    async def show(self, number: str, old: int, new: int, view: str = "") -> "Comparison":
        return await self.open(f"/d/{number}/compare/{old}/{new}{f'?view={view}' if view else ''}")

    def tab(self, name: str) -> Locator:
        return self.views.get_by_role("link", name=name, exact=True)


class Picker:
    def __init__(self, page: Page) -> None:
        self.form = page.get_by_role("form", name="Compare two revisions")
        self.old = self.form.get_by_label("Compare revision")
        self.new = self.form.get_by_label("with")
        self.submit = self.form.get_by_role("button", name="Compare")
