"""The revisions of one document."""

import reflex as rx

from app.core.errors import NotFound
from app.gateway.context import viewer
from app.services import revisions
from state import words


class HistoryState(rx.State):
    """One page of revisions, newest first; which one stands in the address (`?after=`)."""

    rows: list[dict[str, str]] = []
    next_href: str = ""
    is_loaded: bool = False

    @rx.event
    async def load(self) -> None:
        self.rows, self.is_loaded = [], False
        after = str(self.router.url.query_parameters.get("after", ""))
        try:
            page = await revisions.history(viewer(), self.number, cursor=after)
        except NotFound:
            return  # the head says so
        self.rows = [words.revision(item, page.document.number) for item in page.items]
        self.next_href = f"/d/{page.document.number}/history?after={page.next_cursor}" if page.next_cursor else ""
        self.is_loaded = True
