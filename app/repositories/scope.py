"""What somebody may read: the conditions that every query for a viewer carries."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, union_all
from sqlmodel import col

from app.core import clock
from app.domain.permissions import SiteRole, Visibility
from app.schemas.identity import Viewer
from models import Document, DocumentMember, GroupMember, ShareLink, Space, SpaceGroup, SpaceMember, User


def readable_by(viewer: Viewer) -> ColumnElement[bool]:
    """Of documents: those of readable spaces, and those that are shared with the viewer alone."""
    ways = [col(Document.space_id).in_(_spaces(viewer))]
    if viewer.user_id:
        ways.append(
            col(Document.id).in_(
                select(col(DocumentMember.document_id)).where(col(DocumentMember.user_id) == viewer.user_id)
            )
        )
    if viewer.links:
        ways.append(col(Document.id).in_(linked_to(viewer)))
    return or_(*ways)


def is_readable_by(viewer: Viewer) -> ColumnElement[bool]:
    """Of spaces: every role in a space reads it, and so does whoever it is open to."""
    return col(Space.id).in_(_spaces(viewer))


def is_space_of(viewer: Viewer) -> ColumnElement[bool]:
    """Of spaces: those in which the viewer holds a role, by themselves or through a group."""
    return col(Space.id).in_(union_all(*_held_by(viewer.user_id)).scalar_subquery()) if viewer.user_id else false()


def linked_to(viewer: Viewer) -> Select[str]:
    """Ids of the documents that the viewer's links lead to, as long as they are good."""
    return select(col(ShareLink.document_id)).where(
        col(ShareLink.digest).in_(viewer.links),
        col(ShareLink.revoked_at).is_(None),
        col(ShareLink.expires_at) > clock.now(),
    )


def _spaces(viewer: Viewer) -> ColumnElement[str]:
    open_ones = select(col(Space.id)).where(_is_open_to(viewer))
    held = _held_by(viewer.user_id) if viewer.user_id else ()
    return union_all(open_ones, *held).scalar_subquery()


def _held_by(user_id: str) -> tuple[Select[str], Select[str]]:
    by_group = (
        select(col(SpaceGroup.space_id))
        .join(GroupMember, col(GroupMember.group_id) == col(SpaceGroup.group_id))
        .where(col(GroupMember.user_id) == user_id)
    )
    return select(col(SpaceMember.space_id)).where(col(SpaceMember.user_id) == user_id), by_group


def _is_open_to(viewer: Viewer) -> ColumnElement[bool]:
    """Asked of the database, not of the session: a role that was lowered counts at once."""
    is_public = col(Space.visibility) == Visibility.public
    if not viewer.user_id:
        return is_public
    is_member = select(col(User.id)).where(col(User.id) == viewer.user_id, col(User.role) != SiteRole.guest).exists()
    return or_(is_public, and_(col(Space.visibility) == Visibility.instance, is_member))
