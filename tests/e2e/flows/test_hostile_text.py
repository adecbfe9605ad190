"""Texts that want to run something: opened without the content policy nothing does; and the policy alone holds too."""

import asyncio
import re
from pathlib import Path

import httpx2
import pytest
from playwright.async_api import Page, Request, Route, expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person, bring_in
from tests.e2e.pages.catalogue import Documents
from tests.e2e.pages.document import Document, Edit
from tests.e2e.pages.screen import Screen

PAYLOADS = Path(__file__).resolve().parents[2] / "payloads" / "xss.txt"
AT_ONCE, MOST_FILES = 4, 100
# What a page may be made to do shows here: dialogs are replaced before any other script.
TRAPS = """
  window.__ran = [];
  for (const name of ["alert", "confirm", "prompt", "print", "open"])
    window[name] = (...all) => { window.__ran.push(`${name}(${all})`); return null; };
"""
# In the text of the author: elements and attributes that run, load, navigate, submit or cover the page. Then the text
# is put in once more, as when one comes to it from another page: scripts in it do not run that way, handlers do.
ACTIVE = """async () => {
  const sheet = document.querySelector("[data-slot=sheet]");
  const bad = sheet.querySelector("article") ? [] : ["the text is not there"];
  const elements = "script,iframe,frame,object,embed,applet,form,button,textarea,select,style,link,meta,base,img," +
    "video,audio,source,picture,input:not([type=checkbox][disabled]),math,foreignObject,animate,set,use,template";
  for (const one of sheet.querySelectorAll(elements)) bad.push(one.outerHTML);
  for (const one of sheet.querySelectorAll("*")) for (const { name, value } of one.attributes) {
    if (/^on|^style$|^srcdoc$|^formaction$|^action$|^background$|^ping$|^srcset$/i.test(name)) bad.push(one.outerHTML);
    if (/^(xlink:)?href$|^src$/i.test(name)) {
      const scheme = new URL(value, location.href).protocol;
      if (!["http:", "https:", "mailto:"].includes(scheme)) bad.push(one.outerHTML);
    }
  }
  for (const one of sheet.querySelectorAll(".prose *"))
    if (["fixed", "sticky"].includes(getComputedStyle(one).position)) bad.push(one.outerHTML);
  const answer = await fetch(`/content/${sheet.dataset.digest}`);
  sheet.innerHTML = await answer.text();
  await new Promise((done) => setTimeout(done, 0));
  return [...bad, ...window.__ran.map((one) => `ran ${one}`)];
}"""


def payloads() -> list[str]:
    return re.split(r"^%%%%\n", PAYLOADS.read_text(encoding="utf-8"), flags=re.MULTILINE)


class Suspicion:
    """Collects what pages did that no text may make them do."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.found: list[str] = []

    async def listen(self, page: Page) -> None:
        await page.add_init_script(TRAPS)
        page.context.on("request", self._request)
        page.context.on("page", lambda _page: self.found.append("a window was opened"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", "data:")):
            self.found.append(f"a request to {request.url}")

    async def look(self, page: Page, what: str) -> None:
        self.found += [f"{what}: {one}" for one in await page.evaluate(ACTIVE)]


async def stored(api: httpx2.AsyncClient) -> dict[str, str]:
    """Every payload as a document of its own, by number."""
    texts = {f"payload-{at}.md": text for at, text in enumerate(payloads())}
    names, numbers = list(texts), {}
    for begin in range(0, len(names), MOST_FILES):
        files = [("files", (name, texts[name].encode())) for name in names[begin : begin + MOST_FILES]]
        answer = await api.post("/api/v1/imports", data={"space": "GEN"}, files=files)
        report = (await api.get(f"/api/v1/imports/{answer.json()['location'].partition('report=')[2]}")).json()
        numbers |= {item["number"]: texts[item["file_name"]] for item in report["items"]}
    return numbers


async def served(api: httpx2.AsyncClient, number: str) -> str:
    answer = await api.get(f"/d/{number}")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.req("XSS-01")
async def test_no_text_runs_anything_even_without_the_policy(
    visitors: Visitors, person: Person, api: httpx2.AsyncClient
):
    """Each page as it is served, put through the browser's parser. The scripts and links that a page with a harmless
    text has too are taken out: they only cost time here.
    """
    visitors.watch.expect(r"favicon\.ico")  # asked for where a page has no link to another
    waiting, suspicion = list((await stored(api)).items()), Suspicion(person.url)
    assert len(waiting) >= 106
    assert all(number for number, _ in waiting)
    harmless = await served(api, await bring_in(api, "# Harmless\n\nText.\n"))
    own = set(re.findall(r"<script.*?</script>|<link[^>]*>", harmless, re.DOTALL))

    async def reader() -> None:
        page = await visitors.open(person.url, person.token, traced=False, bypass_csp=True)
        await suspicion.listen(page)
        await page.goto("/api/v1/documents")  # for the origin, and without scripts of its own
        while waiting:
            number, text = waiting.pop()
            body = await served(api, number)
            for tag in own:
                body = body.replace(tag, "")
            await page.set_content(body)
            await suspicion.look(page, f"{number} {text!r}")

    await asyncio.gather(*(reader() for _ in range(AT_ONCE)))
    assert not suspicion.found, "\n".join(suspicion.found)


@pytest.mark.req("XSS-01")
async def test_all_of_them_in_one_page_that_is_taken_over(visitors: Visitors, person: Person, api: httpx2.AsyncClient):
    number = await bring_in(api, "# All\n\n" + "\n\n".join(payloads()))
    page, suspicion = await visitors.open(person.url, person.token, bypass_csp=True), Suspicion(person.url)
    await suspicion.listen(page)
    document = await Document(page).show(number)
    await document.live()
    await suspicion.look(page, "all of them")
    assert not suspicion.found, "\n".join(suspicion.found)


BITE = "<img src=x onerror=alert(1)>"
CHARTS = f"""# Drawn

