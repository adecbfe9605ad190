"""Saving a new text of a document, and its history."""

from typing import cast

from app.core import paging
from app.domain.permissions import Permission
from app.repositories.revisions import RevisionFacts
from app.schemas.base import Command
from app.schemas.identity import Actor, Viewer
from app.schemas.revisions import HistoryPage, RevisionView, SaveRevision
from app.services import documents, once, rendering, storing, texts, views
from app.services.unit_of_work import reading, unit_of_work


async def save(actor: Actor, command: SaveRevision, key: str = "", asked: Command | None = None) -> RevisionView:
    """One more immutable revision. Raises REVISION_CONFLICT (412) when `base` is stale, `Conflict` when nothing
    changed; in both cases nothing is stored. `asked` is what `key` stands for when that is more than `command`.
    """
    async with reading() as data:
        seen = await documents.find(data, actor, command.number, Permission.revision_save)
    text = texts.accept(command.text)
    message = texts.message(command.message)
    derived = await rendering.derived(text)
    entry = storing.Text(text, derived, derived.title or seen.document.title, message)
    async with unit_of_work() as work:
        seen = await documents.hold(work, actor, command.number, Permission.revision_save)
        attempt = await once.begin(work, actor, key, asked or command)
        if attempt.answered is not None:
            return RevisionView.model_validate(attempt.answered)
        saved = await storing.revise(work, seen.document.id, entry, author_id=actor.user_id, base=command.base)
        facts = RevisionFacts(
            saved.id, saved.number, actor.name, saved.message, saved.text_digest, saved.size, saved.created_at
        )
        return await attempt.end(view(facts, saved.number))


async def history(viewer: Viewer, number: str, cursor: str = "", limit: int | None = None) -> HistoryPage:
    """Newest first."""
    count = paging.limit(limit)
    before = cast("int", paging.decode(cursor, int)[0]) if cursor else None
    async with reading() as data:
        seen = await documents.find(data, viewer, number, Permission.revision_read)
        found = await data.revisions.page(seen.document.id, before, count)
    return HistoryPage(
        document=views.view(seen),
        items=tuple(view(facts, seen.document.head_revision) for facts in found.rows),
        next_cursor=paging.encode(found.rows[-1].number) if found.more else "",
    )


def view(facts: RevisionFacts, head: int) -> RevisionView:
    return RevisionView(
        number=facts.number,
        author=facts.author,
        at=facts.at,
        message=facts.message,
        digest=facts.text_digest,
        content_digest=views.address(facts.text_digest),
        size=facts.size,
        is_head=facts.number == head,
    )
