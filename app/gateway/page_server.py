"""Serving pages so that they are complete at first paint.

The build renders every page once with empty state (for a dynamic route, with the parameter `shell`). Here the marked
slots of that HTML are filled for the person who asks; the page's own script takes the filled slots over as they stand.
A page is not cached by anybody but the reader's browser, which asks again each time.
"""

import html
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, quote

from app.core.errors import AppError, Forbidden, NotFound, Unauthenticated
from app.gateway import headers
from app.gateway.asgi import Receive, Scope, Send, respond
from app.gateway.context import caller, viewer
from app.gateway.pages import Audience, FillSlots, Page, Slot, Slots
from app.services import shell

BUILD = Path(".web/build/client")
_SLOT = re.compile(r'(<(\w+)(?=[^>]*\sdata-slot="([\w-]+)")[^>]*)>(.*?)</\2>', re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_KEPT_QUERY = 1000
_LINKED = {"d": "number", "s": "key"}
"""Links within a document or a space, which the build renders without knowing which one."""


class Shell:
    """One built page, cut at its slots once, with its policy."""

    def __init__(self, document: str) -> None:
        self.policy = headers.page_policy(headers.script_hashes(document))
        self.preload = _preload()
        self.document = document

    def filled(self, slots: Slots, title: str, parameters: Mapping[str, str]) -> bytes:
        def fill(found: re.Match[str]) -> str:
            slot = slots.get(found[3])
            if slot is None:
                return found[0]
            opening, data = found[1], ""
            for key, value in slot.data.items():
                opening = re.sub(rf' data-{key}="[^"]*"', "", opening)
                data += f' data-{key}="{html.escape(value)}"'
            return f"{opening}{data}>{slot.trusted or html.escape(slot.text, quote=False)}</{found[2]}>"

        document = self.document
        for letter, name in _LINKED.items():
            value = html.escape(quote(parameters.get(name, ""), safe=""))
            document = document.replace(f'href="/{letter}/shell', f'href="/{letter}/{value}')
        document = _SLOT.sub(fill, document)
        return _TITLE.sub(lambda _: f"<title>{html.escape(title, quote=False)}</title>", document, count=1).encode()


class PageServer:
    """Answers GET for page routes; `frame` fills the slots that every signed-in page has."""

    def __init__(self, pages: list[Page], frame: FillSlots) -> None:
        self.pages = pages
        self.frame = frame
        self.shells: dict[str, Shell] = {}

    def find(self, path: str) -> tuple[Page, dict[str, str]] | None:
        for page in self.pages:
            parameters = page.match(path)
            if parameters is not None:
                return page, parameters
        return None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 -- the ASGI signature
        page, parameters = self.find(scope["path"]) or (self._not_found(), {})
        caller().route = page.template
        target = _elsewhere(page, scope)
        try:
            status, slots, title = (303, {}, "") if target else await self._slots(page, {**_query(scope), **parameters})
        except Unauthenticated:
            status, slots, title, target = 303, {}, "", _sign_in(scope)
        target = target or _moved(scope, parameters, slots)
        if target:
            await respond(send, 303, b"", {"location": target, "cache-control": "no-store", "vary": "Cookie"})
            return
        shell = self._shell(page)
        document = shell.filled(slots, f"{title} · Plumbline", parameters)
        answer = {
            **shell.preload,
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": shell.policy,
            "cache-control": "private, no-cache",
            "vary": "Cookie",
        }
        await respond(send, status, document, answer)

    async def _slots(self, page: Page, parameters: Mapping[str, str]) -> tuple[int, Slots, str]:
        status = 404 if page.route == "404" else 200
        slots: dict[str, Slot] = {"request-id": Slot(caller().request_id)}
        person = caller().actor
        slots |= await self.frame(viewer(), {})
        try:
            if page.needs and person is not None and not page.needs & await shell.permissions(person):
                raise NotFound("There is nothing at this address, or you may not see what it leads to.")
            is_shown = person or page.audience is Audience.reader
            slots |= await page.fill(viewer(), parameters) if page.fill and is_shown else {}
            slots |= await page.greet(parameters) if page.greet and not person else {}
        except (NotFound, Forbidden) as error:
            title = "Not found" if isinstance(error, NotFound) else "Not for you"
            missing = {"sheet": Slot(trusted=_missing(title, error)), "closed": Slot(data={"tone": "yes"})}
            return error.status, slots | missing, title
        return status, slots, slots["title"].text if "title" in slots else page.title

    def _not_found(self) -> Page:
        return next(page for page in self.pages if page.route == "404")

    def _shell(self, page: Page) -> Shell:
        if page.route not in self.shells:
            self.shells[page.route] = Shell(_read(page.shell))
        return self.shells[page.route]


def _query(scope: Scope) -> dict[str, str]:
    """The last value of each name."""
    return dict(parse_qsl(scope["query_string"][:_KEPT_QUERY].decode("latin-1")))


def _read(path: str) -> str:
    name = path.strip("/") or "index"
    for candidate in (BUILD / f"{name}.html", BUILD / name / "index.html"):
        if candidate.is_file():
            return candidate.read_text()
    raise AppError("The pages are not built: run `make run`.", code="UNAVAILABLE")


def _preload() -> dict[str, str]:
    """The interface's font is asked for before any style sheet is read."""
    fonts = sorted((BUILD / "assets").glob("inter-latin-wght-normal-*.woff2"))
    return {"link": f"</assets/{fonts[0].name}>; rel=preload; as=font; type=font/woff2; crossorigin"} if fonts else {}


def _missing(title: str, error: AppError) -> str:
    return f'<div class="empty"><h2>{title}</h2><p>{html.escape(error.message)}</p></div>'


def _elsewhere(page: Page, scope: Scope) -> str:
    """Where the asker belongs instead, or empty."""
    if page.audience is Audience.guest and caller().actor is not None:
        return "/documents"
    if page.audience is Audience.signed_in and caller().actor is None:
        return _sign_in(scope)
    return page.moved_to


def _sign_in(scope: Scope) -> str:
    """The page to sign in, which leads back here."""
    back = quote(scope["path"] + _written(scope), safe="")
    return f"/login?next={back}" if len(back) < 3 * _KEPT_QUERY else "/login"


def _written(scope: Scope) -> str:
    """The query as it came, with its question mark; nothing of one that is too long to be sent back."""
    return f"?{scope['query_string'].decode('latin-1')}" if 0 < len(scope["query_string"]) < _KEPT_QUERY else ""


def _moved(scope: Scope, parameters: Mapping[str, str], slots: Slots) -> str:
    """The address under a document's present number when it was asked for by an earlier one, or empty."""
    asked, now = parameters.get("number", ""), slots.get("number", Slot()).text
    return scope["path"].replace(f"/d/{asked}", f"/d/{now}", 1) + _written(scope) if now and asked != now else ""
