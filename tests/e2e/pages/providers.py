"""Signing in through an identity provider: its button, its own page, and the settings of connected identities."""

from playwright.async_api import Page

from tests.e2e.pages.screen import Screen


class ProviderPage:
    """At the certified provider: a name is asked for unless it knows the browser, then for leave to tell it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.name = page.get_by_label("Name", exact=True)
        self.go_on = page.get_by_role("button", name="Continue", exact=True)
        self.cancel = page.get_by_role("button", name="Cancel")

    async def sign_in(self, name: str, *, known: bool = False) -> None:
        """Whoever is `known` there has allowed it to tell us who they are, and is not asked again."""
        await self.name.fill(name)
        await self.go_on.click()
        if not known:
            await self.page.get_by_role("heading", name="consent").wait_for()
            await self.go_on.click()


class IdentitySettings(Screen):
    path = "/settings/identities"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.connected = page.get_by_role("list", name="Connected identities").get_by_role("listitem")
        self.connect = page.get_by_role("button", name="Connect Test provider")
        self.disconnect = page.get_by_role("button", name="Disconnect Test provider")
        self.confirm = page.get_by_role("link", name="Confirm that it is you")
