"""Views as the flat text maps that pages bind to. Times stay ISO 8601; the reader's browser words them."""

from datetime import datetime

from app.domain.permissions import Permission, SpaceRole, Visibility
from app.schemas.comparisons import ComparisonHead
from app.schemas.documents import DocumentRow, DocumentView
from app.schemas.revisions import RevisionView
from app.schemas.spaces import SpaceView

Head = dict[str, str]
SEEN_BY = {
    Visibility.private: "Only people in it",
    Visibility.instance: "Everybody with an account",
    Visibility.public: "Everybody, without signing in",
}
SPACE_ROLES = frozenset(SpaceRole)


def head(view: DocumentView) -> Head:
    return {
        "number": view.number,
        "title": view.title,
        "status": view.status_label,
        "status_tone": view.status_tone,
        "health": view.health_label,
        "health_tone": view.health_tone,
        "owner": view.owner,
        "space": view.space_name,
        "revision": f"revision {view.revision}",
        "base": str(view.revision),
        "updated": view.updated_at.isoformat(),
        "digest": view.content_digest,
        "findings": str(view.findings or ""),
        "writable": "yes" if view.can_write else "",
        "shareable": "yes" if view.can_share else "",
        "manageable": "yes" if view.may else "",
        "may": " ".join(view.may),
    }


def date(moment: datetime) -> str:
    """For days, where the hour and the zone do not matter: in UTC, as in `2 Mar 2026`."""
    return f"{moment.day} {moment:%b} {moment.year}"


def size(value: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if value >= 10 or unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"


def space(view: SpaceView) -> Head:
    """`now_…` are what a dialog that changes it begins with."""
    return {
        "key": view.key,
        "title": view.name,
        "name": view.name,
        "description": view.description,
        "seen": SEEN_BY[view.visibility],
        "state": "Archived" if view.is_archived else "",
        "documents": f"{view.documents:,}",
        "roles": ", ".join(view.roles),
        "writable": "yes" if view.can_write else "",
        "evident": "yes" if Permission.evidence_read in view.permissions else "",
        "peopled": "yes" if Permission.member_read in view.permissions else "",
        "now_name": view.name,
        "now_description": view.description,
        "now_visibility": view.visibility.value,
    }


def row(view: DocumentRow) -> Head:
    return {
        "number": view.number,
        "title": view.title,
        "summary": view.summary,
        "status": view.status_label,
        "status_tone": view.status_tone,
        "health": view.health_label,
        "health_tone": view.health_tone,
        "owner": view.owner,
        "updated": view.updated_at.isoformat(),
    }


def revision(view: RevisionView, number: str) -> Head:
    return {
        "number": str(view.number),
        "author": view.author,
        "at": view.at.isoformat(),
        "message": view.message or "No message",
        "digest": view.digest[:12],
        "href": f"/d/{number}" if view.is_head else f"/d/{number}/r/{view.number}",
        "is_head": "yes" if view.is_head else "",
        "compare": f"/d/{number}/compare/{view.number - 1}/{view.number}" if view.number > 1 else "",
    }


def comparison(view: ComparisonHead) -> Head:
    found = {"title": f"Revision {view.old.number} → {view.new.number}", "digest": view.content_digest}
    for name, side in (("old", view.old), ("new", view.new)):
        row = revision(side, view.document.number)
        found |= {
            f"{name}_label": f"Revision {side.number}",
            **{f"{name}_{key}": row[key] for key in ("author", "at", "href")},
        }
    return found
