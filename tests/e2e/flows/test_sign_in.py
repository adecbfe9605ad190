"""Signing in, where it leads, and what signing out ends."""

import re

import httpx2
import pytest
from playwright.async_api import expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person
from tests.e2e.pages.catalogue import Documents
from tests.e2e.pages.entrance import Login
from tests.e2e.server import Server

REDIRECTS = [
    "https://evil.test/",
    "http:evil.test",
    "http:/evil.test",
    "//evil.test",
    "///evil.test",
    "////evil.test/%2e%2e",
    "/\\evil.test",
    "\\\\evil.test",
    "\\/evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "/ /evil.test",
    "\t//evil.test",
    " //evil.test",
    "/%09/evil.test/../../login",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "evil.test",
    "@evil.test",
    "/\u2028/evil.test",
    "https:evil.test",
    "/..//evil.test",
    "/.//evil.test",
]


@pytest.mark.req("AUTH-01", "SESS-01")
async def test_signing_in_leads_back_to_where_one_was_going(visitors: Visitors, person: Person):
    page = await visitors.open(person.url)
    await page.context.add_cookies([{"name": "plumbline", "value": "chosen-by-the-client", "url": person.url}])
    await page.goto("/import?from=a%20link")
    login = await Login(page).ready()
    await expect(page).to_have_title("Sign in · Plumbline")
    await login.sign_in(person.email, person.password)
    await page.wait_for_url("**/import?from=a%20link")
    (cookie,) = await page.context.cookies()
    assert cookie["value"] != "chosen-by-the-client"
    assert cookie["httpOnly"]


@pytest.mark.req("AUTH-02")
async def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(visitors: Visitors, person: Person):
    visitors.watch.expect("status of 401")
    login = await Login(await visitors.open(person.url)).open()
    for email in (person.email, "nobody@example.org"):
        await login.sign_in(email, "not the password")
        await expect(login.problem).to_have_text("The address or the password is not right.")
        await expect(login.email).to_have_value(email)
        await login.open()


@pytest.mark.req("SESS-03", "SESS-04")
async def test_signing_out_ends_the_session_wherever_it_is_open(visitors: Visitors, person: Person):
    session, other = await person.sign_in(), await person.sign_in()
    documents = await Documents(await visitors.open(person.url, session.token)).open()
    second = await Documents(await documents.page.context.new_page()).open()
    await second.live()
    await documents.sign_out()
    await documents.page.wait_for_url("**/login")

    visitors.watch.expect("status of 401")
    async with session.client() as client:
        assert (await client.get("/api/v1/documents")).status_code == 401
    async with other.client() as client:
        assert (await client.get("/api/v1/documents")).status_code == 200
    await second.go_to("Import")
    await second.page.wait_for_url("**/login?next=%2Fimport")
    await expect(Login(second.page).form).to_be_visible()
    await expect(second.rail).to_have_count(0)


@pytest.mark.req("REDIR-01")
@pytest.mark.parametrize("target", REDIRECTS)
async def test_next_never_leaves_the_site(person: Person, site: Server, target: str):
    """What the server answers is a path that a browser resolves to this site; the browser does so below."""
    form = {"email": person.email, "password": person.password, "next": target}
    async with httpx2.AsyncClient(base_url=site.url, headers={"origin": site.url}, timeout=30) as client:
        answer = await client.post("/auth/sign-in", data=form)
    assert answer.status_code == 200
    location = answer.json()["location"]
    assert httpx2.URL(site.url).join(location).host == "localhost"


@pytest.mark.req("REDIR-01")
async def test_next_never_leaves_the_site_in_a_browser(visitors: Visitors, person: Person):
    """The same spellings as the browser's own address parser reads them, after the form has sent them."""
    page = await visitors.open(person.url)
    left: list[str] = []
    await page.route(re.compile(r"^\w+://[^/]*evil"), lambda route: left.append(route.request.url))
    session = await person.sign_in()
    async with session.client() as client:
        form = {"email": person.email, "password": person.password}
        answers = [await client.post("/auth/sign-in", data={**form, "next": target}) for target in REDIRECTS]
    locations = [answer.json()["location"] for answer in answers]
    await page.goto("/login")
    resolved = await page.evaluate("all => all.map((one) => new URL(one, location.href).origin)", locations)
    assert set(resolved) == {person.url}
    for target in ("//evil.test", "https://evil.test/"):
        login = await Login(page).open(f"/login?next={target}")
        await login.sign_in(person.email, person.password)
        await expect(Documents(page).heading).to_have_text("Documents")
        assert page.url.startswith(f"{person.url}/")
        await Documents(page).live()
        await page.goto("about:blank")  # an open page without its cookie goes to the sign-in page by itself
        await page.context.clear_cookies()
    assert not left


@pytest.mark.req("RATE-01")
async def test_too_many_tries_say_how_long_to_wait(visitors: Visitors, new_server):
    visitors.watch.expect("status of 4(01|29)")
    server = new_server(rate_limit_scale="0.2")
    server.start()
    login = await Login(await visitors.open(server.url)).open()
    for _ in range(2):
        await login.sign_in("nobody@example.org", "not the password")
        await expect(login.problem).to_contain_text("is not right")
    await login.sign_in("nobody@example.org", "not the password")
    await expect(login.problem).to_contain_text("Too many tries.")
    await expect(login.problem).to_contain_text(re.compile(r"Try again in (a minute|\d+ minutes)\."))
    await expect(login.email).to_have_value("nobody@example.org")
