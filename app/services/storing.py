"""The two ways a text gets into the database, inside the caller's unit of work: with a new document, or onto one.

A revision and the head that points at it are written in the same transaction (DUR-07); permission is the caller's.
"""

from dataclasses import dataclass

from app.core import clock, ids
from app.core.errors import AppError, Conflict
from app.domain.status import Status
from app.services import authorize
from app.services.derive import Derived
from app.services.events import DocumentCreated, RevisionSaved
from app.services.unit_of_work import UnitOfWork
from models import Document, Revision, Space

MAX_TITLE = 300


@dataclass(frozen=True)
class Text:
    """An accepted text with what was derived from it."""

    text: str
    derived: Derived
    title: str
    message: str = ""

    @property
    def digest(self) -> str:
        return ids.digest(self.text)


async def create(
    work: UnitOfWork, space: Space, text: Text, *, owner_id: str, origin: str | None, status: Status = Status.draft
) -> Document:
    """A document with its first revision; the owner is its author."""
    document = Document(
        space_id=space.id,
        number=await work.spaces.take_number(space.id),
        title=text.title[:MAX_TITLE],
        owner_id=owner_id,
        origin=origin,
        status=status,
    )
    await work.documents.add(document)
    revision = await _append(work, document, text, author_id=owner_id)
    facts = {"number": f"{space.key}-{document.number}", "revision": revision.number, "digest": revision.text_digest}
    work.record(DocumentCreated(actor_id=owner_id, object_id=document.id, details=facts))
    return document


async def revise(work: UnitOfWork, document_id: str, text: Text, *, author_id: str, base: int) -> Revision:
    """Raises REVISION_CONFLICT when `base` is not the head any more, `Conflict` when the text is the head's, `NotFound`
    when the document was deleted meanwhile.
    """
    document = await work.documents.lock(document_id)
    if document.deleted_at is not None:
        raise authorize.absent("document")
    if document.head_revision != base:
        raise AppError(
            f"Somebody saved revision {document.head_revision} meanwhile: your text was not saved. "
            "Keep it, compare it with the new revision, and save again.",
            code="REVISION_CONFLICT",
            details={"current_revision": document.head_revision, "base": base},
        )
    if await work.revisions.text(document.id, base) == text.text:
        raise Conflict("Nothing changed: this is the text of the newest revision.", details={"current_revision": base})
    revision = await _append(work, document, text, author_id=author_id)
    facts = {"revision": revision.number, "base": base, "digest": revision.text_digest}
    work.record(RevisionSaved(actor_id=author_id, object_id=document.id, details=facts))
    return revision


async def _append(work: UnitOfWork, document: Document, text: Text, *, author_id: str) -> Revision:
    revision = Revision(
        document_id=document.id,
        number=document.head_revision + 1,
        base_number=document.head_revision,
        text=text.text,
        text_digest=text.digest,
        size=len(text.text.encode()),
        author_id=author_id,
        message=text.message,
        created_at=clock.now(),
    )
    await work.revisions.add(revision)
    document.head_id, document.head_revision = revision.id, revision.number
    document.title = text.title[:MAX_TITLE]
    document.health_state = text.derived.health.state
    document.errors, document.warnings = text.derived.health.errors, text.derived.health.warnings
    document.findings, document.summary = text.derived.findings, text.derived.summary[:500]
    document.updated_at = revision.created_at
    await work.documents.flush()
    return revision
