"""Importing texts: each file stands alone, in a transaction of its own, and the report says what became of each."""

import asyncio
from typing import Any

from app.core import clock
from app.core.errors import AppError, Conflict, Invalid, PayloadTooLarge
from app.core.settings import settings
from app.domain.permissions import Permission
from app.repositories.documents import Listed
from app.schemas.identity import Actor
from app.schemas.imports import (
    Choice,
    ImportItemView,
    ImportTaken,
    ImportTexts,
    ImportView,
    Outcome,
    ResolveImport,
    SectionView,
)
from app.services import archives, authorize, documents, file_names, once, rendering, sidecars, spaces, storing, texts
from app.services.sidecars import Entry
from app.services.unit_of_work import UnitOfWork, reading, unit_of_work
from models import ImportBatch, ImportItem, Space

MAX_FILES = 100


async def run(actor: Actor, command: ImportTexts, key: str = "") -> ImportView:
    """One bad file stops no other; only what concerns all of them at once is refused as a whole."""
    _refuse_too_much(command)
    limits = archives.Limits(MAX_FILES, settings().max_body_bytes)
    entries = await asyncio.to_thread(archives.entries, command.files, limits)
    async with unit_of_work() as work:
        space = await _space(work, actor, command.space_key)
        attempt = await once.begin(work, actor, key, command)
        if attempt.answered is not None:
            return await view(actor, attempt.answered["id"])
        batch = ImportBatch(user_id=actor.user_id, space_id=space.id, created_at=clock.now())
        await work.imports.add_batch(batch)
        await attempt.end(ImportTaken(id=batch.id))
    items = [await _take(actor, space, batch, at, entry) for at, entry in enumerate(entries)]
    return ImportView(id=batch.id, created_at=batch.created_at, space_key=space.key, items=tuple(items))


async def view(actor: Actor, batch_id: str) -> ImportView:
    """The report again; only for who imported."""
    authorize.require_scope(actor, Permission.document_import)
    async with reading() as data:
        found = await data.imports.batch(actor.user_id, batch_id) if _is_id(batch_id) else None
        if found is None:
            raise authorize.absent("import")
        batch, key = found
        items = tuple([_view(item, number) for item, number in await data.imports.items(actor, batch.id)])
    return ImportView(id=batch.id, created_at=batch.created_at, space_key=key, items=items)


async def resolve(actor: Actor, command: ResolveImport) -> ImportItemView:
    """Answer the question of an item with outcome `exists`; raises `Conflict` when it is answered already."""
    authorize.require_scope(actor, Permission.document_import)
    async with reading() as data:
        found = await data.imports.batch(actor.user_id, command.batch_id) if _is_id(command.batch_id) else None
        waiting = {item.id: item for item, _ in await data.imports.items(actor, command.batch_id)} if found else {}
    item = waiting.get(command.item_id)
    if found is None or item is None:
        raise authorize.absent("import")
    derived = await rendering.derived(item.text) if item.text is not None else None
    async with unit_of_work() as work:
        item = await work.imports.lock_item(command.batch_id, command.item_id)
        if item is None or item.text is None or derived is None:
            raise Conflict("This was answered already.")
        space = await _space(work, actor, found[1])
        message = f"Imported from {item.file_name}"
        number = await _answer(work, actor, space, item, storing.Text(item.text, derived, item.title, message), command)
        item.text = None
        await work.imports.flush()
        return _view(item, number)


def _is_id(text: str) -> bool:
    """Whether it can be an id at all: no database is asked about NUL or half a character."""
    return len(text) == 32 and text.isascii() and text.isalnum()


async def _answer(
    work: UnitOfWork, actor: Actor, space: Space, item: ImportItem, text: storing.Text, command: ResolveImport
) -> str | None:
    if command.choice is Choice.drop:
        item.outcome, item.message, item.document_id = Outcome.dropped, "Not imported.", None
        return None
    if command.choice is Choice.create:
        document = await storing.create(work, space, text, owner_id=actor.user_id, origin=item.file_name)
        item.outcome, item.message, item.document_id = Outcome.created, "Imported as a new document.", document.id
        return f"{space.key}-{document.number}"
    if item.document_id is not None:  # what the actor may do with it is asked once nobody else moves it
        await work.documents.lock(item.document_id)
    seen = await work.documents.seen_by_id(actor, item.document_id or "")
    if seen is None:
        raise authorize.absent("document")
    authorize.require(actor, Permission.revision_save, seen.rights)
    head = seen.document.head_revision
    saved = await storing.revise(work, seen.document.id, text, author_id=actor.user_id, base=head)
    item.outcome, item.message = Outcome.revised, f"Saved as revision {saved.number}."
    return f"{seen.space.key}-{seen.document.number}"


