"""Browser contexts under watch: what a page must never say fails the test, and a failure leaves its traces.

Everything is watched by default; a test names what it provokes on purpose with `expect`.
"""

import re
from contextlib import suppress
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Page, WebError

from tests.e2e.client import COOKIE

RESULTS = Path(__file__).resolve().parents[2] / "test-results"
VIOLATION = "Content Security Policy violation"
_REPORT = f"""addEventListener("securitypolicyviolation", (event) =>
  console.error("{VIOLATION}:", event.effectiveDirective, event.blockedURI));"""


class Watch:
    """What pages reported: violations of the content policy, uncaught errors, errors in the console."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self._expected: list[re.Pattern[str]] = []

    def expect(self, pattern: str) -> None:
        """Messages that `pattern` is found in are meant to come."""
        self._expected.append(re.compile(pattern))

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)

    def matching(self, pattern: str) -> list[str]:
        return [message for message in self.said if re.search(pattern, message)]

    @property
    def problems(self) -> list[str]:
        return [message for message in self.said if not any(one.search(message) for one in self._expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self.said.append(f"{message.text} ({message.location.get('url', '')})")

    def _error(self, error: WebError) -> None:
        self.said.append(f"uncaught: {error.error}")


class Visitors:
    """Opens contexts, each like a browser of its own; closes them, keeping traces when the test failed."""

    def __init__(self, browser: Browser, name: str) -> None:
        self.browser, self.name = browser, re.sub(r"[^\w.-]+", "-", name)[:120]
        self.watch = Watch()
        self.contexts: list[BrowserContext] = []

    async def open(self, url: str, token: str = "", *, traced: bool = True, **options: object) -> Page:
        """A page of a new context at the site `url`, signed in with the session `token`."""
        context = await self.browser.new_context(base_url=url, **options)  # type: ignore[arg-type]  # passed through
        context.set_default_timeout(20_000)
        await context.add_init_script(_REPORT)
        if token:
            await context.add_cookies([{"name": COOKIE, "value": token, "url": url, "httpOnly": True}])
        if traced:
            await context.tracing.start(snapshots=True)
        self.watch.listen(context)
        self.contexts.append(context)
        return await context.new_page()

    async def close(self, *, failed: bool) -> None:
        for count, context in enumerate(self.contexts, 1):
            if failed:
                await self._keep(context, RESULTS / f"{self.name}-{count}")
            await context.close()

    @staticmethod
    async def _keep(context: BrowserContext, place: Path) -> None:
        for number, page in enumerate(context.pages, 1):
            await page.screenshot(path=place / f"page-{number}.png")
        with suppress(Error):  # not traced
            await context.tracing.stop(path=place / "trace.zip")
