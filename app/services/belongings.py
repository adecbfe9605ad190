"""Whose a document is, and in which space: what can be changed of one besides its text."""

from app.core.errors import Conflict, Invalid
from app.domain.permissions import Permission
from app.repositories.documents import Seen
from app.schemas.base import fingerprint
from app.schemas.documents import ChangeDocument, DocumentView, Known
from app.schemas.identity import Actor, Viewer
from app.services import authorize, documents, giving, people, spaces, views
from app.services.access_events import DocumentAssigned, DocumentLeft, DocumentMoved
from app.services.unit_of_work import UnitOfWork, unit_of_work
from models import Document


async def change(actor: Actor, number: str, known: Known, command: ChangeDocument) -> DocumentView:
    """Another owner, another space, or both: no owner is left who cannot read it. Raises REVISION_CONFLICT when it is
    not as `known`.
    """
    if not command.model_dump(exclude_none=True):
        raise Invalid("Say what to change: its owner, its space, or both.", details={"field": "body"})
    async with unit_of_work() as work:
        seen = await documents.hold(work, actor, number, Permission.document_read)
        for wanted, permission in (
            (command.owner, Permission.document_assign),
            (command.space, Permission.document_move),
        ):
            if wanted is not None:
                authorize.require(actor, permission, seen.rights)
        require_unchanged(seen, known)
        could_read = await _is_read_by(work, seen.document, seen.document.owner_id)
        if command.space is not None and command.space != seen.space.key:
            await _move(work, actor, seen, command.space)
        if command.owner is not None:
            await _assign(work, actor, seen, command.owner)
        elif could_read and not await _is_read_by(work, seen.document, seen.document.owner_id):
            raise Conflict("Its owner cannot read it there: invite them to it, or give it to somebody else as well.")
        return views.view(await documents.find(work, actor, number))


def require_unchanged(seen: Seen, known: Known) -> None:
    """For services that hold the document."""
    shown = views.view(seen)
    if known.revision != shown.revision or known.fingerprint not in ("", fingerprint(shown)):
        raise giving.changed_meanwhile(shown.revision)


async def _assign(work: UnitOfWork, actor: Actor, seen: Seen, owner: str) -> None:
    """To somebody who may read the document already."""
    user = await people.somebody(work, owner)
    if not await _is_read_by(work, seen.document, user.id):
        raise Conflict("They cannot read this document: add them to its space or invite them first.")
    was, seen.document.owner_id = seen.document.owner_id, user.id
    await work.documents.flush()
    facts = {"owner_id": user.id, "was": was}
    work.record(DocumentAssigned(actor_id=actor.user_id, object_id=seen.document.id, details=facts))


async def _move(work: UnitOfWork, actor: Actor, seen: Seen, key: str) -> None:
    """It gets the next number there; the one that it had leads to it for ever."""
    target = await spaces.find(work, actor, key, Permission.document_create)
    document, was = seen.document, views.number(seen)
    await work.documents.lead(seen.space.key, document.number, document.id)
    document.space_id, document.number = target.space.id, await work.spaces.take_number(target.space.id)
    await work.documents.flush()
    facts = {"number": f"{target.space.key}-{document.number}", "was": was}
    work.record(DocumentMoved(actor_id=actor.user_id, object_id=document.id, details=facts))
    left = {"number": was, "document_id": document.id}
    work.record(DocumentLeft(actor_id=actor.user_id, object_id=seen.space.id, details=left))


async def _is_read_by(work: UnitOfWork, document: Document, user_id: str) -> bool:
    theirs = await work.documents.seen_by_id(Viewer(user_id=user_id), document.id)
    return theirs is not None and Permission.document_read in theirs.rights
