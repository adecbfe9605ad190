"""Set-up and sign-in."""

from playwright.async_api import Page

from tests.e2e.client import Person
from tests.e2e.pages.screen import Screen


class Setup(Screen):
    path = "/setup"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.form = page.get_by_role("form", name="Set up")
        self.name = self.form.get_by_label("Your name")
        self.email = self.form.get_by_label("E-mail address")
        self.password = self.form.get_by_label("Password")
        self.sample = self.form.get_by_role("radio", name="The sample space")
        self.empty = self.form.get_by_role("radio", name="An empty space")
        self.submit = self.form.get_by_role("button", name="Make the account")
        self.problem = self.form.get_by_role("alert")

    async def make_account(self, person: Person) -> None:
        await self.name.fill(person.name)
        await self.email.fill(person.email)
        await self.password.fill(person.password)
        await self.submit.click()


class Login(Screen):
    path = "/login"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.form = page.get_by_role("form", name="Sign in", exact=True)
        self.email = self.form.get_by_label("E-mail address")
        self.password = self.form.get_by_label("Password")
        self.submit = self.form.get_by_role("button", name="Sign in", exact=True)
        self.provider = page.get_by_role("link", name="Continue with Test provider")
        self.passkey = page.get_by_role("button", name="Sign in with a passkey")
        self.problem = self.form.get_by_role("alert")

    async def sign_in(self, email: str, password: str) -> None:
        await self.email.fill(email)
        await self.password.fill(password)
        await self.submit.click()


class Link(Screen):
    """The page of a mailed link, or one that asks for such a link."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.email = self.main.get_by_label("E-mail address")
        self.name = self.main.get_by_label("Your name")
        self.password = self.main.get_by_role("textbox", name="assword")
        self.button = self.main.get_by_role("button")
        self.provider = self.main.get_by_role("button", name="Continue with Test provider")
        self.gone_provider = self.main.get_by_role("button", name="Continue with Gone provider")
        self.problem = self.main.get_by_role("alert")
        self.done = self.main.get_by_role("status")

    async def ask(self, path: str, email: str) -> None:
        await self.open(path)
        await self.email.fill(email)
        await self.button.click()
        await self.done.wait_for()
