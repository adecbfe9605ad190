"""Taking documents out in one file: what a list finds, page by page, so that neither memory nor readers wait.

In a zip the texts stand exactly as they were saved, each checked against the hash that was stored with it, with the
entries of `.plumbline.json` that `plumbline push` goes by. In a table nothing can be taken for a formula.
"""

import asyncio
import io
import json
import zipfile
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.core import clock, spreadsheet
from app.core.errors import Invalid
from app.core.settings import settings
from app.domain.permissions import Permission
from app.repositories.documents import Listed
from app.schemas.documents import DocumentRow
from app.schemas.exports import DocumentsFormat, ExportDocuments
from app.schemas.identity import Actor
from app.services import authorize, views
from app.services.events import DocumentsExported
from app.services.unit_of_work import reading, unit_of_work

MOST = 5_000
_AT_ONCE = 100
_COLUMNS = ("number", "title", "status", "health_label", "owner", "space_key", "space_name", "updated_at", "summary")


async def documents(actor: Actor, query: ExportDocuments) -> AsyncIterator[bytes]:
    """In pieces. That it was exported is audited before the first. Raises `Invalid` for more than `MOST` documents."""
    authorize.require_scope(actor, Permission.document_read)
    async with reading() as data:
        count = await data.catalogue.count_to(actor, query, MOST)
    if count > MOST:
        raise Invalid(f"These are more than {MOST:,} documents: choose a space.", details={"field": "space"})
    asked = query.model_dump(mode="json", exclude_defaults=True, exclude={"after", "limit", "sort", "format"})
    async with unit_of_work() as work:
        facts = {"format": query.format.value, "documents": count, "filter": asked}
        work.record(DocumentsExported(actor_id=actor.user_id, object_id="documents", details=facts))
    ways = {DocumentsFormat.zip: _zip, DocumentsFormat.csv: _csv, DocumentsFormat.json: _json}
    return ways[query.format](actor, query)


async def _pages(actor: Actor, query: ExportDocuments) -> AsyncIterator[Sequence[Listed]]:
    """Each in a view of its own, in the order in which they were made: no document is missed or twice."""
    here, is_first = query.model_copy(update={"after": "", "limit": _AT_ONCE, "sort": "created"}), True
    while here.after or is_first:
        async with reading() as data:
            part = await data.catalogue.find(actor, here)
        here, is_first = here.model_copy(update={"after": part.next_cursor}), False
        yield part.rows


async def _csv(actor: Actor, query: ExportDocuments) -> AsyncIterator[bytes]:
    yield spreadsheet.line(_COLUMNS).encode()
    async for page in _pages(actor, query):
        yield "".join(_line(views.row(listed)) for listed in page).encode()


def _line(row: DocumentRow) -> str:
    told = row.model_dump(mode="json")
    return spreadsheet.line(told[name] for name in _COLUMNS)


async def _json(actor: Actor, query: ExportDocuments) -> AsyncIterator[bytes]:
    between = "["
    async for page in _pages(actor, query):
        for listed in page:
            yield (between + views.row(listed).model_dump_json().replace("<", "\\u003c")).encode()
            between = ",\n"
    yield b"[]\n" if between == "[" else b"]\n"


async def _zip(actor: Actor, query: ExportDocuments) -> AsyncIterator[bytes]:
    packing = _Packing()
    async for page in _pages(actor, query):
        async with reading() as data:
            texts = await data.revisions.newest_texts([listed.document.id for listed in page])
        yield await asyncio.to_thread(packing.add, page, texts)
    yield await asyncio.to_thread(packing.end)


class _Out(io.RawIOBase):
    """What a zip is written into, and taken from piece by piece."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # always bytes here
        self.waiting += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self.waiting)
        self.waiting.clear()
        return taken


@dataclass
class _Packing:
    out: _Out = field(default_factory=_Out)
    origins: dict[str, dict[str, dict[str, object]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.archive = zipfile.ZipFile(self.out, "w", zipfile.ZIP_DEFLATED)

    def add(self, page: Sequence[Listed], texts: Mapping[str, tuple[int, str]]) -> bytes:
        """A document that was taken away meanwhile is left out."""
        for listed in page:
            document, key = listed.document, listed.space.key
            if document.id in texts:
                revision, text = texts[document.id]
                number = f"{key}-{document.number}"
                self._write(f"{key}/{number}.md", text, document.updated_at)
                origin = {"address": settings().public_url, "number": number, "revision": revision}
                self.origins.setdefault(key, {})[f"{number}.md"] = origin
        return self.out.take()

    def end(self) -> bytes:
        for key, entries in self.origins.items():
            written = json.dumps(entries, indent=2, sort_keys=True) + "\n"
            self._write(f"{key}/.plumbline.json", written, clock.now())
        self.archive.close()
        return self.out.take()

    def _write(self, name: str, text: str, at: datetime) -> None:
        info = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        self.archive.writestr(info, text.encode("utf-8"))
