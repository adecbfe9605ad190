"""Rows into views: the shapes that more than one service shows. Pure."""

from datetime import datetime
from typing import Any

from app.domain.health import Health
from app.domain.permissions import Permission
from app.domain.sheet import RENDER_VERSION
from app.domain.status import Status
from app.repositories.documents import Listed, Seen
from app.schemas.documents import DeletedDocument, DocumentRow, DocumentView
from app.schemas.identity import Actor
from models import User

TONES = {
    Status.draft: "plan",
    Status.in_review: "warn",
    Status.approved: "ok",
    Status.implemented: "ok",
    Status.rejected: "bad",
    Status.superseded: "unknown",
}

_KEEPING = (Permission.document_assign, Permission.document_move, Permission.document_delete)


def actor(session_id: str, user: User, authenticated_at: datetime | None = None) -> Actor:
    return Actor(
        user_id=user.id,
        name=user.name,
        email=user.email,
        role=user.role,
        session_id=session_id,
        initials=initials(user.name),
        authenticated_at=authenticated_at,
    )


def initials(name: str) -> str:
    """First letters of the first and the last word."""
    words = name.split()
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:])) or "?"


def address(text_digest: str) -> str:
    """The address of a text's rendering."""
    return f"{text_digest}-{RENDER_VERSION}"


def number(seen: Listed) -> str:
    return f"{seen.space.key}-{seen.document.number}"


def row(seen: Listed) -> DocumentRow:
    return DocumentRow(**_head(seen), summary=seen.document.summary)


def view(seen: Seen) -> DocumentView:
    return DocumentView(
        **_head(seen),
        revision=seen.document.head_revision,
        content_digest=address(seen.text_digest),
        can_write=Permission.revision_save in seen.rights,
        can_share=Permission.share_read in seen.rights,
        may=tuple(permission.partition(":")[2] for permission in _KEEPING if permission in seen.rights),
        findings=seen.document.findings,
    )


def deleted(listed: Listed) -> DeletedDocument:
    assert listed.document.deleted_at is not None
    return DeletedDocument(
        number=number(listed),
        title=listed.document.title,
        owner=listed.owner.name,
        revision=listed.document.head_revision,
        deleted_at=listed.document.deleted_at,
    )


def _head(seen: Listed) -> dict[str, Any]:
    document, space = seen.document, seen.space
    health = Health(document.health_state, document.errors, document.warnings)
    return {
        "number": number(seen),
        "title": document.title,
        "status": document.status.value,
        "status_label": document.status.label,
        "status_tone": TONES[document.status],
        "health_label": health.label,
        "health_tone": health.tone,
        "owner": seen.owner.name,
        "space_key": space.key,
        "space_name": space.name,
        "updated_at": document.updated_at,
    }
