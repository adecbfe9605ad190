"""Comparing two revisions of a document: what is compared, what changed in meaning, and the page of both texts."""

import re

from app.domain.diff.change import Change
from app.domain.diff.page import SectionPrint
from app.domain.diff.semantic import summary
from app.domain.diff.views import View
from app.domain.permissions import Permission
from app.domain.sheet import RENDER_VERSION
from app.domain.text import Span
from app.repositories.documents import Seen
from app.repositories.revisions import RevisionFacts
from app.schemas.comparisons import ChangeView, ComparisonHead, ComparisonView, PlaceView, SectionView
from app.schemas.identity import Viewer
from app.services import authorize, documents, rendering, revisions, views
from app.services.unit_of_work import Reading, reading

_ADDRESS = re.compile(r"([0-9a-f]{64})-([0-9a-f]{64})-([0-9a-f]{8})", re.ASCII)


async def head(viewer: Viewer, number: str, old: int, new: int) -> ComparisonHead:
    """Which revisions these are; `old` may be the later one, the comparison then reads backwards."""
    async with reading() as data:
        seen = await documents.find(data, viewer, number, Permission.revision_read)
        before, after = await _facts(data, seen, old), await _facts(data, seen, new)
    current = seen.document.head_revision
    return ComparisonHead(
        document=views.view(seen),
        old=revisions.view(before, current),
        new=revisions.view(after, current),
        content_digest=f"compare/{before.text_digest}-{after.text_digest}-{RENDER_VERSION}",
    )


async def view(viewer: Viewer, number: str, old: int, new: int) -> ComparisonView:
    """What changed in meaning from the one to the other."""
    asked = await head(viewer, number, old, new)
    texts = [await documents.text(viewer, number, end.number) for end in (asked.old, asked.new)]
    found = await rendering.compared(*texts)
    return ComparisonView(
        old=asked.old,
        new=asked.new,
        weight=found.comparison.weight,
        verdict=found.verdict,
        summary=summary(found.comparison),
        changes=tuple(map(_change, found.comparison.changes)),
        workflow=tuple(map(_change, found.comparison.workflow)),
        sections=tuple(map(_section, found.sections)),
    )


def view_named(name: str) -> View:
    """The way of looking that an address names; the first one where it names none that there is."""
    return View(name) if name in set(View) else next(iter(View))


async def content(viewer: Viewer, address: str, view: str) -> str:
    """The page at `/content/compare/{address}/{view}`, for those who may read a document with either text. An address
    made by another version of the domain is not found.
    """
    parts = _ADDRESS.fullmatch(address)
    if parts is None or parts[3] != RENDER_VERSION or view not in set(View):
        raise authorize.absent("content", viewer)
    authorize.require_scope(viewer, Permission.revision_read)
    at_hand = rendering.kept(f"{address}/{view}")
    async with reading() as data:
        readable = [await data.revisions.is_readable(viewer, digest) for digest in parts.group(1, 2)]
        if not all(readable):
            raise authorize.absent("content", viewer)
        if at_hand is not None:
            return at_hand
        texts = [await data.revisions.readable_text(viewer, digest) or "" for digest in parts.group(1, 2)]
    return await rendering.comparison(address, View(view), *texts)


async def _facts(data: Reading, seen: Seen, number: int) -> RevisionFacts:
    facts = await data.revisions.facts(seen.document.id, number) if 0 < number < 2**31 else None
    if facts is None:
        raise authorize.absent("revision")
    return facts


def _change(change: Change) -> ChangeView:
    return ChangeView(
        kind=change.kind,
        weight=change.weight,
        sentence=change.sentence,
        noun=change.noun,
        element_id=change.element_id,
        sections=change.sections,
        roles=tuple(change.roles),
        old=_place(change.old),
        new=_place(change.new),
    )


def _section(section: SectionPrint) -> SectionView:
    return SectionView(
        fate=section.fate,
        title=section.title,
        id=section.section_id,
        old_id=section.old_id,
        changed=section.changed,
        fingerprint=section.new,
        old_fingerprint=section.old,
    )


def _place(span: Span | None) -> PlaceView | None:
    return PlaceView(line=span.start.line + 1) if span else None
