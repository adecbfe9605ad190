"""One space: its head, its documents, and who is in it."""

import reflex as rx

from app.core.errors import NotFound
from app.domain.permissions import Permission
from app.gateway.context import caller, viewer
from app.schemas.documents import FindDocuments
from app.schemas.members import MembersView
from app.services import documents, members, spaces
from state import words

_SHOWN = 8


class SpaceState(rx.State):
    """`head` is empty until it is loaded; `missing` says why there is none, `closed` why no documents are shown."""

    head: dict[str, str] = {}
    rows: list[dict[str, str]] = []
    people: list[dict[str, str]] = []
    more: str = ""
    next_href: str = ""
    missing: str = ""
    closed: str = ""
    is_loaded: bool = False

    @rx.event
    async def load(self) -> None:
        self.missing, self.closed, self.people, self.more, self.rows, self.next_href = "", "", [], "", [], ""
        try:
            view = await spaces.view(viewer(), self.key)
        except NotFound as error:
            self.head, self.missing = {}, error.message
            return
        self.head = words.space(view)
        if Permission.document_read in view.permissions:
            await self._list(view.key)
        else:
            self.closed = "You see to the people of this space. Reading its documents takes a role in it."
        person = caller().actor
        if person is not None and Permission.member_read in view.permissions:
            self._show(await members.view(person, view.key))
        self.is_loaded = True

    async def _list(self, key: str) -> None:
        after = str(self.router.url.query_parameters.get("after", ""))[:400]
        page = await documents.page_of(viewer(), key, FindDocuments(after=after))
        self.rows = [words.row(item) for item in page.items]
        self.next_href = f"/s/{key}?after={page.next_cursor}" if page.next_cursor else ""

    def _show(self, found: MembersView) -> None:
        shown = [{"initials": one.initials, "words": f"{one.name}, {one.role_name}"} for one in found.people[:_SHOWN]]
        left = len(found.people) - len(shown)
        groups = [f"{group.name} ({group.people})" for group in found.groups]
        more = [f"{left} more"] if left else []
        self.people, self.more = shown, ", ".join([*more, *groups])
