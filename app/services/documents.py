"""Reading documents: the list, one of them, its rendered content, its source text."""

import re
from datetime import datetime
from typing import cast

from app.core import paging
from app.domain.permissions import Permission
from app.domain.sheet import RENDER_VERSION
from app.repositories.documents import Seen
from app.schemas.documents import DocumentPage, DocumentView
from app.schemas.identity import Actor
from app.services import authorize, rendering, views
from app.services.unit_of_work import Reading, reading

_NUMBER = re.compile(r"([A-Z][A-Z0-9]{1,9})-([1-9][0-9]{0,8})", re.ASCII)
_DIGEST = re.compile(r"([0-9a-f]{64})-([0-9a-f]{8})", re.ASCII)


async def page(actor: Actor, cursor: str = "", limit: int | None = None) -> DocumentPage:
    """What the actor may read, newest change first."""
    count = paging.limit(limit)
    after = cast("tuple[datetime, str]", paging.decode(cursor, datetime, str)) if cursor else None
    async with reading() as data:
        found = await data.documents.page(actor.user_id, after, count)
        total = await data.documents.count(actor.user_id)
    last = found.rows[-1].document if found.more else None
    return DocumentPage(
        items=tuple(views.row(seen) for seen in found.rows),
        next_cursor=paging.encode(last.updated_at, last.id) if last else "",
        total=total,
    )


async def view(actor: Actor, number: str, revision: int | None = None) -> DocumentView:
    """By its number, or one it had before it moved: compare `number` of the answer. Raises `NotFound`.

    With `revision`, the number, time and content address are those of that revision; the rest is the document's today.
    """
    async with reading() as data:
        seen = await find(data, actor, number)
        if revision is None or revision == seen.document.head_revision:
            return views.view(seen)
        facts = await data.revisions.facts(seen.document.id, revision) if 0 < revision < 2**31 else None
    if facts is None:
        raise authorize.absent("revision")
    changed = {"revision": facts.number, "content_digest": views.address(facts.text_digest), "updated_at": facts.at}
    return views.view(seen).model_copy(update=changed)


async def content(actor: Actor, digest: str) -> str:
    """The rendering at `/content/{digest}`; the same for every reader, but only for those who may read a document
    with this text. An address made by another version of the renderer is not found.
    """
    parts = _DIGEST.fullmatch(digest)
    if parts is None or parts[2] != RENDER_VERSION:
        raise authorize.absent("content")
    at_hand = rendering.kept(digest)
    async with reading() as data:
        if at_hand is not None and await data.revisions.is_readable(actor.user_id, parts[1]):
            return at_hand
        text = await data.revisions.readable_text(actor.user_id, parts[1])
    if text is None:
        raise authorize.absent("content")
    return await rendering.html(text)


async def text(actor: Actor, number: str, revision: int | None = None) -> str:
    """The source exactly as it was saved; the newest revision unless another is asked for."""
    async with reading() as data:
        seen = await find(data, actor, number)
        wanted = seen.document.head_revision if revision is None else revision
        found = await data.revisions.text(seen.document.id, wanted) if 0 < wanted < 2**31 else None
    if found is None:
        raise authorize.absent("revision")
    return found


async def find(data: Reading, actor: Actor, number: str) -> Seen:
    """For services: the document if the actor may read it; forbidden and absent are the same `NotFound`."""
    parts = parts_of(number)
    seen = await data.documents.seen(actor.user_id, *parts) if parts else None
    if seen is None:
        raise authorize.absent("document")
    authorize.require(actor, Permission.document_read, seen.role)
    return seen


def parts_of(number: str) -> tuple[str, int] | None:
    """`KEY-n` as key and n; None for anything else."""
    parts = _NUMBER.fullmatch(number)
    return (parts[1], int(parts[2])) if parts else None
