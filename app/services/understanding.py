"""What is read out of a revision: its rendering, findings, model and drawings, for programs and downloads.

All of it is derived from the text alone, so what is given is named by the revision that it was made from.
"""

from dataclasses import dataclass, replace

from app.core.errors import Invalid, NotFound
from app.domain.diagrams.draw import CannotDraw, Diagram, Notation, NothingToDraw
from app.domain.permissions import Permission
from app.domain.sheet import content_digest
from app.schemas.identity import Viewer
from app.services import authorize, documents, rendering, views
from app.services.unit_of_work import reading


@dataclass(frozen=True)
class Made:
    """`text` was made from revision `revision`, whose rendering has the address `content_digest`."""

    revision: int
    content_digest: str
    text: str


async def html(viewer: Viewer, number: str, revision: int | None = None) -> Made:
    """The rendering. While it is at hand, the text is not read."""
    if revision is None:
        async with reading(brief=True) as data:
            seen = await documents.find(data, viewer, number)
        address = views.address(seen.text_digest)
        kept = rendering.kept(address)
        if kept is not None:
            return Made(seen.document.head_revision, address, kept)
    source = await text(viewer, number, revision)
    return replace(source, text=await rendering.html(source.text))


async def findings(viewer: Viewer, number: str, revision: int | None = None) -> Made:
    """JSON of `FindingsView`."""
    source = await text(viewer, number, revision)
    return replace(source, text=await rendering.findings(source.text))


async def model(viewer: Viewer, number: str, revision: int | None = None) -> Made:
    """JSON of all that was understood."""
    source = await text(viewer, number, revision)
    return replace(source, text=await rendering.model(source.text))


async def drawing(viewer: Viewer, number: str, revision: int | None, diagram: Diagram, notation: Notation) -> Made:
    """The text of a file. Raises `NotFound` where there is nothing to draw, `Invalid` where it cannot be written so."""
    source = await text(viewer, number, revision)
    try:
        return replace(source, text=await rendering.drawing(source.text, diagram, notation))
    except NothingToDraw as error:
        raise NotFound(_sentence(error)) from None
    except CannotDraw as error:
        raise Invalid(_sentence(error), details={"field": "notation"}) from None


async def text(viewer: Viewer, number: str, revision: int | None = None) -> Made:
    """The source exactly as it was saved; the newest revision unless another is asked for."""
    async with reading(brief=True) as data:
        seen = await documents.find(data, viewer, number)
        head = seen.document.head_revision
        wanted = head if revision is None else revision
        if wanted != head:
            authorize.require(viewer, Permission.revision_read, seen.rights)
        found = await data.revisions.text(seen.document.id, wanted) if 0 < wanted < 2**31 else None
    if found is None:
        raise authorize.absent("revision", viewer)
    return Made(wanted, content_digest(found), found)


def _sentence(error: CannotDraw) -> str:
    words = str(error)
    return words[:1].upper() + words[1:]
