"""The documents table."""

import reflex as rx

from app.gateway.context import viewer
from app.schemas.documents import FindDocuments
from app.services import documents
from state import words


class DocumentsState(rx.State):
    """One page of rows; which one stands in the address (`?after=`)."""

    rows: list[dict[str, str]] = []
    total: str = ""
    next_href: str = ""
    first_href: str = ""
    is_loaded: bool = False

    @rx.event
    async def load(self) -> None:
        after = str(self.router.url.query_parameters.get("after", ""))
        page = await documents.page(viewer(), FindDocuments(after=after[:400]))
        self.rows = [words.row(item) for item in page.items]
        self.total = f"{page.total:,}" + ("+" if page.is_cut else "")
        self.next_href = f"/documents?after={page.next_cursor}" if page.next_cursor else ""
        self.first_href = "/documents" if after else ""
        self.is_loaded = True