def _refuse_too_much(command: ImportTexts) -> None:
    limit = settings().max_body_bytes
    if not command.files:
        raise Invalid("There is nothing to import: choose a file or paste a text.", details={"field": "files"})
    if len(command.files) > MAX_FILES:
        raise PayloadTooLarge(f"At most {MAX_FILES} files at once: import them in parts.", details={"limit": MAX_FILES})
    if sum(len(file.data) for file in command.files) > limit:
        raise PayloadTooLarge(f"At most {limit:,} bytes at once: import in parts.", details={"limit": limit})


async def _space(work: UnitOfWork, actor: Actor, key: str) -> Space:
    return (await spaces.find(work, actor, key, Permission.document_import)).space


async def _take(actor: Actor, space: Space, batch: ImportBatch, position: int, entry: Entry) -> ImportItemView:
    """The item for one file. Whatever is wrong with it becomes its message."""
    file = entry.file
    item = ImportItem(
        batch_id=batch.id, position=position, file_name=file_names.shown(file.name), outcome=Outcome.refused
    )
    try:
        if entry.problem is not None:
            raise entry.problem
        sidecars.refuse_alone(file.name)
        name = file_names.accept(file.name)
        text, said = sidecars.folded(texts.decode(file.data), entry.sidecar)
        derived = await rendering.derived(text)
        item.title = (derived.title or file_names.title(name))[: storing.MAX_TITLE]
        item.report = derived.sections
        return await _store(actor, space, item, storing.Text(text, derived, item.title, f"Imported from {name}"), said)
    except AppError as error:
        return await _refused(item, error)


async def _store(actor: Actor, space: Space, item: ImportItem, text: storing.Text, said: str) -> ImportItemView:
    async with unit_of_work() as work:
        space = await _space(work, actor, space.key)  # a role that was taken away meanwhile counts
        like, why = await _like(work, actor, space, item, text)
        if like is None:
            document = await storing.create(work, space, text, owner_id=actor.user_id, origin=item.file_name)
            item.outcome, item.message = Outcome.created, f"Imported as a new document.{said}"
            number, item.document_id = f"{space.key}-{document.number}", document.id
        else:
            number, item.document_id = f"{space.key}-{like.document.number}", like.document.id
            same = ", with this very text" if like.text_digest == text.digest else ""
            item.outcome, item.text = Outcome.exists, text.text
            item.message = f"{number} {why}{same}. Save this as its next revision, or as a new document?{said}"
        await work.imports.add_item(item)
    return _view(item, number)


async def _like(
    work: UnitOfWork, actor: Actor, space: Space, item: ImportItem, text: storing.Text
) -> tuple[Listed | None, str]:
    """The document that this text may be a new revision of, and why: its number is claimed, or title and name fit."""
    claimed = documents.parts_of(text.derived.claimed_number)
    if claimed:
        seen = await work.documents.seen(actor, *claimed)
        if seen is not None:
            return seen, "is the number that this text names"
    like = await work.documents.like(actor, space.id, item.title, item.file_name)
    return like, "has this title and came from a file of this name"


async def _refused(item: ImportItem, error: AppError) -> ImportItemView:
    """Remembered if that is possible; the answer has it in any case."""
    refused = ImportItem(
        id=item.id,
        batch_id=item.batch_id,
        position=item.position,
        file_name=item.file_name,
        title=item.title,
        outcome=Outcome.refused,
        message=error.message,
    )
    if error.status < 500:
        async with unit_of_work() as work:
            await work.imports.add_item(refused)
    return _view(refused, None)


def _view(item: ImportItem, number: str | None) -> ImportItemView:
    is_question = item.outcome == Outcome.exists
    rows: list[dict[str, Any]] = item.report
    return ImportItemView(
        id=item.id,
        file_name=item.file_name,
        outcome=Outcome(item.outcome),
        number=None if is_question else number,
        title=item.title,
        message=item.message,
        sections=tuple(SectionView.model_validate(row) for row in rows),
        existing_number=number if is_question else None,
    )
