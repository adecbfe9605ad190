"""What slots hold at first paint: views as the words that the same page's State will show a moment later."""

import html
from collections.abc import Mapping
from datetime import datetime

from app import panels
from app.core import clock
from app.domain.permissions import Permission
from app.gateway.pages import Slot, Slots
from app.schemas.comparisons import ComparisonHead
from app.schemas.documents import DocumentView
from app.schemas.identity import Actor, Viewer
from app.schemas.spaces import SpaceView
from app.services import shell

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


async def frame_slots(viewer: Viewer, _parameters: Mapping[str, str]) -> Slots:
    """Somebody unknown sees no way to what is for people with an account."""
    if not isinstance(viewer, Actor):
        return {"unknown": Slot(data={"tone": "yes"})}
    view = await shell.nav(viewer)
    return {
        "name": Slot(view.name),
        "initials": Slot(view.initials),
        "documents": Slot(str(view.documents)),
        "admin": Slot(data={"tone": "yes" if panels.open_to(view.site) else ""}),
    }


def space_slots(view: SpaceView) -> Slots:
    return {
        "space-key": Slot(view.key),
        "title": Slot(view.name),
        "description": Slot(view.description),
        "archived": Slot("Archived" if view.is_archived else "", data={"tone": "unknown"}),
        "evident": Slot(data={"tone": "yes" if Permission.evidence_read in view.permissions else ""}),
        "peopled": Slot(data={"tone": "yes" if Permission.member_read in view.permissions else ""}),
    }


def document_slots(view: DocumentView, content: str = "") -> Slots:
    """The head, and with `content` the text too."""
    slots = {
        "number": Slot(view.number),
        "title": Slot(view.title),
        "status": Slot(view.status_label, data={"tone": view.status_tone}),
        "health": Slot(view.health_label, data={"tone": view.health_tone}),
        "owner": Slot(view.owner),
        "space": Slot(view.space_name),
        "revision": Slot(f"revision {view.revision}"),
        "updated": Slot(words(view.updated_at, clock.now())),
        "writable": Slot(data={"tone": "yes" if view.can_write else ""}),
        "shareable": Slot(data={"tone": "yes" if view.can_share else ""}),
        "manageable": Slot(data={"tone": "yes" if view.may else ""}),
    }
    if content:
        slots["sheet"] = Slot(trusted=content, data={"digest": view.content_digest})
    return slots


def comparison_slots(view: ComparisonHead, content: str, shown: str) -> Slots:
    """The head of the document, which revisions are compared, and the page of the comparison in the view `shown`."""
    slots = document_slots(view.document) | {
        "sheet": Slot(trusted=content, data={"digest": f"{view.content_digest}/{shown}"}),
        "compared": Slot(f"Revision {view.old.number} → {view.new.number}"),
    }
    for name, side in (("old", view.old), ("new", view.new)):
        path = html.escape(f"/d/{view.document.number}" + ("" if side.is_head else f"/r/{side.number}"))
        slots |= {
            f"{name}-revision": Slot(trusted=f'<a href="{path}">Revision {side.number}</a>'),
            f"{name}-author": Slot(side.author),
            f"{name}-at": Slot(words(side.at, clock.now())),
        }
    return slots


def source_slots(text: str, base: int) -> Slots:
    """The source in a text area. HTML drops one line end after the tag, so one is put there."""
    newlines = "crlf" if "\r\n" in text and "\n" not in text.replace("\r\n", "") else "lf"
    return {
        "text": Slot(trusted="\n" + html.escape(text, quote=False), data={"newlines": newlines, "base": str(base)}),
        "base": Slot(str(base)),
    }


def words(moment: datetime, now: datetime) -> str:
    """How long ago or ahead, in the words of the page's script (`words` in served.jsx); far ones as a UTC date."""
    away = (now - moment).total_seconds()
    seconds = abs(away)
    if seconds < 60:
        return "just now"
    for unit, size, limit in (("min", 60, 3600), ("h", 3600, 86_400), ("d", 86_400, 7 * 86_400)):
        if seconds < limit:
            count = f"{int(seconds // size)} {unit}"
            return f"in {count}" if away < 0 else f"{count} ago"
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
