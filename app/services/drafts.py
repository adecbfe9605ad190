"""New documents, one at a time, by programs; people bring theirs in by an import."""

from app.core.errors import Invalid
from app.domain.permissions import Permission
from app.schemas.documents import CreateDocument, DocumentView
from app.schemas.identity import Actor
from app.services import documents, file_names, once, rendering, spaces, storing, texts, views
from app.services.unit_of_work import reading, unit_of_work


async def create(actor: Actor, command: CreateDocument, key: str = "") -> DocumentView:
    """A document with its first revision, in the state draft; the actor owns it."""
    async with reading() as data:
        await spaces.find(data, actor, command.space, Permission.document_create)
    text = texts.accept(command.text)
    origin = file_names.accept(command.file_name) if command.file_name else ""
    derived = await rendering.derived(text)
    title = derived.title or (file_names.title(origin) if origin else "")
    if not title:
        raise Invalid("The text has no title: begin it with a heading, or name its file.", details={"field": "text"})
    entry = storing.Text(text, derived, title, texts.message(command.message))
    async with unit_of_work() as work:
        seen = await spaces.find(work, actor, command.space, Permission.document_create)
        attempt = await once.begin(work, actor, key, command)
        if attempt.answered is not None:
            return DocumentView.model_validate(attempt.answered)
        made = await storing.create(work, seen.space, entry, owner_id=actor.user_id, origin=origin or None)
        return await attempt.end(views.view(await documents.find(work, actor, f"{seen.space.key}-{made.number}")))
