"""Evidence of a space: taken in from a team's tools, listed, given out, taken away. What checks make of it is not here.

A file is read before it is taken, by a reader that expands nothing and has bounds; it is kept as it was sent.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from app.core import ids
from app.core.errors import AppError, Invalid, PayloadTooLarge, UnsupportedMediaType
from app.core.settings import settings
from app.domain.evidence.kind import Unknown, Unreadable
from app.domain.evidence.reading import Read
from app.domain.permissions import Permission
from app.repositories.evidence import EvidenceFacts, Used
from app.schemas.evidence import AddEvidence, AskedToAdd, EvidenceView, FindEvidence
from app.schemas.identity import Actor
from app.schemas.listing import Listed
from app.services import authorize, file_names, once, rendering, spaces
from app.services.evidence_events import EvidenceAdded, EvidenceRemoved
from app.services.unit_of_work import reading, unit_of_work
from models import EvidenceFile


@dataclass(frozen=True)
class Download:
    """`name` is ours, of the space and the kind; `media_type` is that of the format, never what the sender said."""

    name: str
    media_type: str
    digest: str
    content: bytes


async def add(actor: Actor, command: AddEvidence, key: str = "") -> EvidenceView:
    """Raises `Invalid` or UNSUPPORTED_MEDIA_TYPE for what cannot be read, PAYLOAD_TOO_LARGE for one file that is too
    large, INSUFFICIENT_STORAGE when the space has no room for it; then nothing is kept.
    """
    async with reading() as data:
        await spaces.find(data, actor, command.space, Permission.evidence_add)
    _refuse_large(len(command.data))
    digest = await asyncio.to_thread(ids.digest, command.data)
    name = file_names.shown(command.file_name)
    asked = AskedToAdd(space=command.space, file_name=name, digest=digest)
    known = await once.recall(actor, key, asked)
    if known is not None:
        return EvidenceView.model_validate(known)
    read = await _read(command.data)
    async with unit_of_work() as work:
        space = (await spaces.find(work, actor, command.space, Permission.evidence_add)).space
        attempt = await once.begin(work, actor, key, asked)
        if attempt.answered is not None:
            return EvidenceView.model_validate(attempt.answered)
        _refuse_more(await work.evidence.lock(space.id), len(command.data))
        file = _row(read, command.data, space_id=space.id, digest=digest, file_name=name, added_by=actor.user_id)
        await work.evidence.add(file)
        facts = {"evidence_id": file.id, "kind": file.kind, "size": file.size, "digest": digest}
        work.record(EvidenceAdded(actor_id=actor.user_id, object_id=space.id, details=facts))
        return await attempt.end(_view(file, actor.name))


async def find(actor: Actor, key: str, query: FindEvidence) -> Listed[EvidenceView]:
    """Newest first."""
    async with reading() as data:
        space = (await spaces.find(data, actor, key, Permission.evidence_read)).space
        part = await data.evidence.find(space.id, query)
    items = tuple(_view(row, row.added_by) for row in part.rows)
    return Listed(items=items, next_cursor=part.next_cursor, total=part.total, is_cut=part.is_cut)


async def view(actor: Actor, key: str, file_id: str) -> EvidenceView:
    async with reading() as data:
        space = (await spaces.find(data, actor, key, Permission.evidence_read)).space
        found = await data.evidence.get(space.id, file_id)
    if found is None:
        raise authorize.absent("evidence")
    return _view(found, found.added_by)


async def download(actor: Actor, key: str, file_id: str) -> Download:
    """The file as it was sent. Raises when what is stored is something else: then nothing is given out."""
    async with reading() as data:
        space = (await spaces.find(data, actor, key, Permission.evidence_read)).space
        found = await data.evidence.get(space.id, file_id)
        content = await data.evidence.content(file_id) if found else None
    if found is None or content is None:
        raise authorize.absent("evidence")
    if await asyncio.to_thread(ids.digest, content) != found.digest:
        raise AppError("The stored file is not what was sent: tell whoever runs this site to run `plumbline doctor`.")
    name = f"{key}-{found.kind}-{found.id[:12]}.{found.ending}"
    return Download(name, f"application/{found.ending}", found.digest, content)


async def remove(actor: Actor, key: str, file_id: str) -> None:
    async with unit_of_work() as work:
        space = (await spaces.find(work, actor, key, Permission.evidence_remove)).space
        found = await work.evidence.get(space.id, file_id)
        if found is None or not await work.evidence.remove(space.id, file_id):
            raise authorize.absent("evidence")
        facts = {"evidence_id": file_id, "kind": found.kind, "size": found.size, "digest": found.digest}
        work.record(EvidenceRemoved(actor_id=actor.user_id, object_id=space.id, details=facts))


async def _read(data: bytes) -> Read:
    try:
        return await rendering.evidence(data)
    except Unknown as error:
        raise UnsupportedMediaType(f"This file was not taken. {error}") from None
    except Unreadable as error:
        raise Invalid(f"This file was not taken. {error}", details={"field": "file"}) from None


def _refuse_large(size: int) -> None:
    limit = settings().evidence_file_bytes
    if size > limit:
        raise PayloadTooLarge(f"A file of evidence has at most {limit:,} bytes.", details={"limit_bytes": limit})


def _refuse_more(used: Used, size: int) -> None:
    files, limit = settings().evidence_space_files, settings().evidence_space_bytes
    facts: dict[str, Any] = {}
    if used.files >= files:
        facts = {"limit_files": files, "used_files": used.files}
    elif used.bytes + size > limit:
        facts = {"limit_bytes": limit, "used_bytes": used.bytes, "size": size}
    if facts:
        raise AppError(
            "There is no room for more evidence in this space. A maintainer of it can delete what is no longer needed.",
            code="INSUFFICIENT_STORAGE",
            details=facts,
        )


def _row(read: Read, content: bytes, **named: str) -> EvidenceFile:
    return EvidenceFile.model_validate(
        {
            "kind": read.kind,
            "ending": read.ending,
            "format": read.format_name,
            "size": len(content),
            "words": read.words,
            "summary": dict(read.facts),
            "content": content,
            **named,
        }
    )


def _view(found: EvidenceFile | EvidenceFacts, added_by: str) -> EvidenceView:
    return EvidenceView(
        id=found.id,
        kind=found.kind,
        kind_label=found.kind.label,
        format=found.format,
        file_name=found.file_name,
        size=found.size,
        digest=found.digest,
        words=found.words,
        summary=found.summary,
        added_by=added_by,
        created_at=found.created_at,
    )
