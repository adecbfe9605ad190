"""One build behind other addresses: a reverse proxy on another port and host, https in front, a CDN."""

import re

import httpx2
import pytest
from playwright.async_api import Page, expect

from tests.e2e.browser import Visitors
from tests.e2e.cdn import Cdn
from tests.e2e.client import Person, bring_in
from tests.e2e.pages.catalogue import Documents
from tests.e2e.pages.document import Document, Edit, History
from tests.e2e.pages.entrance import Login
from tests.e2e.pages.importing import Import
from tests.e2e.proxy import Proxy
from tests.e2e.server import Server
from tests.e2e.texts import design

HOST = "plumbline.test"
SMALL = 1000  # an answer whose body gains nothing by compression


@pytest.fixture(scope="module")
def fronted(built: None, tmp_path_factory: pytest.TempPathFactory):
    """A server that believes proxies on this machine, and knows of a CDN."""
    server = Server(tmp_path_factory.mktemp("fronted"), trusted_proxies="127.0.0.0/8", cdn="true")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
async def owner(fronted: Server) -> Person:
    return await Person(fronted.url).set_up(fronted.setup_token())


async def test_a_reverse_proxy_on_another_port_and_host(visitors: Visitors, fronted: Server, owner: Person):
    """Pages, forms and the event socket: the socket's address was not baked into the build."""
    visitors.watch.expect("Cross-Origin-Opener-Policy header has been ignored")  # no https, no localhost
    async with Proxy(fronted.port).running() as proxy:
        login = await Login(await visitors.open(proxy.url(HOST))).open()
        await login.sign_in(owner.email, owner.password)
        documents = Documents(login.page)
        await documents.row("SAMPLE-1").get_by_role("link").click()
        document = Document(login.page)
        await expect(document.article.get_by_role("heading").first).to_be_visible()
        await document.live()
        assert login.page.url.startswith(f"{proxy.url(HOST)}/d/")
        assert proxy.sockets >= 1
        await document.go_to("Import")
        await Import(login.page).paste("# Through the proxy\n\nText.\n")
        await expect(Import(login.page).report).to_contain_text("New document")
        await document.sign_out()
        await login.page.wait_for_url(f"{proxy.url(HOST)}/login")


@pytest.mark.req("SESS-02", "HEAD-01", "HEAD-03")
async def test_https_in_front_makes_the_cookie_a_secure_one(fronted: Server, owner: Person):
    async with Proxy(fronted.port, scheme="https", host=HOST).running() as proxy:
        origin = {"origin": f"https://{HOST}"}
        async with httpx2.AsyncClient(base_url=proxy.url(), headers=origin, timeout=30) as client:
            form = {"email": owner.email, "password": owner.password, "next": "/d/SAMPLE-1"}
            answer = await client.post("/auth/sign-in", data=form)
            cookie = answer.headers["set-cookie"]
            assert re.fullmatch(
                r"__Host-plumbline=[\w-]{22,}; Path=/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure", cookie
            )
            assert answer.json()["location"] == "/d/SAMPLE-1"
            assert "max-age=" in answer.headers["strict-transport-security"]
            page = await client.get("/documents", headers={"cookie": cookie.partition(";")[0]})
            assert page.status_code == 200
            assert HOST not in page.text
            stranger = await client.post("/auth/sign-in", data=form, headers={"origin": f"http://{HOST}"})
            assert stranger.json()["error"]["code"] == "CROSS_SITE"


async def test_the_same_build_on_another_port(visitors: Visitors, person: Person, new_server):
    """A browser that knows the site from one port finds it on another, with the same files in its cache."""
    server = new_server(covered=False)
    server.start()
    owner = await Person(server.url).set_up(server.setup_token())
    page = await visitors.open(server.url, owner.token)
    await (await Documents(page).open()).live()
    await page.goto("about:blank")
    server.stop()
    server.start(Server(server.home).port)
    await page.goto(f"{server.url}/documents")
    documents = await Documents(page).ready()
    await documents.live()
    await expect(documents.row("SAMPLE-1")).to_be_visible()
    await expect(documents.offline).to_have_count(0)


async def test_a_cdn_keeps_the_assets_and_nothing_private(visitors: Visitors, fronted: Server, owner: Person):
    async with owner.client() as client:
        number = await bring_in(client, design("Behind a CDN"))
    visitors.watch.expect("status of 404")
    async with Cdn(fronted.port).running() as cdn:  # on localhost, where Chromium takes brotli without https
        first = await visitors.open(cdn.url(), owner.token)
        await every_page(first, number)
        cdn.forget_counts()
        second = await visitors.open(cdn.url(), owner.token)
        await every_page(second, number)

        assets = {path for path in [*cdn.hits, *cdn.misses] if path.startswith("/assets/")}
        assert len(assets) > 10
        assert not assets & set(cdn.misses)
        for kept in cdn.kept.values():
            assert kept.path.startswith(("/assets/", "/favicon")), kept.path
            assert not kept.head.get("set-cookie")
        for kept in [one for one in cdn.kept.values() if one.path.startswith("/assets/")]:
            assert kept.head.get("cache-control") == "public, max-age=31536000, immutable", kept.path
            if kept.path.endswith((".js", ".css")) and len(kept.raw) > SMALL:
                assert kept.head.get("content-encoding") == "br", kept.path
        private = {path for path in cdn.misses if not path.startswith("/assets/")}
        assert {"/documents", f"/d/{number}", "/import"} <= private
        assert any(path.startswith("/content/") for path in private)


async def every_page(page: Page, number: str) -> None:
    await Login(page).open("/documents")
    await Documents(page).link(number).click()
    await expect(Document(page).text("The last paragraph.")).to_be_visible()
    await Document(page).show(number)
    await History(page).show(number)
    await Edit(page).show(number)
    await Import(page).open()
    await page.goto("/nowhere-at-all")
    await page.context.clear_cookies()
    await Login(page).open()
