"""The frame around every signed-in page, and the commands the server gives the page."""

from typing import Any, cast
from urllib.parse import quote

import reflex as rx
from reflex.event import EventSpec

from app import panels
from app.core.ids import new_id
from app.gateway.context import caller
from app.gateway.pages import local_path
from app.services import shell


class FrameState(rx.State):
    """Who is here (`unknown` is "yes" for somebody not signed in), and where they can go; `commands` are carried out by
    the bridge, each once.

    `admin` are the addresses of the admin pages that they may open.
    """

    name: str = ""
    initials: str = ""
    unknown: str = ""
    documents: str = ""
    spaces: list[dict[str, str]] = []
    admin: list[str] = []
    commands: list[dict[str, str]] = []

    @rx.event
    async def load(self) -> None:
        person = caller().actor
        self.unknown = "" if person else "yes"
        if person is None:
            return
        view = await shell.nav(person)
        self.name, self.initials, self.documents = view.name, view.initials, str(view.documents)
        self.spaces = [{"key": space.key, "name": space.name, "count": str(space.documents)} for space in view.spaces]
        self.admin = panels.open_to(view.site)

    @rx.event
    def reload(self) -> None:
        """The page anew, as a document of its own: it leads to where its person belongs now."""
        self.commands = [{"id": new_id(), "kind": "leave", "href": local_path(str(self.router.url.path))}]

    @rx.event
    def confirm(self) -> None:
        """To where one proves again who one is, and back here."""
        here = quote(local_path(str(self.router.url.path)), safe="")
        self.commands = [{"id": new_id(), "kind": "leave", "href": f"/reauthenticate?next={here}"}]

    @rx.event
    def notice(self, text: str) -> None:
        self.commands = [{"id": new_id(), "kind": "notice", "text": text[:500]}]


def notice(text: str) -> EventSpec:
    """The event that shows `text` for a few seconds."""
    return cast("EventSpec", FrameState.notice(text))


def reload() -> EventSpec:
    return cast("EventSpec", FrameState.reload())


def confirm() -> EventSpec:
    return cast("EventSpec", FrameState.confirm())


def leave(path: str) -> dict[str, Any]:
    """A state delta that makes the page load `path` as a document of its own."""
    command = {"id": new_id(), "kind": "leave", "href": path}
    return {FrameState.get_full_name(): {"commands_rx_state_": [command]}}
