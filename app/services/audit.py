"""The audit log for those who may read it: page by page, and as a file. Nothing here changes it."""

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

from app.core import spreadsheet
from app.core.errors import Invalid
from app.domain.permissions import Permission
from app.repositories.audit import Named
from app.repositories.keyset import Part
from app.schemas.audit import AuditView, EventView, ExportAudit, ExportFormat, FindAudit, FindEvents
from app.schemas.identity import Actor
from app.schemas.listing import Listed
from app.services import authorize, documents, spaces
from app.services.events import AuditExported
from app.services.unit_of_work import Reading, reading, unit_of_work
from models import AuditEvent

MOST_EXPORTED = 100_000
_AT_ONCE = 500
_COLUMNS = (
    "at",
    "actor",
    "actor_id",
    "action",
    "object_type",
    "object",
    "object_id",
    "result",
    "address",
    "request_id",
)


async def find(actor: Actor, query: FindAudit) -> Listed[AuditView]:
    """Newest first."""
    async with reading() as data:
        await authorize.require_on_site(data, actor, Permission.audit_read)
        return await _part(data, query)


async def of_space(actor: Actor, key: str, query: FindEvents) -> Listed[EventView]:
    """What happened to a space and to its documents, newest first, without where it came from."""
    async with reading() as data:
        seen = await spaces.find(data, actor, key, Permission.space_audit)
        return await _events(data, await data.audit.of_space(seen.space.id, query))


async def of_document(actor: Actor, number: str, query: FindEvents) -> Listed[EventView]:
    """The same of one document."""
    async with reading() as data:
        seen = await documents.find(data, actor, number, Permission.document_audit)
        return await _events(data, await data.audit.of_document(seen.document.id, query))


async def export(actor: Actor, query: ExportAudit) -> AsyncIterator[str]:
    """The whole of what `query` finds as a text in pieces, newest first. That it was exported is audited before the
    first piece. Raises `Invalid` for more than `MOST_EXPORTED` rows.
    """
    async with reading() as data:
        await authorize.require_on_site(data, actor, Permission.audit_export)
        count = await data.audit.count_to(query, MOST_EXPORTED)
    if count > MOST_EXPORTED:
        raise Invalid(f"These are more than {MOST_EXPORTED:,} rows: choose a shorter time.", details={"field": "since"})
    asked = query.model_dump(mode="json", exclude_defaults=True, exclude={"after", "limit", "sort", "format"})
    async with unit_of_work() as work:
        details = {"format": query.format.value, "rows": count, "filter": asked}
        work.record(AuditExported(actor_id=actor.user_id, object_id="audit", details=details))
    return _csv(query) if query.format is ExportFormat.csv else _json(query)


async def _part(data: Reading, query: FindAudit, *, counted: bool = True) -> Listed[AuditView]:
    part = await data.audit.find(query, counted=counted)
    names = await data.audit.names(part.rows)
    items = tuple(_view(row, names) for row in part.rows)
    return Listed(items=items, next_cursor=part.next_cursor, total=part.total, is_cut=part.is_cut)


async def _events(data: Reading, part: Part[AuditEvent]) -> Listed[EventView]:
    names = await data.audit.names(part.rows)
    items = tuple(EventView(**_told(row, names)) for row in part.rows)
    return Listed(items=items, next_cursor=part.next_cursor, total=part.total, is_cut=part.is_cut)


async def _parts(query: FindAudit) -> AsyncIterator[Sequence[AuditView]]:
    """Page after page, each in a view of its own: no connection is held while the reader is slow."""
    cursor, is_first = "", True
    while cursor or is_first:
        async with reading() as data:
            here = query.model_copy(update={"after": cursor, "limit": _AT_ONCE, "sort": ""})
            page = await _part(data, here, counted=False)
        cursor, is_first = page.next_cursor, False
        yield page.items


async def _csv(query: FindAudit) -> AsyncIterator[str]:
    yield spreadsheet.line((*_COLUMNS, "details"))
    async for items in _parts(query):
        yield "".join(_record(item) for item in items)


def _record(item: AuditView) -> str:
    told = item.model_dump(mode="json")
    details = json.dumps(item.details, ensure_ascii=False) if item.details else ""
    return spreadsheet.line((*(told[name] for name in _COLUMNS), details))


async def _json(query: FindAudit) -> AsyncIterator[str]:
    """One array. No `<` stands in it as such, so that it can be put into a page."""
    between = "["
    async for items in _parts(query):
        for item in items:
            yield between + item.model_dump_json().replace("<", "\\u003c")
            between = ",\n"
    yield "[]\n" if between == "[" else "]\n"


def _view(row: AuditEvent, names: Named) -> AuditView:
    return AuditView(**_told(row, names), address=row.address, request_id=row.request_id)


def _told(row: AuditEvent, names: Named) -> dict[str, Any]:
    return {
        "id": row.id,
        "at": row.at,
        "actor_id": row.actor_id,
        "actor": names.get(("user", row.actor_id or ""), ""),
        "action": row.action,
        "label": label(row.action),
        "object_type": row.object_type,
        "object_id": row.object_id,
        "object": names.get((row.object_type, row.object_id), ""),
        "result": row.result,
        "details": row.details,
    }


def label(action: str) -> str:
    """A tag in words: `account:session:refresh_reused` is "Session refresh reused"."""
    return " ".join(action.split(":")[1:]).replace("_", " ").capitalize()
