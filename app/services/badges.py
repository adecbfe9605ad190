"""Badges: how a document stands in one line, and the Markdown that shows it elsewhere."""

from dataclasses import dataclass

from app.core.settings import settings
from app.domain.diagrams.badge import LABEL, Standing, badge
from app.domain.permissions import Visibility
from app.repositories.documents import Seen
from app.schemas.identity import Viewer
from app.services import documents, views
from app.services.unit_of_work import reading


@dataclass(frozen=True)
class Badge:
    """`svg` may be kept by everybody only where everybody may read the document."""

    svg: str
    is_public: bool


async def view(viewer: Viewer, number: str, label: str = LABEL) -> Badge:
    """For whoever may read the document; by a number that it had before, too."""
    async with reading(brief=True) as data:
        seen = await documents.find(data, viewer, number)
    row = views.view(seen)
    standing = Standing(row.number, row.status_label, row.status_tone, row.revision, row.health_label)
    return Badge(badge(standing, label), is_public(seen))


def is_public(seen: Seen) -> bool:
    return seen.space.visibility is Visibility.public and settings().public_sharing


def markdown(seen: Seen) -> str:
    """What a README takes; nothing while somebody without an account would see no image there."""
    if not is_public(seen):
        return ""
    number, site = f"{seen.space.key}-{seen.document.number}", settings().public_url
    return f"[![{LABEL}: {number}]({site}/api/v1/documents/{number}/badge.svg)]({site}/d/{number})"
