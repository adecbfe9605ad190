"""The second step of signing in, and the settings of second factor and passkeys."""

from playwright.async_api import Page

from tests.e2e.pages.screen import Screen


class SecondStep(Screen):
    path = "/login/second"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.form = page.get_by_role("form", name="Second step")
        self.code = self.form.get_by_label("Code")
        self.problem = self.form.get_by_role("alert")

    async def answer(self, code: str) -> None:
        await self.code.fill(code)
        await self.form.get_by_role("button", name="Sign in").click()


class SecondFactorSettings(Screen):
    path = "/settings/second-factor"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.set_up = page.get_by_role("button", name="Set up an authenticator app")
        self.form = page.get_by_role("form", name="Second factor")
        self.picture = self.form.get_by_role("img", name="QR code for your authenticator app")
        self.key = self.form.get_by_role("code")
        self.problem = page.get_by_role("alert")
        self.codes = page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
        self.done = page.get_by_role("button", name="I have kept them")

    async def turn_on(self, code: str) -> None:
        await self.form.get_by_label("Code", exact=True).fill(code)
        await self.form.get_by_role("button", name="Turn it on").click()


class PasskeySettings(Screen):
    path = "/settings/passkeys"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.form = page.get_by_role("form", name="Add a passkey")
        self.passkeys = page.get_by_role("list", name="Passkeys").get_by_role("listitem")

    async def add(self, name: str) -> None:
        await self.form.get_by_label("Name").fill(name)
        await self.form.get_by_role("button", name="Add a passkey").click()

    async def remove(self, name: str) -> None:
        await self.page.get_by_role("button", name=f"Remove {name}").click()
