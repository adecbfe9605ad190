"""One document: read, edited, its history."""

from playwright.async_api import Locator, Page, expect

from tests.e2e.pages.screen import Screen


class Document(Screen):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.article = page.get_by_role("article", name="Document")
        self.contents = page.get_by_role("navigation", name="Contents")
        self.findings = page.get_by_role("region", name="Findings")
        self.fields = page.get_by_role("region", name="Fields")
        self.graph = page.get_by_role("figure", name="Component graph")
        self.facts = self.main.locator(".facts")
        self.tabs = page.get_by_role("navigation", name="Document")
        self.replace = self.main.get_by_role("link", name="Replace text")
        self.menu = self.main.get_by_role("button", name="More actions")
        self.dialog = page.get_by_role("dialog")
        self.undo = self.notices.get_by_role("button", name="Undo")
        self.history = self.tabs.get_by_role("link", name="History")
        self.earlier = self.main.get_by_text("You are reading an earlier revision.")
        self.to_current = self.main.get_by_role("link", name="Go to the current one")

    async def show(self, number: str) -> "Document":
        return await self.open(f"/d/{number}")

    async def act(self, name: str) -> None:
        """Choose from the menu in the head."""
        await self.menu.click()
        await self.main.get_by_role("menuitem", name=name).click()

    async def agree(self, name: str) -> None:
        await self.dialog.get_by_role("button", name=name).click()

    def text(self, words: str) -> Locator:
        return self.article.get_by_text(words)


class Edit(Screen):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.form = page.get_by_role("form", name="Replace the text", exact=True)
        self.source = self.form.get_by_role("textbox", name="Markdown source")
        self.message = self.form.get_by_label("What changed, in a few words")
        self.submit = self.form.get_by_role("button", name="Save revision")
        self.problem = self.form.get_by_role("alert")
        self.current = self.problem.get_by_role("link", name="Open the current text in a new tab")
        self.cancel = self.form.get_by_role("link", name="Cancel")
        self.kept = self.form.get_by_role("status").filter(has_text="This browser kept text")
        self.file_form = page.get_by_role("form", name="Replace the text by a file")
        self.file = self.file_form.get_by_label("Choose a Markdown file")
        self.file_message = self.file_form.get_by_label("What changed, in a few words")
        self.submit_file = self.file_form.get_by_role("button", name="Save file as revision")
        self.file_problem = self.file_form.get_by_role("alert")

    async def show(self, number: str) -> "Edit":
        return await self.open(f"/d/{number}/edit")

    async def remembered(self) -> None:
        """Until this browser has put aside what stands in the text area."""
        await self.source.evaluate("""(area) => new Promise((done) => {
          const look = () =>
            localStorage.getItem(area.dataset.keep) === area.value ? done() : requestAnimationFrame(look);
          look();
        })""")

    async def save(self, text: str, message: str = "") -> None:
        await self.source.fill(text)
        await self.message.fill(message)
        await self.submit.click()


class History(Screen):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.list = page.get_by_role("region", name="Revisions").get_by_role("list")
        self.revisions = self.list.get_by_role("listitem")

    async def show(self, number: str) -> "History":
        await self.open(f"/d/{number}/history")
        await expect(self.revisions.first).to_be_visible()
        return self

    async def open_revision(self, message: str) -> None:
        await self.list.get_by_role("link", name=message).click()
