"""Deleting documents and taking them back. Number, revisions and audit stay; what leads to the text ends."""

from app.core import clock
from app.core.errors import Conflict
from app.domain.permissions import Permission
from app.repositories.documents import Seen
from app.schemas.documents import DeletedDocument, DocumentView, FindDeleted, Known
from app.schemas.identity import Actor
from app.schemas.listing import Listed
from app.services import authorize, belongings, documents, spaces, views
from app.services.access_events import DocumentDeleted, DocumentRestored
from app.services.unit_of_work import UnitOfWork, reading, unit_of_work


async def delete(actor: Actor, number: str, known: Known) -> None:
    """There for nobody from now on, and its links are revoked. Raises REVISION_CONFLICT when it is not as `known`."""
    async with unit_of_work() as work:
        seen = await documents.hold(work, actor, number, Permission.document_delete)
        belongings.require_unchanged(seen, known)
        seen.document.deleted_at = now = clock.now()
        await work.documents.flush()
        links = await work.sharing.revoke_all(seen.document.id, now)
        facts = {"number": views.number(seen), "revision": seen.document.head_revision, "links": links}
        work.record(DocumentDeleted(actor_id=actor.user_id, object_id=seen.document.id, details=facts))


async def restore(actor: Actor, number: str) -> DocumentView:
    """Back with its number, its history, its owner and whom it was shared with by name; links stay revoked."""
    async with unit_of_work() as work:
        seen = await _deleted(work, actor, number)
        document = await work.documents.lock(seen.document.id)
        seen = await _deleted(work, actor, number)  # others may have restored it, or more, before it was held
        document.deleted_at = None
        await work.documents.flush()
        facts = {"number": views.number(seen), "revision": document.head_revision}
        work.record(DocumentRestored(actor_id=actor.user_id, object_id=document.id, details=facts))
        return views.view(await documents.find(work, actor, number))


async def of_space(actor: Actor, key: str, query: FindDeleted) -> Listed[DeletedDocument]:
    """The last deleted first, for who may restore any of them."""
    async with reading() as data:
        seen = await spaces.find(data, actor, key, Permission.document_delete)
        part = await data.catalogue.deleted(seen.space.id, query)
    items = tuple(views.deleted(listed) for listed in part.rows)
    return Listed(items=items, next_cursor=part.next_cursor, total=part.total, is_cut=part.is_cut)


async def _deleted(work: UnitOfWork, actor: Actor, number: str) -> Seen:
    """What is deleted is absent for whoever may not restore it."""
    parts = documents.parts_of(number)
    seen = await work.documents.deleted(actor, *parts) if parts else None
    if seen is None:
        await documents.find(work, actor, number, Permission.document_delete)
        raise _is_there()
    if Permission.document_delete not in seen.rights.permissions | seen.rights.missed:
        raise authorize.absent("document", actor)
    authorize.require(actor, Permission.document_delete, seen.rights)
    return seen


def _is_there() -> Conflict:
    return Conflict("This document is not deleted.")
