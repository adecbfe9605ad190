"""What somebody may read: the conditions that every query for a viewer carries.

Putting such a query together takes longer than running it. Where it is always the same one, it is made once, of
`parameters`, and run with `values(viewer)`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, false, or_, select, type_coerce, union_all
from sqlmodel import col

from app.core import clock
from app.core.settings import settings
from app.domain.permissions import SiteRole, Visibility
from app.schemas.identity import Viewer
from models import Document, DocumentMember, GroupMember, ShareLink, Space, SpaceGroup, SpaceMember, User
from models.types import UtcTime


@dataclass(frozen=True)
class Asker:
    """A viewer as a query knows them: values, or parameters that get their values when it runs."""

    is_somebody: bool
    has_links: bool
    user_id: Any
    links: Any
    now: Any
    open: Any
    """The word of the spaces that are open to anybody; one that no space has, where nothing may be public."""


def asker(viewer: Viewer) -> Asker:
    return Asker(bool(viewer.user_id), bool(viewer.links), viewer.user_id, _links(viewer), clock.now(), _open_word())


def parameters(*, is_somebody: bool, has_links: bool) -> Asker:
    """For a statement that is made once for all viewers of this kind."""
    links: Any = bindparam("viewer_links", expanding=True)
    now = bindparam("viewer_now", type_=UtcTime)
    return Asker(is_somebody, has_links, bindparam("viewer_id"), links, now, bindparam("viewer_open", type_=String))


def values(viewer: Viewer) -> dict[str, Any]:
    """Of the parameters."""
    found: dict[str, Any] = {"viewer_id": viewer.user_id} if viewer.user_id else {"viewer_open": _open_word()}
    return found | {"viewer_links": sorted(_links(viewer)), "viewer_now": clock.now()} if viewer.links else found


def _links(viewer: Viewer) -> frozenset[str]:
    return viewer.links if settings().public_sharing else frozenset()


def _open_word() -> str:
    return Visibility.public.value if settings().public_sharing else "none"


def readable_by(who: Asker, *, in_order: bool = False) -> ColumnElement[bool]:
    """Of documents: those of readable spaces, and those that are shared with the viewer alone. `in_order` keeps the
    database from looking them up by this: it goes through the documents in the order that is asked for.
    """
    return and_(is_there(), _shared_with(who, in_order=in_order))


def was_readable_by(who: Asker) -> ColumnElement[bool]:
    """Of documents: those deleted that the viewer could read otherwise."""
    return and_(~is_there(), _shared_with(who))


def is_there() -> ColumnElement[bool]:
    """Of documents: whether it was not deleted."""
    return col(Document.deleted_at).is_(None)


def _shared_with(who: Asker, *, in_order: bool = False) -> ColumnElement[bool]:
    return or_(*_ways(who, in_order=in_order))


def readable_apart(who: Asker) -> Iterator[ColumnElement[bool]]:
    """The same documents as `readable_by`, each by exactly one of these conditions: counting one after the other
    reads no more than an index.
    """
    ways = _ways(who)
    for at, way in enumerate(ways):
        yield and_(is_there(), way, *(~earlier for earlier in ways[:at]))


def _ways(who: Asker, *, in_order: bool = False) -> list[ColumnElement[bool]]:
    space_id: Any = col(Document.space_id)
    document_id: Any = col(Document.id)
    if in_order:
        space_id, document_id = space_id.concat(""), document_id.concat("")  # an expression has no index
    ways: list[ColumnElement[bool]] = [space_id.in_(_spaces(who))]
    if who.is_somebody:
        ways.append(
            document_id.in_(select(col(DocumentMember.document_id)).where(col(DocumentMember.user_id) == who.user_id))
        )
    if who.has_links:
        ways.append(document_id.in_(linked_to(who)))
    return ways


def is_readable_by(who: Asker) -> ColumnElement[bool]:
    """Of spaces: every role in a space reads it, and so does whoever it is open to."""
    return col(Space.id).in_(_spaces(who))


def is_space_of(who: Asker) -> ColumnElement[bool]:
    """Of spaces: those in which the viewer holds a role, by themselves or through a group."""
    return col(Space.id).in_(union_all(*_held_by(who.user_id)).scalar_subquery()) if who.is_somebody else false()


def linked_to(who: Asker) -> Select[str]:
    """Ids of the documents that the viewer's links lead to, as long as they are good."""
    return select(col(ShareLink.document_id)).where(
        col(ShareLink.digest).in_(who.links),
        col(ShareLink.revoked_at).is_(None),
        col(ShareLink.expires_at) > who.now,
    )


def _spaces(who: Asker) -> ColumnElement[str]:
    open_ones = select(col(Space.id)).where(_is_open_to(who))
    held = _held_by(who.user_id) if who.is_somebody else ()
    return union_all(open_ones, *held).scalar_subquery()


def _held_by(user_id: str) -> tuple[Select[str], Select[str]]:
    by_group = (
        select(col(SpaceGroup.space_id))
        .join(GroupMember, col(GroupMember.group_id) == col(SpaceGroup.group_id))
        .where(col(GroupMember.user_id) == user_id)
    )
    return select(col(SpaceMember.space_id)).where(col(SpaceMember.user_id) == user_id), by_group


def _is_open_to(who: Asker) -> ColumnElement[bool]:
    """Asked of the database, not of the session: a role that was lowered counts at once."""
    if not who.is_somebody:
        is_shown: ColumnElement[bool] = type_coerce(col(Space.visibility), String) == who.open
        return is_shown
    is_member = select(col(User.id)).where(col(User.id) == who.user_id, col(User.role) != SiteRole.guest).exists()
    return or_(
        col(Space.visibility) == Visibility.public, and_(col(Space.visibility) == Visibility.instance, is_member)
    )
