"""axe finds nothing serious on any page, light and dark."""

import httpx2
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person, bring_in, save
from tests.e2e.pages.document import Document
from tests.e2e.pages.screen import Screen
from tests.e2e.pages.space import Sharing
from tests.e2e.texts import MISSPELT, design

_BARE = ("/reset/new", "/confirm", "/invitation", "/sign-up/finish")
"""Pages of links, here without one."""
_SETTINGS = ("profile", "password", "second-factor", "passkeys", "identities", "sessions", "tokens")
SEVERE = {"serious", "critical"}


async def severe(page: Page) -> list[str]:
    found = await Axe().run(page)
    return [
        f"{page.url}: {one['id']} at {node['target']}: {node['failureSummary']}"
        for one in found.response["violations"]
        if one["impact"] in SEVERE
        for node in one["nodes"]
    ]


@pytest.fixture
async def addresses(api: httpx2.AsyncClient, request: pytest.FixtureRequest) -> list[str]:
    """Every page that somebody signed in sees, with something on it."""
    title = request.node.name
    number = await bring_in(api, design(title), f"{title}.md")
    more = "\n| a | b |\n|---|---|\n| 1 | `c` |\n"
    await save(api, number, 1, design(title).replace(MISSPELT, f"{MISSPELT}e\n\n### Archive") + more, "A table")
    files = [("files", ("again.md", design("Other").encode())), ("files", ("bad.exe", b"x"))]
    await api.post("/api/v1/imports", data={"space": "GEN"}, files=files)
    report = (await api.post("/api/v1/imports", data={"space": "GEN"}, files=files)).json()["location"]
    await api.post("/api/v1/spaces/GEN/evidence", files={"file": ("junit.xml", b"<testsuite/>")})
    views = [f"/compare/1/2?view={view}" for view in ("unified", "rendered", "diagrams")]
    of_document = ["", "/history", "/edit", "/r/1", "/compare/1/2", "/compare/2/2", *views]
    return [
        "/documents",
        "/import",
        "/spaces",
        "/s/GEN",
        "/s/GEN/settings",
        "/s/GEN/evidence",
        report,
        "/d/NOPE-1",
        "/no/such/page",
        "/admin",
        *(f"/settings/{one}" for one in _SETTINGS),
        "/reauthenticate",
        *(f"/admin/{one}" for one in ("people", "groups", "roles", "invitations", "spaces", "permissions")),
        *(f"/admin/{one}" for one in ("audit?action=account:", "sessions", "jobs", "mails")),
        *(f"/d/{number}{one}" for one in of_document),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_pages_of_the_workspace(visitors: Visitors, person: Person, addresses: list[str], scheme: str):
    visitors.watch.expect("status of 404")
    page = await visitors.open(person.url, person.token, color_scheme=scheme, bypass_csp=True)
    found: list[str] = []
    for address in addresses:
        screen = await Screen(page).open(address)
        await expect(page.locator("[aria-busy=true]")).to_have_count(0)
        if address not in ("/no/such/page", "/reauthenticate"):
            await screen.live()
        found += await severe(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_pages_before_signing_in(visitors: Visitors, person: Person, scheme: str):
    page = await visitors.open(person.url, color_scheme=scheme, bypass_csp=True)
    found: list[str] = []
    for address in (*_BARE, "/link-ended", "/login", "/setup?token=some", "/sign-up", "/reset"):
        await Screen(page).open(address)
        found += await severe(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_dialog_that_shares(visitors: Visitors, person: Person, api: httpx2.AsyncClient, scheme: str):
    number = await bring_in(api, design(f"Shared in {scheme}"), f"shared-{scheme}.md")
    page = await visitors.open(person.url, person.token, color_scheme=scheme, bypass_csp=True)
    document = Document(page)
    await document.show(number)
    await document.live()
    sharing = await Sharing(page).open()
    await sharing.make_link()
    found = await severe(page)
    assert not found, "\n".join(found)
