"""Reading documents: the list, one of them, its rendered content, its source text."""

import re

from app.domain.permissions import Permission
from app.domain.sheet import RENDER_VERSION
from app.repositories.documents import Seen
from app.schemas.documents import DocumentPage, DocumentView, FindDocuments
from app.schemas.identity import Viewer
from app.services import authorize, rendering, spaces, views
from app.services.unit_of_work import Reading, UnitOfWork, reading

_NUMBER = re.compile(r"([A-Z][A-Z0-9]{1,9})-([1-9][0-9]{0,8})", re.ASCII)
EVERY = FindDocuments()
_DIGEST = re.compile(r"([0-9a-f]{64})-([0-9a-f]{8})", re.ASCII)


async def page(viewer: Viewer, query: FindDocuments = EVERY) -> DocumentPage:
    """What the viewer may read of what is asked for."""
    authorize.require_known(viewer, Permission.document_read)
    async with reading() as data:
        return await _page(data, viewer, query)


async def page_of(viewer: Viewer, key: str, query: FindDocuments = EVERY) -> DocumentPage:
    """The same of one space, for anybody who may read it."""
    async with reading() as data:
        seen = await spaces.find(data, viewer, key)
        authorize.require(viewer, Permission.document_read, seen.rights)
        return await _page(data, viewer, query.model_copy(update={"space": (key,)}))


async def _page(data: Reading, viewer: Viewer, query: FindDocuments) -> DocumentPage:
    part = await data.catalogue.find(viewer, query)
    items = tuple(views.row(listed) for listed in part.rows)
    return DocumentPage(items=items, next_cursor=part.next_cursor, total=part.total, is_cut=part.is_cut)


async def view(viewer: Viewer, number: str, revision: int | None = None) -> DocumentView:
    """By its number, or one it had before it moved: compare `number` of the answer. Raises `NotFound`.

    With `revision`, the number, time and content address are those of that revision; the rest is the document's today.
    """
    async with reading(brief=True) as data:
        return await _view(data, viewer, await find(data, viewer, number), revision)


async def opened(viewer: Viewer, number: str, revision: int | None = None) -> tuple[DocumentView, str]:
    """The same with its rendering, which is as readable as the document that it was found by."""
    async with reading(brief=True) as data:
        seen = await find(data, viewer, number)
        shown = await _view(data, viewer, seen, revision)
        kept = rendering.kept(shown.content_digest)
        text = await data.revisions.text(seen.document.id, shown.revision) if kept is None else None
    return shown, await rendering.html(text) if text is not None else kept or ""


async def _view(data: Reading, viewer: Viewer, seen: Seen, revision: int | None) -> DocumentView:
    if revision is None or revision == seen.document.head_revision:
        return views.view(seen)
    authorize.require(viewer, Permission.revision_read, seen.rights)
    facts = await data.revisions.facts(seen.document.id, revision) if 0 < revision < 2**31 else None
    if facts is None:
        raise authorize.absent("revision", viewer)
    changed = {"revision": facts.number, "content_digest": views.address(facts.text_digest), "updated_at": facts.at}
    return views.view(seen).model_copy(update=changed)


async def content(viewer: Viewer, digest: str) -> str:
    """The rendering at `/content/{digest}`; the same for every reader, but only for those who may read a document
    with this text. An address made by another version of the renderer is not found.
    """
    parts = _DIGEST.fullmatch(digest)
    if parts is None or parts[2] != RENDER_VERSION:
        raise authorize.absent("content", viewer)
    authorize.require_scope(viewer, Permission.document_read)
    at_hand = rendering.kept(digest)
    async with reading(brief=True) as data:
        if at_hand is not None and await data.revisions.is_readable(viewer, parts[1]):
            return at_hand
        text = await data.revisions.readable_text(viewer, parts[1])
    if text is None:
        raise authorize.absent("content", viewer)
    return await rendering.html(text)


async def text(viewer: Viewer, number: str, revision: int | None = None) -> str:
    """The source exactly as it was saved; the newest revision unless another is asked for."""
    async with reading(brief=True) as data:
        seen = await find(data, viewer, number)
        wanted = seen.document.head_revision if revision is None else revision
        if wanted != seen.document.head_revision:
            authorize.require(viewer, Permission.revision_read, seen.rights)
        found = await data.revisions.text(seen.document.id, wanted) if 0 < wanted < 2**31 else None
    if found is None:
        raise authorize.absent("revision", viewer)
    return found


async def find(data: Reading, viewer: Viewer, number: str, permission: Permission = Permission.document_read) -> Seen:
    """For services: the document if the viewer may read it; forbidden and absent are the same `NotFound`. With
    `permission`, if they may do that as well; who may only read is told who can grant it.
    """
    parts = parts_of(number)
    seen = await data.documents.seen(viewer, *parts) if parts else None
    if seen is None or Permission.document_read not in seen.rights:
        raise authorize.absent("document", viewer)
    authorize.require(viewer, permission, seen.rights)
    return seen


async def hold(work: UnitOfWork, viewer: Viewer, number: str, permission: Permission) -> Seen:
    """The same as it is now, held against other writers until the end of the transaction."""
    seen = await find(work, viewer, number, permission)
    await work.documents.lock(seen.document.id)
    return await find(work, viewer, number, permission)


def parts_of(number: str) -> tuple[str, int] | None:
    """`KEY-n` as key and n; None for anything else."""
    parts = _NUMBER.fullmatch(number)
    return (parts[1], int(parts[2])) if parts else None
