"""The evidence of one space: what was sent, what it says, who may take it away."""

from typing import Any

import reflex as rx

from app.core.errors import AppError
from app.domain.evidence.kind import Kind
from app.domain.permissions import Permission
from app.gateway.context import actor
from app.schemas.evidence import EvidenceView, FindEvidence
from app.schemas.panels import Action
from app.services import evidence, spaces
from state import words


class EvidenceState(rx.State):
    """`rows` are those for the query `asked`: kind and page stand in the address. `missing` says why there are none."""

    head: dict[str, str] = {}
    rows: list[dict[str, str]] = []
    doings: list[dict[str, Any]] = []
    next_cursor: str = ""
    total: str = ""
    asked: str = ""
    missing: str = ""
    is_loaded: bool = False

    @rx.event
    async def load(self) -> None:
        """What is gone is taken off the screen: it may be what this person may not see any more."""
        self.head, self.rows, self.doings, self.next_cursor, self.missing = {}, [], [], "", ""
        url = self.router.url
        try:
            view = await spaces.view(actor(), self.key)
            page = await evidence.find(actor(), view.key, _query(dict(url.query_parameters)))
        except AppError as error:
            self.missing = error.message
            return
        may = "remove" if Permission.evidence_remove in view.permissions else ""
        self.head, self.doings = words.space(view), [_remove(view.key).as_map()]
        self.rows = [_row(one, view.key, may) for one in page.items]
        self.next_cursor, self.asked = page.next_cursor, url.query
        self.total = f"{page.total:,}" + ("+" if page.is_cut else "")
        self.is_loaded = True


def _query(given: dict[str, Any]) -> FindEvidence:
    """A kind that is none is left aside, as in any address."""
    kind = str(given.get("kind", ""))
    kinds = (Kind(kind),) if kind in list(Kind) else ()
    return FindEvidence(kind=kinds, after=str(given.get("after", ""))[:400])


def _remove(key: str) -> Action:
    call = f"DELETE /api/v1/spaces/{key}/evidence/{{id}}"
    warning = "{name} is deleted for everybody. It can be sent again."
    return Action("remove", "Delete", call, done="It is deleted.", confirm=warning, grave=True)


def _row(one: EvidenceView, key: str, may: str) -> dict[str, str]:
    return {
        "id": one.id,
        "name": one.file_name or one.kind_label,
        "kind": one.kind_label,
        "says": one.words,
        "file": one.file_name or "Download",
        "file_href": f"/api/v1/spaces/{key}/evidence/{one.id}/file",
        "file_note": f"{one.format}, {words.size(one.size)}",
        "by": one.added_by,
        "added": one.created_at.isoformat(),
        "may": may,
    }
