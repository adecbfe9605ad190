"""What a page is, and what stands in its slots at first paint. How pages are served is `page_server`'s to know."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import ModuleType
from typing import Any

from app.core.registry import modules_of
from app.domain.permissions import Permission

_PARAMETER = re.compile(r"\[(\w+)\]")


class Audience(StrEnum):
    """Who sees a page; `guest` pages send somebody signed in to the documents. A `reader` page is for whoever may see
    what it shows, and sends somebody unknown who may not to sign in.
    """

    guest = "guest"
    reader = "reader"
    signed_in = "signed_in"
    anyone = "anyone"


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands in a slot: text (escaped here) or `trusted` HTML of our own, and data attributes on its element."""

    text: str = ""
    trusted: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


Slots = dict[str, Slot]
FillSlots = Callable[[Any, Mapping[str, str]], Awaitable[Slots]]
"""Takes who asks, on a `reader` page a `Viewer`, on others an `Actor`; and the parameters of the address."""
Greet = Callable[[Mapping[str, str]], Awaitable[Slots]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `route` in Reflex's notation, `content` its component function. Of the permissions in `needs` its
    reader holds at least one on the site; for others there is no such page: its slot `closed` says so.

    `fill` says what a first paint shows to somebody signed in, `greet` what it shows to a guest; both are given what
    stands in the address: the query, and the parameters of the route, which go first.
    """

    route: str
    title: str
    content: Callable[[], Any]
    audience: Audience = Audience.signed_in
    on_load: Any = None
    fill: FillSlots | None = None
    greet: Greet | None = None
    moved_to: str = ""
    needs: frozenset[Permission] = frozenset()

    @property
    def template(self) -> str:
        return _PARAMETER.sub(r"{\1}", self.route)

    @property
    def shell(self) -> str:
        """The path that the build renders for this route."""
        return _PARAMETER.sub("shell", self.route) if self.route != "404" else "/not-found-shell"

    def match(self, path: str) -> dict[str, str] | None:
        pattern = _PARAMETER.sub(r"(?P<\1>[^/]+)", self.route)
        found = re.fullmatch(pattern, path.rstrip("/") or "/")
        return found.groupdict() if found else None


def pages_in(package: ModuleType) -> list["Page"]:
    """`PAGE`, or several `PAGES`, of every module of the package."""
    return [page for module in modules_of(package) for page in getattr(module, "PAGES", None) or (module.PAGE,)]


def local_path(target: str) -> str:
    """`target` if it is a path of this site, else `/`. Backslashes, `//`, schemes and control characters are not."""
    plain = target.startswith("/") and not target.startswith("//") and "\\" not in target
    return target if plain and target.isprintable() and not re.search(r"^/[\s/\\]", target) else "/"
