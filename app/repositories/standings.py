"""What somebody holds on the site, in a space, on a document: gathered in the query that finds the thing itself, so
that it is as fresh as what it bears on. What it comes to is the domain's to judge.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, literal, null, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.settings import settings
from app.domain.permissions import (
    BUILT_IN,
    NOBODY,
    Level,
    Permission,
    Role,
    SiteRole,
    SiteStanding,
    SpaceRole,
    Standing,
    Visibility,
    custom,
)
from app.repositories.scope import Asker, asker, linked_to
from app.repositories.users import MAY_SIGN_IN
from app.schemas.identity import Viewer
from models import (
    CustomRole,
    Document,
    DocumentMember,
    GroupMember,
    Space,
    SpaceGroup,
    SpaceMember,
    User,
    UserGroup,
)

Columns = list[ColumnElement[Any]]


def on_site(who: Asker) -> Columns:
    """The account's role, and the site roles of the person's groups. Whoever may not sign in holds nothing."""
    if not who.is_somebody:
        return [null(), null()]
    role = select(col(User.role)).where(col(User.id) == who.user_id, MAY_SIGN_IN)
    groups = (
        select(func.aggregate_strings(col(UserGroup.site_role), ","))
        .join(GroupMember, col(GroupMember.group_id) == col(UserGroup.id))
        .where(col(GroupMember.user_id) == who.user_id)
    )
    return [role.scalar_subquery(), groups.scalar_subquery()]


def in_space(who: Asker) -> Columns:
    """To be selected beside `Space`."""
    if not who.is_somebody:
        return [*on_site(who), null(), null()]
    own = select(col(SpaceMember.role)).where(
        col(SpaceMember.space_id) == col(Space.id), col(SpaceMember.user_id) == who.user_id
    )
    groups = (
        select(func.aggregate_strings(col(SpaceGroup.role), ","))
        .join(GroupMember, col(GroupMember.group_id) == col(SpaceGroup.group_id))
        .where(col(SpaceGroup.space_id) == col(Space.id), col(GroupMember.user_id) == who.user_id)
    )
    return [*on_site(who), own.correlate(Space).scalar_subquery(), groups.correlate(Space).scalar_subquery()]


def on_document(who: Asker) -> Columns:
    """To be selected beside `Document` and `Space`."""
    invited: ColumnElement[Any] = null()
    if who.is_somebody:
        invited = (
            select(col(DocumentMember.role))
            .where(col(DocumentMember.document_id) == col(Document.id), col(DocumentMember.user_id) == who.user_id)
            .correlate(Document)
            .scalar_subquery()
        )
    has_link = col(Document.id).in_(linked_to(who)) if who.has_links else literal(value=False)
    return [*in_space(who), invited, has_link]


class StandingRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def site(self, viewer: Viewer) -> SiteStanding:
        if not viewer.user_id:
            return NOBODY
        row = (await self._session.execute(select(*on_site(asker(viewer))))).one()
        return self._on_site(row, await self.roles(*_keys(row[1])))

    async def space(self, space: Space, found: Sequence[Any]) -> Standing:
        """`found` are the values of `in_space`."""
        return (await self.spaces([(space, found)]))[0]

    async def spaces(self, found: Sequence[tuple[Space, Sequence[Any]]]) -> list[Standing]:
        """Of several at once: custom roles are asked for in one query, and only when there are any."""
        roles = await self.roles(*(key for _, held in found for key in _keys(*held[1:4])))
        return [
            Standing(
                site=self._on_site(held, roles),
                visibility=_shown_as(space, held),
                is_archived=space.archived_at is not None,
                roles=tuple(roles[key] for key in _keys(*held[2:4]) if key in roles),
            )
            for space, held in found
        ]

    async def document(self, viewer: Viewer, document: Document, space: Space, found: Sequence[Any]) -> Standing:
        """`found` are the values of `on_document`."""
        standing = await self.space(space, found)
        return Standing(
            site=standing.site,
            visibility=standing.visibility,
            is_archived=standing.is_archived,
            roles=standing.roles,
            invited=SpaceRole(found[4]) if found[4] else None,
            is_owner=document.owner_id == viewer.user_id,
            has_link=bool(found[5]),
        )

    async def roles(self, *keys: str) -> dict[str, Role]:
        """By what is stored with their holders; a key that stands for no role any more is left out."""
        known = {key: BUILT_IN[key] for key in keys if key in BUILT_IN}
        others = set(keys) - known.keys()
        if not others:
            return known
        found = await self._session.scalars(select(CustomRole).where(col(CustomRole.id).in_(others)))
        return known | {role.id: role_of(role) for role in found}

    @staticmethod
    def _on_site(found: Sequence[Any], roles: dict[str, Role]) -> SiteStanding:
        if found[0] is None:
            return NOBODY
        held = tuple(roles[key] for key in _keys(found[1]) if key in roles)
        return SiteStanding(SiteRole(found[0]), tuple(role for role in held if role.level is Level.site))


def _shown_as(space: Space, held: Sequence[Any]) -> Visibility:
    """A public space is one of the site's people where nothing may be public."""
    if held[0] is None and space.visibility is Visibility.public and not settings().public_sharing:
        return Visibility.private
    return space.visibility


def role_of(row: CustomRole) -> Role:
    known = {permission.value for permission in Permission}
    held = frozenset(Permission(name) for name in row.permissions if name in known)
    return custom(row.id, row.name, row.level, held)


def _keys(*stored: str | None) -> list[str]:
    return [key for words in stored if words for key in words.split(",")]