```mermaid
%%{{init: {{"securityLevel": "loose", "htmlLabels": true, "themeCSS": "* {{ position: fixed }}"}}}}%%
flowchart LR
  A["{BITE}"] -->|"{BITE}"| B["<script>alert(2)</script>"]
  click A href "javascript:alert(3)" "x"
  click B call alert(4)
  style A fill:url(http://evil.test/x.svg)
```

```mermaid
sequenceDiagram
  participant A as {BITE}
  A->>A: <svg onload=alert(5)>
  link A: x @ javascript:alert(6)
```

## Component Design

### Core Components

#### Web {BITE}

- **Purpose**: {BITE}
- **Dependencies**: Store </text><script>alert(7)</script>

#### Store </text><script>alert(7)</script>

- **Purpose**: Keeps.

### Authentication Flow

1. Web {BITE} → Store </text><script>alert(7)</script>: {BITE}

### Database Schema

```sql
CREATE TABLE "<script>alert(8)</script>" (id INTEGER PRIMARY KEY, "{BITE}" TEXT);
```

### CI/CD Pipeline

1. {BITE}
2. Deploy to <svg onload=alert(9)>
"""


@pytest.mark.req("XSS-05")
async def test_drawings_bring_nothing_in_and_nothing_loosens_them(
    visitors: Visitors, person: Person, api: httpx2.AsyncClient
):
    number = await bring_in(api, CHARTS)
    page, suspicion = await visitors.open(person.url, person.token, bypass_csp=True), Suspicion(person.url)
    await suspicion.listen(page)
    document = await Document(page).show(number)
    await document.live()
    assert await page.locator("[data-slot=sheet] svg").count() > 0
    await suspicion.look(page, "drawings")
    assert not suspicion.found, "\n".join(suspicion.found)
    for link in await page.locator("[data-slot=sheet] svg a").all():
        assert (await link.get_attribute("href") or "").startswith("#")


@pytest.mark.req("XSS-02")
async def test_a_title_is_only_ever_text(visitors: Visitors, person: Person, api: httpx2.AsyncClient):
    title = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    number = await bring_in(api, f"# `{title}`\n\nText.\n")
    page = await visitors.open(person.url, person.token, bypass_csp=True)
    await page.add_init_script(TRAPS)
    document = await Document(page).show(number)
    await document.live()
    await expect(document.heading.first).to_contain_text("<script>")
    await expect(page).to_have_title(f"{title} · Plumbline")
    await Edit(page).show(number)
    documents = await Documents(page).open()
    await expect(documents.link(number)).to_contain_text("<script>")
    assert await page.evaluate("window.__ran") == []


PROSE = '<div class="prose">'
INLINE = "<script>window.__planted = 1</script>"
FOREIGN = '<script src="http://evil.test/planted.js"></script>'
HANDLER = "<p onclick='window.__planted = 1' id='planted'>Click</p>"


async def planted(page: Page, markup: str) -> int:
    """As if the sanitiser had let `markup` through: it stands in the served text, under the page's own policy."""

    async def with_markup(route: Route) -> None:
        answer = await route.fetch()
        body = (await answer.text()).replace(PROSE, f"{PROSE}{markup}", 1)
        await route.fulfill(response=answer, body=body)

    await page.context.route("**/d/SAMPLE-1", with_markup)
    await page.context.route("http://evil.test/**", lambda route: route.fulfill(body="window.__planted = 1"))
    await Screen(page).open("/d/SAMPLE-1")
    if markup is HANDLER:
        await page.locator("#planted").dispatch_event("click")
    return await page.evaluate("window.__planted ?? 0")


@pytest.mark.req("XSS-03")
@pytest.mark.parametrize("markup", [INLINE, FOREIGN, HANDLER], ids=["inline", "foreign", "handler"])
async def test_the_policy_alone_stops_what_was_planted(visitors: Visitors, person: Person, markup: str):
    """And without the policy the same does run, so that this test could fail."""
    visitors.watch.expect("Content Security Policy|LOCAL_NETWORK_ACCESS")
    assert await planted(await visitors.open(person.url, person.token, bypass_csp=True), markup) == 1
    assert not visitors.watch.matching("Content Security Policy")
    assert await planted(await visitors.open(person.url, person.token), markup) == 0
    assert visitors.watch.matching("Content Security Policy")
