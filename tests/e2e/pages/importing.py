"""Bringing texts in: the form and the report."""

from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import FilePayload, Locator, Page

from tests.e2e.pages.screen import Screen


def file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "text/markdown", "buffer": data}


class Import(Screen):
    path = "/import"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.form = page.get_by_role("form", name="Import")
        self.space = self.form.get_by_label("Into the space")
        self.files = self.form.get_by_label("Choose Markdown files")
        self.pasted = self.form.get_by_role("textbox", name="Markdown to import")
        self.submit = self.form.get_by_role("button", name="Import")
        self.problem = self.form.get_by_role("alert")
        self.report = self.main.get_by_role("list", name="Imported files")

    async def choose(self, files: Sequence[Path] | Sequence[FilePayload], space: str = "GEN") -> None:
        await self.space.select_option(space)
        await self.files.set_input_files(list(files))
        await self.submit.click()

    async def paste(self, text: str, space: str = "GEN") -> None:
        await self.space.select_option(space)
        await self.pasted.fill(text)
        await self.submit.click()

    def item(self, words: str) -> Locator:
        """What became of one file, found by its name or title."""
        return self.report.locator("> li").filter(has_text=words)

    async def answer(self, words: str, choice: str) -> None:
        await self.item(words).get_by_role("button", name=choice).click()
